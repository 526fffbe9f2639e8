#include <algorithm>
#include <optional>
#include <utility>

#include "media/byte_reader.hpp"
#include "media/rtcp/packet.hpp"
#include "media/rtcp/wire.hpp"

namespace geili::media::rtcp {
namespace {

using MaybePacket = std::optional<Packet>;

std::unexpected<Error> truncated() {
  return fail(ErrorKind::invalid, "rtcp-truncated", "An RTCP packet ends early.");
}
std::unexpected<Error> over_limit() {
  return fail(ErrorKind::invalid, "rtcp-limit", "An RTCP datagram holds too much.");
}

// The common header (RFC 3550 section 6.4.1) and what follows it, without padding.
struct Chunk {
  unsigned type = 0;
  unsigned count = 0;  // or the format of feedback
  ByteView body;
};

Result<Chunk> next_chunk(ByteReader& in) {
  const unsigned head = in.u8();
  Chunk chunk;
  chunk.type = in.u8();
  chunk.count = head & 0x1FU;
  const std::size_t words = in.u16();
  if (in.ok() && head >> 6 != kVersion) {
    return fail(ErrorKind::invalid, "rtcp-version", "The packet is not of RTCP version 2.");
  }
  chunk.body = in.bytes(words * 4);
  if (!in.ok()) return truncated();
  if ((head & kPaddingBit) != 0) {
    const auto padding = chunk.body.empty() ? 0 : std::to_integer<std::size_t>(chunk.body.back());
    if (padding == 0 || padding > chunk.body.size()) {
      return fail(ErrorKind::invalid, "rtcp-padding", "The padding is longer than the packet.");
    }
    chunk.body = chunk.body.first(chunk.body.size() - padding);
  }
  return chunk;
}

std::vector<ReportBlock> read_reports(ByteReader& in, unsigned count) {
  std::vector<ReportBlock> reports;
  for (unsigned i = 0; i < count && in.ok(); ++i) {
    ReportBlock report;
    report.ssrc = in.u32();
    report.fraction_lost = in.u8();
    report.lost = in.i24();
    report.highest_sequence = in.u32();
    report.jitter = in.u32();
    report.last_sr = in.u32();
    report.delay_since_sr = in.u32();
    reports.push_back(report);
  }
  return reports;
}

Result<MaybePacket> read_sender_report(ByteReader& in, unsigned count) {
  SenderReport report;
  report.ssrc = in.u32();
  report.ntp = in.u64();
  report.timestamp = in.u32();
  report.packets = in.u32();
  report.octets = in.u32();
  report.reports = read_reports(in, count);
  if (!in.ok()) return truncated();
  return MaybePacket{std::move(report)};
}

Result<MaybePacket> read_receiver_report(ByteReader& in, unsigned count) {
  ReceiverReport report;
  report.ssrc = in.u32();
  report.reports = read_reports(in, count);
  if (!in.ok()) return truncated();
  return MaybePacket{std::move(report)};
}

// Section 6.5: chunks of items, each chunk ended by a zero and filled to a word.
Result<MaybePacket> read_description(ByteReader& in, unsigned count) {
  SourceDescription description;
  for (unsigned i = 0; i < count; ++i) {
    SourceName name;
    name.ssrc = in.u32();
    const std::size_t begin = in.remaining();
    while (const unsigned item = in.u8()) {
      const ByteView text = in.bytes(in.u8());
      if (item == kCnameItem) name.cname = as_text(text);
    }
    // The zero belongs to the filling.
    while (in.ok() && (begin - in.remaining()) % 4 != 0) in.u8();
    if (!in.ok()) return truncated();
    description.names.push_back(std::move(name));
  }
  return MaybePacket{std::move(description)};
}

Result<MaybePacket> read_bye(ByteReader& in, unsigned count) {
  Bye bye;
  for (unsigned i = 0; i < count && in.ok(); ++i) bye.ssrcs.push_back(in.u32());
  if (!in.ok()) return truncated();
  return MaybePacket{std::move(bye)};
}

Result<MaybePacket> read_nack(ByteReader& in) {
  Nack nack;
  nack.sender_ssrc = in.u32();
  nack.media_ssrc = in.u32();
  while (in.remaining() >= 4) {
    const std::uint16_t first = in.u16();
    const unsigned following = in.u16();
    nack.sequences.push_back(first);
    for (unsigned i = 0; i < kNackMaskBits; ++i) {
      if ((following >> i & 1U) == 0) continue;
      nack.sequences.push_back(static_cast<std::uint16_t>(first + i + 1));
    }
    if (nack.sequences.size() > kNackSequencesMax) return over_limit();
  }
  if (!in.ok() || in.remaining() != 0 || nack.sequences.empty()) return truncated();
  return MaybePacket{std::move(nack)};
}

Result<MaybePacket> read_transport_feedback(ByteReader& in) {
  const std::uint32_t sender_ssrc = in.u32();
  const std::uint32_t media_ssrc = in.u32();
  if (!in.ok()) return truncated();
  auto feedback = parse_transport_feedback(in.rest());
  if (!feedback) return fail_as(feedback);
  feedback->sender_ssrc = sender_ssrc;
  feedback->media_ssrc = media_ssrc;
  return MaybePacket{std::move(*feedback)};
}

Result<MaybePacket> read_picture_loss(ByteReader& in) {
  PictureLossIndication indication;
  indication.sender_ssrc = in.u32();
  indication.media_ssrc = in.u32();
  if (!in.ok()) return truncated();
  return MaybePacket{indication};
}

Result<MaybePacket> read_full_intra(ByteReader& in) {
  FullIntraRequest request;
  request.sender_ssrc = in.u32();
  in.u32();  // unused
  while (in.remaining() >= 8) {
    FullIntraRequest::Entry entry;
    entry.ssrc = in.u32();
    entry.number = in.u8();
    in.u24();  // reserved
    request.entries.push_back(entry);
    if (request.entries.size() > kBlocksMax) return over_limit();
  }
  if (!in.ok() || in.remaining() != 0 || request.entries.empty()) return truncated();
  return MaybePacket{std::move(request)};
}

// None for application messages of another kind.
Result<MaybePacket> read_estimate(ByteReader& in) {
  ReceiverEstimate estimate;
  estimate.sender_ssrc = in.u32();
  in.u32();  // unused
  if (!in.ok()) return truncated();
  if (in.u32() != kRembName) return MaybePacket{};
  const unsigned count = in.u8();
  const std::uint32_t rate = in.u24();
  const unsigned exponent = rate >> kRembMantissaBits;
  const std::uint64_t mantissa = rate & kRembMantissaMax;
  estimate.bitrate_bps = mantissa << exponent;
  if (estimate.bitrate_bps >> exponent != mantissa) {
    return fail(ErrorKind::invalid, "rtcp-value", "A bitrate is out of range.");
  }
  if (count > kBlocksMax) return over_limit();
  for (unsigned i = 0; i < count && in.ok(); ++i) estimate.ssrcs.push_back(in.u32());
  if (!in.ok()) return truncated();
  return MaybePacket{std::move(estimate)};
}

Result<MaybePacket> read(const Chunk& chunk) {
  ByteReader in(chunk.body);
  switch (chunk.type) {
    case kSenderReport:
      return read_sender_report(in, chunk.count);
    case kReceiverReport:
      return read_receiver_report(in, chunk.count);
    case kSourceDescription:
      return read_description(in, chunk.count);
    case kBye:
      return read_bye(in, chunk.count);
    case kTransportLayerFeedback:
      if (chunk.count == kGenericNack) return read_nack(in);
      if (chunk.count == kTransportWide) return read_transport_feedback(in);
      break;
    case kPayloadFeedback:
      if (chunk.count == kPictureLoss) return read_picture_loss(in);
      if (chunk.count == kFullIntra) return read_full_intra(in);
      if (chunk.count == kApplicationLayer) return read_estimate(in);
      break;
    default:
      break;
  }
  return MaybePacket{};
}

}  // namespace

Result<std::vector<Packet>> parse(ByteView datagram) {
  std::vector<Packet> packets;
  ByteReader in(datagram);
  if (datagram.empty()) return truncated();
  for (std::size_t i = 0; in.remaining() > 0; ++i) {
    if (i == kPacketsMax) return over_limit();
    const auto chunk = next_chunk(in);
    if (!chunk) return fail(chunk.error());
    auto packet = read(*chunk);
    if (!packet) return fail_as(packet);
    if (*packet) packets.push_back(std::move(**packet));
  }
  return packets;
}

}  // namespace geili::media::rtcp
