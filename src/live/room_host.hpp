#pragma once
// A room at home: the Room, its pace of telling, and one Audience per io thread. Inside live only;
// everything here runs on the room's executor.

#include <atomic>
#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <boost/asio/steady_timer.hpp>

#include "live/audience.hpp"
#include "live/event_json.hpp"
#include "live/hub.hpp"
#include "live/pace.hpp"
#include "live/room.hpp"

namespace geili::live {

// What the rooms of a hub share.
struct HubContext {
  HubSettings settings;
  HubHooks hooks;
  std::shared_ptr<HubCounters> counters = std::make_shared<HubCounters>();
  Frame keep_alive = settings.encode_frame("{}");
};

class RoomHost : public std::enable_shared_from_this<RoomHost> {
 public:
  RoomHost(std::shared_ptr<const HubContext> context, ShowId show, std::size_t home,
           RoomStart start);
  // Makes the audiences and listens on the bus; once, right after the constructor.
  void start();

  Result<Receipt> submit(const Command& command);
  // `audience` is the index of the viewer's executor; join.sink is in stage joining.
  void join(Join join, std::size_t audience);
  Snapshot snapshot() const { return room_.snapshot(); }
  Result<SharedEvent> shown_message(std::int64_t message_seq) const {
    return room_.shown_message(message_seq);
  }
  Glance glance() const { return {room_.viewers(), room_.video(), room_.hearts(), room_.epoch()}; }
  void step();
  // Every keep_alive_beat: sends the empty frame when the room has been quiet for long.
  void beat();
  // Closes everyone with `ended`; the last call.
  void close();

 private:
  struct Waiting {
    Join join;
    std::size_t audience;
  };
  struct Seat {  // one per io thread
    std::shared_ptr<Audience> audience;
    std::int64_t viewers = 0;  // admitted or about to be, and not known to have left
  };

  std::shared_ptr<Audience> make_audience(std::size_t index);
  void left(std::size_t audience);
  void receive(const bus::Message& message);
  void applied(const Applied& applied);

  bool has_pending() const { return !pending_.empty(); }
  std::optional<Urgency> urgency() const;
  // Flushes when the pace allows it, or sets the timer for when it will.
  void schedule();
  void flush();
  void broadcast(std::string_view payload);
  void send(const Frame& frame);
  void admit(Join join, std::size_t audience);
  std::vector<Frame> first_frames(const Join& join);
  std::optional<std::vector<Frame>> resumed_frames(std::int64_t since) const;

  const std::shared_ptr<const HubContext> context_;
  const ShowId show_;
  const std::size_t home_;
  Room room_;
  std::vector<Seat> seats_;
  std::unique_ptr<bus::Subscription> subscription_;

  std::vector<std::string> pending_;  // encoded events by frame: "{…},{…}"
  std::size_t pending_bytes_ = 0;
  bool is_urgent_ = false;
  int quiet_beats_ = 0;           // since everybody was last sent something
  std::vector<Waiting> waiting_;  // joins that came while events were pending
  const std::shared_ptr<std::atomic<std::int64_t>> unfinished_ =
      std::make_shared<std::atomic<std::int64_t>>(0);

  boost::asio::steady_timer timer_;
  bool is_timer_set_ = false;
  std::chrono::steady_clock::time_point flushed_at_;

  // First frames made since the last flush, shared by all who join meanwhile. What changed after
  // they were made is told by the next flush.
  std::optional<SnapshotFrame> snapshot_frame_;
  std::map<std::int64_t, std::vector<Frame>> resumed_;  // by `since`
};

}  // namespace geili::live
