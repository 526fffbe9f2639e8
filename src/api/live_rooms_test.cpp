#include "api/live_rooms.hpp"

#include <functional>
#include <utility>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <gtest/gtest.h>

#include "bus/local/local_bus.hpp"
#include "flows/test_market.hpp"
#include "live/await.hpp"
#include "shows/chat.hpp"

namespace geili::api {
namespace {

using store::Tx;

class NoPublishers final : public media::PublishGate {
  void authorise(std::string, std::string, Answer answer) override {
    answer(fail(ErrorKind::not_found, "stream-key-unknown", "Nobody publishes here."));
  }
};

// A database in which something happens right after a reading was taken.
class Eventful final : public store::Database {
 public:
  explicit Eventful(store::Database& database) : database_(database) {}
  Result<void> submit_write(Job job, Done done) override {
    return database_.submit_write(std::move(job), std::move(done));
  }
  Result<void> submit_read(Job job, Done done) override {
    return database_.submit_read(std::move(job),
                                 [this, done = std::move(done)](store::Outcome outcome) mutable {
                                   if (auto next = std::exchange(after_reading, nullptr)) next();
                                   done(std::move(outcome));
                                 });
  }
  std::function<void()> after_reading;  // once

 private:
  store::Database& database_;
};

boost::asio::awaitable<void> visit(const Context* context, ShowId show,
                                   std::optional<Result<live::Snapshot>>* seen) {
  auto opened = co_await ensure_room(context, show);
  EXPECT_TRUE(opened);
  auto snapshot = co_await live::inspect(context->hub, show);
  seen->emplace(std::move(snapshot));
}

boost::asio::awaitable<void> decorate(const Context* context, std::vector<ShowView> views,
                                      std::optional<std::vector<ShowView>>* seen) {
  auto decorated_views = co_await decorated(context, std::move(views));
  seen->emplace(std::move(decorated_views));
}

// First of the bases: a store's threads hand it answers until the store is closed.
class Loop {
 protected:
  boost::asio::io_context io_{1};
};

class LiveRoomsTest : protected Loop, public flows::Market {
 protected:
  LiveRoomsTest() {
    context_.database = &eventful_;
    context_.clock = &clock_;
    context_.hub = &hub_;
    context_.media = media_.get();
    media_->start();
  }
  ~LiveRoomsTest() override { media_->stop(); }

  live::Snapshot open_room() {
    std::optional<Result<live::Snapshot>> seen;
    boost::asio::co_spawn(io_, visit(&context_, show_, &seen), boost::asio::detached);
    run_until([&] { return seen.has_value(); });
    return std::move(**seen);
  }
  template <class Condition>
  void run_until(Condition is_met) {
    while (!is_met()) {
      if (io_.run_one_for(std::chrono::seconds(10)) == 0) throw std::runtime_error("no answer");
    }
  }
  // On a thread of the database's readers, whose writer is another.
  void pin_and_take_one() {
    ASSERT_TRUE(write([&](Tx& tx) { return flows::pin(tx, show_, necklace_, clock_); }));
    ASSERT_TRUE(write([&](Tx& tx) { return flows::change_stock(tx, necklace_, -1, clock_); }));
  }
  static std::int64_t level(const live::Snapshot& room, ProductId product) {
    for (const live::StockLevel& stock : room.stock) {
      if (stock.id == product) return stock.available;
    }
    return -1;
  }

  Eventful eventful_{*database_};
  std::unique_ptr<bus::Bus> bus_ = bus::make_local_bus();
  NoPublishers gate_;
  std::unique_ptr<media::Engine> media_ = media::Engine::create({}, gate_, clock_);
  live::Hub hub_{
      {.executors = {io_.get_executor()},
       .encode_frame =
           [](std::string_view text) { return std::make_shared<const std::string>(text); },
       .clock = &clock_,
       .bus = bus_.get()}};
  Context context_;
};

TEST_F(LiveRoomsTest, ARoomBeginsFromTheStore) {
  ASSERT_NO_FATAL_FAILURE(pin_and_take_one());
  const live::Snapshot room = open_room();
  EXPECT_EQ(room.status, live::ShowStatus::live);
  EXPECT_EQ(room.pinned->id, necklace_);
  EXPECT_EQ(level(room, necklace_), 11);
  EXPECT_EQ(room.seq, 0) << "nothing of it is news";
}

TEST_F(LiveRoomsTest, ARoomThatBeginsAgainStillHasItsLastWords) {
  ASSERT_TRUE(write([&](Tx& tx) -> Result<void> {
    shows::keep_chat(tx, show_, {7, clock_.now(), "Ana", "viewer", "Is it real?", DeviceId{5}});
    shows::keep_chat(tx, show_, {9, clock_.now(), "Lin", "host", "From our lake.", std::nullopt});
    shows::keep_chat(tx, show_,
                     {11, clock_.now(), "Bad", "viewer", "Mine is cheaper", DeviceId{6}});
    shows::hide_chat(tx, show_, 11, std::nullopt, clock_.now());
    return {};
  }));
  const live::Snapshot room = open_room();
  ASSERT_EQ(room.chat.size(), 2U);
  EXPECT_EQ(room.chat[0]->seq, 7);
  const auto& answer = std::get<live::ChatMessage>(room.chat[1]->body);
  EXPECT_EQ(answer.text, "From our lake.");
  EXPECT_EQ(answer.author_role, live::Role::host);
  EXPECT_EQ(room.seq, 11) << "new messages never take a number that is kept";
}

TEST_F(LiveRoomsTest, WhatIsCommittedWhileARoomOpensIsTold) {
  eventful_.after_reading = [&] { pin_and_take_one(); };
  const live::Snapshot room = open_room();
  ASSERT_TRUE(room.pinned);
  EXPECT_EQ(room.pinned->id, necklace_);
  EXPECT_EQ(level(room, necklace_), 11);
}

TEST_F(LiveRoomsTest, AFactThatTheReadingIncludesChangesNothing) {
  ASSERT_TRUE(write([&](Tx& tx) { return flows::change_stock(tx, necklace_, -5, clock_); }));
  const std::int64_t told = integer("SELECT MAX(id) FROM outbox");
  ASSERT_TRUE(write([&](Tx& tx) { return flows::change_stock(tx, necklace_, 3, clock_); }));
  open_room();
  ASSERT_TRUE(bus::publish(*bus_, "show." + std::to_string(show_.value),
                           "{\"id\":" + std::to_string(told) +
                               ",\"type\":\"stock\",\"product_id\":\"" +
                               std::to_string(necklace_.value) + "\",\"available\":7}"));
  EXPECT_EQ(level(open_room(), necklace_), 10);
}

TEST_F(LiveRoomsTest, ListsTakeViewersAndVideoFromOpenRooms) {
  open_room();
  hub_.submit(show_, live::ViewerJoined{});
  hub_.submit(show_, live::SetVideo{live::VideoState::away});
  const ShowView stored =
      *read([&](Tx& tx) { return show_view(tx, *shows::find_show(tx, show_), WithBag::no); });
  std::vector<ShowView> views(3, stored);
  views[0].show.id = ShowId{show_.value + 1};
  views[2].show.id = ShowId{show_.value + 2};
  std::optional<std::vector<ShowView>> seen;
  boost::asio::co_spawn(io_, decorate(&context_, std::move(views), &seen), boost::asio::detached);
  run_until([&] { return seen.has_value(); });
  EXPECT_EQ((*seen)[0].viewers, 0);
  EXPECT_EQ((*seen)[0].video, VideoState::none);
  EXPECT_EQ((*seen)[1].show.id, show_);
  EXPECT_EQ((*seen)[1].viewers, 1);
  EXPECT_EQ((*seen)[1].video, VideoState::away);
  EXPECT_EQ((*seen)[2].viewers, 0);
}

}  // namespace
}  // namespace geili::api
