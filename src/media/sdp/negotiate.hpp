#pragma once
// Our answers (RFC 9429 section 5.3) to the offers of WHIP publishers and WHEP players, and what
// both sides agreed upon, in plain types. We are always ICE-lite, DTLS server (setup:passive) and
// use one bundle with rtcp-mux.

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/result.hpp"
#include "media/h264/sps.hpp"
#include "media/ice/credentials.hpp"
#include "media/sdp/session.hpp"

namespace geili::media::sdp {

enum class RtpCodec : std::uint8_t { h264, vp8, opus };

inline constexpr std::size_t kSimulcastLayersMax = 2;
inline constexpr unsigned kExtensionIdMax = 14;  // what the one-byte header can carry (RFC 8285)

// What the answer says of us.
struct LocalTransport {
  std::uint64_t session_id = 0;  // below 2^63, random
  ice::Credentials ice;
  Fingerprint fingerprint;
  std::vector<ice::Candidate> candidates;  // all there are
};

struct RemoteTransport {
  ice::Credentials ice;
  std::vector<Fingerprint> fingerprints;  // one or more; the certificate must fit one
};

// A payload type that both sides know.
struct Codec {
  RtpCodec codec = RtpCodec::opus;
  std::uint8_t payload_type = 0;
  std::optional<std::uint8_t> rtx_payload_type;
  std::uint32_t clock_hz = 0;
  unsigned channels = 1;
  std::string profile_level_id;  // h264: as answered
  bool nack = false;
  bool pli = false;
  bool fir = false;
  bool transport_cc = false;
  bool remb = false;
};

// RFC 8285 identifiers; 0 is not agreed upon.
struct ExtensionIds {
  unsigned mid = 0;
  unsigned rid = 0;
  unsigned repaired_rid = 0;
  unsigned transport_cc = 0;
  unsigned abs_send_time = 0;
  unsigned audio_level = 0;
};

// One for each m= of the offer, in its order.
struct NegotiatedMedia {
  MediaKind kind = MediaKind::other;
  bool accepted = false;
  std::string mid;
  std::vector<Codec> codecs;  // in order of preference; one for playback
  ExtensionIds extensions;
  std::vector<std::string> rids;  // simulcast layers to come, best first; empty without simulcast
  std::vector<std::uint32_t> ssrcs;  // that the publisher names, without those of retransmissions
  std::vector<std::pair<std::uint32_t, std::uint32_t>> rtx_ssrcs;  // of a stream, of its rtx
};

struct Answer {
  SessionDescription description;
  std::vector<NegotiatedMedia> media;
  RemoteTransport remote;
};

// Errors of both (unprocessable, but for the last):
//   sdp-no-media          nothing that can be received (sent)
//   sdp-no-bundle         several media and no BUNDLE group with all of them
//   sdp-no-mid            a bundled medium without a mid, or two with the same
//   sdp-no-rtcp-mux, sdp-no-ice, sdp-no-fingerprint
//   sdp-fingerprint-hash  only hashes weaker than SHA-256, or unknown ones
//   sdp-protocol          RTP without DTLS
//   sdp-setup             the other side wants to be DTLS server too
//   sdp-ice-lite          the other side is ICE-lite too
//   codec-unsupported     (unsupported_media) a medium has no codec that is known here

// WHIP: receives the first audio (Opus) and the first video (H.264 before VP8, simpler profiles
// before richer ones, packetization-mode 1 before 0) and declines the rest.
Result<Answer> answer_ingest(const SessionDescription& offer, const LocalTransport& local);

// What a player is sent.
struct SendingVideo {
  RtpCodec codec = RtpCodec::h264;
  h264::Sps h264;  // of the stream as it is now
  std::uint32_t ssrc = 0;
  std::uint32_t rtx_ssrc = 0;
};
struct SendingAudio {
  bool stereo = true;
  std::uint32_t ssrc = 0;
};
struct Sending {
  std::optional<SendingVideo> video;
  std::optional<SendingAudio> audio;
  std::string cname;
  std::string stream_id;  // of a=msid: what plays together
};

// WHEP: sends into the first audio and video that want to receive. H.264 goes to the payload type
// whose profile covers the stream's most closely, with packetization-mode 1; "codec-unsupported" is
// what makes the page fall back to HLS.
Result<Answer> answer_playback(const SessionDescription& offer, const LocalTransport& local,
                               const Sending& sending);

}  // namespace geili::media::sdp
