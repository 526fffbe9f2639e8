#include "media/rtp/packet.hpp"

#include <algorithm>
#include <cassert>

#include "media/byte_reader.hpp"

namespace geili::media::rtp {
namespace {

constexpr unsigned kVersion = 2;
constexpr std::size_t kExtensionHeadBytes = 4;
constexpr std::uint8_t kReservedId = 15;  // of the one-byte form: ends the reading

bool fits_one_byte(std::span<const Extension> extensions) {
  return std::ranges::all_of(extensions, [](const Extension& extension) {
    return extension.id < kReservedId && !extension.data.empty() && extension.data.size() <= 16;
  });
}

// Of all elements, padded to 32-bit words, without the head.
std::size_t extension_bytes(std::span<const Extension> extensions) {
  const std::size_t head = fits_one_byte(extensions) ? 1 : 2;
  std::size_t bytes = 0;
  for (const Extension& extension : extensions) bytes += head + extension.data.size();
  return (bytes + 3) / 4 * 4;
}

class SpanWriter {
 public:
  explicit SpanWriter(std::span<std::byte> out) : out_(out) {}
  void number(std::uint32_t value, int count) {
    for (int shift = (count - 1) * 8; shift >= 0; shift -= 8) {
      out_[at_++] = static_cast<std::byte>(value >> shift & 0xFFU);
    }
  }
  void bytes(ByteView value) {
    std::ranges::copy(value, out_.subspan(at_).begin());
    at_ += value.size();
  }
  void zeros_to(std::size_t end) {
    while (at_ < end) out_[at_++] = std::byte{0};
  }
  std::size_t size() const { return at_; }

 private:
  std::span<std::byte> out_;
  std::size_t at_ = 0;
};

void write_extensions(SpanWriter& out, std::span<const Extension> extensions) {
  const bool one_byte = fits_one_byte(extensions);
  const std::size_t bytes = extension_bytes(extensions);
  out.number(one_byte ? kOneByteExtensions : kTwoByteExtensions, 2);
  out.number(static_cast<std::uint32_t>(bytes / 4), 2);
  const std::size_t end = out.size() + bytes;
  for (const Extension& extension : extensions) {
    const auto length = static_cast<std::uint32_t>(extension.data.size());
    if (one_byte) {
      out.number(std::uint32_t{extension.id} << 4 | (length - 1), 1);
    } else {
      out.number(extension.id, 1);
      out.number(length, 1);
    }
    out.bytes(extension.data);
  }
  out.zeros_to(end);
}

}  // namespace

bool is_rtcp(ByteView datagram) {
  if (datagram.size() < 2) return false;
  const auto type = std::to_integer<unsigned>(datagram[1]);
  return type >= 192 && type <= 223;
}

Result<Header> parse_header(ByteView packet) {
  ByteReader in(packet);
  const unsigned first = in.u8();
  const unsigned second = in.u8();
  Header header;
  header.padded = (first & 0x20U) != 0;
  header.marker = (second & 0x80U) != 0;
  header.payload_type = static_cast<std::uint8_t>(second & 0x7FU);
  header.sequence = in.u16();
  header.timestamp = in.u32();
  header.ssrc = in.u32();
  if (in.ok() && first >> 6 != kVersion) {
    return fail(ErrorKind::invalid, "rtp-version", "The packet is not of RTP version 2.");
  }
  header.csrcs = in.bytes(std::size_t{4} * (first & 0x0FU));
  if ((first & 0x10U) != 0) {
    header.extension_profile = in.u16();
    header.extension = in.bytes(std::size_t{4} * in.u16());
  }
  if (!in.ok()) return fail(ErrorKind::invalid, "rtp-truncated", "The RTP header ends early.");
  header.bytes = packet.size() - in.remaining();
  return header;
}

Result<PacketView> parse_packet(ByteView packet) {
  auto header = parse_header(packet);
  if (!header) return fail_as(header);
  ByteView payload = packet.subspan(header->bytes);
  if (header->padded) {
    const std::size_t padding = payload.empty() ? 0 : std::to_integer<std::size_t>(payload.back());
    if (padding == 0 || padding > payload.size()) {
      return fail(ErrorKind::invalid, "rtp-padding", "The padding is longer than the payload.");
    }
    payload = payload.first(payload.size() - padding);
  }
  return PacketView{*header, payload};
}

ExtensionReader::ExtensionReader(const Header& header) {
  two_byte_ = (header.extension_profile & 0xFFF0U) == kTwoByteExtensions;
  if (two_byte_ || header.extension_profile == kOneByteExtensions) rest_ = header.extension;
}

std::optional<Extension> ExtensionReader::next() {
  ByteReader in(rest_);
  while (in.remaining() > 0) {
    const std::uint8_t head = in.u8();
    if (head == 0) continue;  // padding
    Extension found;
    found.id = two_byte_ ? head : static_cast<std::uint8_t>(head >> 4);
    if (!two_byte_ && found.id == kReservedId) break;
    found.data = in.bytes(two_byte_ ? in.u8() : (head & 0x0FU) + 1U);
    if (!in.ok()) break;
    rest_ = in.rest();
    if (found.id != 0) return found;  // the one-byte form may pad with a length
  }
  rest_ = {};
  return std::nullopt;
}

std::optional<ByteView> find_extension(const Header& header, std::uint8_t id) {
  ExtensionReader extensions(header);
  while (const auto extension = extensions.next()) {
    if (extension->id == id) return extension->data;
  }
  return std::nullopt;
}

std::optional<std::uint32_t> extension_number(const Header& header, std::uint8_t id,
                                              std::size_t bytes) {
  assert(bytes >= 1 && bytes <= 4);
  const auto data = find_extension(header, id);
  if (!data || data->size() != bytes) return std::nullopt;
  std::uint32_t value = 0;
  for (const std::byte b : *data) value = value << 8 | std::to_integer<std::uint32_t>(b);
  return value;
}

std::size_t header_bytes(const HeaderFields& fields) {
  if (fields.extensions.empty()) return kFixedHeaderBytes;
  return kFixedHeaderBytes + kExtensionHeadBytes + extension_bytes(fields.extensions);
}

std::size_t write_header(std::span<std::byte> out, const HeaderFields& fields) {
  assert(out.size() >= header_bytes(fields) && fields.payload_type < 0x80);
  SpanWriter writer(out);
  const unsigned flags = (fields.padded ? 0x20U : 0U) | (fields.extensions.empty() ? 0U : 0x10U);
  writer.number(kVersion << 6 | flags, 1);
  writer.number((fields.marker ? 0x80U : 0U) | fields.payload_type, 1);
  writer.number(fields.sequence, 2);
  writer.number(fields.timestamp, 4);
  writer.number(fields.ssrc, 4);
  if (!fields.extensions.empty()) write_extensions(writer, fields.extensions);
  return writer.size();
}

Bytes write_packet(const HeaderFields& fields, ByteView payload, std::uint8_t padding) {
  Bytes packet(header_bytes(fields));
  write_header(packet, fields);
  packet.insert(packet.end(), payload.begin(), payload.end());
  if (padding > 0) {
    packet[0] |= std::byte{0x20};
    packet.resize(packet.size() + padding - 1);
    packet.push_back(std::byte{padding});
  }
  return packet;
}

}  // namespace geili::media::rtp
