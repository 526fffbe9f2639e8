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
  auto publication = (*stream)->publish([weak = weak_from_this()] {
    const auto self = weak.lock();
    if (self && self->hooks_.cut) std::exchange(self->hooks_.cut, nullptr)();
  });
  if (!publication) return fail_as(publication);
  publication_ = std::move(*publication);
  show_ = *show;
  ++desk_->publishers;
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
      if (self->publication_) self->publication_->push(std::move(unit));
    }
  });
}

void Seat::tell(const LinkStats& link) {
  asio::post(*desk_->media, [self = shared_from_this(), link] {
    if (self->publication_) self->desk_->links[self->show_] = link;
  });
}

void Seat::end(std::string reason) {
  asio::post(*desk_->media, [self = shared_from_this(), reason = std::move(reason)] {
    self->has_ended_ = true;
    self->hooks_ = {};
    self->leave(reason);
  });
}

void Seat::leave(const std::string& reason) {
  if (!publication_) return;
  publication_->end(reason);
  publication_.reset();
  desk_->links.erase(show_);
  --desk_->publishers;
}

}  // namespace geili::media::srt
