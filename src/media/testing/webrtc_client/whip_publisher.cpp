#include "media/testing/webrtc_client/whip_publisher.hpp"

#include <algorithm>
#include <random>
#include <utility>

#include "media/h264/sps.hpp"
#include "media/rtcp/ntp.hpp"
#include "media/rtp/rtx.hpp"

namespace geili::media::testing {
namespace {

constexpr std::chrono::milliseconds kFirstReport{100};
constexpr std::chrono::milliseconds kReportEvery{1'000};
// A repeated request asks for the key frame that is on its way.
constexpr std::chrono::milliseconds kKeyFrameEvery{300};

std::uint32_t random_word() {
  static thread_local std::mt19937 random{std::random_device{}()};
  return random();
}

Sources random_sources() {
  return {random_word() | 1U, random_word() | 1U};
}

const std::vector<std::string> kRids{"high", "low"};

// The same picture in a few bytes, which nobody can decode.
Unit shrunk(const Unit& unit) {
  constexpr std::size_t kBytes = 60;
  Unit small = unit;
  Bytes payload(
      unit.payload->begin(),
      unit.payload->begin() + std::min<std::ptrdiff_t>(kBytes, std::ssize(*unit.payload)));
  const std::size_t nal = payload.size() - 4;
  for (std::size_t i = 0; i < 4; ++i) payload[i] = static_cast<std::byte>(nal >> 8 * (3 - i));
  small.payload = std::make_shared<const Bytes>(std::move(payload));
  return small;
}

const Unit& first_picture(const Clip& clip) {
  return **std::ranges::find(clip.units, Track::video,
                             [](const UnitPtr& unit) { return unit->track; });
}

}  // namespace

WhipPublisher::Lane::Lane(std::uint32_t rate_hz, Sources own)
    : sources(own), store(rate_hz, static_cast<std::uint16_t>(random_word()), random_word()) {}

WhipPublisher::WhipPublisher(ClientLoop& loop, const dtls::Context& context, ClipPtr clip,
                             WhipOptions options)
    : ClientPeer(loop, context, options.peer),
      clip_(std::move(clip)),
      options_(options),
      lanes_{Lane{90'000, random_sources()}, Lane{48'000, random_sources()},
             Lane{90'000, random_sources()}} {
  if (!options.simulcast) return;
  lane(Track::video).rid = kRids[0];
  lanes_[kLowLane].rid = kRids[1];
}

std::string WhipPublisher::offer() const {
  Offering offering;
  offering.direction = sdp::Direction::sendonly;
  offering.ice = local_ice();
  offering.fingerprint = local_fingerprint();
  offering.audio = std::ranges::any_of(
      clip_->units, [](const UnitPtr& unit) { return unit->track == Track::audio; });
  offering.video_sources = lanes_[index_of(Track::video)].sources;
  offering.audio_sources = {lanes_[index_of(Track::audio)].sources.ssrc, 0};
  // "avc1.42E01F"
  offering.profile_level_id = first_picture(*clip_).config->rfc6381.substr(5);
  if (options_.simulcast) offering.rids = kRids;
  return make_offer(offering);
}

void WhipPublisher::on_answer(const Agreed& agreed) {
  for (const Track track : {Track::video, Track::audio}) {
    const auto& answered = track == Track::video ? agreed.video : agreed.audio;
    lane(track).accepted = answered.has_value();
    if (answered) lane(track).agreed = *answered;
  }
  lanes_[kLowLane].accepted = options_.simulcast && agreed.video.has_value();
  lanes_[kLowLane].agreed = lane(Track::video).agreed;
}

void WhipPublisher::on_open(Instant now) {
  zero_ = began_ = now;
  report_at_ = now + kFirstReport;
}

void WhipPublisher::resume() {
  paused_ = false;
  skip_to_key_frame(loop().now());
}

void WhipPublisher::on_tick(Instant now) {
  while (!paused_) {
    if (next_ == clip_->units.size()) {
      next_ = 0;
      zero_ = zero_ + std::chrono::microseconds(clip_->duration_us);
    }
    const Unit& unit = *clip_->units[next_];
    const Instant due = zero_ + std::chrono::microseconds(unit.pts_us);
    if (due > now) break;
    ++next_;
    Unit timed = unit;
    timed.pts_us = timed.dts_us = (due - began_).count();
    const bool stamps = options_.stamps_every != 0 && unit.track == Track::video &&
                        figures_.pictures % options_.stamps_every == 0;
    if (timed.track == Track::audio) ++figures_.sounds;
    if (timed.track == Track::video) {
      ++figures_.pictures;
      if (timed.keyframe) {
        ++figures_.keyframes;
        key_sent_ = now;
      }
      send_unit(lanes_[kLowLane], shrunk(timed), now);
    }
    if (timed.track == Track::video && !sends_source_) continue;
    send_unit(lane(timed.track), stamps ? *stamped(timed, loop().now()) : timed, now);
  }
  if (now >= report_at_) send_reports(now);
}

void WhipPublisher::send_unit(Lane& out, const Unit& unit, Instant now) {
  if (!out.accepted) return;
  const auto packets = out.store.add(unit, now);
  if (!packets) return;
  const rtp::SharedPackets& shared = **packets;
  for (std::size_t i = 0; i < shared.payloads.size(); ++i) {
    rtp::HeaderFields fields = shared.header(i);
    fields.payload_type = out.agreed.payload_type;
    fields.ssrc = out.sources.ssrc;
    const ByteView payload = shared.payloads.padded(i);
    ++out.packets;
    out.octets += static_cast<std::uint32_t>(payload.size());
    send_payload(out, fields, static_cast<std::uint64_t>(shared.first_sequence) + i, payload, now);
  }
}

void WhipPublisher::send_payload(Lane& lane, const rtp::HeaderFields& plain, std::uint64_t index,
                                 ByteView payload, Instant now) {
  std::array<std::byte, 2> number{static_cast<std::byte>(transport_number_ >> 8),
                                  static_cast<std::byte>(transport_number_ & 0xFF)};
  // 6.18 fixed point seconds.
  const auto sent = static_cast<std::uint32_t>((now.us << 18) / 1'000'000);
  std::array<std::byte, 3> time{static_cast<std::byte>(sent >> 16 & 0xFF),
                                static_cast<std::byte>(sent >> 8 & 0xFF),
                                static_cast<std::byte>(sent & 0xFF)};
  std::vector<rtp::Extension> extensions;
  const auto add = [&](unsigned id, ByteView data) {
    if (id != 0) extensions.push_back({static_cast<std::uint8_t>(id), data});
  };
  add(lane.agreed.transport_cc_id, number);
  add(lane.agreed.abs_send_time_id, time);
  add(lane.agreed.mid_id, as_bytes(lane.agreed.mid));
  const bool is_rtx = plain.ssrc == lane.sources.rtx_ssrc;
  if (!lane.rid.empty()) {
    add(is_rtx ? lane.agreed.repaired_rid_id : lane.agreed.rid_id, as_bytes(lane.rid));
  }
  if (lane.agreed.transport_cc_id != 0) ++transport_number_;
  rtp::HeaderFields fields = plain;
  fields.extensions = extensions;
  std::array<std::byte, 256> header;
  const std::size_t size = rtp::write_header(header, fields);
  std::array<std::byte, 1'500> out;
  const std::size_t bytes =
      sender().protect(fields.ssrc, index, ByteView(header).first(size), payload, out);
  ++figures_.packets;
  send_packet(ByteView(out).first(bytes));
}

void WhipPublisher::on_srtp(std::span<std::byte> /*packet*/, Instant /*at*/) {
  count_refused();
}

void WhipPublisher::on_rtcp(const std::vector<rtcp::Packet>& packets, Instant at) {
  for (const rtcp::Packet& packet : packets) {
    if (const auto* nack = std::get_if<rtcp::Nack>(&packet)) {
      figures_.nacked += nack->sequences.size();
      if (options_.answers) resend(*nack, at);
    } else if (std::holds_alternative<rtcp::PictureLossIndication>(packet) ||
               std::holds_alternative<rtcp::FullIntraRequest>(packet)) {
      ++figures_.key_requests;
      if (options_.answers && at - key_sent_ >= kKeyFrameEvery) skip_to_key_frame(at);
    } else if (const auto* feedback = std::get_if<rtcp::TransportFeedback>(&packet)) {
      note(*feedback);
    } else if (const auto* estimate = std::get_if<rtcp::ReceiverEstimate>(&packet)) {
      figures_.estimate_bps = estimate->bitrate_bps;
    } else if (const auto* report = std::get_if<rtcp::ReceiverReport>(&packet)) {
      for (const rtcp::ReportBlock& block : report->reports) {
        if (block.ssrc == lane(Track::video).sources.ssrc) figures_.video_report = block;
      }
    }
  }
}

void WhipPublisher::note(const rtcp::TransportFeedback& feedback) {
  ++figures_.feedbacks;
  for (const auto& delta : feedback.deltas) ++(delta ? figures_.told_received : figures_.told_lost);
}

void WhipPublisher::resend(const rtcp::Nack& nack, Instant now) {
  for (Lane& lane : lanes_) {
    if (!lane.accepted || lane.sources.ssrc != nack.media_ssrc || !lane.agreed.rtx_payload_type)
      continue;
    for (const std::uint16_t sequence : nack.sequences) {
      const auto packet = lane.store.find(sequence);
      if (!packet) continue;
      rtp::HeaderFields fields = packet->header();
      fields.payload_type = *lane.agreed.rtx_payload_type;
      fields.ssrc = lane.sources.rtx_ssrc;
      fields.sequence = static_cast<std::uint16_t>(lane.rtx_index);
      ++figures_.resent;
      send_payload(lane, fields, lane.rtx_index++, rtp::rtx_payload(sequence, packet->payload()),
                   now);
    }
  }
}

void WhipPublisher::skip_to_key_frame(Instant now) {
  const std::size_t count = clip_->units.size();
  std::size_t at = next_ % count;
  for (std::size_t steps = 0; steps < count; ++steps, at = (at + 1) % count) {
    const Unit& unit = *clip_->units[at];
    if (unit.track == Track::video && unit.keyframe) break;
  }
  next_ = at;
  zero_ = now - std::chrono::microseconds(clip_->units[at]->pts_us);
}

void WhipPublisher::send_reports(Instant now) {
  report_at_ = now + kReportEvery;
  for (const Lane& lane : lanes_) {
    if (!lane.accepted || lane.packets == 0) continue;
    send_rtcp({rtcp::SenderReport{lane.sources.ssrc,
                                  rtcp::to_ntp(now),
                                  lane.store.timestamp_of((now - began_).count()),
                                  lane.packets,
                                  lane.octets,
                                  {}},
               rtcp::SourceDescription{{{lane.sources.ssrc, "client"}}}});
  }
}

}  // namespace geili::media::testing
