#include "media/testing/webrtc_client/whep_receiver.hpp"

#include <algorithm>
#include <utility>

#include "media/rtcp/ntp.hpp"
#include "media/rtp/rtx.hpp"

namespace geili::media::testing {
namespace {

constexpr std::chrono::milliseconds kReportEvery{1'000};
constexpr std::chrono::milliseconds kPliEvery{500};

Codec codec_named(std::string_view encoding) {
  if (sdp::same_name(encoding, "H264")) return Codec::h264;
  return sdp::same_name(encoding, "VP8") ? Codec::vp8 : Codec::opus;
}

}  // namespace

WhepReceiver::WhepReceiver(ClientLoop& loop, const dtls::Context& context, WhepOptions options)
    : ClientPeer(loop, context, options.peer), options_(options) {}

std::string WhepReceiver::offer() const {
  Offering offering;
  offering.ice = local_ice();
  offering.fingerprint = local_fingerprint();
  offering.audio = options_.audio;
  offering.video = options_.video;
  return make_offer(offering);
}

void WhepReceiver::on_answer(const Agreed& agreed) {
  prepare(Track::video, agreed.video);
  prepare(Track::audio, agreed.audio);
}

void WhepReceiver::prepare(Track track, const std::optional<AgreedTrack>& agreed) {
  Lane& lane = lanes_[index_of(track)];
  lane.accepted = agreed.has_value();
  if (!agreed) return;
  lane.agreed = *agreed;
  const std::uint32_t rate_hz = track == Track::video ? 90'000 : 48'000;
  if (!options_.decrypts) {
    lane.statistics.emplace(rate_hz);
    return;
  }
  rtp::TrackReceiverLimits limits;
  limits.reorder.settle_us = 0;
  limits.nack.give_up_us = limits.reorder.patience_us = 1'000'000;
  lane.receiver = std::make_unique<rtp::TrackReceiver>(
      track, rate_hz, rtp::make_depacketizer(codec_named(agreed->encoding)), media_clock_, limits);
}

void WhepReceiver::on_open(Instant now) {
  report_at_ = now + kReportEvery;
  pli_at_ = now + kPliEvery;
}

WhepReceiver::Lane* WhepReceiver::lane_of(std::uint32_t ssrc, bool& is_rtx) {
  for (Lane& lane : lanes_) {
    if (!lane.accepted) continue;
    is_rtx = ssrc == lane.agreed.sources.rtx_ssrc;
    if (is_rtx || ssrc == lane.agreed.sources.ssrc) return &lane;
  }
  return nullptr;
}

void WhepReceiver::on_srtp(std::span<std::byte> packet, Instant at) {
  const auto header = rtp::parse_header(packet);
  bool is_rtx = false;
  Lane* const lane = header ? lane_of(header->ssrc, is_rtx) : nullptr;
  const auto expected = lane == nullptr ? std::nullopt
                        : is_rtx        ? lane->agreed.rtx_payload_type
                                        : std::optional(lane->agreed.payload_type);
  if (lane == nullptr || header->payload_type != expected) {
    ++figures_.unexpected;
    return;
  }
  if (options_.decrypts) {
    const auto size = receiver().unprotect(packet);
    if (!size) return count_refused();
    const auto plain = rtp::parse_packet(ByteView(packet).first(*size));
    if (plain) on_media(*lane, *plain, is_rtx, at);
    return;
  }
  if (is_rtx) return;
  const auto placed = lane->sequences.place(header->sequence);
  if (!placed) return;
  lane->statistics->received(placed->sequence, placed->restarted, header->timestamp, at);
  lane->figures.packets = lane->statistics->packets();
  lane->figures.lost = lane->statistics->lost();
  if (!lane->figures.first_unit) lane->figures.first_unit = at;
}

void WhepReceiver::on_media(Lane& lane, const rtp::PacketView& packet, bool is_rtx, Instant at) {
  if (is_rtx) {
    ++figures_.retransmitted;
    const auto restored =
        rtp::restore_rtx(packet, lane.agreed.sources.ssrc, lane.agreed.payload_type);
    if (restored) lane.receiver->received(*restored, rtp::TrackReceiver::Way::retransmitted, at);
  } else {
    lane.receiver->received(packet, rtp::TrackReceiver::Way::first, at);
  }
  // With the time of this packet, so that a unit's time is that of the packet which completed it.
  take(lane, at);
}

void WhepReceiver::take(Lane& lane, Instant now) {
  units_.clear();
  (void)lane.receiver->take(now, units_);
  for (const SourceUnit& unit : units_) {
    TrackFigures& figures = lane.figures;
    ++figures.units;
    if (unit.keyframe) ++figures.keyframes;
    if (!figures.first_unit) figures.first_unit = now;
    if (figures.last_unit)
      figures.longest_pause_us =
          std::max(figures.longest_pause_us, (now - *figures.last_unit).count());
    figures.last_unit = now;
    if (on_unit_) on_unit_(unit, now);
  }
  rtp::TrackReceiver& receiver = *lane.receiver;
  lane.figures.packets = receiver.statistics().packets();
  lane.figures.lost = receiver.statistics().lost();
  lane.figures.damaged = receiver.depacketizer().damaged();
  lane.figures.skipped = receiver.depacketizer().skipped();
  lane.figures.recovered = receiver.nack().recovered();
}

void WhepReceiver::on_rtcp(const std::vector<rtcp::Packet>& packets, Instant at) {
  for (const rtcp::Packet& packet : packets) {
    const auto* const report = std::get_if<rtcp::SenderReport>(&packet);
    if (report == nullptr) continue;
    ++figures_.sender_reports;
    if (!figures_.first_sender_report) figures_.first_sender_report = at;
    for (const Track track : {Track::video, Track::audio}) {
      Lane& lane = lanes_[index_of(track)];
      if (!lane.accepted || lane.agreed.sources.ssrc != report->ssrc) continue;
      lane.last_sr = rtcp::ntp_middle(report->ntp);
      lane.sr_came = at;
      (track == Track::video ? figures_.video_report : figures_.audio_report) = *report;
      media_clock_.sender_report(track, report->ntp, report->timestamp, at);
    }
  }
}

void WhepReceiver::after_batch(Instant now) {
  if (!options_.decrypts || !options_.asks_again) return;
  for (Lane& lane : lanes_) {
    if (!lane.receiver || !lane.agreed.nack) continue;
    auto missing = lane.receiver->nacks(now, round_trip_us());
    if (missing.empty()) continue;
    figures_.nacked += missing.size();
    send_rtcp({rtcp::Nack{ssrc_, lane.agreed.sources.ssrc, std::move(missing)}});
  }
}

void WhepReceiver::on_tick(Instant now) {
  for (Lane& lane : lanes_) {
    if (lane.receiver) take(lane, now);
  }
  after_batch(now);
  if (now >= report_at_) report(now);
  const Lane& video = lanes_[index_of(Track::video)];
  if (options_.asks_again && video.receiver && video.receiver->needs_key() && now >= pli_at_) {
    ask_for_key_frame();
  }
}

void WhepReceiver::ask_for_key_frame() {
  pli_at_ = loop().now() + kPliEvery;
  ++figures_.plis;
  send_rtcp(
      {rtcp::PictureLossIndication{ssrc_, lanes_[index_of(Track::video)].agreed.sources.ssrc}});
}

void WhepReceiver::report(Instant now) {
  report_at_ = now + kReportEvery;
  rtcp::ReceiverReport report{ssrc_, {}};
  for (Lane& lane : lanes_) {
    auto* const kept = statistics(lane);
    const auto interval = kept == nullptr ? std::nullopt : kept->next_interval();
    if (!interval) continue;
    rtcp::ReportBlock block{.ssrc = lane.agreed.sources.ssrc,
                            .fraction_lost = interval->fraction_lost,
                            .lost = interval->lost,
                            .highest_sequence = interval->highest_sequence,
                            .jitter = interval->jitter};
    if (lane.last_sr) {
      block.last_sr = *lane.last_sr;
      block.delay_since_sr = rtcp::to_ntp_interval(now - lane.sr_came);
    }
    report.reports.push_back(block);
  }
  std::vector<rtcp::Packet> packets{report};
  if (options_.estimate_bps) {
    packets.emplace_back(rtcp::ReceiverEstimate{
        ssrc_, *options_.estimate_bps, {lanes_[index_of(Track::video)].agreed.sources.ssrc}});
  }
  send_rtcp(packets);
}

}  // namespace geili::media::testing
