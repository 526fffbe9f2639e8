// The hub under every order of things: drawn from seeds on hand-turned threads, and on real ones.
#include <atomic>
#include <functional>
#include <memory>
#include <random>
#include <thread>
#include <vector>

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
  for (unsigned round = 0; round < 12; ++round) {
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
class HubThreads : public testing::Test {
 protected:
  static constexpr std::size_t kThreads = 3;
  static constexpr std::int64_t kMessages = 400;

  // Joins, reads, leaves and comes back on its own thread until it has every message.
  struct Watcher {
    HubThreads* test = nullptr;
    boost::asio::any_io_executor executor;
    std::shared_ptr<Page> page = std::make_shared<Page>();
    std::shared_ptr<PageSink> sink;
    int turns = 0;

    void turn() {
      const bool is_complete = page->seq == kMessages;
      if (sink && (++turns % 50 == 0 || is_complete)) leave();
      if (is_complete) return test->count_complete();
      if (!sink) join();
      sink->read();
      boost::asio::post(executor, [this] { turn(); });
    }
    void join() {
      sink = std::make_shared<PageSink>(page, kRoomy);
      test->hub_->join({.show = kShow,
                        .sink = sink,
                        .executor = executor,
                        .since = page->seq,
                        .epoch = page->epoch});
    }
    void leave() {
      test->hub_->leave(*sink);
      sink->read();
      sink.reset();
    }
  };

  HubThreads() {
    std::vector<boost::asio::any_io_executor> executors;
    for (std::size_t i = 0; i < kThreads; ++i) {
      contexts_.push_back(std::make_unique<boost::asio::io_context>(1));
      executors.push_back(contexts_.back()->get_executor());
    }
    watchers_.resize(kThreads * 4);
    for (std::size_t i = 0; i < watchers_.size(); ++i) {
      watchers_[i].test = this;
      watchers_[i].executor = executors[i % kThreads];
    }
    const auto as_is = [](std::string_view text) { return std::make_shared<std::string>(text); };
    hub_ = std::make_unique<Hub>(
        HubSettings{.executors = executors, .encode_frame = as_is, .clock = &clock_});
  }
  void count_complete() {
    if (++complete_ < watchers_.size()) return;
    for (const auto& context : contexts_) context->stop();
  }

  SystemClock clock_;
  std::vector<std::unique_ptr<boost::asio::io_context>> contexts_;
  std::vector<Watcher> watchers_;
  std::atomic<std::size_t> complete_ = 0;
  std::unique_ptr<Hub> hub_;
};

TEST_F(HubThreads, KeepsEveryPageWholeWhileAllGoOnAtOnce) {
  ASSERT_TRUE(hub_->open(kShow, {.status = ShowStatus::live}));
  for (Watcher& watcher : watchers_) {
    boost::asio::post(watcher.executor, [&watcher] { watcher.turn(); });
  }
  std::vector<std::thread> threads;
  for (const auto& context : contexts_) threads.emplace_back([&context] { context->run(); });
  for (std::uint64_t i = 0; i < kMessages; ++i) hub_->submit(kShow, says(i, "hello"));
  for (auto& thread : threads) thread.join();
  for (const Watcher& watcher : watchers_) {
    EXPECT_EQ(watcher.page->seq, kMessages);
    EXPECT_EQ(watcher.page->snapshots, 1);
  }
}

}  // namespace
}  // namespace geili::live
