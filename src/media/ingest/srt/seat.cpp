#include "media/ingest/srt/seat.hpp"

#include <algorithm>
#include <utility>

#include <boost/asio/post.hpp>

namespace geili::media::srt {
namespace asio = boost::asio;
namespace {

constexpr const char* kApp = "live";  // the gate knows shows by it; SRT has no such part
constexpr std::size_t kInFlightMax = 2'048;
constexpr std::size_t kInFlightBytesMax = 32 * 1024 * 1024;

}  // namespace

void Seat::ask(std::string key) {
  asio::post(*desk_->media, [self = shared_from_this(), key = std::move(key)]() mutable {
    if (self->has_ended_) return;
    auto answer = [weak = self->weak_from_this(), media = self->desk_->media](Result<ShowId> show) {
      asio::post(*media, [weak, show = std::move(show)] {
        const auto seat = weak.lock();
        if (!seat || seat->has_ended_ || !seat->hooks_.decided) return;
        const auto decided = std::exchange(seat->hooks_.decided, nullptr);
        decided(seat->admit(show));
      });
    };
    self->desk_->gate.authorise(kApp, std::move(key), std::move(answer));
  });
}

Result<void> Seat::admit(const Result<ShowId>& show) {
  if (!show) return std::unexpected(show.error());
  auto stream = desk_->open_stream(*show);
  if (!stream) return fail_as(stream);
  // Who takes over a silent camera's show takes its place as well.
  const bool takes_over = (*stream)->state() == StreamState::live;
  if (!takes_over && desk_->publishers >= desk_->publishers_max) {
    return fail(ErrorKind::unavailable, "publishers-max",
                "As many cameras as the server takes are live; try again later.");
  }
  stream_ = std::move(*stream);
  if (auto published = publish(); !published) {
    stream_.reset();
    return published;
  }
  ++desk_->publishers;
  return {};
}

Result<void> Seat::publish() {
  auto publication = stream_->publish([weak = weak_from_this()] {
    const auto self = weak.lock();
    if (self && self->hooks_.cut) std::exchange(self->hooks_.cut, nullptr)();
  });
  if (!publication) return fail_as(publication);
  publication_ = std::move(*publication);
  return {};
}

void Seat::push(std::vector<SourceUnit> units) {
  std::erase_if(units, [this](const SourceUnit& unit) {
    const bool is_video = unit.track == Track::video;
    if (is_video && unit.keyframe) waits_for_key_ = false;
    const bool fits =
        in_flight_ < kInFlightMax && in_flight_bytes_ + unit.payload->size() <= kInFlightBytesMax;
    if (!fits && is_video) waits_for_key_ = true;
    if (!fits || (is_video && waits_for_key_)) return true;
    ++in_flight_;
    in_flight_bytes_ += unit.payload->size();
    return false;
  });
  if (units.empty()) return;
  asio::post(*desk_->media, [self = shared_from_this(), units = std::move(units)]() mutable {
    for (SourceUnit& unit : units) {
      --self->in_flight_;
      self->in_flight_bytes_ -= unit.payload->size();
      self->take(std::move(unit));
    }
  });
}

void Seat::take(SourceUnit unit) {
  if (!stream_) return;
  if (!publication_ && !publish()) {
    if (hooks_.cut) std::exchange(hooks_.cut, nullptr)();
    return;
  }
  publication_->push(std::move(unit));
}

void Seat::pause() {
  asio::post(*desk_->media, [self = shared_from_this()] {
    if (self->publication_) self->publication_->end("silent");
    self->publication_.reset();
  });
}

void Seat::tell(const LinkStats& link) {
  asio::post(*desk_->media, [self = shared_from_this(), link] {
    if (self->publication_) self->desk_->links[self->stream_->show()] = link;
  });
}

void Seat::end(std::string reason) {
  asio::post(*desk_->media, [self = shared_from_this(), reason = std::move(reason)] {
    self->hooks_ = {};
    self->has_ended_ = true;
    self->leave(reason);
  });
}

void Seat::leave(const std::string& reason) {
  if (publication_) publication_->end(reason);
  publication_.reset();
  if (!stream_) return;
  desk_->links.erase(stream_->show());
  stream_.reset();
  --desk_->publishers;
}

}  // namespace geili::media::srt
