#include "media/opus/join.hpp"

#include <algorithm>

#include "media/opus/packet.hpp"

namespace geili::media::opus {
namespace {

constexpr unsigned kCodeMask = 3;
constexpr std::size_t kFrameBytesMax = 1'275;

// RFC 6716 section 3.2.1.
void write_frame_size(Bytes& out, std::size_t size) {
  constexpr std::size_t kOneByteMax = 251;
  if (size <= kOneByteMax) {
    out.push_back(static_cast<std::byte>(size));
    return;
  }
  const std::size_t low = 252 + (size & 3U);
  out.push_back(static_cast<std::byte>(low));
  out.push_back(static_cast<std::byte>((size - low) / 4));
}

}  // namespace

std::optional<Bytes> join(std::span<const ByteView> packets) {
  if (packets.empty() || packets.front().empty()) return std::nullopt;
  const std::byte head = packets.front().front();
  const auto samples = samples_of(packets.front());
  if (!samples || packets.size() * *samples > kSamplesMax) return std::nullopt;
  if ((std::to_integer<unsigned>(head) & kCodeMask) != 0) return std::nullopt;
  std::size_t bytes = 2;
  for (const ByteView packet : packets) {
    if (packet.empty() || packet.front() != head || packet.size() > kFrameBytesMax + 1) {
      return std::nullopt;
    }
    bytes += packet.size() + 1;
  }
  if (packets.size() == 1) return Bytes(packets.front().begin(), packets.front().end());

  const bool is_even = std::ranges::all_of(
      packets, [&](ByteView packet) { return packet.size() == packets.front().size(); });
  const unsigned code = packets.size() > 2 ? 3 : is_even ? 1 : 2;
  Bytes joined;
  joined.reserve(bytes);
  joined.push_back(head | static_cast<std::byte>(code));
  if (code == 3) {
    constexpr std::size_t kVariableSizes = 0x80;
    joined.push_back(static_cast<std::byte>(packets.size() | (is_even ? 0 : kVariableSizes)));
  }
  // The last one's size follows from the packet's.
  for (const ByteView packet : is_even ? packets.first(0) : packets.first(packets.size() - 1)) {
    write_frame_size(joined, packet.size() - 1);
  }
  for (const ByteView packet : packets) {
    joined.insert(joined.end(), packet.begin() + 1, packet.end());
  }
  return joined;
}

}  // namespace geili::media::opus
