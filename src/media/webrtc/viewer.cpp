#include "media/webrtc/viewer.hpp"

#include <array>
#include <span>
#include <utility>

#include "media/rtcp/ntp.hpp"
#include "media/rtp/abs_send_time.hpp"
#include "media/rtp/rtx.hpp"
#include "media/webrtc/random_number.hpp"

namespace geili::media::webrtc {
namespace {

constexpr std::int64_t kReportIntervalUs = 1'000'000;
// Of one NACK: a viewer on a bad line must not make us send without end.
constexpr std::size_t kResentAtOnceMax = 256;
// First numbers stay below it, so that one lost first packet cannot be taken for a rollover.
constexpr std::uint16_t kFirstSequenceMask = 0x3FFF;

}  // namespace

Viewer::Viewer(const std::vector<sdp::NegotiatedMedia>& media, const sdp::Sending& sending,
               PeerTransport& transport, PacketSource& source)
    : transport_(transport), source_(source), cname_(sending.cname) {
  for (const sdp::NegotiatedMedia& medium : media) {
    if (!medium.accepted) continue;
    const sdp::Codec& codec = medium.codecs.front();
    Line line;
    line.payload_type = codec.payload_type;
    line.clock_hz = codec.clock_hz;
    line.rtx_payload_type = codec.rtx_payload_type;
    line.rtx_index = random_number<std::uint16_t>() & kFirstSequenceMask;
    const bool is_video = medium.kind == sdp::MediaKind::video;
    line.ssrc = is_video ? sending.video->ssrc : sending.audio->ssrc;
    if (is_video) line.rtx_ssrc = sending.video->rtx_ssrc;
    if (is_video) video_codec_ = codec;
    tracks_[index_of(is_video ? Track::video : Track::audio)] = line;
    if (medium.extensions.abs_send_time != 0) {
      abs_send_time_id_ = static_cast<std::uint8_t>(medium.extensions.abs_send_time);
    }
  }
}

void Viewer::start(Line& line, const rtp::SharedPackets& packets) {
  line.started = true;
  line.first = random_number<std::uint16_t>() & kFirstSequenceMask;
  line.shift = line.first - packets.first_sequence;
}

void Viewer::send(const rtp::SharedPackets& packets, Instant now) {
  auto& track = tracks_[index_of(packets.is_video ? Track::video : Track::audio)];
  const ice::Path* path = transport_.path();
  if (!track || path == nullptr || !transport_.is_open()) return;
  Line& line = *track;
  const bool starts = !line.started;
  if (starts) start(line, packets);
  // Sound is sent again as it was, see resend(): its stamp is one that is kept.
  const auto stamp = rtp::abs_send_time(packets.is_video ? now : packets.added);
  const rtp::Extension extension{abs_send_time_id_, stamp};
  std::array<std::byte, rtp::kFixedHeaderBytes + rtp::kExtensionBytesMax> header;
  Wire& wire = transport_.wire();
  wire.begin(*path);
  for (std::size_t i = 0; i < packets.payloads.size(); ++i) {
    const ByteView payload = packets.payloads[i];
    const std::int64_t index = packets.first_sequence + static_cast<std::int64_t>(i) + line.shift;
    rtp::HeaderFields fields = packets.header(i);
    fields.sequence = static_cast<std::uint16_t>(index);
    fields.payload_type = line.payload_type;
    fields.ssrc = line.ssrc;
    if (extension.id != 0) fields.extensions = std::span(&extension, 1);
    const std::size_t head = rtp::write_header(header, fields);
    const auto slot = wire.slot(head + payload.size() + srtp::kOverheadBytesMax);
    wire.commit(transport_.sender().protect(line.ssrc, static_cast<std::uint64_t>(index),
                                            ByteView(header).first(head), payload, slot));
    line.octets += static_cast<std::uint32_t>(payload.size());
  }
  wire.flush();
  line.packets += static_cast<std::uint32_t>(packets.payloads.size());
  figures_.packets += packets.payloads.size();
  // Until a report comes, sound and picture are not tied.
  if (starts) send_reports(now);
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
      source_.want_key_frame();
    }
  }
}

void Viewer::resend(const rtcp::Nack& nack, Instant now) {
  for (const Track track : {Track::video, Track::audio}) {
    auto& line = tracks_[index_of(track)];
    if (!line || line->ssrc != nack.media_ssrc || !line->started) continue;
    std::size_t sent = 0;
    for (const std::uint16_t sequence : nack.sequences) {
      if (++sent > kResentAtOnceMax) break;
      const auto shared = static_cast<std::uint16_t>(sequence - static_cast<std::uint16_t>(line->shift));
      const auto packet = source_.packets(track).find(shared);
      if (packet && resend(*line, *packet, sequence, now)) continue;
      ++figures_.not_kept;
      if (track == Track::video) source_.want_key_frame();
    }
  }
}

bool Viewer::resend(Line& line, const rtp::PacketRef& packet, std::uint16_t sequence,
                    Instant now) {
  const std::int64_t index = packet.packets->first_sequence +
                             static_cast<std::int64_t>(packet.index) + line.shift;
  const ice::Path* path = transport_.path();
  // From before the first packet nothing is this viewer's.
  if (index < line.first) return false;
  if (path == nullptr || !transport_.is_open()) return false;
  // Without a stream of its own a retransmission is the same to the bit, because nothing else may
  // be encrypted under one index.
  const bool is_same = !line.rtx_payload_type;
  if (is_same && packet.packets->is_video) return false;
  const auto stamp = rtp::abs_send_time(is_same ? packet.packets->added : now);
  const rtp::Extension extension{abs_send_time_id_, stamp};
  const ByteView plain = packet.payload();
  const Bytes payload =
      is_same ? Bytes(plain.begin(), plain.end()) : rtp::rtx_payload(sequence, plain);
  const std::uint64_t sent_index =
      is_same ? static_cast<std::uint64_t>(index) : line.rtx_index++;
  rtp::HeaderFields fields = packet.header();
  fields.ssrc = is_same ? line.ssrc : line.rtx_ssrc;
  fields.payload_type = is_same ? line.payload_type : *line.rtx_payload_type;
  fields.sequence = static_cast<std::uint16_t>(sent_index);
  if (extension.id != 0) fields.extensions = std::span(&extension, 1);
  std::array<std::byte, rtp::kFixedHeaderBytes + rtp::kExtensionBytesMax> header;
  const std::size_t head = rtp::write_header(header, fields);
  Wire& wire = transport_.wire();
  wire.begin(*path);
  const auto slot = wire.slot(head + payload.size() + srtp::kOverheadBytesMax);
  wire.commit(transport_.sender().protect(fields.ssrc, sent_index, ByteView(header).first(head),
                                          payload, slot));
  wire.flush();
  ++figures_.retransmitted;
  return true;
}

void Viewer::on_reports(const std::vector<rtcp::ReportBlock>& reports, Instant now) {
  constexpr double kWhole = 256;
  for (const rtcp::ReportBlock& report : reports) {
    if (const auto trip = rtcp::round_trip_us(report, now)) figures_.round_trip_us = trip;
    const auto& video = tracks_[index_of(Track::video)];
    if (video && report.ssrc == video->ssrc) figures_.fraction_lost = report.fraction_lost / kWhole;
  }
}

void Viewer::on_timer(Instant now) {
  if (reported_.us != 0 && (now - reported_).count() >= kReportIntervalUs) send_reports(now);
}

void Viewer::send_reports(Instant now) {
  const auto stream_us = source_.stream_us(now);
  if (!stream_us) return;
  reported_ = now;
  std::vector<rtcp::Packet> packets;
  rtcp::SourceDescription names;
  for (const Track track : {Track::video, Track::audio}) {
    const auto& line = tracks_[index_of(track)];
    if (!line || !line->started) continue;
    packets.emplace_back(rtcp::SenderReport{
        .ssrc = line->ssrc,
        .ntp = rtcp::to_ntp(now),
        .timestamp = source_.packets(track).timestamp_of(*stream_us),
        .packets = line->packets,
        .octets = line->octets});
    names.names.push_back({line->ssrc, cname_});
  }
  packets.emplace_back(std::move(names));
  transport_.send_rtcp(rtcp::write(packets));
}

}  // namespace geili::media::webrtc
