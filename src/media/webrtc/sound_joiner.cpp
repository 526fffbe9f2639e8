#include "media/webrtc/sound_joiner.hpp"

#include <cstdlib>
#include <utility>

#include "media/opus/join.hpp"
#include "media/opus/packet.hpp"
#include "media/ticks.hpp"

namespace geili::media::webrtc {
namespace {

constexpr std::int64_t kSeamUsMax = 1'000;

std::int64_t length_us(const Unit& unit) {
  return us_of(opus::samples_of(*unit.payload).value_or(0), opus::kSampleRateHz);
}

}  // namespace

bool SoundJoiner::joins(const Unit& unit) const {
  if (waiting_.empty()) return true;
  const Unit& first = waiting_.front();
  const bool follows = std::abs(unit.pts_us - end_us_) <= kSeamUsMax;
  if (!follows || unit.pts_us + length_us(unit) - first.pts_us > kJoinedUsMax + kSeamUsMax) {
    return false;
  }
  if (unit.config->codec != Codec::opus) return false;
  const ByteView pair[] = {*first.payload, *unit.payload};
  return opus::join(pair).has_value();
}

void SoundJoiner::add(const Unit& unit, Instant now) {
  if (waiting_.empty()) since_ = now;
  waiting_.push_back(unit);
  end_us_ = unit.pts_us + length_us(unit);
}

std::optional<Unit> SoundJoiner::take() {
  if (waiting_.empty()) return std::nullopt;
  std::vector<ByteView> payloads;
  for (const Unit& unit : waiting_) payloads.emplace_back(*unit.payload);
  Unit joined = waiting_.front();
  if (waiting_.size() > 1) {
    if (auto packet = opus::join(payloads)) {
      joined.payload = std::make_shared<const Bytes>(std::move(*packet));
    }
  }
  waiting_.clear();
  return joined;
}

}  // namespace geili::media::webrtc
