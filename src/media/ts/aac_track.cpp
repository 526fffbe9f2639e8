#include "media/ts/aac_track.hpp"

#include <algorithm>
#include <iterator>
#include <memory>
#include <utility>

#include "media/aac/audio_specific_config.hpp"
#include "media/ticks.hpp"

namespace geili::media::ts {

Result<void> AacTrack::begin(const PesStart& start, std::vector<SourceUnit>&) {
  if (start.dts_us) mark_ = Mark{buffer_.size(), *start.dts_us};
  return {};
}

void AacTrack::gap() {
  if (!buffer_.empty()) ++counts_.damaged;
  buffer_.clear();
  in_step_ = true;
  mark_.reset();
  base_us_.reset();
}

Result<void> AacTrack::finish(std::vector<SourceUnit>&) {
  return {};  // a frame that lacks its end is of no use
}

void AacTrack::reach(std::size_t at) {
  if (!mark_ || at < mark_->at) return;
  base_us_ = mark_->time_us;
  samples_ = 0;
  mark_.reset();
}

Result<void> AacTrack::data(ByteView bytes, std::vector<SourceUnit>& out) {
  if (!base_us_ && !mark_) return {};  // nobody has said yet when it is to be heard
  buffer_.insert(buffer_.end(), bytes.begin(), bytes.end());
  const ByteView all(buffer_);
  std::size_t at = 0;
  Result<void> result;
  while (all.size() - at >= aac::kAdtsHeaderBytesMin) {
    auto used = step(all.subspan(at), at, out);
    if (!used) {
      result = fail_as(used);
      break;
    }
    if (*used == 0) break;
    at += *used;
  }
  if (mark_) mark_->at -= std::min(mark_->at, at);
  buffer_.erase(buffer_.begin(), std::next(buffer_.begin(), static_cast<std::ptrdiff_t>(at)));
  return result;
}

Result<std::size_t> AacTrack::step(ByteView rest, std::size_t at, std::vector<SourceUnit>& out) {
  auto header = aac::parse_adts_header(rest);
  if (!header) {
    if (in_step_ && header.error().kind == ErrorKind::unsupported_media) return fail_as(header);
    if (std::exchange(in_step_, false)) ++counts_.damaged;
    return 1;
  }
  // Bytes that look like a header are believed where one is due, or when another frame follows.
  const std::size_t needed = header->frame_bytes + (in_step_ ? 0 : aac::kAdtsHeaderBytesMin);
  if (rest.size() < needed) return 0;
  if (!in_step_) {
    const auto next = aac::parse_adts_header(rest.subspan(header->frame_bytes));
    if (!next || next->config != header->config) return 1;
  }
  in_step_ = true;
  reach(at);
  if (auto used = use(*header); !used) return fail_as(used);
  put(rest.first(header->frame_bytes).subspan(header->header_bytes), out);
  return header->frame_bytes;
}

Result<void> AacTrack::use(const aac::AdtsHeader& header) {
  const ByteView record(header.config);
  if (config_ && as_text(config_->record) == as_text(record)) return {};
  auto described = aac::describe(record);
  if (!described) return fail_as(described);
  // What follows is timed anew, as the frames may last longer or shorter.
  if (base_us_ && config_) *base_us_ += us_of(samples_, config_->sample_rate_hz);
  samples_ = 0;
  config_ = std::make_shared<const CodecConfig>(std::move(*described));
  return {};
}

void AacTrack::put(ByteView frame, std::vector<SourceUnit>& out) {
  if (!base_us_) return;
  SourceUnit unit;
  unit.track = Track::audio;
  unit.keyframe = true;
  unit.dts_us = *base_us_ + us_of(samples_, config_->sample_rate_hz);
  unit.config = config_;
  unit.payload = std::make_shared<const Bytes>(frame.begin(), frame.end());
  samples_ += config_->samples_per_frame;
  out.push_back(std::move(unit));
}

}  // namespace geili::media::ts
