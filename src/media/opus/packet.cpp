#include "media/opus/packet.hpp"

#include <cassert>

#include "media/byte_writer.hpp"

namespace geili::media::opus {
namespace {

constexpr unsigned kSamplesPerMs = kSampleRateHz / 1'000;
constexpr unsigned k20Ms = 20 * kSamplesPerMs;

// By the configuration number in the first five bits (RFC 6716 table 2).
unsigned samples_per_frame(unsigned config) {
  constexpr unsigned kSilkMs[] = {10, 20, 40, 60};
  if (config < 12) return kSilkMs[config % 4] * kSamplesPerMs;
  if (config < 16) return (config % 2 == 0 ? 10 : 20) * kSamplesPerMs;
  return (k20Ms / 8) << config % 4;
}

// Little-endian, as Ogg has it.
void write_le(ByteWriter& out, std::uint32_t value, int count) {
  for (; count > 0; --count, value >>= 8) out.u8(value & 0xFFU);
}

}  // namespace

std::optional<unsigned> samples_of(ByteView packet) {
  if (packet.empty()) return std::nullopt;
  const auto head = std::to_integer<unsigned>(packet[0]);
  unsigned frames = 1;
  switch (head & 3U) {
    case 0:
      break;
    case 1:
      if (packet.size() % 2 == 0) return std::nullopt;  // two frames of one size
      frames = 2;
      break;
    case 2:
      if (packet.size() < 2) return std::nullopt;
      frames = 2;
      break;
    default:
      if (packet.size() < 2) return std::nullopt;
      frames = std::to_integer<unsigned>(packet[1]) & 0x3FU;
      break;
  }
  const unsigned samples = frames * samples_per_frame(head >> 3);
  if (samples == 0 || samples > kSamplesMax) return std::nullopt;
  return samples;
}

CodecConfig describe(unsigned channels, unsigned samples_per_packet) {
  assert(channels == 1 || channels == 2);
  ByteWriter head;
  head.text("OpusHead");
  head.u8(1);
  head.u8(channels);
  write_le(head, 0, 2);  // pre-skip: a live stream is joined anywhere
  write_le(head, kSampleRateHz, 4);
  write_le(head, 0, 2);  // gain
  head.u8(0);            // channel mapping family
  const ByteView record = as_bytes(head.view());
  CodecConfig config;
  config.codec = Codec::opus;
  config.record.assign(record.begin(), record.end());
  config.rfc6381 = "opus";
  config.sample_rate_hz = kSampleRateHz;
  config.channels = channels;
  config.samples_per_frame = samples_per_packet;
  return config;
}

std::optional<Bytes> silent_packet(unsigned channels, unsigned samples) {
  assert(channels == 1 || channels == 2);
  constexpr std::byte kSilence[] = {std::byte{0xFF}, std::byte{0xFE}};
  // CELT, full band; 28 to 31 last 2.5 to 20 ms.
  unsigned config = 31;
  unsigned frames = samples / k20Ms;
  if (samples < k20Ms) {
    frames = 1;
    config = 28;
    while (config < 31 && samples_per_frame(config) != samples) ++config;
  }
  if (frames == 0 || frames * samples_per_frame(config) != samples || samples > kSamplesMax) {
    return std::nullopt;
  }
  const unsigned code = frames == 1 ? 0 : frames == 2 ? 1 : 3;
  Bytes packet{static_cast<std::byte>(config << 3 | (channels == 2 ? 4U : 0U) | code)};
  if (code == 3) packet.push_back(static_cast<std::byte>(frames));
  for (; frames > 0; --frames)
    packet.insert(packet.end(), std::begin(kSilence), std::end(kSilence));
  return packet;
}

}  // namespace geili::media::opus
