#include "media/webrtc/feed.hpp"

#include <utility>
#include <variant>

namespace geili::media::webrtc {
namespace {

constexpr std::size_t kReaderUnitsMax = 512;
// More than a group of pictures that a new reader is given at once.
constexpr std::size_t kInFlightMax = 4'096;

}  // namespace

std::shared_ptr<Feed> Feed::start(std::shared_ptr<Stream> stream, const Io& media,
                                  const Io& viewers, Deliver deliver) {
  std::shared_ptr<Feed> feed(new Feed(std::move(stream), media, viewers, std::move(deliver)));
  post(media, [feed] { feed->open(); });
  return feed;
}

void Feed::open() {
  if (!stream_) return;
  auto wake = [weak = weak_from_this()] {
    if (const auto self = weak.lock()) self->drain();
  };
  const bool in_order = stream_->making().in_order;
  reader_ = stream_->read(kReaderUnitsMax, std::move(wake),
                          {.audio = Codec::opus,
                           .picture = in_order ? Picture::in_order : Picture::as_sent,
                           .low = LowPicture::if_sent,
                           .watched = true});
  drain();
}

void Feed::want_low(bool is_wanted) {
  if (std::exchange(low_is_wanted_, is_wanted) == is_wanted) return;
  post(media_, [self = shared_from_this(), is_wanted] {
    if (self->reader_) self->reader_->want_low(is_wanted ? LowPicture::made : LowPicture::if_sent);
  });
}

void Feed::drain() {
  while (reader_ && in_flight_ < kInFlightMax) {
    auto item = reader_->pop();
    if (!item) return;
    const UnitPtr* unit = std::get_if<UnitPtr>(&*item);
    if (unit == nullptr) continue;
    ++in_flight_;
    post(viewers_, [self = shared_from_this(), unit = *unit] {
      --self->in_flight_;
      if (self->deliver_) self->deliver_(*unit);
    });
  }
}

void Feed::stop() {
  deliver_ = nullptr;
  post(media_, [self = shared_from_this()] {
    self->reader_.reset();
    self->stream_.reset();
  });
}

void Feed::want_key_frame(Layer layer) {
  if (key_wanted_[index_of(layer)].exchange(true)) return;
  post(media_, [self = shared_from_this(), layer] {
    self->key_wanted_[index_of(layer)] = false;
    if (self->stream_) self->stream_->want_key_frame(layer);
  });
}

}  // namespace geili::media::webrtc
