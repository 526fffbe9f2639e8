#include <atomic>
#include <functional>
#include <thread>

#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <gtest/gtest.h>

#include "live/hub_fixture.hpp"
#include "live/pace.hpp"

namespace geili::live {
namespace {

// Any interleaving of joining, leaving, being slow and coming back, with events and ticks between:
// every page sees every event after its snapshot once, in order (PageSink checks that), and in the
// end all agree.
class HubRandomTest : public testing::TestWithParam<unsigned> {};

class RandomShow : public HubTest {
 public:
  explicit RandomShow(unsigned seed) : HubTest(seed, {.offers_per_turn = 1}), random_(seed) {}
  void TestBody() override {}

  void play(int steps) {
    ASSERT_TRUE(hub_->open(kShow, {.status = ShowStatus::live, .stock = {{ProductId{5}, 50}}}));
    for (int i = 0; i < 12; ++i) seats_.push_back({std::make_shared<Page>(), nullptr});
    for (int i = 0; i < steps; ++i) act();
    come_to_rest();
  }

 private:
  struct Seat {
    std::shared_ptr<Page> page;
    std::shared_ptr<PageSink> sink;
  };
  unsigned draw(unsigned below) { return static_cast<unsigned>(random_()) % below; }

  void act() {
    Seat& seat = seats_[draw(static_cast<unsigned>(seats_.size()))];
    switch (draw(10)) {
      case 0:
        if (!seat.sink) seat.sink = join(seat.page, draw(3), 2 + draw(4));
        break;
      case 1:
        if (seat.sink) {
          hub_->leave(*seat.sink);
          if (draw(2) == 0) seat.sink->read();  // the page may or may not have got what was queued
          seat.sink.reset();
        }
        break;
      case 2:
        hub_->submit(kShow, says(next_++, "hello"));
        break;
      case 3:
        hub_->submit(kShow, SendHearts{Actor{.key = next_++}, 1});
        break;
      case 4:
        hub_->submit(kShow, sold(++sold_));
        break;
      case 5:
        hub_->submit(kShow, SetStock{ProductId{5}, draw(4)});
        break;
      case 6:
        hub_->step();
        break;
      case 7:
        if (seat.sink) read(seat);
        break;
      default:
        for (unsigned i = draw(6); i > 0; --i) loops_.turn();
    }
  }
  void read(Seat& seat) {
    seat.sink->read(1 + draw(3));
    if (!seat.sink->closed) return;
    ASSERT_EQ(*seat.sink->closed, CloseReason::too_slow);
    seat.sink->read();
    seat.sink.reset();
  }
  void come_to_rest() {
    for (Seat& seat : seats_) {
      if (seat.sink) hub_->leave(*seat.sink);
      if (seat.sink) seat.sink->read();
      seat.sink = join(seat.page, draw(3));
    }
    loops_.settle();
    step();
    step();  // of who left while waiting to be let in, the room hears after the first
    for (Seat& seat : seats_) {
      seat.sink->read();
      const Page& page = *seat.page;
      EXPECT_EQ(page.seq, told_.empty() ? 0 : told_.back()->seq);
      EXPECT_EQ(page.snapshots, 1) << "the history was long enough to resume every time";
      EXPECT_EQ(page.viewers, static_cast<std::int64_t>(seats_.size()));
      EXPECT_EQ(page.sold, sold_);
      EXPECT_EQ(page.hearts, seats_[0].page->hearts);
      EXPECT_EQ(page.stock, seats_[0].page->stock);
    }
    EXPECT_EQ(hub_->figures().viewers, static_cast<std::int64_t>(seats_.size()));
  }

  std::mt19937 random_;
  std::vector<Seat> seats_;
  std::uint64_t next_ = 1;
  std::int64_t sold_ = 0;
};

TEST_P(HubRandomTest, NoGapAndNoDuplicate) {
  for (unsigned round = 0; round < 25; ++round) {
    const unsigned seed = GetParam() * 1000 + round;
    RandomShow show(seed);
    show.play(800);
    if (HasFailure()) FAIL() << "seed " << seed;
  }
}
INSTANTIATE_TEST_SUITE_P(Seeds, HubRandomTest, testing::Range(0u, 8u));

TEST(FrameInterval, FollowsTheNumberOfViewers) {
  using std::chrono::microseconds;
  using std::chrono::milliseconds;
  EXPECT_EQ(frame_interval(Urgency::tick, 10, 10), milliseconds(50));
  EXPECT_EQ(frame_interval(Urgency::tick, 2'000, 2'000), milliseconds(50));
  EXPECT_EQ(frame_interval(Urgency::tick, 6'000, 6'000), milliseconds(150));
  EXPECT_EQ(frame_interval(Urgency::tick, 10'000, 10'000), milliseconds(250));
  EXPECT_EQ(frame_interval(Urgency::tick, 15'000, 15'000), milliseconds(250));
  EXPECT_EQ(frame_interval(Urgency::tick, 10, 10'000), milliseconds(100));
  EXPECT_EQ(frame_interval(Urgency::immediate, 10, 10'000), milliseconds(2));
  EXPECT_EQ(frame_interval(Urgency::immediate, 10'000, 10'000), milliseconds(100));
  EXPECT_EQ(frame_interval(Urgency::counts, 10'000, 10'000), milliseconds(1000));
}

// Real threads and timers: what the sanitizers look at.
TEST(HubThreads, KeepsEveryPageWholeWhileAllGoOnAtOnce) {
  constexpr std::size_t kThreads = 3;
  constexpr std::int64_t kMessages = 400;
  std::vector<std::unique_ptr<boost::asio::io_context>> contexts;
  std::vector<boost::asio::any_io_executor> executors;
  for (std::size_t i = 0; i < kThreads; ++i) {
    contexts.push_back(std::make_unique<boost::asio::io_context>(1));
    executors.push_back(contexts.back()->get_executor());
  }
  SystemClock clock;
  auto hub = std::make_unique<Hub>(HubSettings{
      .executors = executors,
      .encode_frame = [](std::string_view text) { return std::make_shared<std::string>(text); },
      .clock = &clock});
  ASSERT_TRUE(hub->open(kShow, {.status = ShowStatus::live}));

  struct Watcher {
    std::shared_ptr<Page> page = std::make_shared<Page>();
    std::shared_ptr<PageSink> sink;
  };
  std::vector<Watcher> watchers(kThreads * 4);
  std::atomic<std::size_t> complete = 0;
  std::vector<std::function<void()>> turns(watchers.size());
  for (std::size_t i = 0; i < watchers.size(); ++i) {
    turns[i] = [&, i, round = 0]() mutable {
      Watcher& watcher = watchers[i];
      const auto& executor = executors[i % kThreads];
      const bool is_done = watcher.page->seq == kMessages;
      if (watcher.sink && (++round % 50 == 0 || is_done)) {
        hub->leave(*watcher.sink);
        watcher.sink->read();
        watcher.sink.reset();
      }
      if (is_done) {
        if (++complete == watchers.size()) {
          for (const auto& context : contexts) context->stop();
        }
        return;
      }
      if (!watcher.sink) {
        watcher.sink = std::make_shared<PageSink>(watcher.page, kRoomy);
        hub->join({.show = kShow,
                   .sink = watcher.sink,
                   .executor = executor,
                   .since = watcher.page->seq,
                   .epoch = watcher.page->epoch});
      }
      watcher.sink->read();
      boost::asio::post(executor, turns[i]);
    };
    boost::asio::post(executors[i % kThreads], [&turns, i] { turns[i](); });
  }
  std::vector<std::thread> threads;
  for (const auto& context : contexts) threads.emplace_back([&context] { context->run(); });
  for (std::uint64_t i = 0; i < kMessages; ++i) {
    hub->submit(kShow, says(i, "hello"));
    if (i % 20 == 0) std::this_thread::yield();
  }
  for (auto& thread : threads) thread.join();
  for (const Watcher& watcher : watchers) {
    EXPECT_EQ(watcher.page->seq, kMessages);
    EXPECT_EQ(watcher.page->snapshots, 1);
  }
  hub.reset();
}

}  // namespace
}  // namespace geili::live
