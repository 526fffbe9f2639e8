#include "live/hub.hpp"

#include <algorithm>
#include <cassert>
#include <unordered_map>
#include <utility>

#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>

#include "base/random.hpp"
#include "live/room_host.hpp"

namespace geili::live {

// Which rooms are at home on which executor. homes[i] is touched on executor i alone.
class HubCore : public std::enable_shared_from_this<HubCore> {
 public:
  using Rooms = std::unordered_map<ShowId, std::shared_ptr<RoomHost>>;
  struct Home {
    Rooms rooms;
    // Runs while there are rooms.
    std::unique_ptr<boost::asio::steady_timer> beat;
  };

  explicit HubCore(std::shared_ptr<HubContext> shared)
      : context(std::move(shared)), homes(context->settings.executors.size()) {}

  std::size_t home_of(ShowId show) const {
    return static_cast<std::size_t>(show.value) % homes.size();
  }
  const boost::asio::any_io_executor& executor(std::size_t home) const {
    return context->settings.executors[home];
  }
  // None when no room is open; on the executor of its home.
  std::shared_ptr<RoomHost> find(ShowId show) const {
    const Rooms& rooms = homes[home_of(show)].rooms;
    const auto found = rooms.find(show);
    return found == rooms.end() ? nullptr : found->second;
  }

  // The next three on the executor of the home.
  void add(ShowId show, std::size_t home, const RoomStart& start) {
    auto host = std::make_shared<RoomHost>(context, show, home, start);
    homes[home].rooms.emplace(show, host);
    host->start();
    if (context->settings.ticks == Ticks::timed && !homes[home].beat) wait_for_beat(home);
  }
  void beat(std::size_t home) {
    for (const auto& [show, host] : homes[home].rooms) host->beat();
  }
  void wait_for_beat(std::size_t home) {
    auto& timer = homes[home].beat;
    if (!timer) timer = std::make_unique<boost::asio::steady_timer>(executor(home));
    timer->expires_after(context->settings.keep_alive_beat);
    timer->async_wait([weak = weak_from_this(), home](boost::system::error_code error) {
      const auto self = weak.lock();
      if (error || !self) return;
      if (self->homes[home].rooms.empty()) {
        self->homes[home].beat.reset();
        return;
      }
      self->beat(home);
      self->wait_for_beat(home);
    });
  }

  const std::shared_ptr<HubContext> context;
  std::vector<Home> homes;
};

namespace {

std::unexpected<Error> show_not_open() {
  return fail(ErrorKind::not_found, "show-not-open", "The show has no open room.");
}

std::unexpected<Error> hub_busy() {
  return fail(ErrorKind::unavailable, "hub-busy", "More commands wait than can be taken.");
}

// Visits the homes one after another.
struct Glancing {
  std::shared_ptr<HubCore> core;
  std::vector<ShowId> shows;
  boost::asio::any_io_executor reply_on;
  std::function<void(std::vector<std::optional<Glance>>)> take;
  std::vector<std::optional<Glance>> seen;

  static void visit(const std::shared_ptr<Glancing>& self, std::size_t home) {
    if (home == self->core->homes.size()) {
      boost::asio::post(self->reply_on, [self] { self->take(std::move(self->seen)); });
      return;
    }
    boost::asio::post(self->core->executor(home), [self, home] {
      for (std::size_t i = 0; i < self->shows.size(); ++i) {
        if (self->core->home_of(self->shows[i]) != home) continue;
        if (const auto host = self->core->find(self->shows[i])) self->seen[i] = host->glance();
      }
      visit(self, home + 1);
    });
  }
};

}  // namespace

Hub::Hub(HubSettings settings, HubHooks hooks) {
  assert(!settings.executors.empty() && settings.encode_frame && settings.clock);
  core_ = std::make_shared<HubCore>(
      std::make_shared<HubContext>(HubContext{std::move(settings), std::move(hooks)}));
}

// Handlers that never ran may keep the core; the rooms, their timers and subscriptions end here.
Hub::~Hub() {
  for (auto& home : core_->homes) home = {};
}

Result<void> Hub::open(ShowId show, RoomStart start) {
  HubContext& context = *core_->context;
  if (context.counters->rooms.fetch_add(1) >= context.settings.limits.rooms_max) {
    context.counters->rooms.fetch_sub(1);
    return fail(ErrorKind::unavailable, "rooms-limit", "Too many rooms are open.");
  }
  if (start.epoch.empty()) start.epoch = random_token(9);
  const std::size_t home = core_->home_of(show);
  boost::asio::post(core_->executor(home), [core = core_, show, home, start = std::move(start)] {
    if (core->find(show)) {
      core->context->counters->rooms.fetch_sub(1);
      return;
    }
    core->add(show, home, start);
  });
  return {};
}

void Hub::close(ShowId show) {
  const std::size_t home = core_->home_of(show);
  boost::asio::post(core_->executor(home), [core = core_, show, home] {
    const auto host = core->find(show);
    if (!host) return;
    core->homes[home].rooms.erase(show);
    core->context->counters->rooms.fetch_sub(1);
    host->close();
  });
}

void Hub::join(Join join) {
  assert(join.sink && join.sink->stage_ == ViewerSink::Stage::outside);
  const auto& executors = core_->context->settings.executors;
  const auto found = std::find(executors.begin(), executors.end(), join.executor);
  assert(found != executors.end());
  const auto audience = static_cast<std::size_t>(found - executors.begin());
  join.sink->stage_ = ViewerSink::Stage::joining;
  const std::size_t home = core_->home_of(join.show);
  boost::asio::post(core_->executor(home), [core = core_, join = std::move(join), audience] {
    if (const auto host = core->find(join.show)) {
      host->join(join, audience);
    } else {
      boost::asio::post(join.executor,
                        [sink = join.sink] { Hub::refuse(*sink, CloseReason::not_found); });
    }
  });
}

void Hub::refuse(ViewerSink& sink, CloseReason reason) {
  if (sink.stage_ == ViewerSink::Stage::left) return;
  sink.stage_ = ViewerSink::Stage::left;
  sink.close(reason);
}

void Hub::leave(ViewerSink& sink) {
  if (sink.stage_ == ViewerSink::Stage::watching) {
    sink.audience_->leave(sink);
  } else if (sink.stage_ == ViewerSink::Stage::joining) {
    sink.stage_ = ViewerSink::Stage::left;
  }
}

void Hub::submit(ShowId show, Command command, boost::asio::any_io_executor reply_on,
                 Answer answer) {
  HubContext& context = *core_->context;
  if (context.counters->commands_waiting.fetch_add(1, std::memory_order_relaxed) >=
      context.settings.limits.commands_waiting_max) {
    context.counters->commands_waiting.fetch_sub(1, std::memory_order_relaxed);
    if (!answer) return;
    boost::asio::post(reply_on, [answer = std::move(answer)] { answer(hub_busy()); });
    return;
  }
  boost::asio::post(
      core_->executor(core_->home_of(show)),
      [core = core_, show, command = std::move(command), reply_on = std::move(reply_on),
       answer = std::move(answer)]() mutable {
        core->context->counters->commands_waiting.fetch_sub(1, std::memory_order_relaxed);
        const auto host = core->find(show);
        Result<Receipt> result = host ? host->submit(command) : Result<Receipt>(show_not_open());
        if (!answer) return;
        boost::asio::post(
            reply_on, [answer = std::move(answer), result = std::move(result)] { answer(result); });
      });
}

void Hub::submit(ShowId show, Command command) {
  submit(show, std::move(command), core_->executor(0), nullptr);
}

void Hub::inspect(ShowId show, boost::asio::any_io_executor reply_on,
                  std::function<void(Result<Snapshot>)> take) {
  boost::asio::post(
      core_->executor(core_->home_of(show)),
      [core = core_, show, reply_on = std::move(reply_on), take = std::move(take)] {
        const auto host = core->find(show);
        Result<Snapshot> result = host ? Result<Snapshot>(host->snapshot()) : show_not_open();
        boost::asio::post(
            reply_on, [take, result = std::move(result)]() mutable { take(std::move(result)); });
      });
}

void Hub::message(ShowId show, std::int64_t message_seq, boost::asio::any_io_executor reply_on,
                  std::function<void(Result<SharedEvent>)> take) {
  boost::asio::post(
      core_->executor(core_->home_of(show)),
      [core = core_, show, message_seq, reply_on = std::move(reply_on), take = std::move(take)] {
        const auto host = core->find(show);
        Result<SharedEvent> result =
            host ? host->shown_message(message_seq) : Result<SharedEvent>(show_not_open());
        boost::asio::post(
            reply_on, [take, result = std::move(result)]() mutable { take(std::move(result)); });
      });
}

void Hub::glance(std::vector<ShowId> shows, boost::asio::any_io_executor reply_on,
                 std::function<void(std::vector<std::optional<Glance>>)> take) {
  auto glancing = std::make_shared<Glancing>(
      Glancing{core_, std::move(shows), std::move(reply_on), std::move(take), {}});
  glancing->seen.resize(glancing->shows.size());
  Glancing::visit(glancing, 0);
}

HubFigures Hub::figures() const {
  const HubCounters& counters = *core_->context->counters;
  return {.rooms = counters.rooms,
          .viewers = counters.viewers,
          .frames = counters.frames,
          .deliveries = counters.deliveries,
          .events = counters.events,
          .too_slow = counters.too_slow,
          .bus_missed = counters.bus_missed};
}

void Hub::step() {
  for (std::size_t home = 0; home < core_->homes.size(); ++home) {
    boost::asio::post(core_->executor(home), [core = core_, home] {
      for (const auto& [show, host] : core->homes[home].rooms) host->step();
    });
  }
}

void Hub::beat() {
  for (std::size_t home = 0; home < core_->homes.size(); ++home) {
    boost::asio::post(core_->executor(home), [core = core_, home] { core->beat(home); });
  }
}

}  // namespace geili::live
