#include "media/sdp/answer_parts.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "media/sdp/words.hpp"

namespace geili::media::sdp {
namespace {

// Names as rtpmap has them; also what the answer says.
constexpr std::array<std::string_view, 3> kCodecNames{"H264", "VP8", "opus"};

struct FeedbackName {
  bool Codec::* flag;
  std::string_view name;
};
constexpr auto kFeedback = std::to_array<FeedbackName>({{&Codec::remb, "goog-remb"},
                                                        {&Codec::transport_cc, "transport-cc"},
                                                        {&Codec::fir, "ccm fir"},
                                                        {&Codec::nack, "nack"},
                                                        {&Codec::pli, "nack pli"}});

std::string label(const Media& media) {
  return media.mid.empty() ? media.kind_name
                           : fmt::format("{} (mid {})", media.kind_name, media.mid);
}

bool takes_part(const Media& media, Direction wanted) {
  return !media.is_rejected() &&
         (media.direction == wanted || media.direction == Direction::sendrecv);
}

Result<void> check_medium(const Media& media) {
  if (!media.protocol.contains("TLS/RTP/SAVPF") && !media.protocol.contains("TLS/RTP/SAVP")) {
    return refuse("sdp-protocol",
                  fmt::format("The {} is offered as {}; UDP/TLS/RTP/SAVPF is what works.",
                              label(media), media.protocol));
  }
  if (!media.rtcp_mux) {
    return refuse("sdp-no-rtcp-mux", fmt::format("The {} has no a=rtcp-mux.", label(media)));
  }
  return {};
}

Result<void> check_bundle(const SessionDescription& offer, const Chosen& chosen) {
  if (!chosen.audio || !chosen.video) return {};
  const Media& audio = offer.media[*chosen.audio];
  const Media& video = offer.media[*chosen.video];
  const auto* mids = offer.bundle();
  if (mids == nullptr) return refuse("sdp-no-bundle", "The offer has no a=group:BUNDLE.");
  if (audio.mid.empty() || video.mid.empty() || audio.mid == video.mid) {
    return refuse("sdp-no-mid", "Audio and video need an a=mid each, and different ones.");
  }
  for (const Media* media : {&audio, &video}) {
    if (std::ranges::find(*mids, media->mid) != mids->end()) continue;
    return refuse("sdp-no-bundle",
                  fmt::format("The BUNDLE group is without the {}.", label(*media)));
  }
  return {};
}

// The bundle's transport stands in its first medium (RFC 9143 section 7.2); bundle-only ones may
// say nothing.
const TransportPart& transport_of(const SessionDescription& offer, const Chosen& chosen) {
  const auto* mids = offer.bundle();
  if (mids != nullptr && !mids->empty()) {
    const auto tagged = std::ranges::find(offer.media, mids->front(), &Media::mid);
    if (tagged != offer.media.end() && !tagged->transport.ice_ufrag.empty())
      return tagged->transport;
  }
  const std::size_t first =
      std::min(chosen.audio.value_or(kMediaMax), chosen.video.value_or(kMediaMax));
  return offer.media[first].transport;
}

bool is_strong(const Fingerprint& print) {
  return print.hash == "sha-256" || print.hash == "sha-384" || print.hash == "sha-512";
}

}  // namespace

std::unexpected<Error> refuse(std::string_view code, std::string_view detail) {
  return fail(ErrorKind::unprocessable, code, detail);
}

std::unexpected<Error> refuse_codecs(const Media& media, std::string_view instead) {
  std::vector<std::string> names;
  for (const Payload& payload : media.payloads) {
    const auto id = payload.parameter("profile-level-id");
    std::string name = payload.encoding.empty() ? std::to_string(payload.type) : payload.encoding;
    if (id) name.append(" ").append(*id);
    if (std::ranges::find(names, name) == names.end() && names.size() < 16)
      names.push_back(std::move(name));
  }
  return fail(ErrorKind::unsupported_media, "codec-unsupported",
              fmt::format("The {} offers {}; it has to offer {}.", label(media),
                          fmt::join(names, ", "), instead));
}

Chosen choose_media(const SessionDescription& offer, Direction wanted) {
  Chosen chosen;
  for (std::size_t i = 0; i < offer.media.size(); ++i) {
    const Media& media = offer.media[i];
    if (!takes_part(media, wanted)) continue;
    if (media.kind == MediaKind::audio && !chosen.audio) chosen.audio = i;
    if (media.kind == MediaKind::video && !chosen.video) chosen.video = i;
  }
  return chosen;
}

Result<RemoteTransport> check_transport(const SessionDescription& offer, const Chosen& chosen) {
  if (offer.ice_lite)
    return refuse("sdp-ice-lite", "The offer is of an ICE-lite agent, and so are we.");
  for (const auto index : {chosen.audio, chosen.video}) {
    if (!index) continue;
    if (auto checked = check_medium(offer.media[*index]); !checked) return fail_as(checked);
  }
  if (auto checked = check_bundle(offer, chosen); !checked) return fail_as(checked);
  const TransportPart& part = transport_of(offer, chosen);
  if (part.ice_ufrag.empty() || part.ice_pwd.empty()) {
    return refuse("sdp-no-ice", "The offer has no a=ice-ufrag and a=ice-pwd.");
  }
  if (part.fingerprints.empty())
    return refuse("sdp-no-fingerprint", "The offer has no a=fingerprint.");
  RemoteTransport remote{{part.ice_ufrag, part.ice_pwd}, {}};
  std::ranges::copy_if(part.fingerprints, std::back_inserter(remote.fingerprints), is_strong);
  if (remote.fingerprints.empty()) {
    return refuse("sdp-fingerprint-hash",
                  "The offer's fingerprints are not of SHA-256, SHA-384 or SHA-512.");
  }
  const Setup setup = part.setup.value_or(Setup::actpass);
  if (setup != Setup::actpass && setup != Setup::active) {
    return refuse("sdp-setup", "The offer has to say a=setup:actpass or a=setup:active.");
  }
  return remote;
}

bool is_codec(const Payload& payload, RtpCodec codec) {
  if (!same_name(payload.encoding, kCodecNames[static_cast<std::size_t>(codec)])) return false;
  return codec == RtpCodec::opus ? payload.clock_hz == 48'000 && payload.channels == 2
                                 : payload.clock_hz == 90'000;
}

Codec codec_of(const Media& media, const Payload& payload, RtpCodec codec) {
  Codec known;
  known.codec = codec;
  known.payload_type = payload.type;
  known.clock_hz = payload.clock_hz;
  known.channels = payload.channels;
  for (const auto& [flag, name] : kFeedback) known.*flag = payload.has_feedback(name);
  for (const Payload& rtx : media.payloads) {
    if (!same_name(rtx.encoding, "rtx") || rtx.clock_hz != payload.clock_hz) continue;
    const auto apt = number<unsigned>(rtx.parameter("apt").value_or(""));
    // Retransmissions are asked for by NACK alone.
    if (apt == payload.type && known.nack) known.rtx_payload_type = rtx.type;
  }
  return known;
}

unsigned extension_id(const Media& media, std::string_view uri) {
  const auto found = std::ranges::find(media.extensions, uri, &Extension::uri);
  if (found == media.extensions.end() || found->id > kExtensionIdMax) return 0;
  return found->id;
}

Media accepted_media(const Media& offered, const LocalTransport& local, Direction direction) {
  Media media;
  media.kind = offered.kind;
  media.kind_name = offered.kind_name;
  media.port = 9;  // RFC 9429 section 5.3.1: the candidates hold the real ones
  media.protocol = offered.protocol;
  media.mid = offered.mid;
  media.transport.ice_ufrag = local.ice.ufrag;
  media.transport.ice_pwd = local.ice.pwd;
  media.transport.ice_options = {"trickle", "ice2"};
  media.transport.fingerprints = {local.fingerprint};
  media.transport.setup = Setup::passive;
  media.direction = direction;
  media.rtcp_mux = true;
  media.rtcp_rsize = offered.rtcp_rsize;
  return media;
}

Media declined_media(const Media& offered) {
  Media media;
  media.kind = offered.kind;
  media.kind_name = offered.kind_name;
  media.port = 0;
  media.protocol = offered.protocol;
  media.formats = {offered.formats.front()};
  media.mid = offered.mid;
  media.direction = Direction::inactive;
  return media;
}

void add_codec(const Codec& codec, std::vector<Parameter> parameters, Media& media) {
  Payload payload;
  payload.type = codec.payload_type;
  payload.encoding = kCodecNames[static_cast<std::size_t>(codec.codec)];
  payload.clock_hz = codec.clock_hz;
  payload.channels = codec.channels;
  payload.parameters = std::move(parameters);
  for (const auto& [flag, name] : kFeedback) {
    if (codec.*flag) payload.feedback.emplace_back(name);
  }
  media.formats.push_back(std::to_string(payload.type));
  media.payloads.push_back(std::move(payload));
  if (!codec.rtx_payload_type) return;
  Payload rtx;
  rtx.type = *codec.rtx_payload_type;
  rtx.encoding = "rtx";
  rtx.clock_hz = codec.clock_hz;
  rtx.parameters = {{"apt", std::to_string(codec.payload_type)}};
  media.formats.push_back(std::to_string(rtx.type));
  media.payloads.push_back(std::move(rtx));
}

void add_extension(unsigned id, std::string_view uri, Media& media) {
  if (id != 0) media.extensions.push_back({id, std::nullopt, std::string(uri)});
}

void complete(const SessionDescription& offer, const LocalTransport& local, Answer& answer) {
  SessionDescription& description = answer.description;
  description.origin.session_id = local.session_id;
  description.origin.version = 1;
  description.ice_lite = true;
  Group bundle{"BUNDLE", {}};
  bool first = true;
  for (std::size_t i = 0; i < description.media.size(); ++i) {
    if (!answer.media[i].accepted) continue;
    Media& media = description.media[i];
    if (!media.mid.empty()) bundle.mids.push_back(media.mid);
    if (std::exchange(first, false)) {
      media.candidates = local.candidates;
      media.end_of_candidates = true;
    }
  }
  if (offer.bundle() != nullptr && !bundle.mids.empty())
    description.groups.push_back(std::move(bundle));
}

}  // namespace geili::media::sdp
