#include "media/testing/webrtc_client/client_sdp.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

#include "media/sdp/answer_parts.hpp"
#include "media/sdp/parse.hpp"
#include "media/sdp/write.hpp"

namespace geili::media::testing {
namespace {

constexpr unsigned kOpusType = 111;
constexpr unsigned kVp8Type = 96;
constexpr unsigned kFirstH264Type = 102;

Bytes fingerprint_bytes(std::string_view text) {
  std::string digits;
  std::ranges::copy_if(text, std::back_inserter(digits), [](char c) { return c != ':'; });
  std::ranges::transform(digits, digits.begin(), [](char c) {
    return c >= 'A' && c <= 'F' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return from_hex(digits).value_or(Bytes{});
}

std::string fingerprint_text(const Bytes& value) {
  std::string text;
  for (const char c : to_hex(value)) {
    if (text.size() % 3 == 2) text += ':';
    text += c;
  }
  return text;
}

void add_payload(sdp::Media& media, sdp::Payload payload) {
  media.formats.push_back(std::to_string(payload.type));
  media.payloads.push_back(std::move(payload));
}

void add_with_rtx(sdp::Media& media, unsigned type, std::string encoding,
                  std::vector<sdp::Parameter> parameters) {
  add_payload(media, {static_cast<std::uint8_t>(type),
                      std::move(encoding),
                      90'000,
                      1,
                      std::move(parameters),
                      {"goog-remb", "transport-cc", "ccm fir", "nack", "nack pli"}});
  add_payload(
      media,
      {static_cast<std::uint8_t>(type + 1), "rtx", 90'000, 1, {{"apt", std::to_string(type)}}, {}});
}

void add_sources(sdp::Media& media, const Sources& sources) {
  if (sources.ssrc == 0) return;
  media.msids.push_back({"-", "track"});
  media.ssrcs.push_back({sources.ssrc, "cname", "client"});
  if (sources.rtx_ssrc == 0) return;
  media.ssrc_groups.push_back({"FID", {sources.ssrc, sources.rtx_ssrc}});
  media.ssrcs.push_back({sources.rtx_ssrc, "cname", "client"});
}

sdp::Media make_media(const Offering& offering, sdp::MediaKind kind, std::string mid) {
  sdp::Media media;
  media.kind = kind;
  media.kind_name = kind == sdp::MediaKind::audio ? "audio" : "video";
  media.port = 9;
  media.protocol = "UDP/TLS/RTP/SAVPF";
  media.mid = std::move(mid);
  media.direction = offering.direction;
  media.rtcp_mux = true;
  media.rtcp_rsize = true;
  media.transport.ice_ufrag = offering.ice.ufrag;
  media.transport.ice_pwd = offering.ice.pwd;
  media.transport.fingerprints = {{"sha-256", fingerprint_bytes(offering.fingerprint)}};
  media.transport.setup = sdp::Setup::actpass;
  media.extensions = {{1, {}, std::string(sdp::kMidUri)},
                      {2, {}, std::string(sdp::kAbsSendTimeUri)},
                      {3, {}, std::string(sdp::kTransportCcUri)}};
  return media;
}

sdp::Media video_media(const Offering& offering, std::string mid) {
  sdp::Media media = make_media(offering, sdp::MediaKind::video, std::move(mid));
  unsigned type = kFirstH264Type;
  std::vector<std::string> profiles{offering.profile_level_id};
  if (offering.direction == sdp::Direction::recvonly)
    profiles = {"42e01f", "42001f", "4d001f", "640c1f", "64001f"};
  for (const std::string& profile : profiles) {
    add_with_rtx(media, type, "H264",
                 {{"level-asymmetry-allowed", "1"},
                  {"packetization-mode", "1"},
                  {"profile-level-id", profile}});
    type += 2;
  }
  if (offering.direction == sdp::Direction::recvonly) add_with_rtx(media, kVp8Type, "VP8", {});
  if (offering.rids.empty()) {
    add_sources(media, offering.video_sources);
    return media;
  }
  media.extensions.push_back({4, {}, std::string(sdp::kRidUri)});
  media.extensions.push_back({5, {}, std::string(sdp::kRepairedRidUri)});
  for (const std::string& rid : offering.rids) {
    media.rids.push_back({rid, sdp::RidDirection::send});
  }
  media.simulcast = sdp::Simulcast{offering.rids, {}};
  return media;
}

sdp::Media audio_media(const Offering& offering, std::string mid) {
  sdp::Media media = make_media(offering, sdp::MediaKind::audio, std::move(mid));
  std::vector<std::string> feedback{"transport-cc"};
  // As our page has browsers do it. A publisher here does not keep its sound.
  if (offering.direction == sdp::Direction::recvonly) feedback.emplace_back("nack");
  add_payload(media, {kOpusType,
                      "opus",
                      48'000,
                      2,
                      {{"minptime", "10"}, {"useinbandfec", "1"}, {"stereo", "1"}},
                      std::move(feedback)});
  add_sources(media, offering.audio_sources);
  return media;
}

unsigned id_of(const sdp::Media& media, std::string_view uri) {
  const auto found = std::ranges::find(media.extensions, uri, &sdp::Extension::uri);
  return found == media.extensions.end() ? 0 : found->id;
}

AgreedTrack read_track(const sdp::Media& media) {
  AgreedTrack track;
  track.mid = media.mid;
  track.encoding = media.payloads[0].encoding;
  track.payload_type = media.payloads[0].type;
  for (const sdp::Payload& payload : media.payloads) {
    if (sdp::same_name(payload.encoding, "rtx") &&
        payload.parameter("apt") == std::to_string(track.payload_type)) {
      track.rtx_payload_type = payload.type;
    }
  }
  track.nack = media.payloads[0].has_feedback("nack");
  track.transport_cc_id = id_of(media, sdp::kTransportCcUri);
  track.abs_send_time_id = id_of(media, sdp::kAbsSendTimeUri);
  track.mid_id = id_of(media, sdp::kMidUri);
  track.rid_id = id_of(media, sdp::kRidUri);
  track.repaired_rid_id = id_of(media, sdp::kRepairedRidUri);
  if (!media.ssrcs.empty()) track.sources.ssrc = media.ssrcs[0].ssrc;
  for (const sdp::SsrcGroup& group : media.ssrc_groups) {
    if (group.semantics == "FID" && group.ssrcs.size() == 2)
      track.sources = {group.ssrcs[0], group.ssrcs[1]};
  }
  return track;
}

void add_candidates(const sdp::Media& media, Agreed& agreed) {
  for (const ice::Candidate& candidate : media.candidates) {
    const auto ip = IpAddress::parse(candidate.host);
    if (!ip) continue;
    auto& list = candidate.transport == Transport::udp ? agreed.udp : agreed.tcp;
    list.push_back({*ip, candidate.port, candidate.transport});
  }
}

}  // namespace

std::string make_offer(const Offering& offering) {
  sdp::SessionDescription session;
  session.origin.session_id = 1;
  sdp::Group bundle{"BUNDLE", {}};
  if (offering.audio) {
    session.media.push_back(audio_media(offering, "0"));
    bundle.mids.push_back("0");
  }
  if (offering.video) {
    session.media.push_back(video_media(offering, "1"));
    bundle.mids.push_back("1");
  }
  session.groups.push_back(std::move(bundle));
  return sdp::write(session);
}

Result<Agreed> read_answer(std::string_view answer) {
  auto session = sdp::parse(answer);
  if (!session) return fail_as(session);
  Agreed agreed;
  for (const sdp::Media& media : session->media) {
    if (media.is_rejected() || media.payloads.empty()) continue;
    if (agreed.ice.ufrag.empty()) {
      agreed.ice = {media.transport.ice_ufrag, media.transport.ice_pwd};
      for (const sdp::Fingerprint& print : media.transport.fingerprints) {
        if (print.hash == "sha-256") agreed.fingerprint = fingerprint_text(print.value);
      }
    }
    add_candidates(media, agreed);
    (media.kind == sdp::MediaKind::audio ? agreed.audio : agreed.video) = read_track(media);
  }
  if (agreed.ice.ufrag.empty() || agreed.fingerprint.empty() ||
      (agreed.udp.empty() && agreed.tcp.empty())) {
    return fail(ErrorKind::invalid, "answer", "No medium, no fingerprint or no candidate.");
  }
  return agreed;
}

}  // namespace geili::media::testing
