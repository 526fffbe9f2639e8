#include <string>
#include <utility>

#include "media/h264/profile.hpp"
#include "media/sdp/answer_parts.hpp"
#include "media/sdp/negotiate.hpp"
#include "media/sdp/words.hpp"

namespace geili::media::sdp {
namespace {

std::optional<h264::ProfileLevelId> profile_level_id(const Payload& payload) {
  const auto text = payload.parameter("profile-level-id");
  return text ? h264::parse_profile_level_id(*text) : h264::kDefaultProfileLevelId;
}

// The payload type whose decoder fits the stream most closely.
const Payload* fitting_h264(const Media& offered, const h264::Sps& stream) {
  const Payload* best = nullptr;
  unsigned best_excess = 0;
  for (const Payload& payload : offered.payloads) {
    if (!is_codec(payload, RtpCodec::h264)) continue;
    if (payload.parameter("packetization-mode") != "1") continue;
    const auto id = profile_level_id(payload);
    const auto profile = id ? h264::profile_of(*id) : std::nullopt;
    const auto excess = profile ? h264::excess(*profile, stream) : std::nullopt;
    if (!excess || (best != nullptr && *excess >= best_excess)) continue;
    best = &payload;
    best_excess = *excess;
  }
  return best;
}

// Arrival times of each packet would come ten times a second from each viewer; their own estimate
// (REMB) says as much to somebody who only chooses between renditions.
Codec sent_codec(const Media& offered, const Payload& payload, RtpCodec kind) {
  Codec codec = codec_of(offered, payload, kind);
  codec.transport_cc = false;
  return codec;
}

const Payload* first_of(const Media& offered, RtpCodec codec) {
  for (const Payload& payload : offered.payloads) {
    if (is_codec(payload, codec)) return &payload;
  }
  return nullptr;
}

Result<void> take_h264(const Media& offered, const SendingVideo& video, Media& answered,
                       NegotiatedMedia& agreed) {
  const Payload* payload = fitting_h264(offered, video.h264);
  if (payload == nullptr) {
    return refuse_codecs(offered, "H264 with packetization-mode=1 and a profile that covers " +
                                      video.h264.rfc6381());
  }
  h264::ProfileLevelId id = *profile_level_id(*payload);
  const bool asymmetric = payload->parameter("level-asymmetry-allowed") == "1";
  // RFC 6184 section 8.2.2: with asymmetry each side names its own level, without it the offer's.
  if (asymmetric) id.level = video.h264.level;
  Codec codec = sent_codec(offered, *payload, RtpCodec::h264);
  codec.profile_level_id = id.to_text();
  std::vector<Parameter> parameters;
  if (asymmetric) parameters.push_back({"level-asymmetry-allowed", "1"});
  parameters.push_back({"packetization-mode", "1"});
  parameters.push_back({"profile-level-id", codec.profile_level_id});
  add_codec(codec, std::move(parameters), answered);
  agreed.codecs.push_back(std::move(codec));
  return {};
}

Result<void> take_plain(const Media& offered, RtpCodec codec, std::vector<Parameter> parameters,
                        Media& answered, NegotiatedMedia& agreed) {
  const Payload* payload = first_of(offered, codec);
  if (payload == nullptr)
    return refuse_codecs(offered, codec == RtpCodec::opus ? "opus/48000/2" : "VP8");
  agreed.codecs.push_back(sent_codec(offered, *payload, codec));
  add_codec(agreed.codecs.back(), std::move(parameters), answered);
  return {};
}

void add_source(std::uint32_t ssrc, std::uint32_t rtx_ssrc, const Sending& sending,
                Media& answered) {
  const bool rtx = rtx_ssrc != 0;
  answered.msids.push_back({sending.stream_id, answered.kind_name});
  if (rtx) answered.ssrc_groups.push_back({"FID", {ssrc, rtx_ssrc}});
  answered.ssrcs.push_back({ssrc, "cname", sending.cname});
  if (rtx) answered.ssrcs.push_back({rtx_ssrc, "cname", sending.cname});
}

Result<Media> accept(const Media& offered, const LocalTransport& local, const Sending& sending,
                     NegotiatedMedia& agreed) {
  Media answered = accepted_media(offered, local, Direction::sendonly);
  Result<void> taken;
  std::uint32_t ssrc = 0;
  std::uint32_t rtx_ssrc = 0;
  if (offered.kind == MediaKind::video) {
    const SendingVideo& video = *sending.video;
    taken = video.codec == RtpCodec::h264 ? take_h264(offered, video, answered, agreed)
                                          : take_plain(offered, video.codec, {}, answered, agreed);
    ssrc = video.ssrc;
    rtx_ssrc = video.rtx_ssrc;
  } else {
    std::vector<Parameter> parameters{{"minptime", "10"}, {"useinbandfec", "1"}};
    if (sending.audio->stereo) parameters.push_back({"sprop-stereo", "1"});
    taken = take_plain(offered, RtpCodec::opus, std::move(parameters), answered, agreed);
    ssrc = sending.audio->ssrc;
  }
  if (!taken) return fail_as(taken);
  agreed.extensions.abs_send_time = extension_id(offered, kAbsSendTimeUri);
  add_extension(agreed.extensions.abs_send_time, kAbsSendTimeUri, answered);
  add_source(ssrc, agreed.codecs[0].rtx_payload_type ? rtx_ssrc : 0, sending, answered);
  agreed.accepted = true;
  return answered;
}

}  // namespace

Result<Answer> answer_playback(const SessionDescription& offer, const LocalTransport& local,
                               const Sending& sending) {
  Chosen chosen = choose_media(offer, Direction::recvonly);
  if (!sending.audio) chosen.audio.reset();
  if (!sending.video) chosen.video.reset();
  if (chosen.empty())
    return refuse("sdp-no-media", "The offer wants to receive nothing that is sent.");
  auto remote = check_transport(offer, chosen);
  if (!remote) return fail_as(remote);
  Answer answer;
  answer.remote = std::move(*remote);
  for (std::size_t i = 0; i < offer.media.size(); ++i) {
    const Media& offered = offer.media[i];
    NegotiatedMedia agreed{.kind = offered.kind, .mid = offered.mid};
    if (chosen.has(i)) {
      auto answered = accept(offered, local, sending, agreed);
      if (!answered) return fail_as(answered);
      answer.description.media.push_back(std::move(*answered));
    } else {
      answer.description.media.push_back(declined_media(offered));
    }
    answer.media.push_back(std::move(agreed));
  }
  complete(offer, local, answer);
  return answer;
}

}  // namespace geili::media::sdp
