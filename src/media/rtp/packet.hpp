#pragma once
// The RTP packet (RFC 3550 section 5.1) and its header extensions (RFC 8285).

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

#include "base/bytes.hpp"
#include "base/result.hpp"

namespace geili::media::rtp {

inline constexpr std::size_t kFixedHeaderBytes = 12;
inline constexpr std::uint16_t kOneByteExtensions = 0xBEDE;
inline constexpr std::uint16_t kTwoByteExtensions = 0x1000;  // the low four bits are the sender's

// RFC 5761 section 4: tells RTP and RTCP apart on one port. `datagram` may be anything.
bool is_rtcp(ByteView datagram);

// Views point into the parsed bytes.
struct Header {
  bool padded = false;
  bool marker = false;
  std::uint8_t payload_type = 0;  // 7 bits
  std::uint16_t sequence = 0;
  std::uint32_t timestamp = 0;
  std::uint32_t ssrc = 0;
  ByteView csrcs;                       // 4 bytes each
  std::uint16_t extension_profile = 0;  // 0 without extension
  ByteView extension;                   // behind its 4-byte head
  std::size_t bytes = kFixedHeaderBytes;
};

// For SRTP, which leaves the header readable and the padding hidden. Errors (invalid):
// "rtp-truncated", "rtp-version".
Result<Header> parse_header(ByteView packet);

struct PacketView {
  Header header;
  ByteView payload;  // without padding; may be empty
};

// Of a decrypted packet. Errors: those of parse_header and "rtp-padding".
Result<PacketView> parse_packet(ByteView packet);

// One header extension; ids are agreed on in SDP (extmap).
struct Extension {
  std::uint8_t id = 0;
  ByteView data;
};

// Walks the extensions of a header, one- and two-byte form; a malformed rest ends the walk.
class ExtensionReader {
 public:
  explicit ExtensionReader(const Header& header);
  std::optional<Extension> next();

 private:
  ByteView rest_;
  bool two_byte_ = false;
};

std::optional<ByteView> find_extension(const Header& header, std::uint8_t id);
// The value as a big-endian number; none when it is missing or not of `bytes` bytes (1 to 4).
std::optional<std::uint32_t> extension_number(const Header& header, std::uint8_t id,
                                              std::size_t bytes);

// What a sender fills in.
struct HeaderFields {
  bool marker = false;
  std::uint8_t payload_type = 0;
  std::uint16_t sequence = 0;
  std::uint32_t timestamp = 0;
  std::uint32_t ssrc = 0;
  // The one-byte form is taken where all fit: ids 1 to 14, 1 to 16 bytes. At most 255 bytes each.
  std::span<const Extension> extensions;
  bool padded = false;  // the payload ends with its padding
};

std::size_t header_bytes(const HeaderFields& fields);
// Writes the header at the front of `out`, which has room for it, and returns its length.
std::size_t write_header(std::span<std::byte> out, const HeaderFields& fields);
// A whole packet, with `padding` bytes of it (0 to 255).
Bytes write_packet(const HeaderFields& fields, ByteView payload, std::uint8_t padding = 0);

}  // namespace geili::media::rtp
