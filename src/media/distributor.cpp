#include "media/distributor.hpp"

#include <algorithm>
#include <utility>

namespace geili::media {
namespace {

Codec other_of(Codec audio) {
  return audio == Codec::aac ? Codec::opus : Codec::aac;
}

}  // namespace

std::shared_ptr<Reader> Distributor::add(std::size_t units_max, std::function<void()> wake,
                                         const Wanted& wanted, const std::optional<Pause>& paused) {
  const auto reader = std::make_shared<Reader>(units_max, std::move(wake), wanted);
  if (!other_audio_ && needs_other_audio(*reader)) begin_other_audio();
  std::vector<Lane*> opened;
  for (const Lane::Kind& kind : kinds_of(*reader)) {
    if (find(kind) == nullptr) opened.push_back(&open_lane(kind));
  }
  for (const GroupCache* group : {&group_, &low_group_}) {
    for (const UnitPtr& unit : group->units()) {
      if (takes(*reader, nullptr, unit)) reader->push(unit);
    }
  }
  for (const auto& lane : lanes_) {
    if (std::ranges::find(opened, lane.get()) != opened.end()) continue;
    for (const UnitPtr& unit : lane->group().units()) {
      if (takes(*reader, lane.get(), unit)) reader->push(unit);
    }
  }
  readers_.push_back(reader);
  // What is new comes by the lanes themselves.
  for (Lane* lane : opened) fill(*lane);
  if (!paused) return reader;
  const bool is_direct = is_main(wanted, nullptr);
  if (is_direct) reader->push(*paused);
  for (const auto& lane : lanes_) {
    if (is_main(wanted, lane.get()) && lane->is_settled()) reader->push(*paused);
  }
  return reader;
}

void Distributor::push(const UnitPtr& unit) {
  tend_lanes();
  if (unit->track == Track::audio) {
    audio_ = unit->config->codec;
  } else if (unit->layer == Layer::low) {
    low_is_sent_ = true;
  } else {
    video_ = unit->config->codec;
  }
  (unit->layer == Layer::low ? low_group_ : group_).add(unit);
  send(unit);
  if (unit->track == Track::audio) push_other_audio(unit);
}

void Distributor::pause(const Pause& pause) {
  finish_other_audio();
  group_.clear();
  low_group_.clear();
  low_is_sent_ = false;
  send(pause);
}

bool Distributor::make_key_frame(Layer layer) {
  bool is_made = false;
  for (const auto& lane : lanes_) {
    const bool is_asked = layer == Layer::low
                              ? lane->kind() == low_kind()
                              : lane->kind() == Lane::Kind{Layer::source, Picture::in_order};
    if (is_asked && lane->make_key_frame()) is_made = true;
  }
  return is_made;
}

// The lower picture for WebRTC is in the codec of the source; for H.264 HLS has the same.
Lane::Kind Distributor::low_kind() const {
  return {Layer::low, video_ == Codec::h264 ? Picture::h264 : Picture::as_sent};
}

std::vector<Lane::Kind> Distributor::kinds_of(const Reader& reader) const {
  const Wanted& wanted = reader.wanted();
  std::vector<Lane::Kind> kinds;
  if (!is_main(wanted, nullptr)) kinds.push_back({wanted.layer, wanted.picture});
  const bool needs_low = wanted.low == LowPicture::made && making_.low && !low_is_sent_;
  if (needs_low) kinds.push_back(low_kind());
  return kinds;
}

Lane* Distributor::find(const Lane::Kind& kind) const {
  const auto found = std::ranges::find(lanes_, kind, [](const auto& lane) { return lane->kind(); });
  return found == lanes_.end() ? nullptr : found->get();
}

Lane& Distributor::open_lane(const Lane::Kind& kind) {
  lanes_.push_back(std::make_unique<Lane>(
      kind, making_, limits_,
      [this](const Lane& lane, const StreamItem& item) { give(&lane, item); }));
  return *lanes_.back();
}

// A lane begins with what is cached, so that it need not wait for a key frame.
void Distributor::fill(Lane& lane) const {
  std::vector<UnitPtr> units = group_.units();
  units.insert(units.end(), low_group_.units().begin(), low_group_.units().end());
  std::ranges::sort(units, {},
                    [](const UnitPtr& unit) { return std::pair(unit->dts_us, unit->track); });
  for (const UnitPtr& unit : units) lane.push(unit);
}

void Distributor::tend_lanes() {
  std::erase_if(readers_, [](const auto& reader) { return reader.expired(); });
  std::vector<Lane::Kind> needed;
  for (const auto& weak : readers_) {
    const auto reader = weak.lock();
    if (!reader) continue;
    for (const Lane::Kind& kind : kinds_of(*reader)) needed.push_back(kind);
  }
  std::erase_if(lanes_, [&needed](const auto& lane) {
    return std::ranges::find(needed, lane->kind()) == needed.end();
  });
  for (const Lane::Kind& kind : needed) {
    if (find(kind) == nullptr) fill(open_lane(kind));
  }
}

void Distributor::send(const StreamItem& item) {
  give(nullptr, item);
  for (std::size_t i = 0; i < lanes_.size(); ++i) lanes_[i]->push(item);
}

void Distributor::give(const Lane* lane, const StreamItem& item) {
  // A reader that is woken may begin another one.
  for (std::size_t i = 0; i < readers_.size(); ++i) {
    const auto reader = readers_[i].lock();
    if (reader && takes(*reader, lane, item)) reader->push(item);
  }
}

bool Distributor::is_main(const Wanted& wanted, const Lane* lane) const {
  const Lane::Kind kind{wanted.layer, wanted.picture};
  return (lane == nullptr ? Lane::Kind{} : lane->kind()) == kind;
}

bool Distributor::takes(const Reader& reader, const Lane* lane, const StreamItem& item) const {
  const Wanted& wanted = reader.wanted();
  const bool main = is_main(wanted, lane);
  const UnitPtr* unit = std::get_if<UnitPtr>(&item);
  if (unit == nullptr) return main;
  if ((*unit)->slate && !wanted.slate) return false;
  if ((*unit)->track == Track::video) return takes_picture(wanted, main, lane, **unit);
  return main && (*unit)->config->codec == wanted.audio.value_or(*audio_);
}

bool Distributor::takes_picture(const Wanted& wanted, bool main, const Lane* lane,
                                const Unit& unit) const {
  if (unit.layer == wanted.layer) return main;
  if (unit.layer == Layer::source || wanted.low == LowPicture::none) return false;
  if (lane == nullptr) return true;
  return wanted.low == LowPicture::made && !low_is_sent_ && lane->kind() == low_kind();
}

bool Distributor::needs_other_audio(const Reader& reader) const {
  return audio_ && reader.wanted().audio && *reader.wanted().audio != *audio_;
}

// The first reader's sound begins with the cached group of pictures, too.
void Distributor::begin_other_audio() {
  other_audio_.emplace(other_of(*audio_));
  std::vector<UnitPtr> both;
  both.reserve(group_.units().size());
  for (const UnitPtr& unit : group_.units()) {
    both.push_back(unit);
    if (unit->track == Track::audio) other_audio_->push(*unit, both);
  }
  group_.units() = std::move(both);
}

void Distributor::push_other_audio(const UnitPtr& unit) {
  const bool is_needed = std::ranges::any_of(readers_, [this](const auto& weak) {
    const auto reader = weak.lock();
    return reader && needs_other_audio(*reader);
  });
  const Codec source = unit->config->codec;
  if (other_audio_ && (!is_needed || other_audio_->codec() == source)) {
    other_audio_.reset();
    std::erase_if(group_.units(), [source](const UnitPtr& held) {
      return held->track == Track::audio && held->config->codec != source;
    });
  }
  if (!is_needed) return;
  if (!other_audio_) other_audio_.emplace(other_of(source));
  std::vector<UnitPtr> made;
  other_audio_->push(*unit, made);
  for (const UnitPtr& other : made) {
    group_.add(other);
    send(other);
  }
}

void Distributor::finish_other_audio() {
  if (!other_audio_) return;
  std::vector<UnitPtr> made;
  other_audio_->finish(made);
  for (const UnitPtr& other : made) send(other);
}

std::uint64_t Distributor::units_dropped() {
  std::uint64_t dropped = 0;
  std::erase_if(readers_, [](const auto& reader) { return reader.expired(); });
  for (const auto& weak : readers_) {
    if (const auto reader = weak.lock()) dropped += reader->dropped();
  }
  return dropped;
}

bool Distributor::is_watched() const {
  return std::ranges::any_of(readers_, [](const auto& weak) {
    const auto reader = weak.lock();
    return reader && reader->wanted().watched;
  });
}

bool Distributor::is_settled() const {
  return std::ranges::all_of(lanes_, [](const auto& lane) { return lane->is_settled(); });
}

video::RenditionFigures Distributor::figures() const {
  video::RenditionFigures sum;
  for (const auto& lane : lanes_) {
    const video::RenditionFigures each = lane->figures();
    sum.pictures += each.pictures;
    sum.dropped += each.dropped;
    sum.damaged += each.damaged;
  }
  return sum;
}

}  // namespace geili::media
