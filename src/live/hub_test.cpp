#include "live/hub.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/steady_timer.hpp>
#include <gtest/gtest.h>

#include "live/await.hpp"
#include "live/bus_json.hpp"
#include "live/hub_fixture.hpp"
#include "live/pace.hpp"

namespace geili::live {
namespace {

const Currency kCny = *Currency::parse("CNY");

TEST_F(HubTest, TellsATicksEventsInOneSharedFrame) {
  ASSERT_TRUE(hub_->open(kShow, {}));
  const auto page = std::make_shared<Page>();
  const auto a = join(page, 0), b = join_new(1), c = join_new(2), d = join_new(1);
  loops_.settle();
  step();
  for (const auto& sink : {a, b, c, d}) sink->read();
  encoded_ = 0;
  for (std::uint64_t i = 0; i < 5; ++i) ASSERT_TRUE(submit(says(i, "hello")));
  ASSERT_TRUE(submit(SendHearts{Actor{.key = 1}, 3}));
  EXPECT_EQ(a->queued(), 0u) << "chat waits for its tick";
  step();
  EXPECT_EQ(encoded_, 1);
  ASSERT_EQ(a->queued(), 1u);
  for (const auto& sink : {b, c, d}) EXPECT_EQ(sink->queue_.front(), a->queue_.front());
  a->read();
  EXPECT_EQ(page->event_seqs, (std::vector<std::int64_t>{1, 2, 3, 4, 5}));
  EXPECT_EQ(page->hearts, 3);
  EXPECT_EQ(page->viewers, 4);
  step();
  EXPECT_EQ(a->queued(), 0u) << "nothing new, nothing sent";
  EXPECT_EQ(hub_->figures().events, 5u);
  EXPECT_EQ(hub_->figures().viewers, 4);
}

TEST_F(HubTest, KeepsTheLinesOfAQuietRoomAliveWithOneSharedFrame) {
  ASSERT_TRUE(hub_->open(kShow, {}));
  const auto page = std::make_shared<Page>();
  const auto a = join(page, 0), b = join_new(1), c = join_new(1);
  loops_.settle();
  step();
  for (const auto& sink : {a, b, c}) sink->read();
  encoded_ = 0;
  const auto beat = [&](int count) {
    for (int i = 0; i < count; ++i) hub_->beat();
    loops_.settle();
  };
  beat(kQuietBeatsMax - 1);
  ASSERT_EQ(a->queued(), 0U);
  beat(1);
  ASSERT_EQ(a->queued(), 1U);
  EXPECT_EQ(*a->queue_.front(), "{}");
  for (const auto& sink : {b, c}) EXPECT_EQ(sink->queue_, a->queue_);
  EXPECT_EQ(encoded_, 0) << "every room and viewer shares it";
  a->read();

  beat(kQuietBeatsMax - 1);
  ASSERT_TRUE(submit(says(1, "hello")));
  step();
  a->read();
  beat(kQuietBeatsMax - 1);
  EXPECT_EQ(a->queued(), 0U) << "what was told kept the line alive";
  beat(1);
  EXPECT_EQ(a->queued(), 1U);
}

TEST(HubBeat, ComesByItself) {
  boost::asio::io_context io(1);
  const ManualClock clock;
  Hub hub({.executors = {io.get_executor()},
           .encode_frame =
               [](std::string_view text) { return std::make_shared<const std::string>(text); },
           .clock = &clock,
           .keep_alive_beat = std::chrono::milliseconds(1)});
  ASSERT_TRUE(hub.open(kShow, {}));
  const auto sink = std::make_shared<PageSink>(std::make_shared<Page>(), kRoomy);
  hub.join({.show = kShow, .sink = sink, .executor = io.get_executor()});
  const auto is_kept_alive = [&] { return sink->queued() > 0 && *sink->queue_.back() == "{}"; };
  while (!is_kept_alive()) ASSERT_GT(io.run_one_for(std::chrono::seconds(10)), 0U);
}

TEST(HubBeat, IsShorterThanWhatAClientTakesForDead) {
  EXPECT_LE(kKeepAliveBeat * kQuietBeatsMax, std::chrono::seconds(25));
}

TEST_F(HubTest, TellsPinsSoldAndSoldOutAtOnceWithWhatWaits) {
  ASSERT_TRUE(hub_->open(kShow, {.stock = {{ProductId{5}, 2}}}));
  const auto page = std::make_shared<Page>();
  const auto sink = join(page);
  loops_.settle();
  step();
  ASSERT_TRUE(submit(says(1, "me!")));
  ASSERT_TRUE(submit(sold(1)));
  sink->read();
  EXPECT_EQ(page->event_types, (std::vector<std::string>{"chat", "sold"}));
  EXPECT_EQ(page->sold, 1);
  ASSERT_TRUE(submit(SetStock{ProductId{5}, 1}));
  EXPECT_EQ(sink->queued(), 0u);
  ASSERT_TRUE(submit(SetStock{ProductId{5}, 0}));
  sink->read();
  EXPECT_EQ(page->stock, (std::vector<std::pair<std::string, std::int64_t>>{{"5", 0}}));
}

TEST_F(HubTest, AnswersTheSenderAndNamesItsFaults) {
  EXPECT_EQ(submit(says(1, "hi")).error().code, "show-not-open");
  ASSERT_TRUE(hub_->open(kShow, {}));
  EXPECT_EQ(submit(says(1, "hi"))->seq, 1);
  EXPECT_EQ(submit(SendHearts{Actor{.key = 1}, 1})->seq, 0);
  EXPECT_EQ(submit(says(2, "")).error().code, "invalid-field");
  hub_->close(kShow);
  EXPECT_EQ(submit(says(1, "still there?")).error().code, "show-not-open");
}

TEST_F(HubTest, AReturningViewerGetsWhatItMissedOrASnapshot) {
  ASSERT_TRUE(hub_->open(kShow, {}));
  const auto page = std::make_shared<Page>();
  auto sink = join(page);
  loops_.settle();
  sink->read();
  hub_->leave(*sink);
  for (std::uint64_t i = 0; i < 60; ++i) ASSERT_TRUE(submit(says(i, "hello")));
  step();
  sink = join(page, 1);
  loops_.settle();
  sink->read();
  EXPECT_EQ(page->snapshots, 1);
  EXPECT_EQ(page->event_seqs.size(), 60u);
  hub_->leave(*sink);

  for (std::uint64_t i = 0; i < 600; ++i) ASSERT_TRUE(submit(says(1000 + i, "hello")));
  step();
  sink = join(page);
  loops_.settle();
  sink->read();
  EXPECT_EQ(page->snapshots, 2) << "the gap is longer than the history";
  EXPECT_EQ(page->seq, 660);
  hub_->leave(*sink);

  page->epoch = "of another life";
  sink = join(page);
  loops_.settle();
  sink->read();
  EXPECT_EQ(page->snapshots, 3);
}

TEST_F(HubTest, AGapOfTooManyBytesIsAnsweredWithASnapshot) {
  ASSERT_TRUE(hub_->open(kShow, {}));
  const auto page = std::make_shared<Page>();
  auto sink = join(page);
  loops_.settle();
  sink->read();
  hub_->leave(*sink);
  const std::string pearls(300, 'p');
  for (std::uint64_t i = 0; i < 400; ++i) {
    ASSERT_TRUE(submit(says(i, pearls)));
    if (i % 100 == 99) step();
  }
  sink = join(page);
  loops_.settle();
  sink->read();
  EXPECT_EQ(page->snapshots, 2);
}

TEST_F(HubTest, ASlowViewerIsClosedAndTheOthersGoOn) {
  ASSERT_TRUE(hub_->open(kShow, {}));
  const auto slow_page = std::make_shared<Page>(), page = std::make_shared<Page>();
  auto slow = join(slow_page, 1, 3);
  const auto other = join(page, 1);
  loops_.settle();
  for (std::uint64_t i = 0; i < 20; ++i) {
    ASSERT_TRUE(submit(says(i, "hello")));
    step();
    EXPECT_LE(slow->queued(), 3u);
  }
  EXPECT_EQ(slow->closed, CloseReason::too_slow);
  EXPECT_EQ(hub_->figures().too_slow, 1u);
  EXPECT_EQ(hub_->figures().viewers, 1);
  hub_->leave(*slow);  // its connection ends as well
  other->read();
  EXPECT_EQ(page->event_seqs.size(), 20u);
  slow->read();
  slow = join(slow_page, 1);
  loops_.settle();
  slow->read();
  EXPECT_EQ(slow_page->seq, 20);
  EXPECT_EQ(slow_page->snapshots, 1);
  step();
  other->read();
  EXPECT_EQ(page->viewers, 2);
}

TEST_F(HubTest, RefusesUnknownAndFullRooms) {
  const auto early = join_new();
  loops_.settle();
  EXPECT_EQ(early->closed, CloseReason::not_found);
  EXPECT_EQ(hub_->figures().viewers, 0);
}

TEST_F(HubTest, ClosesEveryoneWhenTheRoomCloses) {
  ASSERT_TRUE(hub_->open(kShow, {}));
  const auto a = join_new(0), b = join_new(1);
  loops_.settle();
  ASSERT_TRUE(submit(says(1, "bye")));
  const auto waiting = join_new(2);
  hub_->close(kShow);
  loops_.settle();
  for (const auto& sink : {a, b, waiting}) EXPECT_EQ(sink->closed, CloseReason::ended);
  EXPECT_EQ(hub_->figures().rooms, 0);
  EXPECT_EQ(hub_->figures().viewers, 0);
  ASSERT_TRUE(hub_->open(kShow, {}));
  const auto again = join_new();
  loops_.settle();
  EXPECT_EQ(again->queued(), 1u);
}

TEST_F(HubTest, AViewerThatLeftWhileJoiningIsNotCounted) {
  ASSERT_TRUE(hub_->open(kShow, {}));
  const auto gone = join_new(1);
  hub_->leave(*gone);
  hub_->leave(*gone);
  loops_.settle();
  EXPECT_EQ(gone->queued(), 0u);
  std::optional<std::int64_t> viewers;
  hub_->inspect(kShow, loops_.executors()[2],
                [&](Result<Snapshot> snapshot) { viewers = snapshot->viewers; });
  loops_.settle();
  EXPECT_EQ(viewers, 0);
}

TEST_F(HubTest, GlancesAtManyRooms) {
  for (const std::int64_t id : {3, 4, 5}) {
    ASSERT_TRUE(hub_->open(ShowId{id}, {.epoch = "e" + std::to_string(id), .hearts = id}));
  }
  const auto a = join_new(0), b = join_new(1);
  std::vector<std::optional<Glance>> seen;
  ASSERT_TRUE(submit(SetVideo{VideoState::away}));
  hub_->glance({ShowId{4}, kShow, ShowId{99}}, loops_.executors()[1],
               [&](auto result) { seen = result; });
  loops_.settle();
  ASSERT_EQ(seen.size(), 3U);
  EXPECT_EQ(seen[0], (Glance{0, VideoState::none, 4, "e4"}));
  EXPECT_EQ(seen[1]->viewers, 2);
  EXPECT_EQ(seen[1]->video, VideoState::away);
  EXPECT_EQ(seen[2], std::nullopt);
}

boost::asio::awaitable<void> ask_twice(Hub* hub, std::vector<std::string>* answers) {
  const auto receipt = co_await ask(hub, kShow, says(1, "hello"));
  answers->push_back(receipt ? "seq " + std::to_string(receipt->seq) : receipt.error().code);
  const auto refused = co_await ask(hub, kShow, says(1, "hello"));
  answers->push_back(refused ? "none" : refused.error().code);
  const auto seen = co_await glance(hub, {kShow});
  answers->push_back("viewers " + std::to_string(seen[0].value().viewers));
  const auto snapshot = co_await inspect(hub, kShow);
  answers->push_back("messages " + std::to_string(snapshot->chat.size()));
}

TEST_F(HubTest, AnswersCoroutines) {
  ASSERT_TRUE(hub_->open(kShow, {}));
  std::vector<std::string> answers;
  boost::asio::co_spawn(loops_.executors()[1], ask_twice(hub_.get(), &answers),
                        boost::asio::detached);
  loops_.settle();
  EXPECT_EQ(answers,
            (std::vector<std::string>{"seq 1", "chat-duplicate", "viewers 0", "messages 1"}));
}

TEST_F(HubTest, HearsThirteenSalesFromTheBusInOrderAndOnce) {
  ASSERT_TRUE(hub_->open(kShow, {.status = ShowStatus::live, .stock = {{ProductId{5}, 13}}}));
  const auto page = std::make_shared<Page>();
  const auto sink = join(page, 2);
  loops_.settle();
  const auto tell = [&](std::int64_t id, Command command) {
    ASSERT_TRUE(bus::publish(*bus_, show_topic(kShow), encode_bus_message({id, command})));
  };
  for (std::int64_t i = 1; i <= 13; ++i) {
    tell(10 * i, sold(i));
    tell(10 * i + 1, SetStock{ProductId{5}, 13 - i});
    if (i % 3 == 0) tell(10 * i, sold(i));
  }
  ASSERT_TRUE(bus::publish(*bus_, show_topic(kShow), "{}"));
  loops_.settle();
  step();
  sink->read();
  EXPECT_EQ(page->event_types, std::vector<std::string>(13, "sold"));
  EXPECT_EQ(page->sold, 13);
  EXPECT_EQ(page->stock, (std::vector<std::pair<std::string, std::int64_t>>{{"5", 0}}));
  EXPECT_EQ(bus_refused_, (std::vector<std::string>{"bus-message-invalid"}));
}

class SmallHubTest : public HubTest {
 protected:
  static HubLimits limits() {
    HubLimits limits;
    limits.rooms_max = 2;
    limits.room.viewers_max = 2;
    limits.commands_waiting_max = 3;
    return limits;
  }
  SmallHubTest() : HubTest(1, limits()) {}
};

TEST_F(SmallHubTest, HoldsItsLimits) {
  ASSERT_TRUE(hub_->open(kShow, {}));
  ASSERT_TRUE(hub_->open(ShowId{4}, {}));
  const auto refused = hub_->open(ShowId{5}, {});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "rooms-limit");
  hub_->close(ShowId{4});
  loops_.settle();
  ASSERT_TRUE(hub_->open(kShow, {})) << "it is open already";
  loops_.settle();
  EXPECT_TRUE(hub_->open(ShowId{5}, {}));

  const auto a = join_new(0), b = join_new(1), c = join_new(2);
  loops_.settle();
  EXPECT_EQ((a->closed ? 1 : 0) + (b->closed ? 1 : 0) + (c->closed ? 1 : 0), 1);
  hub_->leave(a->closed ? *b : *a);
  loops_.settle();
  const auto d = join_new(1);
  loops_.settle();
  EXPECT_FALSE(d->closed);

  std::vector<std::string> codes;
  for (std::uint64_t i = 0; i < 5; ++i) {
    hub_->submit(kShow, says(i, "hi"), loops_.executors()[0], [&](Result<Receipt> result) {
      codes.push_back(result ? "ok" : result.error().code);
    });
  }
  loops_.settle();
  EXPECT_EQ(std::ranges::count(codes, "ok"), 3);
  EXPECT_EQ(std::ranges::count(codes, "hub-busy"), 2);
}

TEST_F(HubTest, RefusesChatThatCannotBeSentInTime) {
  ASSERT_TRUE(hub_->open(kShow, {}));
  const std::string pearls(300, 'p');
  int taken = 0;
  std::string code;
  for (std::uint64_t i = 0; i < 1000 && code.empty(); ++i) {
    const auto result = submit(says(i, pearls));
    if (result) {
      ++taken;
    } else {
      code = result.error().code;
    }
  }
  EXPECT_EQ(code, "room-busy");
  EXPECT_GT(taken, 300);
  EXPECT_TRUE(submit(sold(1))) << "what was committed is always told";
  EXPECT_TRUE(submit(says(1001, pearls)));
}

}  // namespace
}  // namespace geili::live
