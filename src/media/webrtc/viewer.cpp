#include "media/webrtc/viewer.hpp"

#include <array>
#include <span>
#include <utility>

#include "media/rtcp/ntp.hpp"
#include "media/rtp/abs_send_time.hpp"
#include "media/rtp/rtx.hpp"

namespace geili::media::webrtc {
namespace {

constexpr std::int64_t kReportIntervalUs = 1'000'000;
// Of one NACK: a viewer on a bad line must not make us send without end.
constexpr std::size_t kResentAtOnceMax = 256;
// Until then a viewer's estimate is a guess.
constexpr std::int64_t kSettledUs = 4'000'000;

}  // namespace

Viewer::Viewer(const std::vector<sdp::NegotiatedMedia>& media, const sdp::Sending& sending,
               PeerTransport& transport, PacketSource& source)
    : transport_(transport), source_(source), cname_(sending.cname) {
  for (const sdp::NegotiatedMedia& medium : media) {
    if (!medium.accepted) continue;
    const sdp::Codec& codec = medium.codecs.front();
    const bool is_video = medium.kind == sdp::MediaKind::video;
    if (is_video) video_codec_ = codec;
    tracks_[index_of(is_video ? Track::video : Track::audio)].emplace(
        codec, is_video ? sending.video->ssrc : sending.audio->ssrc,
        is_video ? sending.video->rtx_ssrc : 0);
    if (medium.extensions.abs_send_time != 0) {
      abs_send_time_id_ = static_cast<std::uint8_t>(medium.extensions.abs_send_time);
    }
  }
}

void Viewer::on_open(Instant now) {
  opened_ = now;
  source_.opened(*this, now);
}

bool Viewer::prepare(const Part& part, bool& starts) {
  auto& track = track_of(*part.packets);
  if (!track) return false;
  if (track->has_started() && track->layer() == part.layer) return true;
  const bool is_change = track->has_started();
  if (!track->go_on_with(part.layer, *part.packets)) return false;
  if (is_change) ++figures_.layer_changes;
  starts = true;
  return true;
}

void Viewer::send(std::span<const Part> parts, Instant now) {
  const ice::Path* path = transport_.path();
  if (path == nullptr || !transport_.is_open()) return;
  bool starts = false;
  Wire& wire = transport_.wire();
  wire.begin(*path);
  for (const Part& part : parts) {
    if (prepare(part, starts)) write(*track_of(*part.packets), *part.packets, now);
  }
  wire.flush();
  // Until a report comes, sound and picture are not tied.
  if (starts) send_reports(now);
}

void Viewer::write(OutgoingTrack& track, const rtp::SharedPackets& packets, Instant now) {
  // Sound is sent again as it was: its time of sending is one that is kept.
  const Instant sent = packets.is_video ? now : packets.added;
  for (std::size_t i = 0; i < packets.payloads.size(); ++i) {
    seal(track.header(packets, i), track.index_of(packets, i), packets.payloads.padded(i), sent);
  }
  track.sent(packets);
  figures_.packets += packets.payloads.size();
}

void Viewer::seal(rtp::HeaderFields fields, std::uint64_t index, ByteView payload, Instant sent) {
  const auto stamp = rtp::abs_send_time(sent);
  const rtp::Extension time{abs_send_time_id_, stamp};
  if (time.id != 0) fields.extensions = std::span(&time, 1);
  std::array<std::byte, rtp::kFixedHeaderBytes + rtp::kExtensionBytesMax> header;
  const std::size_t head = rtp::write_header(header, fields);
  Wire& wire = transport_.wire();
  const auto slot = wire.slot(head + payload.size() + srtp::kOverheadBytesMax);
  wire.commit(
      transport_.sender().protect(fields.ssrc, index, ByteView(header).first(head), payload, slot));
}

void Viewer::on_rtcp(ByteView datagram, Instant now) {
  const auto packets = rtcp::parse(datagram);
  if (!packets) return;
  for (const rtcp::Packet& packet : *packets) {
    if (const auto* nack = std::get_if<rtcp::Nack>(&packet)) {
      resend(*nack, now);
    } else if (const auto* report = std::get_if<rtcp::ReceiverReport>(&packet)) {
      on_reports(report->reports, now);
    } else if (const auto* sender = std::get_if<rtcp::SenderReport>(&packet)) {
      on_reports(sender->reports, now);
    } else if (const auto* estimate = std::get_if<rtcp::ReceiverEstimate>(&packet)) {
      figures_.estimate_bps = estimate->bitrate_bps;
    } else if (std::holds_alternative<rtcp::PictureLossIndication>(packet) ||
               std::holds_alternative<rtcp::FullIntraRequest>(packet)) {
      source_.want_key_frame(layer());
    }
  }
}

void Viewer::resend(const rtcp::Nack& nack, Instant now) {
  for (const Track kind : {Track::video, Track::audio}) {
    auto& track = tracks_[index_of(kind)];
    if (!track || track->ssrc() != nack.media_ssrc || !track->has_started()) continue;
    std::size_t sent = 0;
    for (const std::uint16_t sequence : nack.sequences) {
      if (++sent > kResentAtOnceMax) break;
      const auto original = track->find(sequence);
      const auto packet =
          original ? source_.packets(kind, original->layer).find(original->shared_sequence)
                   : std::nullopt;
      if (packet && resend(*track, *packet, sequence, now)) continue;
      ++figures_.not_kept;
      if (kind == Track::video) source_.want_key_frame(layer());
    }
  }
}

bool Viewer::resend(OutgoingTrack& track, const rtp::PacketRef& packet, std::uint16_t sequence,
                    Instant now) {
  const ice::Path* path = transport_.path();
  if (path == nullptr || !transport_.is_open()) return false;
  const auto again = track.retransmit(packet, sequence);
  if (!again) return false;
  Wire& wire = transport_.wire();
  wire.begin(*path);
  if (again->is_same) {
    seal(again->header, again->index, packet.payload(), packet.packets->added);
  } else {
    seal(again->header, again->index, rtp::rtx_payload(sequence, packet.payload()), now);
  }
  wire.flush();
  ++figures_.retransmitted;
  return true;
}

void Viewer::on_reports(const std::vector<rtcp::ReportBlock>& reports, Instant now) {
  constexpr double kWhole = 256;
  for (const rtcp::ReportBlock& report : reports) {
    if (const auto trip = rtcp::round_trip_us(report, now)) figures_.round_trip_us = trip;
    const auto& video = tracks_[index_of(Track::video)];
    if (video && report.ssrc == video->ssrc()) {
      figures_.fraction_lost = report.fraction_lost / kWhole;
    }
  }
}

void Viewer::on_timer(Instant now) {
  if (has_picture() && (now - opened_).count() >= kSettledUs) choose_layer(now);
  if (reported_.us != 0 && (now - reported_).count() >= kReportIntervalUs) send_reports(now);
}

void Viewer::choose_layer(Instant now) {
  LayerConditions seen = source_.layers(now);
  seen.has_low = seen.has_low && low_fits_;
  seen.estimate_bps = figures_.estimate_bps;
  seen.fraction_lost = figures_.fraction_lost;
  const Layer wanted = choice_.decide(seen, now);
  if (wanted != layer()) source_.want_key_frame(wanted);
}

void Viewer::send_reports(Instant now) {
  const auto stream_us = source_.stream_us(now);
  if (!stream_us) return;
  reported_ = now;
  std::vector<rtcp::Packet> packets;
  rtcp::SourceDescription names;
  for (const Track kind : {Track::video, Track::audio}) {
    const auto& track = tracks_[index_of(kind)];
    if (!track || !track->has_started()) continue;
    packets.emplace_back(rtcp::SenderReport{
        .ssrc = track->ssrc(),
        .ntp = rtcp::to_ntp(now),
        .timestamp = source_.packets(kind, track->layer()).timestamp_of(*stream_us),
        .packets = track->packets_sent(),
        .octets = track->octets_sent()});
    names.names.push_back({track->ssrc(), cname_});
  }
  packets.emplace_back(std::move(names));
  transport_.send_rtcp(rtcp::write(packets));
}

}  // namespace geili::media::webrtc
