#include "media/slate_source.hpp"

#include <utility>

#include <boost/asio/post.hpp>

namespace geili::media {

void SlateSource::on_key_frame(UnitPtr key_frame) {
  key_frame_ = std::move(key_frame);
}

void SlateSource::tick() {
  if (!stream_->is_quiet()) {
    began_.reset();
  } else if (!stream_->is_watched()) {
    stop();
  } else if (key_frame_ != made_of_) {
    make();
  } else if (slate_) {
    show();
  }
}

void SlateSource::make() {
  made_of_ = key_frame_;
  slate_.reset();
  worker_.make_queue().post([weak = weak_from_this(), media = media_, key_frame = key_frame_] {
    auto made = video::make_slate(*key_frame);
    auto slate = made ? std::make_shared<const video::Slate>(std::move(*made)) : nullptr;
    boost::asio::post(*media, [weak, key_frame, slate] {
      if (const auto self = weak.lock()) self->use(key_frame, slate);
    });
  });
}

// Null when there can be none: what was seen last stays.
void SlateSource::use(const UnitPtr& of, std::shared_ptr<const video::Slate> slate) {
  if (of == made_of_) slate_ = std::move(slate);
}

void SlateSource::show() {
  const Instant now = clock_.now();
  if (!began_) {
    began_ = now;
    shown_ = 0;
  }
  const std::int64_t due_us = shown_ * video::kSlateStepUs;
  if ((now - *began_).count() >= due_us) {
    const auto index = static_cast<std::size_t>(shown_) % slate_->pictures.size();
    const video::EncodedPicture& picture = slate_->pictures[index];
    stream_->push_slate({.track = Track::video,
                         .keyframe = picture.keyframe,
                         .dts_us = due_us,
                         .config = slate_->config,
                         .payload = picture.payload});
    ++shown_;
  }
  stream_->push_slate_silence();
}

void SlateSource::stop() {
  if (!std::exchange(began_, std::nullopt)) return;
  stream_->stop_slate();
}

}  // namespace geili::media
