#include "live/room_host.hpp"

#include <algorithm>
#include <cassert>
#include <utility>

#include <boost/asio/post.hpp>

#include "live/bus_json.hpp"

namespace geili::live {
namespace {

using SteadyClock = std::chrono::steady_clock;

// A frame stays well under what a viewer's connection may have waiting.
constexpr std::size_t kFrameBytes = 32 * 1024;
// Chat waits for slow sending up to here; then it is refused.
constexpr std::size_t kPendingBytesMax = 128 * 1024;
// A returning viewer that missed more than this is better off with the snapshot.
constexpr std::size_t kResumeBytesMax = 96 * 1024;
// For how many different `since` the frames are kept at a time.
constexpr std::size_t kResumedKept = 64;
// How soon to look again whether the last frame went out.
constexpr std::chrono::milliseconds kUnfinishedRetry{5};

// Adds an encoded event to the last frame's worth of events, or begins another. Returns its bytes.
std::size_t append_to_frames(std::vector<std::string>& frames, const Event& event) {
  if (frames.empty() || frames.back().size() >= kFrameBytes) frames.emplace_back();
  std::string& frame = frames.back();
  const std::size_t before = frame.size();
  if (!frame.empty()) frame.push_back(',');
  append_event(frame, event);
  return frame.size() - before;
}

std::string frame_payload(std::string_view events, const StateChange* states) {
  std::string payload;
  payload.reserve(events.size() + 64);
  payload += "{\"events\":[";
  payload += events;
  payload += ']';
  if (states) {
    payload += ",\"state\":";
    append_state(payload, *states);
  }
  payload += '}';
  return payload;
}

}  // namespace

RoomHost::RoomHost(std::shared_ptr<const HubContext> context, ShowId show, std::size_t home,
                   RoomStart start)
    : context_(std::move(context)),
      show_(show),
      home_(home),
      room_(std::move(start), context_->settings.limits.room),
      timer_(context_->settings.executors[home]) {}

std::shared_ptr<Audience> RoomHost::make_audience(std::size_t index) {
  const auto& executors = context_->settings.executors;
  auto on_left = [weak = weak_from_this(), executor = executors[home_], index] {
    boost::asio::post(executor, [weak, index] {
      if (const auto self = weak.lock()) self->left(index);
    });
  };
  return std::make_shared<Audience>(Audience::Settings{executors[index], context_->counters,
                                                       unfinished_, std::move(on_left),
                                                       context_->settings.limits.offers_per_turn});
}

void RoomHost::start() {
  for (std::size_t i = 0; i < context_->settings.executors.size(); ++i) {
    seats_.push_back({make_audience(i)});
  }
  if (!context_->settings.bus) return;
  bus::Subscribe subscribe{show_topic(show_), context_->settings.executors[home_],
                           [weak = weak_from_this()](const bus::Message& message) {
                             if (const auto self = weak.lock()) self->receive(message);
                           }};
  auto subscription = context_->settings.bus->subscribe(std::move(subscribe));
  if (subscription) {
    subscription_ = *std::move(subscription);
  } else if (context_->hooks.bus_refused) {
    context_->hooks.bus_refused(show_, subscription.error());
  }
}

Result<Receipt> RoomHost::submit(const Command& command) {
  if (pending_bytes_ > kPendingBytesMax && std::holds_alternative<SendChat>(command)) {
    return fail(ErrorKind::unavailable, "room-busy", "The room has more chat than it can send.");
  }
  auto result = room_.apply(command, context_->settings.clock->now());
  if (!result) return fail_as(result);
  applied(*result);
  return Receipt{result->events.empty() ? 0 : result->events.back()->seq, result->unheard,
                 result->order};
}

void RoomHost::receive(const bus::Message& message) {
  const auto refuse = [&](const Error& error) {
    if (context_->hooks.bus_refused) context_->hooks.bus_refused(show_, error);
  };
  if (message.missed > 0) {
    context_->counters->bus_missed.fetch_add(message.missed, std::memory_order_relaxed);
    refuse(Error::make(ErrorKind::unavailable, "bus-missed", "The bus dropped messages."));
  }
  auto decoded = decode_bus_message(*message.payload);
  if (!decoded) return refuse(decoded.error());
  const Instant now = context_->settings.clock->now();
  auto result = decoded->outbox_id != 0
                    ? room_.apply_once(decoded->outbox_id, decoded->command, now)
                    : room_.apply(decoded->command, now);
  if (result) {
    applied(*result);
  } else if (result.error().code != "already-told") {
    refuse(result.error());
  }
}

void RoomHost::applied(const Applied& applied) {
  for (const SharedEvent& event : applied.events) {
    if (context_->hooks.told) context_->hooks.told(show_, event);
    pending_bytes_ += append_to_frames(pending_, *event);
  }
  const HubHooks& hooks = context_->hooks;
  if (applied.unheard && hooks.unheard) hooks.unheard(show_, applied.unheard);
  if (applied.asks_for_chat && hooks.chat_changed) hooks.chat_changed(show_);
  context_->counters->events.fetch_add(applied.events.size(), std::memory_order_relaxed);
  is_urgent_ |= applied.lane == Lane::immediate;
  schedule();
}

std::optional<Urgency> RoomHost::urgency() const {
  if (is_urgent_) return Urgency::immediate;
  if (has_pending() || room_.has_pressing_changes()) return Urgency::tick;
  if (room_.has_changes()) return Urgency::counts;
  return std::nullopt;
}

void RoomHost::schedule() {
  const auto need = urgency();
  if (!need) return;
  if (context_->settings.ticks == Ticks::stepped) {
    if (need == Urgency::immediate) flush();
    return;
  }
  const auto viewers_per_thread = context_->counters->viewers.load(std::memory_order_relaxed) /
                                  static_cast<std::int64_t>(seats_.size());
  const auto now = SteadyClock::now();
  auto due = flushed_at_ + frame_interval(*need, room_.viewers(), viewers_per_thread);
  if (unfinished_->load(std::memory_order_acquire) > 0) {
    due = std::max(due, now + kUnfinishedRetry);
  }
  if (due <= now) {
    flushed_at_ = now;
    flush();
    return;
  }
  if (is_timer_set_ && timer_.expiry() <= due) return;
  is_timer_set_ = true;
  timer_.expires_at(due);
  timer_.async_wait([weak = weak_from_this()](boost::system::error_code error) {
    const auto self = weak.lock();
    if (error || !self) return;
    self->is_timer_set_ = false;
    self->schedule();
  });
}

void RoomHost::step() {
  if (urgency()) flush();
}

void RoomHost::flush() {
  const StateChange changes = room_.take_changes();
  const bool has_states = changes != StateChange{};
  const std::vector<std::string> frames = std::exchange(pending_, {});
  pending_bytes_ = 0;
  is_urgent_ = false;
  for (std::size_t i = 0; i < frames.size(); ++i) {
    const bool is_last = i + 1 == frames.size();
    broadcast(frame_payload(frames[i], is_last && has_states ? &changes : nullptr));
  }
  if (frames.empty() && has_states) {
    std::string payload = "{\"state\":";
    append_state(payload, changes);
    broadcast(payload + "}");
  }
  snapshot_frame_.reset();
  resumed_.clear();
  for (Waiting& waiting : std::exchange(waiting_, {})) {
    admit(std::move(waiting.join), waiting.audience);
  }
}

void RoomHost::beat() {
  if (++quiet_beats_ >= kQuietBeatsMax) send(context_->keep_alive);
}

void RoomHost::broadcast(std::string_view payload) {
  const bool has_viewers =
      std::ranges::any_of(seats_, [](const Seat& seat) { return seat.viewers > 0; });
  if (!has_viewers) return;
  send(context_->settings.encode_frame(payload));
  context_->counters->frames.fetch_add(1, std::memory_order_relaxed);
}

void RoomHost::send(const Frame& frame) {
  quiet_beats_ = 0;
  for (const Seat& seat : seats_) {
    if (seat.viewers == 0) continue;
    unfinished_->fetch_add(1, std::memory_order_relaxed);
    boost::asio::post(seat.audience->executor(),
                      [audience = seat.audience, frame] { audience->tell(frame); });
  }
}

void RoomHost::join(Join join, std::size_t audience) {
  auto result = room_.apply(ViewerJoined{}, context_->settings.clock->now());
  if (!result) {
    boost::asio::post(join.executor, [sink = std::move(join.sink)] {
      Hub::refuse(*sink, CloseReason::room_full);
    });
    return;
  }
  // The first frame must end where the next broadcast begins.
  if (has_pending()) {
    waiting_.push_back({std::move(join), audience});
  } else {
    admit(std::move(join), audience);
  }
  applied(*result);
}

void RoomHost::admit(Join join, std::size_t audience) {
  Seat& seat = seats_[audience];
  ++seat.viewers;
  boost::asio::post(seat.audience->executor(),
                    [audience_ptr = seat.audience, sink = std::move(join.sink),
                     first = first_frames(join)]() mutable {
                      audience_ptr->admit(std::move(sink), std::move(first));
                    });
}

void RoomHost::left(std::size_t audience) {
  --seats_[audience].viewers;
  assert(seats_[audience].viewers >= 0);
  auto result = room_.apply(ViewersLeft{1}, context_->settings.clock->now());
  applied(*result);
}

std::vector<Frame> RoomHost::first_frames(const Join& join) {
  if (join.since && join.epoch == room_.epoch()) {
    if (const auto found = resumed_.find(*join.since); found != resumed_.end()) {
      return found->second;
    }
    if (auto frames = resumed_frames(*join.since)) {
      if (resumed_.size() >= kResumedKept) resumed_.clear();
      return resumed_[*join.since] = *std::move(frames);
    }
  }
  if (!snapshot_frame_) snapshot_frame_.emplace(room_.snapshot());
  return {context_->settings.encode_frame(snapshot_frame_->for_viewer(
      {join.role, join.name, join.is_member}, context_->settings.clock->now()))};
}

std::optional<std::vector<Frame>> RoomHost::resumed_frames(std::int64_t since) const {
  const auto events = room_.events_after(since);
  if (!events) return std::nullopt;
  std::vector<std::string> payloads;
  std::size_t bytes = 0;
  for (const SharedEvent& event : *events) bytes += append_to_frames(payloads, *event);
  if (bytes > kResumeBytesMax) return std::nullopt;
  if (payloads.empty()) payloads.emplace_back();
  const StateChange states = states_of(room_.snapshot());
  std::vector<Frame> frames;
  for (std::size_t i = 0; i < payloads.size(); ++i) {
    const bool is_last = i + 1 == payloads.size();
    frames.push_back(
        context_->settings.encode_frame(frame_payload(payloads[i], is_last ? &states : nullptr)));
  }
  return frames;
}

void RoomHost::close() {
  subscription_.reset();
  timer_.cancel();
  flush();
  for (const Seat& seat : seats_) {
    boost::asio::post(seat.audience->executor(),
                      [audience = seat.audience] { audience->close(CloseReason::ended); });
  }
}

}  // namespace geili::live
