#include "media/reader.hpp"

#include <utility>
#include <vector>

namespace geili::media {
namespace {

bool is_video(const StreamItem& item) {
  const UnitPtr* unit = std::get_if<UnitPtr>(&item);
  return unit != nullptr && (*unit)->track == Track::video;
}

}  // namespace

std::optional<StreamItem> Reader::pop() {
  if (ring_.empty()) return std::nullopt;
  StreamItem item = std::move(ring_.front());
  ring_.pop_front();
  return item;
}

void Reader::push(const StreamItem& item) {
  const bool is_unit = std::holds_alternative<UnitPtr>(item);
  if (is_unit && ring_.size() >= units_max_) {
    const std::size_t before = ring_.size();
    std::erase_if(ring_, is_video);
    dropped_ += before - ring_.size();
    waits_for_key_.fill(true);
  }
  bool waits = false;
  if (is_video(item)) {
    const Unit& picture = *std::get<UnitPtr>(item);
    bool& waits_for_key = waits_for_key_[index_of(picture.layer)];
    waits_for_key = waits_for_key && !picture.keyframe;
    waits = waits_for_key;
  }
  const bool fits = !is_unit || ring_.size() < units_max_;
  if (!fits || waits) {
    ++dropped_;
    return;
  }
  ring_.push_back(item);
  if (wake_) wake_();
}

}  // namespace geili::media
