#include "media/webrtc/publisher.hpp"

#include <algorithm>
#include <utility>

#include "media/rtcp/ntp.hpp"
#include "media/rtp/rtx.hpp"
#include "media/webrtc/random_number.hpp"

namespace geili::media::webrtc {
namespace {

constexpr std::uint32_t kVideoRateHz = 90'000;
constexpr std::uint32_t kAudioRateHz = 48'000;
// Browsers send key frames only when asked; segments of LL-HLS and recordings begin with one.
constexpr std::int64_t kKeyIntervalUs = 2'000'000;
constexpr std::int64_t kReportIntervalUs = 500'000;
// Until it is measured; what a phone network does.
constexpr std::int64_t kRoundTripUs = 100'000;
// Of what cannot be asked for again; waiting helps only packets that were overtaken.
constexpr std::int64_t kReorderPatienceUs = 40'000;
// All players' delay grows to what sound is waited for, also the picture's: for a second answer on
// a short way, for a first one on a long.
constexpr std::int64_t kSoundPatienceUs = 300'000;
constexpr std::int64_t kSoundPatienceUsMax = 500'000;

Codec codec_named(sdp::RtpCodec codec) {
  switch (codec) {
    case sdp::RtpCodec::h264:
      return Codec::h264;
    case sdp::RtpCodec::vp8:
      return Codec::vp8;
    case sdp::RtpCodec::opus:
      break;
  }
  return Codec::opus;
}

// Of the medium's codec that has this payload type, as media or as retransmission.
struct PayloadMatch {
  const sdp::Codec* codec = nullptr;
  bool is_rtx = false;
};
PayloadMatch match(const sdp::NegotiatedMedia& medium, std::uint8_t payload_type) {
  if (!medium.accepted) return {};
  for (const sdp::Codec& codec : medium.codecs) {
    if (codec.payload_type == payload_type) return {&codec, false};
    if (codec.rtx_payload_type == payload_type) return {&codec, true};
  }
  return {};
}

bool gets_arrivals(const std::vector<sdp::NegotiatedMedia>& media) {
  return std::ranges::any_of(media, [](const sdp::NegotiatedMedia& medium) {
    return medium.extensions.transport_cc != 0;
  });
}

rtcp::EstimatorLimits estimator_limits(bool sender_estimates) {
  rtcp::EstimatorLimits limits;
  // A sender that gets arrival times estimates for itself, and better: it knows when it was the one
  // that paused. REMB then says how much we take, for without one some stay low.
  if (sender_estimates) limits.bitrate_bps_start = limits.bitrate_bps_max;
  return limits;
}

Track track_of(const sdp::NegotiatedMedia& medium) {
  return medium.kind == sdp::MediaKind::audio ? Track::audio : Track::video;
}

}  // namespace

Publisher::Publisher(std::vector<sdp::NegotiatedMedia> media, PeerTransport& transport, Sink sink,
                     Refused refused)
    : media_(std::move(media)),
      transport_(transport),
      sink_(std::move(sink)),
      refused_(std::move(refused)),
      ssrc_(random_number<std::uint32_t>()),
      clock_(kVideoRateHz, kAudioRateHz),
      sender_estimates_(gets_arrivals(media_)),
      estimator_(estimator_limits(sender_estimates_)) {}

void Publisher::on_open(Instant now) {
  reported_ = now;
}

Publisher::Source* Publisher::find(std::uint32_t ssrc) {
  const auto found = std::ranges::find(sources_, ssrc, &Source::ssrc);
  return found == sources_.end() ? nullptr : &*found;
}

std::optional<Layer> Publisher::layer_of(const rtp::Header& header, std::size_t medium,
                                         bool is_rtx) const {
  const sdp::NegotiatedMedia& of = media_[medium];
  if (of.rids.empty()) return Layer::source;
  const unsigned id = is_rtx ? of.extensions.repaired_rid : of.extensions.rid;
  const auto rid =
      id == 0 ? std::nullopt : rtp::find_extension(header, static_cast<std::uint8_t>(id));
  if (!rid) return std::nullopt;
  const auto found = std::ranges::find(of.rids, as_text(*rid));
  if (found == of.rids.end()) return std::nullopt;
  return found == of.rids.begin() ? Layer::source : Layer::low;
}

Publisher::Source* Publisher::admit(const rtp::Header& header) {
  if (sources_.size() >= kSourcesMax) return nullptr;
  for (std::size_t medium = 0; medium < media_.size(); ++medium) {
    const PayloadMatch matched = match(media_[medium], header.payload_type);
    if (matched.codec == nullptr) continue;
    const auto layer = layer_of(header, medium, matched.is_rtx);
    if (!layer) return nullptr;
    Source& source = sources_.emplace_back();
    source.ssrc = header.ssrc;
    source.medium = medium;
    source.layer = *layer;
    source.is_rtx = matched.is_rtx;
    if (!matched.is_rtx) set_codec(source, *matched.codec);
    return &source;
  }
  return nullptr;
}

void Publisher::set_codec(Source& source, const sdp::Codec& codec) {
  source.payload_type = codec.payload_type;
  rtp::TrackReceiverLimits limits;
  if (track_of(media_[source.medium]) == Track::audio) {
    limits.patience_us_max = kSoundPatienceUsMax;
    limits.nack.give_up_us = limits.reorder.patience_us = kSoundPatienceUs;
  }
  if (!codec.nack) limits.reorder.patience_us = kReorderPatienceUs;
  source.receiver = std::make_unique<rtp::TrackReceiver>(
      track_of(media_[source.medium]), codec.clock_hz,
      rtp::make_depacketizer(codec_named(codec.codec)), clock_, limits, source.layer);
}

Publisher::Source* Publisher::repeated_by(const Source& rtx) {
  const auto& pairs = media_[rtx.medium].rtx_ssrcs;
  const auto pair = std::ranges::find(pairs, rtx.ssrc, [](const auto& p) { return p.second; });
  if (pair != pairs.end()) return find(pair->first);
  const auto found = std::ranges::find_if(sources_, [&rtx](const Source& source) {
    return !source.is_rtx && source.medium == rtx.medium && source.layer == rtx.layer;
  });
  return found == sources_.end() ? nullptr : &*found;
}

void Publisher::on_rtp(ByteView datagram, Instant now) {
  const auto packet = rtp::parse_packet(datagram);
  if (!packet) return;
  Source* source = find(packet->header.ssrc);
  if (source == nullptr) source = admit(packet->header);
  if (source == nullptr) return;
  heard_ = now;
  note_arrival(*packet, *source, now);
  const bool is_video = track_of(media_[source->medium]) == Track::video;
  if (is_video && !source->is_rtx) layers_.heard(source->layer, now);
  if (!source->is_rtx) {
    const PayloadMatch matched = match(media_[source->medium], packet->header.payload_type);
    if (matched.codec == nullptr || matched.is_rtx) return;
    if (source->payload_type != matched.codec->payload_type) set_codec(*source, *matched.codec);
    source->receiver->received(*packet, rtp::TrackReceiver::Way::first, now);
    return;
  }
  Source* repeated = repeated_by(*source);
  if (repeated == nullptr) return;
  const auto restored = rtp::restore_rtx(*packet, repeated->ssrc, repeated->payload_type);
  if (restored) {
    repeated->receiver->received(*restored, rtp::TrackReceiver::Way::retransmitted, now);
  }
}

void Publisher::note_arrival(const rtp::PacketView& packet, const Source& source, Instant now) {
  const sdp::ExtensionIds& ids = media_[source.medium].extensions;
  constexpr std::size_t kTransportNumberBytes = 2;
  const auto number = rtp::extension_number(
      packet.header, static_cast<std::uint8_t>(ids.transport_cc), kTransportNumberBytes);
  if (number && ids.transport_cc != 0) {
    arrivals_.received(static_cast<std::uint16_t>(*number), now);
  }
  if (sender_estimates_) return;
  const auto sent = rtp::extension_number(
      packet.header, static_cast<std::uint8_t>(ids.abs_send_time), rtp::kAbsSendTimeBytes);
  if (sent && ids.abs_send_time != 0) {
    estimator_.received(send_clock_.us_of(*sent), packet.header.bytes + packet.payload.size(), now);
  }
}

void Publisher::after_batch(Instant now) {
  take(now);
  repair(now);
  ask_for_key_frames(now);
}

void Publisher::take(Instant now) {
  for (Source& source : sources_) {
    if (source.is_rtx) continue;
    units_.clear();
    const auto taken = source.receiver->take(now, units_);
    const bool is_video = track_of(media_[source.medium]) == Track::video;
    for (SourceUnit& unit : units_) {
      if (is_video && unit.keyframe) key_requests_[index_of(source.layer)].arrived();
      pass_on(std::move(unit), now);
    }
    if (is_video && source.receiver->needs_key()) want_key_frame(source.layer);
    if (!taken) refused_("video-format");
  }
  if (layers_.wants_low_key(now)) want_key_frame(Layer::low);
}

void Publisher::pass_on(SourceUnit unit, Instant now) {
  if (unit.track == Track::audio) return sink_(std::move(unit));
  for (const Layer as : layers_.places(unit.layer, unit.keyframe, now)) {
    SourceUnit placed = unit;
    placed.layer = as;
    sink_(std::move(placed));
  }
}

// Sound, which is sent again without a stream of its own, does not show it.
std::optional<std::int64_t> Publisher::round_trip_us() const {
  std::optional<std::int64_t> trip_us;
  for (const Source& source : sources_) {
    if (source.is_rtx) continue;
    if (const auto measured = source.receiver->nack().round_trip_us()) trip_us = measured;
  }
  return trip_us;
}

void Publisher::repair(Instant now) {
  const auto trip_us = round_trip_us();
  std::vector<rtcp::Packet> packets;
  for (Source& source : sources_) {
    const bool repeats =
        !source.is_rtx && match(media_[source.medium], source.payload_type).codec->nack;
    if (!repeats) continue;
    auto missing = source.receiver->nacks(now, trip_us.value_or(kRoundTripUs));
    if (!missing.empty()) packets.emplace_back(rtcp::Nack{ssrc_, source.ssrc, std::move(missing)});
  }
  if (!packets.empty()) transport_.send_rtcp(rtcp::write(packets));
}

void Publisher::ask_for_key_frames(Instant now) {
  for (const Source& source : sources_) {
    const bool is_picture = !source.is_rtx && track_of(media_[source.medium]) == Track::video;
    if (!is_picture || !key_requests_[index_of(source.layer)].due(now)) continue;
    transport_.send_rtcp(rtcp::write({rtcp::PictureLossIndication{ssrc_, source.ssrc}}));
  }
}

void Publisher::on_timer(Instant now) {
  if (!transport_.is_open()) return;
  after_batch(now);
  tell_arrivals(now);
  if ((now - key_wanted_).count() >= kKeyIntervalUs) {
    key_wanted_ = now;
    for (const Layer layer : {Layer::source, Layer::low}) want_key_frame(layer);
  }
  if ((now - reported_).count() >= kReportIntervalUs) report(now);
  if (const auto estimate = estimator_.due(now)) {
    rtcp::ReceiverEstimate remb{.sender_ssrc = ssrc_, .bitrate_bps = *estimate};
    for (const Source& source : sources_) {
      if (!source.is_rtx) remb.ssrcs.push_back(source.ssrc);
    }
    if (!remb.ssrcs.empty()) transport_.send_rtcp(rtcp::write({std::move(remb)}));
  }
}

void Publisher::tell_arrivals(Instant now) {
  for (rtcp::TransportFeedback& feedback : arrivals_.due(now)) {
    feedback.sender_ssrc = ssrc_;
    feedback.media_ssrc = sources_.empty() ? 0 : sources_.front().ssrc;
    transport_.send_rtcp(rtcp::write({std::move(feedback)}));
  }
}

void Publisher::report(Instant now) {
  reported_ = now;
  rtcp::ReceiverReport report{.ssrc = ssrc_};
  double loss = 0;
  for (Source& source : sources_) {
    if (source.is_rtx) continue;
    const auto interval = source.receiver->statistics().next_interval();
    if (!interval) continue;
    rtcp::ReportBlock block{.ssrc = source.ssrc,
                            .fraction_lost = interval->fraction_lost,
                            .lost = interval->lost,
                            .highest_sequence = interval->highest_sequence,
                            .jitter = interval->jitter};
    if (source.sr_ntp != 0) {
      block.last_sr = rtcp::ntp_middle(source.sr_ntp);
      block.delay_since_sr = rtcp::to_ntp_interval(now - source.sr_at);
    }
    constexpr double kWhole = 256;
    if (track_of(media_[source.medium]) == Track::video) {
      loss = std::max(loss, interval->fraction_lost / kWhole);
    }
    report.reports.push_back(block);
  }
  if (report.reports.empty()) return;
  if (!sender_estimates_) estimator_.report_loss(loss, now);
  transport_.send_rtcp(rtcp::write({std::move(report)}));
}

void Publisher::on_rtcp(ByteView datagram, Instant now) {
  const auto packets = rtcp::parse(datagram);
  if (!packets) return;
  for (const rtcp::Packet& packet : *packets) {
    if (const auto* report = std::get_if<rtcp::SenderReport>(&packet)) {
      on_sender_report(*report, now);
    }
  }
}

void Publisher::on_sender_report(const rtcp::SenderReport& report, Instant now) {
  Source* source = find(report.ssrc);
  if (source == nullptr || source->is_rtx) return;
  source->sr_ntp = report.ntp;
  source->sr_at = now;
  const Track track = track_of(media_[source->medium]);
  clock_.sender_report(track, report.ntp, report.timestamp, now, source->layer);
}

PublisherFigures Publisher::figures() const {
  PublisherFigures figures;
  figures.estimate_bps = estimator_.estimate_bps();
  figures.round_trip_us = round_trip_us();
  for (const Source& source : sources_) {
    if (source.is_rtx) continue;
    figures.packets += source.receiver->statistics().packets();
    figures.packets_lost += source.receiver->statistics().lost();
    figures.packets_recovered += source.receiver->nack().recovered();
    figures.pictures_damaged += source.receiver->depacketizer().damaged();
  }
  for (const rtcp::KeyFrameRequests& requests : key_requests_) {
    figures.key_frame_requests += requests.sent();
  }
  return figures;
}

}  // namespace geili::media::webrtc
