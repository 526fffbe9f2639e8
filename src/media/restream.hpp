#pragma once
// A show sent on to other platforms by RTMP: where to, and how it goes.

#include <cstdint>
#include <optional>
#include <string>

#include "base/clock.hpp"
#include "base/http_call.hpp"
#include "base/rtmp_url.hpp"
#include "base/secret.hpp"

namespace geili::media {

struct RestreamTarget {
  std::int64_t id = 0;  // of the caller's; one of its show
  RtmpUrl server;
  Secret<std::string> stream_key;
  Reach reach = Reach::public_internet;  // of the addresses that the server's name leads to
};
inline constexpr std::size_t kRestreamsPerShowMax = 5;

enum class RestreamState : std::uint8_t {
  connecting,
  live,     // the platform takes what the show sends
  waiting,  // for the camera
  failed,   // tried again at `retry_at`
};

// Why it is not live.
enum class RestreamReason : std::uint8_t {
  none,
  camera_away,
  unreachable,        // no such name, or no connection
  forbidden_address,  // the name leads into a network that is not public
  certificate,        // by rtmps: none that this machine trusts for that name
  timed_out,
  refused,  // the key, as a rule
  ended,    // by the platform
  too_slow,
  codec,           // neither H.264 and AAC, nor made into that
  not_understood,  // what the server says is no RTMP, or too much of it
};

struct RestreamStatus {
  std::int64_t id = 0;
  RestreamState state = RestreamState::waiting;
  RestreamReason reason = RestreamReason::none;
  Instant since;  // of the state
  std::optional<Instant> retry_at;
  std::uint64_t bitrate_bps = 0;  // sent, over the last seconds
  std::uint64_t dropped = 0;      // pictures and sounds that the platform was too slow for
  std::uint64_t connections = 0;  // begun since the target was there
};

// Of all shows.
struct RestreamFigures {
  std::size_t live = 0;
  std::uint64_t sent_bytes = 0;
  std::uint64_t dropped = 0;  // pictures and sounds
  std::uint64_t connections = 0;
};

}  // namespace geili::media
