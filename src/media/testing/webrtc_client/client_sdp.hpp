#pragma once
// The client's side of offer and answer.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "media/ice/credentials.hpp"
#include "media/sdp/session.hpp"
#include "media/transport_address.hpp"

namespace geili::media::testing {

// A stream and its retransmissions.
struct Sources {
  std::uint32_t ssrc = 0;
  std::uint32_t rtx_ssrc = 0;
};

struct Offering {
  sdp::Direction direction = sdp::Direction::recvonly;  // or sendonly
  ice::Credentials ice;
  std::string fingerprint;  // as dtls::Certificate names it
  bool audio = true;
  bool video = true;
  // Of the picture; a player offers all that browsers do.
  std::string profile_level_id = "42e01f";
  Sources audio_sources;  // of a publisher
  Sources video_sources;
  // Simulcast: the layers' names, best first; their packets are told by name and not by source.
  std::vector<std::string> rids;
};

std::string make_offer(const Offering& offering);

struct AgreedTrack {
  std::string encoding;  // "H264"
  std::uint8_t payload_type = 0;
  std::optional<std::uint8_t> rtx_payload_type;
  bool nack = false;
  Sources sources;  // of the server, when it sends
  unsigned transport_cc_id = 0;
  unsigned abs_send_time_id = 0;
  unsigned mid_id = 0;
  unsigned rid_id = 0;
  unsigned repaired_rid_id = 0;
  std::string mid;
};

struct Agreed {
  ice::Credentials ice;
  std::string fingerprint;
  std::vector<TransportAddress> udp;  // of the server, in order of preference
  std::vector<TransportAddress> tcp;
  std::optional<AgreedTrack> audio;
  std::optional<AgreedTrack> video;
};

// Errors: those of sdp::parse(), and (invalid) "answer" for one that cannot be followed.
Result<Agreed> read_answer(std::string_view answer);

}  // namespace geili::media::testing
