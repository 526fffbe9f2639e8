#include "media/lane.hpp"

#include <algorithm>
#include <utility>

namespace geili::media {
namespace {

// The publisher's own low layer is believed to be switched off after so long.
constexpr std::int64_t kLowGoneUs = 2'500'000;
// A little more than what encoders are asked for, so that the two do not alternate.
constexpr std::int64_t kKeyIntervalUs = 2'100'000;
constexpr std::int64_t kStepUsMin = 12'000;     // sixty a second
constexpr std::int64_t kLowStepUsMin = 20'000;  // thirty of sixty
constexpr std::int64_t kShortestUs = 1'000;

}  // namespace

void Lane::push(const StreamItem& item) {
  const UnitPtr* unit = std::get_if<UnitPtr>(&item);
  if (unit == nullptr) {
    input_ = Layer::source;
    pass(item);
  } else if ((*unit)->track == Track::audio) {
    pass(item);
  } else if (is_input(**unit)) {
    push_picture(*unit);
  }
}

bool Lane::is_input(const Unit& unit) {
  if (kind_.layer == Layer::source) return unit.layer == Layer::source;
  if (unit.layer == Layer::low) {
    if (unit.keyframe) input_ = Layer::low;
    low_us_ = unit.dts_us;
  } else if (unit.keyframe && unit.dts_us - low_us_ > kLowGoneUs) {
    input_ = Layer::source;
  }
  return unit.layer == input_;
}

// Whether it can be handed on as it is.
bool Lane::fits(const Unit& unit) {
  if (unit.config != config_) {
    config_ = unit.config;
    reorders_ = false;
  }
  reorders_ = reorders_ || unit.config->reorders || unit.pts_us != unit.dts_us;
  if (unit.layer != kind_.layer) return false;
  switch (kind_.picture) {
    case Picture::as_sent:
      return true;
    case Picture::h264:
      return unit.config->codec == Codec::h264;
    case Picture::in_order:
      return !reorders_;
  }
  return true;
}

void Lane::push_picture(const UnitPtr& unit) {
  converts_ = !fits(*unit);
  const bool is_possible = making_.worker != nullptr &&
                           (unit->layer == kind_.layer || making_.low) &&
                           (kind_.picture != Picture::in_order || making_.in_order);
  if (!converts_) return pass(unit);
  if (is_possible) return convert(unit);
  // A reader who cannot be given what it wants decides by what there is.
  if (unit->layer == kind_.layer) pass(unit);
}

video::Form Lane::form_for(const Unit& unit) const {
  video::Form form{.step_us_min = kStepUsMin};
  const bool keeps_codec = kind_.picture == Picture::as_sent;
  if (keeps_codec) form.codec = unit.config->codec;
  if (kind_.layer == Layer::low) {
    form.layer = Layer::low;
    form.short_side_max = kLowShortSide;
    form.bitrate_bps_max = kLowBitrateBps;
    form.step_us_min = kLowStepUsMin;
  }
  // Segments of both layers begin together where the source's are cut at its own key frames.
  const bool follows = kind_.layer == Layer::low && unit.config->codec == Codec::h264;
  if (!follows) form.key_interval_us_max = kKeyIntervalUs;
  return form;
}

void Lane::convert(const UnitPtr& unit) {
  const video::Form form = form_for(*unit);
  if (rendition_ && form.codec != made_codec_ && rendition_->is_idle()) rendition_.reset();
  if (!rendition_) {
    made_codec_ = form.codec;
    rendition_ = video::Rendition::create(form, *making_.worker, making_.media,
                                          [this](const StreamItem& item) { hand_on(item); });
  }
  rendition_->convert(unit);
}

void Lane::pass(const StreamItem& item) {
  if (rendition_)
    rendition_->pass(item);
  else
    hand_on(item);
}

bool Lane::make_key_frame() {
  if (!converts_ || !rendition_) return false;
  rendition_->want_key_frame();
  return true;
}

void Lane::hand_on(const StreamItem& item) {
  const UnitPtr* unit = std::get_if<UnitPtr>(&item);
  if (unit == nullptr) {
    group_.clear();
    return deliver_(*this, item);
  }
  const UnitPtr placed = (*unit)->track == Track::video ? in_order(*unit) : *unit;
  group_.add(placed);
  deliver_(*this, placed);
}

// A publication whose pictures were shown out of order ends later than its last unit's time.
UnitPtr Lane::in_order(const UnitPtr& picture) {
  const std::int64_t least_us = last_us_ ? *last_us_ + kShortestUs : picture->dts_us;
  last_us_ = std::max(picture->dts_us, least_us);
  if (picture->dts_us >= least_us) return picture;
  auto later = std::make_shared<Unit>(*picture);
  later->dts_us = least_us;
  later->pts_us = std::max(later->pts_us, least_us);
  return later;
}

}  // namespace geili::media
