#include <cassert>

#include "media/byte_writer.hpp"
#include "media/rtcp/packet.hpp"
#include "media/rtcp/wire.hpp"

namespace geili::media::rtcp {
namespace {

// `body` holds whole words.
void add(ByteWriter& out, PacketType type, std::size_t count, const ByteWriter& body) {
  assert(count <= kBlocksMax && body.size() % 4 == 0);
  out.u8(kVersion << 6 | count);
  out.u8(type);
  out.u16(body.size() / 4);
  out.text(body.view());
}

void fill_word(ByteWriter& body) {
  while (body.size() % 4 != 0) body.u8(0);
}

void write_reports(ByteWriter& body, const std::vector<ReportBlock>& reports) {
  for (const ReportBlock& report : reports) {
    body.u32(report.ssrc);
    body.u8(report.fraction_lost);
    body.u24(static_cast<std::uint32_t>(report.lost));
    body.u32(report.highest_sequence);
    body.u32(report.jitter);
    body.u32(report.last_sr);
    body.u32(report.delay_since_sr);
  }
}

void write_one(ByteWriter& out, const SenderReport& report) {
  ByteWriter body;
  body.u32(report.ssrc);
  body.u64(report.ntp);
  body.u32(report.timestamp);
  body.u32(report.packets);
  body.u32(report.octets);
  write_reports(body, report.reports);
  add(out, kSenderReport, report.reports.size(), body);
}

void write_one(ByteWriter& out, const ReceiverReport& report) {
  ByteWriter body;
  body.u32(report.ssrc);
  write_reports(body, report.reports);
  add(out, kReceiverReport, report.reports.size(), body);
}

void write_one(ByteWriter& out, const SourceDescription& description) {
  ByteWriter body;
  for (const SourceName& name : description.names) {
    assert(name.cname.size() <= 255);
    body.u32(name.ssrc);
    body.u8(kCnameItem);
    body.u8(name.cname.size());
    body.text(name.cname);
    body.u8(0);
    fill_word(body);
  }
  add(out, kSourceDescription, description.names.size(), body);
}

void write_one(ByteWriter& out, const Bye& bye) {
  ByteWriter body;
  for (const std::uint32_t ssrc : bye.ssrcs) body.u32(ssrc);
  add(out, kBye, bye.ssrcs.size(), body);
}

// RFC 4585 section 6.2.1: a number and a mask of the 16 behind it. `sequences` in ascending order
// take the fewest words.
void write_one(ByteWriter& out, const Nack& nack) {
  assert(!nack.sequences.empty() && nack.sequences.size() <= kNackSequencesMax);
  ByteWriter body;
  body.u32(nack.sender_ssrc);
  body.u32(nack.media_ssrc);
  std::uint16_t first = nack.sequences.front();
  unsigned mask = 0;
  for (std::size_t i = 1; i < nack.sequences.size(); ++i) {
    const auto distance = static_cast<std::uint16_t>(nack.sequences[i] - first);
    if (distance == 0) continue;
    if (distance <= kNackMaskBits) {
      mask |= 1U << (distance - 1U);
      continue;
    }
    body.u16(first);
    body.u16(mask);
    first = nack.sequences[i];
    mask = 0;
  }
  body.u16(first);
  body.u16(mask);
  add(out, kTransportLayerFeedback, kGenericNack, body);
}

void write_one(ByteWriter& out, const PictureLossIndication& indication) {
  ByteWriter body;
  body.u32(indication.sender_ssrc);
  body.u32(indication.media_ssrc);
  add(out, kPayloadFeedback, kPictureLoss, body);
}

void write_one(ByteWriter& out, const FullIntraRequest& request) {
  assert(!request.entries.empty() && request.entries.size() <= kBlocksMax);
  ByteWriter body;
  body.u32(request.sender_ssrc);
  body.u32(0);
  for (const FullIntraRequest::Entry& entry : request.entries) {
    body.u32(entry.ssrc);
    body.u8(entry.number);
    body.u24(0);
  }
  add(out, kPayloadFeedback, kFullIntra, body);
}

void write_one(ByteWriter& out, const ReceiverEstimate& estimate) {
  assert(estimate.ssrcs.size() <= kBlocksMax);
  unsigned exponent = 0;
  while (estimate.bitrate_bps >> exponent > kRembMantissaMax) ++exponent;
  ByteWriter body;
  body.u32(estimate.sender_ssrc);
  body.u32(0);
  body.u32(kRembName);
  body.u8(estimate.ssrcs.size());
  body.u24(exponent << kRembMantissaBits | estimate.bitrate_bps >> exponent);
  for (const std::uint32_t ssrc : estimate.ssrcs) body.u32(ssrc);
  add(out, kPayloadFeedback, kApplicationLayer, body);
}

void write_one(ByteWriter& out, const TransportFeedback& feedback) {
  ByteWriter body;
  body.u32(feedback.sender_ssrc);
  body.u32(feedback.media_ssrc);
  write_transport_feedback(body, feedback);
  fill_word(body);
  add(out, kTransportLayerFeedback, kTransportWide, body);
}

}  // namespace

Bytes write(const std::vector<Packet>& packets) {
  ByteWriter out;
  for (const Packet& packet : packets) {
    std::visit([&](const auto& one) { write_one(out, one); }, packet);
  }
  const ByteView written = as_bytes(out.view());
  return Bytes(written.begin(), written.end());
}

}  // namespace geili::media::rtcp
