#include "media/egress/llhls/window.hpp"

#include <algorithm>
#include <cassert>
#include <utility>

#include "media/egress/llhls/part_cutter.hpp"

namespace geili::media::llhls {
namespace {

// Bodies of parts are kept a little longer than playlists name them (three target durations).
constexpr std::int64_t kPartsKeptTargets = 5;

SharedBytes joined(const std::vector<Part>& parts) {
  std::size_t bytes = 0;
  for (const Part& part : parts) bytes += part.body ? part.body->size() : 0;
  std::string body;
  body.reserve(bytes);
  for (const Part& part : parts) {
    if (part.body) body.append(*part.body);
  }
  return std::make_shared<const std::string>(std::move(body));
}

}  // namespace

void Window::set_init(std::string init, bool is_discontinuity) {
  end_segment();
  if (is_discontinuity) discontinuity_pending_ = !segments_.empty();
  init_ = next_number_;
  inits_[init_] = std::make_shared<const std::string>(std::move(init));
}

Segment& Window::open_segment(Instant captured) {
  if (segments_.empty() || segments_.back().complete) {
    Segment segment;
    segment.number = next_number_++;
    segment.init = init_;
    segment.captured = captured;
    segment.discontinuity = std::exchange(discontinuity_pending_, false);
    segments_.push_back(std::move(segment));
    // The segment that leaves the list now takes its discontinuity tag with it.
    const std::size_t first = first_listed();
    if (first > 0 && segments_[first - 1].discontinuity) ++discontinuity_sequence_;
  }
  return segments_.back();
}

void Window::add_part(Part part, Instant captured) {
  assert(!inits_.empty() && !ended_);
  Segment& segment = open_segment(captured);
  segment.duration_us += part.duration_us;
  segment.parts.push_back(std::move(part));
  ++parts_count_;
}

void Window::end_segment() {
  if (segments_.empty() || segments_.back().complete) return;
  Segment& segment = segments_.back();
  segment.complete = true;
  segment.body = joined(segment.parts);
  if (target_s_ == 0) {
    const std::int64_t rounded_s = (segment.duration_us + 500'000) / 1'000'000;
    target_s_ = std::clamp(rounded_s, kSegmentUsGoal / 1'000'000, kTargetSMax);
  }
  forget();
}

std::size_t Window::first_listed() const {
  return segments_.size() > kSegmentsListed ? segments_.size() - kSegmentsListed : 0;
}

void Window::forget() {
  while (segments_.size() > kSegmentsKept) segments_.pop_front();
  std::erase_if(inits_, [this](const auto& entry) {
    return entry.first != init_ && std::ranges::none_of(segments_, [&](const Segment& segment) {
             return segment.init == entry.first;
           });
  });
  std::int64_t age_us = 0;
  for (auto segment = segments_.rbegin(); segment != segments_.rend(); ++segment) {
    if (age_us > kPartsKeptTargets * target_s_ * 1'000'000) {
      for (Part& part : segment->parts) part.body.reset();
    }
    age_us += segment->duration_us;
  }
}

std::uint64_t Window::discontinuities_at(std::uint64_t number) const {
  std::uint64_t count = discontinuity_sequence_;
  for (std::size_t i = first_listed(); i < segments_.size(); ++i) {
    if (segments_[i].number <= number && segments_[i].discontinuity) ++count;
  }
  return count + (discontinuity_pending_ && number >= next_number_ ? 1 : 0);
}

std::optional<PartNumber> Window::last_part() const {
  if (segments_.empty() || segments_.back().parts.empty()) return std::nullopt;
  return PartNumber{segments_.back().number, segments_.back().parts.size() - 1};
}

std::uint64_t Window::next_segment() const {
  const bool open = !segments_.empty() && !segments_.back().complete;
  return open ? segments_.back().number : next_number_;
}

std::size_t Window::next_part() const {
  const bool open = !segments_.empty() && !segments_.back().complete;
  return open ? segments_.back().parts.size() : 0;
}

const Segment* Window::find(std::uint64_t number) const {
  if (segments_.empty() || number < segments_.front().number) return nullptr;
  const std::uint64_t index = number - segments_.front().number;
  return index < segments_.size() ? &segments_[index] : nullptr;
}

SharedBytes Window::init(std::uint64_t number) const {
  const auto found = inits_.find(number);
  return found == inits_.end() ? nullptr : found->second;
}

}  // namespace geili::media::llhls
