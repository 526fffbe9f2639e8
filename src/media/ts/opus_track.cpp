#include "media/ts/opus_track.hpp"

#include <cstddef>
#include <iterator>
#include <memory>

#include "media/byte_reader.hpp"
#include "media/opus/packet.hpp"
#include "media/ticks.hpp"

namespace geili::media::ts {
namespace {

constexpr std::size_t kPacketBytesMax = 64 * 1024;

struct ControlHeader {
  std::size_t header_bytes = 0;
  std::size_t packet_bytes = 0;
};

// None while bytes are missing; a packet of no bytes when no header begins here.
std::optional<ControlHeader> parse_control_header(ByteView bytes) {
  constexpr unsigned kPrefix = 0x3FF;
  ByteReader in(bytes);
  const unsigned head = in.u16();
  if (!in.ok()) return std::nullopt;
  if (head >> 5 != kPrefix) return ControlHeader{};
  ControlHeader header;
  unsigned step = 0;
  do {
    step = in.u8();
    header.packet_bytes += step;
  } while (step == 0xFF);
  const bool trims_start = (head & 0x10U) != 0;
  const bool trims_end = (head & 0x08U) != 0;
  const bool is_extended = (head & 0x04U) != 0;
  if (trims_start) in.u16();
  if (trims_end) in.u16();
  if (is_extended) in.bytes(in.u8());
  if (!in.ok()) return std::nullopt;
  header.header_bytes = bytes.size() - in.remaining();
  return header;
}

}  // namespace

Result<void> OpusTrack::begin(const PesStart& start, std::vector<SourceUnit>&) {
  // Packets do not go over the end of a PES packet.
  gap();
  if (start.dts_us) next_us_ = start.dts_us;
  return {};
}

void OpusTrack::gap() {
  if (!buffer_.empty()) ++counts_.damaged;
  buffer_.clear();
  next_us_.reset();
}

Result<void> OpusTrack::finish(std::vector<SourceUnit>&) {
  return {};
}

Result<void> OpusTrack::data(ByteView bytes, std::vector<SourceUnit>& out) {
  if (!next_us_) return {};
  buffer_.insert(buffer_.end(), bytes.begin(), bytes.end());
  const ByteView all(buffer_);
  std::size_t at = 0;
  while (const auto header = parse_control_header(all.subspan(at))) {
    const std::size_t end = at + header->header_bytes + header->packet_bytes;
    if (header->packet_bytes == 0 || header->packet_bytes > kPacketBytesMax) {
      gap();
      return {};
    }
    if (end > all.size()) break;
    put(all.subspan(at + header->header_bytes, header->packet_bytes), out);
    at = end;
  }
  if (buffer_.size() - at > 2 * kPacketBytesMax) at = buffer_.size();
  buffer_.erase(buffer_.begin(), std::next(buffer_.begin(), static_cast<std::ptrdiff_t>(at)));
  return {};
}

void OpusTrack::put(ByteView packet, std::vector<SourceUnit>& out) {
  const auto samples = opus::samples_of(packet);
  if (!samples) {
    ++counts_.damaged;
    return;
  }
  if (!config_ || config_->samples_per_frame != *samples) {
    config_ = std::make_shared<const CodecConfig>(opus::describe(channels_, *samples));
  }
  SourceUnit unit;
  unit.track = Track::audio;
  unit.keyframe = true;
  unit.dts_us = *next_us_;
  unit.config = config_;
  unit.payload = std::make_shared<const Bytes>(packet.begin(), packet.end());
  *next_us_ += us_of(*samples, opus::kSampleRateHz);
  out.push_back(std::move(unit));
}

}  // namespace geili::media::ts
