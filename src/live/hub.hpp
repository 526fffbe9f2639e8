#pragma once
// Fan-out: rooms live on one io thread each, viewers on the io thread of their own connection. An
// event is encoded once, a tick's events share a frame, and every viewer is offered the same bytes.

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/asio/any_io_executor.hpp>

#include "base/clock.hpp"
#include "base/id.hpp"
#include "base/result.hpp"
#include "bus/bus.hpp"
#include "live/commands.hpp"
#include "live/events.hpp"
#include "live/pace.hpp"
#include "live/room.hpp"
#include "live/viewer_sink.hpp"

namespace geili::live {

// Makes the wire frame of a text message (net::text_frame). Pure; called on every io thread.
using FrameEncoder = std::function<Frame(std::string_view payload)>;

struct HubLimits {
  std::int64_t rooms_max = 1000;
  std::int64_t commands_waiting_max = 20'000;  // given and not yet applied, of all rooms
  // Frames a thread offers before its other work has a turn; an offer that sends costs about 5 us.
  std::size_t offers_per_turn = 512;
  RoomLimits room;
};

// Timers as the tick law says, or only when step() is called (tests).
enum class Ticks : bool { timed, stepped };

struct HubSettings {
  // One per io thread; each runs its handlers one at a time. They outlive the Hub.
  std::vector<boost::asio::any_io_executor> executors;
  FrameEncoder encode_frame;
  const Clock* clock = nullptr;  // outlives the executors' last handler, as the bus does
  bus::Bus* bus = nullptr;  // when set, an open room listens to show_topic(id); see bus_json.hpp
  HubLimits limits;
  Ticks ticks = Ticks::timed;
  std::chrono::milliseconds keep_alive_beat = kKeepAliveBeat;
};

struct HubHooks {
  // Every numbered event, in order, on the room's thread, before viewers get it. Must not block.
  std::function<void(ShowId, const SharedEvent&)> told;
  // A message that its author alone is shown; it has no number. Likewise.
  std::function<void(ShowId, const SharedEvent&)> unheard;
  // The rules of the chat have changed: read them from the store and submit SetChat. Likewise.
  std::function<void(ShowId)> chat_changed;
  // A message on the bus that the room refused, or `bus-missed` when the bus dropped some: read the
  // truth from the store again. On the room's thread; must not block.
  std::function<void(ShowId, const Error&)> bus_refused;
};

// What the sender of a command learns.
struct Receipt {
  std::int64_t seq =
      0;  // of the last event it caused, or 0: for a chat message, what it is known by
  SharedEvent unheard = nullptr;  // what the sender alone is to be shown
  // What the sender has ordered by it; with `unheard` others are not told.
  std::optional<CommentOrder> order = std::nullopt;
};
using Answer = std::function<void(Result<Receipt>)>;

struct Join {
  ShowId show;
  std::shared_ptr<ViewerSink> sink;  // in no room yet
  // The connection's: one of HubSettings::executors.
  boost::asio::any_io_executor executor;
  // What the snapshot says of the viewer itself.
  Role role = Role::viewer;
  std::string name;  // empty: none chosen yet
  bool is_member = false;
  // The last number the viewer has seen, and the epoch it counts in: it gets exactly what follows,
  // or a snapshot when that is gone.
  std::optional<std::int64_t> since;
  std::string epoch;
};

// What a list of shows says of a room, and what is kept of its audience.
struct Glance {
  std::int64_t viewers = 0;
  VideoState video = VideoState::none;
  std::int64_t hearts = 0;
  std::string epoch = {};
  friend bool operator==(const Glance&, const Glance&) = default;
};

struct HubFigures {
  std::int64_t rooms = 0;
  std::int64_t viewers = 0;
  std::uint64_t frames = 0;      // encoded for broadcast
  std::uint64_t deliveries = 0;  // frames taken by sinks
  std::uint64_t events = 0;      // numbered
  std::uint64_t too_slow = 0;    // viewers closed because their sink refused
  std::uint64_t bus_missed = 0;  // messages that the bus dropped before a room got to them
};

class HubCore;

// Thread-safe, except where a function says which thread. Destroy it when the executors run no more
// (after Server::stop) and before they are destroyed.
class Hub {
 public:
  explicit Hub(HubSettings settings, HubHooks hooks = {});
  ~Hub();
  Hub(const Hub&) = delete;
  Hub& operator=(const Hub&) = delete;

  // Opens the room of a show; a room that is open already stays as it is. Commands and joins given
  // after it find the room. What is committed after `start` was read and before the room listens
  // passes it by: open it before its show can sell, or read again afterwards and submit CatchUp. An
  // empty start.epoch is filled with a random one. Fails with rooms-limit.
  Result<void> open(ShowId show, RoomStart start);
  // Closes its viewers with `ended` and forgets it.
  void close(ShowId show);

  // On join.executor's thread. The first frame is the snapshot or what followed `since`; no event
  // is missing between it and the next frame, and none comes twice. Or sink->close(not_found |
  // room_full).
  void join(Join join);
  // On the thread of the viewer's executor, when its connection ended; more than once does no harm.
  void leave(ViewerSink& sink);

  // `answer` is posted to `reply_on`. Errors are those of Room::apply, and show-not-open, room-busy
  // (more chat than the viewers can be sent), hub-busy (commands_waiting_max).
  void submit(ShowId show, Command command, boost::asio::any_io_executor reply_on, Answer answer);
  void submit(ShowId show, Command command);

  // The room as a newcomer would see it; fails with show-not-open. `take` is posted to `reply_on`.
  void inspect(ShowId show, boost::asio::any_io_executor reply_on,
               std::function<void(Result<Snapshot>)> take);

  // A message that the room shows; fails with show-not-open, message-not-found. Likewise.
  void message(ShowId show, std::int64_t message_seq, boost::asio::any_io_executor reply_on,
               std::function<void(Result<SharedEvent>)> take);

  // A look at each show's room, in the order asked; none where no room is open. One message a
  // thread, however many the shows.
  void glance(std::vector<ShowId> shows, boost::asio::any_io_executor reply_on,
              std::function<void(std::vector<std::optional<Glance>>)> take);

  HubFigures figures() const;
  // Lets every room flush as if its tick had come.
  void step();
  // Lets every room keep its quiet viewers' lines alive as if keep_alive_beat had passed.
  void beat();

 private:
  friend class RoomHost;
  static void refuse(ViewerSink& sink, CloseReason reason);

  std::shared_ptr<HubCore> core_;
};

}  // namespace geili::live
