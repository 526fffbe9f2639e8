#pragma once
// A session description (RFC 8866) as WebRTC uses it (RFC 9429), in types. What has no place here
// is read over and not written.

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.hpp"
#include "media/ice/candidate.hpp"

namespace geili::media::sdp {

// A phone's offer with everything it can do is about 8 KB.
inline constexpr std::size_t kSdpBytesMax = 64 * 1024;
inline constexpr std::size_t kLineBytesMax = 2'048;
inline constexpr std::size_t kLinesMax = 2'000;
inline constexpr std::size_t kMediaMax = 16;
inline constexpr std::size_t kFormatsMax =
    96;                                      // of one medium; as many as the dynamic types and more
inline constexpr std::size_t kListMax = 64;  // every other list

struct Origin {
  std::string username = "-";
  std::uint64_t session_id = 0;
  std::uint64_t version = 0;
  std::string address = "0.0.0.0";  // IPv6 when it has a colon

  friend bool operator==(const Origin&, const Origin&) = default;
};

enum class MediaKind : std::uint8_t { audio, video, other };
enum class Direction : std::uint8_t { sendrecv, sendonly, recvonly, inactive };
enum class Setup : std::uint8_t { actpass, active, passive, holdconn };  // RFC 4145, RFC 8842

struct Fingerprint {  // RFC 8122
  std::string hash;   // "sha-256", lower case
  Bytes value;

  friend bool operator==(const Fingerprint&, const Fingerprint&) = default;
};

struct Group {  // RFC 5888
  std::string semantics;
  std::vector<std::string> mids;

  friend bool operator==(const Group&, const Group&) = default;
};

struct Extension {  // RFC 8285
  unsigned id = 0;
  std::optional<Direction> direction;
  std::string uri;

  friend bool operator==(const Extension&, const Extension&) = default;
};

// One of fmtp's; without '=' the whole is the key.
struct Parameter {
  std::string key;
  std::string value;

  friend bool operator==(const Parameter&, const Parameter&) = default;
};

// A payload type and all that is said of it.
struct Payload {
  std::uint8_t type = 0;
  std::string encoding;  // as written; compare with same_name(). Empty without rtpmap
  std::uint32_t clock_hz = 0;
  unsigned channels = 1;
  std::vector<Parameter> parameters;
  std::vector<std::string> feedback;  // rtcp-fb: "nack", "nack pli", "ccm fir"

  // The value of a parameter; empty text for one without value, none when it is not there.
  std::optional<std::string_view> parameter(std::string_view key) const;
  bool has_feedback(std::string_view name) const;

  friend bool operator==(const Payload&, const Payload&) = default;
};

struct SsrcAttribute {  // RFC 5576: "cname", "msid"
  std::uint32_t ssrc = 0;
  std::string name;
  std::string value;

  friend bool operator==(const SsrcAttribute&, const SsrcAttribute&) = default;
};

struct SsrcGroup {
  std::string semantics;  // "FID": a stream and its retransmissions
  std::vector<std::uint32_t> ssrcs;

  friend bool operator==(const SsrcGroup&, const SsrcGroup&) = default;
};

enum class RidDirection : std::uint8_t { send, recv };
struct Rid {  // RFC 8851; restrictions are read over
  std::string id;
  RidDirection direction = RidDirection::send;

  friend bool operator==(const Rid&, const Rid&) = default;
};

// RFC 8853; of alternatives the first, of a paused stream its name.
struct Simulcast {
  std::vector<std::string> send;
  std::vector<std::string> recv;

  friend bool operator==(const Simulcast&, const Simulcast&) = default;
};

struct Msid {  // RFC 8830
  std::string stream;
  std::string track;  // may be empty

  friend bool operator==(const Msid&, const Msid&) = default;
};

// What is said of ICE and DTLS, of one medium or of all.
struct TransportPart {
  std::string ice_ufrag;  // empty: not said
  std::string ice_pwd;
  std::vector<std::string> ice_options;
  std::vector<Fingerprint> fingerprints;
  std::optional<Setup> setup;

  friend bool operator==(const TransportPart&, const TransportPart&) = default;
};

struct Media {
  MediaKind kind = MediaKind::other;
  std::string kind_name;  // "audio", "video", "application"
  std::uint16_t port = 0;
  std::string protocol;  // "UDP/TLS/RTP/SAVPF"
  std::vector<std::string>
      formats;                    // as written; for RTP the payload types, in order of preference
  std::vector<Payload> payloads;  // in the order of `formats`; empty for what is not RTP

  std::string mid;
  bool bundle_only = false;
  TransportPart transport;  // with the session's where the medium says nothing
  Direction direction = Direction::sendrecv;
  bool rtcp_mux = false;
  bool rtcp_rsize = false;
  std::vector<Extension> extensions;
  std::vector<Rid> rids;
  std::optional<Simulcast> simulcast;
  std::vector<Msid> msids;
  std::vector<SsrcGroup> ssrc_groups;
  std::vector<SsrcAttribute> ssrcs;
  std::vector<ice::Candidate> candidates;
  bool end_of_candidates = false;

  // Port 0 says no, but for a medium that lives in another one's bundle (RFC 9143).
  bool is_rejected() const { return port == 0 && !bundle_only; }
  bool is_rtp() const;
  const Payload* payload(unsigned type) const;

  friend bool operator==(const Media&, const Media&) = default;
};

struct SessionDescription {
  Origin origin;
  std::vector<Group> groups;
  bool ice_lite = false;
  bool extmap_allow_mixed = false;
  TransportPart transport;
  std::vector<Media> media;

  // The mids of a=group:BUNDLE; none without the group.
  const std::vector<std::string>* bundle() const;

  friend bool operator==(const SessionDescription&, const SessionDescription&) = default;
};

// Encoding names and hash names are compared without regard to case.
bool same_name(std::string_view a, std::string_view b);

// The attribute without value: "sendonly", "actpass".
std::string_view name_of(Direction direction);
std::string_view name_of(Setup setup);

}  // namespace geili::media::sdp
