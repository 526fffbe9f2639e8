#pragma once
// What the answers to publishers and to players have in common.

#include <cstddef>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "media/sdp/negotiate.hpp"

namespace geili::media::sdp {

inline constexpr std::string_view kMidUri = "urn:ietf:params:rtp-hdrext:sdes:mid";
inline constexpr std::string_view kRidUri = "urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id";
inline constexpr std::string_view kRepairedRidUri =
    "urn:ietf:params:rtp-hdrext:sdes:repaired-rtp-stream-id";
inline constexpr std::string_view kTransportCcUri =
    "http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01";
inline constexpr std::string_view kAbsSendTimeUri =
    "http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time";
inline constexpr std::string_view kAudioLevelUri = "urn:ietf:params:rtp-hdrext:ssrc-audio-level";

std::unexpected<Error> refuse(std::string_view code, std::string_view detail);
// "codec-unsupported", naming what `media` offers and what would be taken.
std::unexpected<Error> refuse_codecs(const Media& media, std::string_view instead);

// The first medium of each kind whose direction lets it take part, by index into `offer.media`.
// `wanted` is the direction that the offer has besides sendrecv.
struct Chosen {
  std::optional<std::size_t> audio;
  std::optional<std::size_t> video;
  bool has(std::size_t index) const { return audio == index || video == index; }
  bool empty() const { return !audio && !video; }
};
Chosen choose_media(const SessionDescription& offer, Direction wanted);

// Checks that the chosen media are one DTLS bundle that we can be the passive, lite side of.
Result<RemoteTransport> check_transport(const SessionDescription& offer, const Chosen& chosen);

bool is_codec(const Payload& payload, RtpCodec codec);
// `payload` as a codec, with its rtx and its feedback as offered.
Codec codec_of(const Media& media, const Payload& payload, RtpCodec codec);
// The id under which `uri` is offered, 0 when it is not or cannot be used.
unsigned extension_id(const Media& media, std::string_view uri);

// The m= that answers `offered`: without codecs and sources.
Media accepted_media(const Media& offered, const LocalTransport& local, Direction direction);
Media declined_media(const Media& offered);
// Adds `codec` with `parameters`, and its rtx.
void add_codec(const Codec& codec, std::vector<Parameter> parameters, Media& media);
void add_extension(unsigned id, std::string_view uri, Media& media);

// The session part: BUNDLE of what was accepted, and the candidates in the first of it.
void complete(const SessionDescription& offer, const LocalTransport& local, Answer& answer);

}  // namespace geili::media::sdp
