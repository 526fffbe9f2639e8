#include "media/egress/record/fragment_cutter.hpp"

#include <algorithm>
#include <utility>

namespace geili::media::record {
namespace {

constexpr std::int64_t kSoundOnlyUs = 2'000'000;
// Sound of the same moment comes a little later than the picture; it is waited for so long.
constexpr std::int64_t kSoundLateUs = 500'000;
// Sound goes on alone when the picture stands still for so long.
constexpr std::int64_t kPictureStallUs = 1'000'000;
constexpr std::int64_t kShortestUs = 1'000;

}  // namespace

FragmentCutter::FragmentCutter(CodecConfigPtr video, CodecConfigPtr audio, std::int64_t start_us)
    : video_config_(std::move(video)), audio_config_(std::move(audio)), start_us_(start_us) {}

bool FragmentCutter::may_end_at(const Unit& unit) const {
  const std::int64_t length_us = unit.dts_us - start_us_;
  if (bytes_ >= kFragmentBytesMax) return length_us > 0;
  if (!video_config_) return length_us >= kSoundOnlyUs;
  if (unit.track == Track::audio) return length_us - kPictureStallUs >= kFragmentUsMax;
  return length_us >= (unit.keyframe ? kFragmentUsMin : kFragmentUsMax);
}

void FragmentCutter::push(const UnitPtr& unit, std::vector<CutFragment>& cut) {
  try_cut(unit->dts_us, cut);
  (unit->track == Track::video ? video_ : audio_).push_back(unit);
  bytes_ += unit->payload->size();
  if (!cut_at_ && may_end_at(*unit)) {
    const bool stalls = video_config_ && unit->track == Track::audio;
    cut_at_ = unit->dts_us - (stalls ? kPictureStallUs : 0);
    if (*cut_at_ <= start_us_) cut_at_.reset();
  }
  try_cut(unit->dts_us, cut);
}

void FragmentCutter::try_cut(std::int64_t newest_us, std::vector<CutFragment>& cut) {
  if (!cut_at_) return;
  const bool has_sound = !audio_config_ || (!audio_.empty() && audio_.back()->dts_us >= *cut_at_);
  if (has_sound || newest_us - *cut_at_ >= kSoundLateUs) emit(*cut_at_, false, cut);
}

void FragmentCutter::flush(std::int64_t end_us, std::vector<CutFragment>& cut) {
  if (cut_at_ && *cut_at_ < end_us) emit(*cut_at_, false, cut);
  if (video_.empty() && audio_.empty()) {
    start_us_ = std::max(start_us_, end_us);
    return;
  }
  end_us = std::max(end_us, start_us_ + kShortestUs);
  if (!video_.empty()) end_us = std::max(end_us, video_.back()->dts_us + kShortestUs);
  emit(end_us, true, cut);
}

void FragmentCutter::emit(std::int64_t end_us, bool all, std::vector<CutFragment>& cut) {
  CutFragment fragment{
      .video = video_config_, .audio = audio_config_, .start_us = start_us_, .end_us = end_us};
  const auto take = [&](std::deque<UnitPtr>& from, std::size_t stays, std::vector<UnitPtr>& to) {
    while (from.size() > stays && (all || from.front()->dts_us < end_us)) {
      fragment.bytes += from.front()->payload->size();
      to.push_back(std::move(from.front()));
      from.pop_front();
    }
  };
  take(video_, all ? 0 : 1, fragment.pictures);
  take(audio_, 0, fragment.sounds);
  bytes_ -= fragment.bytes;
  start_us_ = end_us;
  cut_at_.reset();
  if (fragment.pictures.empty() && fragment.sounds.empty()) return;
  const Unit& first =
      fragment.pictures.empty() ? *fragment.sounds.front() : *fragment.pictures.front();
  fragment.captured = first.captured;
  fragment.independent = first.keyframe && (!fragment.pictures.empty() || !video_config_);
  cut.push_back(std::move(fragment));
}

}  // namespace geili::media::record
