#include "media/egress/rtmp/restream.hpp"

#include <algorithm>
#include <utility>

namespace geili::media::rtmp {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds kFirstRetry{1'000};
constexpr milliseconds kRetryMax{30'000};
constexpr milliseconds kRefusedRetryMin{15'000};
constexpr unsigned kDoublingsMax = 5;
// A connection that held so long was a good one.
constexpr std::chrono::seconds kGoodAfter{30};

}  // namespace

milliseconds restream_retry_after(unsigned failures, RestreamReason reason) {
  const unsigned doublings = std::min(failures > 0 ? failures - 1 : 0, kDoublingsMax);
  const milliseconds wait = std::min(kFirstRetry * (1U << doublings), kRetryMax);
  return reason == RestreamReason::refused ? std::max(wait, kRefusedRetryMin) : wait;
}

Restream::Restream(std::shared_ptr<Commons> commons, std::shared_ptr<Stream> stream,
                   RestreamTarget target)
    : commons_(std::move(commons)),
      stream_(std::move(stream)),
      target_(std::move(target)),
      since_(commons_->clock.now()) {}

Restream::~Restream() {
  if (uplink_) uplink_->leave(RestreamReason::none);
}

bool Restream::has_camera() const {
  return stream_->state() == StreamState::live &&
         (stream_->config(Track::video) || stream_->config(Track::audio));
}

void Restream::set_state(RestreamState state, RestreamReason reason) {
  if (state != state_ || reason != reason_) since_ = commons_->clock.now();
  state_ = state;
  reason_ = reason;
}

void Restream::tick(SteadyTime now) {
  if (uplink_) {
    uplink_->tick(now);
    settle(now);
  }
  if (uplink_) return;
  if (!has_camera()) {
    retry_at_.reset();
    set_state(RestreamState::waiting, RestreamReason::camera_away);
  } else if (now >= next_at_) {
    begin();
  }
}

void Restream::begin() {
  uplink_ = std::make_shared<Uplink>(commons_, stream_, target_);
  ++connections_;
  ++commons_->figures.connections;
  retry_at_.reset();
  live_from_.reset();
  set_state(RestreamState::connecting, RestreamReason::none);
  uplink_->start();
}

// What has become of the connection.
void Restream::settle(SteadyTime now) {
  if (!uplink_->ended()) {
    if (!uplink_->is_live()) return;
    if (!live_from_) live_from_ = now;
    if (now - *live_from_ >= kGoodAfter) failures_ = 0;
    set_state(RestreamState::live, RestreamReason::none);
    return;
  }
  const RestreamReason why = *uplink_->ended();
  dropped_ += uplink_->dropped();
  uplink_.reset();
  if (why == RestreamReason::camera_away) {
    failures_ = 0;
    next_at_ = now;
    set_state(RestreamState::waiting, why);
    return;
  }
  const milliseconds wait = restream_retry_after(++failures_, why);
  next_at_ = now + wait;
  retry_at_ = commons_->clock.now() + wait;
  set_state(RestreamState::failed, why);
}

RestreamStatus Restream::status() const {
  return {.id = target_.id,
          .state = state_,
          .reason = reason_,
          .since = since_,
          .retry_at = retry_at_,
          .bitrate_bps = uplink_ ? uplink_->bitrate_bps(commons_->clock.now()) : 0,
          .dropped = dropped_ + (uplink_ ? uplink_->dropped() : 0),
          .connections = connections_};
}

}  // namespace geili::media::rtmp
