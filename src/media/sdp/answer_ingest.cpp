#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "media/h264/profile.hpp"
#include "media/sdp/answer_parts.hpp"
#include "media/sdp/negotiate.hpp"
#include "media/sdp/words.hpp"

namespace geili::media::sdp {
namespace {

struct Ranked {
  unsigned rank = 0;  // less is better
  std::size_t position = 0;
  const Payload* payload = nullptr;
};

// Simpler profiles first: what fits more players without a second encoding.
std::optional<unsigned> profile_rank(const Payload& payload) {
  using enum h264::Profile;
  constexpr std::array kOrder{constrained_baseline, baseline, main, constrained_high, high};
  const auto text = payload.parameter("profile-level-id");
  const auto id = text ? h264::parse_profile_level_id(*text) : h264::kDefaultProfileLevelId;
  const auto profile = id ? h264::profile_of(*id) : std::nullopt;
  const auto* place = std::ranges::find(kOrder, profile);
  if (!profile || place == kOrder.end()) return std::nullopt;
  return static_cast<unsigned>(place - kOrder.begin());
}

// The payload types of H.264 that can be taken. Mode 0 only when there is no other: it forbids
// fragments, and pictures of one packet are small.
std::vector<const Payload*> h264_payloads(const Media& media) {
  for (const unsigned mode : {1U, 0U}) {
    std::vector<Ranked> found;
    for (const Payload& payload : media.payloads) {
      if (!is_codec(payload, RtpCodec::h264)) continue;
      if (number<unsigned>(payload.parameter("packetization-mode").value_or("0")) != mode) continue;
      if (const auto rank = profile_rank(payload)) found.push_back({*rank, found.size(), &payload});
    }
    if (found.empty()) continue;
    std::ranges::sort(found, {}, [](const Ranked& r) { return std::pair(r.rank, r.position); });
    std::vector<const Payload*> payloads;
    for (const Ranked& ranked : found) payloads.push_back(ranked.payload);
    return payloads;
  }
  return {};
}

std::vector<Parameter> only(const Payload& payload, std::initializer_list<std::string_view> keys) {
  std::vector<Parameter> kept;
  for (const std::string_view key : keys) {
    if (const auto value = payload.parameter(key))
      kept.push_back({std::string(key), std::string(*value)});
  }
  return kept;
}

Result<void> take_video_codecs(const Media& offered, Media& answered, NegotiatedMedia& agreed) {
  for (const Payload* payload : h264_payloads(offered)) {
    Codec codec = codec_of(offered, *payload, RtpCodec::h264);
    codec.profile_level_id =
        payload->parameter("profile-level-id").value_or(h264::kDefaultProfileLevelId.to_text());
    add_codec(codec,
              only(*payload, {"level-asymmetry-allowed", "packetization-mode", "profile-level-id"}),
              answered);
    agreed.codecs.push_back(std::move(codec));
  }
  for (const Payload& payload : offered.payloads) {
    if (!is_codec(payload, RtpCodec::vp8)) continue;
    agreed.codecs.push_back(codec_of(offered, payload, RtpCodec::vp8));
    add_codec(agreed.codecs.back(), {}, answered);
    break;
  }
  if (agreed.codecs.empty()) return refuse_codecs(offered, "H264 or VP8");
  return {};
}

Result<void> take_audio_codec(const Media& offered, Media& answered, NegotiatedMedia& agreed) {
  for (const Payload& payload : offered.payloads) {
    if (!is_codec(payload, RtpCodec::opus)) continue;
    // RFC 7587: the parameters say what we like to receive.
    std::vector<Parameter> parameters{{"minptime", "10"}, {"useinbandfec", "1"}};
    if (payload.parameter("stereo") == "1" || payload.parameter("sprop-stereo") == "1") {
      parameters.push_back({"stereo", "1"});
    }
    agreed.codecs.push_back(codec_of(offered, payload, RtpCodec::opus));
    add_codec(agreed.codecs.back(), std::move(parameters), answered);
    return {};
  }
  return refuse_codecs(offered, "opus/48000/2");
}

void take_extensions(const Media& offered, Media& answered, ExtensionIds& ids) {
  const bool video = offered.kind == MediaKind::video;
  const auto take = [&](unsigned& id, std::string_view uri, bool fits) {
    if (!fits) return;
    id = extension_id(offered, uri);
    add_extension(id, uri, answered);
  };
  take(ids.mid, kMidUri, true);
  take(ids.rid, kRidUri, video);
  take(ids.repaired_rid, kRepairedRidUri, video);
  take(ids.transport_cc, kTransportCcUri, true);
  take(ids.abs_send_time, kAbsSendTimeUri, true);
  take(ids.audio_level, kAudioLevelUri, !video);
}

// RFC 8853: the first layers of the offer's list. Without the extension that names the layer of a
// packet they could not be told apart.
void take_simulcast(const Media& offered, Media& answered, NegotiatedMedia& agreed) {
  if (!offered.simulcast || agreed.extensions.rid == 0) return;
  for (const std::string& id : offered.simulcast->send) {
    const Rid wanted{id, RidDirection::send};
    if (std::ranges::find(offered.rids, wanted) == offered.rids.end()) continue;
    if (std::ranges::find(agreed.rids, id) != agreed.rids.end()) continue;
    if (agreed.rids.size() == kSimulcastLayersMax) break;
    agreed.rids.push_back(id);
    answered.rids.push_back({id, RidDirection::recv});
  }
  if (!agreed.rids.empty()) answered.simulcast = Simulcast{{}, agreed.rids};
}

void take_sources(const Media& offered, NegotiatedMedia& agreed) {
  std::vector<std::uint32_t> retransmitted;
  for (const SsrcGroup& group : offered.ssrc_groups) {
    if (group.semantics != "FID" || group.ssrcs.size() != 2) continue;
    agreed.rtx_ssrcs.emplace_back(group.ssrcs[0], group.ssrcs[1]);
    retransmitted.push_back(group.ssrcs[1]);
  }
  for (const SsrcAttribute& attribute : offered.ssrcs) {
    const std::uint32_t ssrc = attribute.ssrc;
    if (std::ranges::find(retransmitted, ssrc) != retransmitted.end()) continue;
    if (std::ranges::find(agreed.ssrcs, ssrc) == agreed.ssrcs.end()) agreed.ssrcs.push_back(ssrc);
  }
}

Result<Media> accept(const Media& offered, const LocalTransport& local, NegotiatedMedia& agreed) {
  Media answered = accepted_media(offered, local, Direction::recvonly);
  auto taken = offered.kind == MediaKind::video ? take_video_codecs(offered, answered, agreed)
                                                : take_audio_codec(offered, answered, agreed);
  if (!taken) return fail_as(taken);
  take_extensions(offered, answered, agreed.extensions);
  if (offered.kind == MediaKind::video) take_simulcast(offered, answered, agreed);
  take_sources(offered, agreed);
  agreed.accepted = true;
  return answered;
}

}  // namespace

Result<Answer> answer_ingest(const SessionDescription& offer, const LocalTransport& local) {
  const Chosen chosen = choose_media(offer, Direction::sendonly);
  if (chosen.empty()) return refuse("sdp-no-media", "The offer sends neither audio nor video.");
  auto remote = check_transport(offer, chosen);
  if (!remote) return fail_as(remote);
  Answer answer;
  answer.remote = std::move(*remote);
  for (std::size_t i = 0; i < offer.media.size(); ++i) {
    const Media& offered = offer.media[i];
    NegotiatedMedia agreed{.kind = offered.kind, .mid = offered.mid};
    if (chosen.has(i)) {
      auto answered = accept(offered, local, agreed);
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
