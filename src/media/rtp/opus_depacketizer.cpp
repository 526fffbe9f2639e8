#include "media/rtp/opus_depacketizer.hpp"

#include <memory>
#include <utility>

#include "media/opus/packet.hpp"

namespace geili::media::rtp {
namespace {

// RFC 7587 section 7: a decoder always gives two channels, whatever was recorded.
constexpr unsigned kChannels = 2;

}  // namespace

Result<void> OpusDepacketizer::push(const Fragment& fragment, std::vector<SourceUnit>& out) {
  if (fragment.payload.empty()) return {};
  const auto samples = opus::samples_of(fragment.payload);
  if (!samples) {
    ++damaged_;
    return {};
  }
  if (!described_ || described_->samples_per_frame != *samples) {
    described_ = std::make_shared<const CodecConfig>(opus::describe(kChannels, *samples));
  }
  SourceUnit unit;
  unit.track = Track::audio;
  unit.keyframe = true;
  unit.dts_us = fragment.time_us;
  unit.config = described_;
  unit.payload = std::make_shared<const Bytes>(fragment.payload.begin(), fragment.payload.end());
  out.push_back(std::move(unit));
  return {};
}

}  // namespace geili::media::rtp
