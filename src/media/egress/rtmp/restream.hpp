#pragma once
// A show on its way to another platform: one connection after another, each a while after the one
// before it failed, for as long as the show has a camera.

#include <cstdint>
#include <memory>
#include <optional>

#include "media/egress/rtmp/commons.hpp"
#include "media/egress/rtmp/uplink.hpp"
#include "media/restream.hpp"
#include "media/stream.hpp"

namespace geili::media::rtmp {

// How long after failure number `failures`, counted from 1, it is tried again: a second, then twice
// as long each time, at most half a minute. Who was refused is not asked again before a quarter of
// a minute, as platforms lock out who asks often.
std::chrono::milliseconds restream_retry_after(unsigned failures, RestreamReason reason);

// Belongs to the media thread.
class Restream {
 public:
  Restream(std::shared_ptr<Commons> commons, std::shared_ptr<Stream> stream, RestreamTarget target);
  ~Restream();
  Restream(const Restream&) = delete;
  Restream& operator=(const Restream&) = delete;

  const RestreamTarget& target() const { return target_; }
  // Some ten times a second: begins, and begins anew.
  void tick(SteadyTime now);
  RestreamStatus status() const;
  bool is_live() const { return uplink_ && uplink_->is_live(); }

 private:
  bool has_camera() const;
  void begin();
  void settle(SteadyTime now);
  void set_state(RestreamState state, RestreamReason reason);

  const std::shared_ptr<Commons> commons_;
  const std::shared_ptr<Stream> stream_;
  const RestreamTarget target_;
  std::shared_ptr<Uplink> uplink_;
  RestreamState state_ = RestreamState::waiting;
  RestreamReason reason_ = RestreamReason::camera_away;
  Instant since_;
  std::optional<SteadyTime> live_from_;
  SteadyTime next_at_;  // not before
  std::optional<Instant> retry_at_;
  unsigned failures_ = 0;      // since it was live for a while
  std::uint64_t dropped_ = 0;  // by connections that are over
  std::uint64_t connections_ = 0;
};

}  // namespace geili::media::rtmp
