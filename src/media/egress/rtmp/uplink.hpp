#pragma once
// One connection to another platform, from the look-up of its name to its end. It reads the stream
// by a bounded ring of its own and holds up nobody: when the platform is slow, the ring gives up
// pictures until the next key frame, and counts them.

#include <array>
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>

#include "media/egress/rtmp/commons.hpp"
#include "media/egress/rtmp/far_socket.hpp"
#include "media/egress/rtmp/programme.hpp"
#include "media/egress/rtmp/publish_client.hpp"
#include "media/rate_meter.hpp"
#include "media/reader.hpp"
#include "media/restream.hpp"
#include "media/stream.hpp"

namespace geili::media::rtmp {

using SteadyTime = std::chrono::steady_clock::time_point;

// Belongs to the media thread. Its coroutines keep it until they end.
class Uplink : public std::enable_shared_from_this<Uplink> {
 public:
  static constexpr std::chrono::seconds kConnectMax{10};  // until the platform takes the stream
  static constexpr std::chrono::seconds kStallMax{10};    // of one write
  static constexpr std::chrono::seconds kFarewellMax{1};
  static constexpr std::chrono::seconds kUnitsAwayMax{15};  // then it ends as camera_away
  static constexpr std::chrono::minutes kSlateMax{10};      // likewise

  Uplink(std::shared_ptr<Commons> commons, std::shared_ptr<Stream> stream, RestreamTarget target);

  void start();
  // Says good-bye and closes, within kFarewellMax.
  void leave(RestreamReason reason);
  // Some ten times a second.
  void tick(SteadyTime now);

  bool is_live() const { return client_.is_publishing() && !ended_; }
  // Once it is over: why.
  const std::optional<RestreamReason>& ended() const { return ended_; }
  std::uint64_t dropped() const { return dropped_; }
  std::uint64_t bitrate_bps(Instant now) const;

 private:
  static boost::asio::awaitable<void> run(std::shared_ptr<Uplink> self);
  static boost::asio::awaitable<void> write(std::shared_ptr<Uplink> self);
  void end(RestreamReason reason);
  void expect_within(std::chrono::milliseconds time, RestreamReason reason);
  RestreamReason reason_of_close() const;
  bool take_from_server(ByteView bytes);
  void fill();
  void take(const StreamItem& item);
  void send(const ProgrammeMessage& message);

  const std::shared_ptr<Commons> commons_;
  const std::shared_ptr<Stream> stream_;
  const RestreamTarget target_;
  FarSocket socket_;
  PublishClient client_;
  Programme programme_;
  std::vector<ProgrammeMessage> messages_;
  std::shared_ptr<Reader> reader_;
  boost::asio::steady_timer wake_;
  boost::asio::steady_timer deadline_;
  std::optional<RestreamReason> leaves_;
  std::optional<RestreamReason> ended_;
  SteadyTime unit_at_;                    // when the last one was taken
  std::optional<SteadyTime> slate_from_;  // while it is a slate
  SteadyTime server_window_from_;
  std::size_t server_window_bytes_ = 0;
  RateMeter sent_;
  std::uint64_t dropped_ = 0;
  std::array<std::byte, 16 * 1024> buffer_;
};

}  // namespace geili::media::rtmp
