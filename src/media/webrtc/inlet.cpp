#include "media/webrtc/inlet.hpp"

#include <utility>

#include <boost/asio/post.hpp>

namespace geili::media::webrtc {
namespace asio = boost::asio;
namespace {

constexpr std::size_t kInFlightMax = 1'024;

}  // namespace

Result<std::shared_ptr<Inlet>> Inlet::open(std::shared_ptr<Stream> stream, Io media,
                                           Takeover takeover) {
  std::shared_ptr<Inlet> inlet(new Inlet(std::move(stream), std::move(media)));
  auto published = inlet->publish(takeover);
  if (!published) return fail_as(published);
  return inlet;
}

Result<void> Inlet::publish(Takeover takeover) {
  const auto weak = weak_from_this();
  // Posted, because a stream must not be called back from its own cut.
  auto cut = [weak, media = media_] {
    asio::post(*media, [weak] {
      if (const auto self = weak.lock()) self->close();
    });
  };
  auto publication = stream_->publish(std::move(cut), takeover);
  if (!publication) return fail_as(publication);
  publication_ = std::move(*publication);
  publication_->on_key_wanted([weak](Layer layer) {
    const auto self = weak.lock();
    if (self && self->key_wanted_) self->key_wanted_(layer);
  });
  return {};
}

void Inlet::push(std::vector<SourceUnit> units) {
  if (in_flight_ + units.size() > kInFlightMax) {
    dropped_ += units.size();
    return;
  }
  in_flight_ += units.size();
  asio::post(*media_, [self = shared_from_this(), units = std::move(units)]() mutable {
    self->in_flight_ -= units.size();
    self->accept(std::move(units));
  });
}

void Inlet::accept(std::vector<SourceUnit> units) {
  if (!stream_) return;
  if (!publication_ && !publish(Takeover::when_silent)) return close();
  for (SourceUnit& unit : units) publication_->push(std::move(unit));
}

void Inlet::pause() {
  asio::post(*media_, [self = shared_from_this()] {
    if (!self->publication_) return;
    self->publication_->end("silent");
    self->publication_.reset();
  });
}

void Inlet::end(const char* reason) {
  asio::post(*media_, [self = shared_from_this(), reason] {
    if (self->publication_) self->publication_->end(reason);
    self->publication_.reset();
    self->stream_.reset();
    self->cut_ = nullptr;
  });
}

void Inlet::close() {
  publication_.reset();
  stream_.reset();
  if (const auto cut = std::exchange(cut_, nullptr)) cut();
}

}  // namespace geili::media::webrtc
