#pragma once
// What every backend of the bus promises. A backend's test instantiates it:
//   INSTANTIATE_TEST_SUITE_P(Local, BusContract, testing::Values(&make_local_bus));

#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <gtest/gtest.h>

#include "bus/bus.hpp"

namespace geili::bus {

class BusContract : public testing::TestWithParam<std::unique_ptr<Bus> (*)()> {
 protected:
  // Payloads are kept as "topic=payload", with "!n" before those that come after n missed ones.
  std::unique_ptr<Subscription> listen(std::string filter, std::vector<std::string>* heard,
                                       std::size_t queue_messages_max = kQueueMessagesMax) {
    auto subscription =
        bus_->subscribe({std::move(filter), context_.get_executor(),
                         [heard](const Message& message) {
                           const std::string missed = message.missed > 0
                                                          ? "!" + std::to_string(message.missed)
                                                          : std::string();
                           heard->push_back(missed + message.topic + "=" + *message.payload);
                         },
                         queue_messages_max});
    EXPECT_TRUE(subscription);
    return *std::move(subscription);
  }
  // Runs until nothing is under way; a backend over a network brings its own way to know.
  void settle() {
    context_.restart();
    context_.run();
  }

  boost::asio::io_context context_;
  std::unique_ptr<Bus> bus_ = GetParam()();
};

using Heard = std::vector<std::string>;

TEST_P(BusContract, DeliversToExactAndWideFiltersInOrder) {
  Heard exact, wide, other;
  const auto a = listen("show.1", &exact);
  const auto b = listen("show.>", &wide);
  const auto c = listen("shop.1", &other);
  ASSERT_TRUE(publish(*bus_, "show.1", "a"));
  ASSERT_TRUE(publish(*bus_, "show.2", "b"));
  ASSERT_TRUE(publish(*bus_, "show.1", "c"));
  ASSERT_TRUE(publish(*bus_, "shows.1", "d"));
  EXPECT_TRUE(exact.empty()) << "delivery is posted, never made inside publish";
  settle();
  EXPECT_EQ(exact, (Heard{"show.1=a", "show.1=c"}));
  EXPECT_EQ(wide, (Heard{"show.1=a", "show.2=b", "show.1=c"}));
  EXPECT_TRUE(other.empty());
}

TEST_P(BusContract, HearsNothingAfterTheSubscriptionEnded) {
  Heard heard, others;
  auto subscription = listen("show.1", &heard);
  const auto stays = listen("show.1", &others);
  ASSERT_TRUE(publish(*bus_, "show.1", "a"));
  subscription.reset();
  ASSERT_TRUE(publish(*bus_, "show.1", "b"));
  settle();
  EXPECT_TRUE(heard.empty());
  EXPECT_EQ(others, (Heard{"show.1=a", "show.1=b"}));
}

TEST_P(BusContract, DropsTheNewestWhenTheQueueIsFullAndSaysSo) {
  Heard heard;
  const auto subscription = listen("show.1", &heard, 2);
  for (const char* text : {"a", "b", "c", "d"}) ASSERT_TRUE(publish(*bus_, "show.1", text));
  settle();
  EXPECT_EQ(subscription->dropped_count(), 2u);
  ASSERT_TRUE(publish(*bus_, "show.1", "e"));
  settle();
  EXPECT_EQ(heard, (Heard{"show.1=a", "show.1=b", "!2show.1=e"}));
}

TEST_P(BusContract, RefusesBadTopicsAndGiantPayloads) {
  for (const char* topic : {"", ".", "show.", ".show", "show..1", "Show.1", "show.1 ", "show.>",
                            "show/1", "sh\xC3\xB6w"}) {
    const auto result = publish(*bus_, topic, "x");
    ASSERT_FALSE(result) << topic;
    EXPECT_EQ(result.error().code, "bus-topic-invalid");
  }
  EXPECT_FALSE(publish(*bus_, std::string(kTopicBytesMax + 1, 'a'), "x"));
  EXPECT_TRUE(publish(*bus_, std::string(kTopicBytesMax, 'a'), "x"));
  const auto giant = publish(*bus_, "show.1", std::string(kPayloadBytesMax + 1, 'x'));
  ASSERT_FALSE(giant);
  EXPECT_EQ(giant.error().code, "bus-payload-too-large");
  EXPECT_TRUE(publish(*bus_, "show.1", std::string(kPayloadBytesMax, 'x')));
  for (const char* filter : {"", ">", ".>", "show.>.1", "show>", "*.1"}) {
    const auto result = bus_->subscribe({filter, context_.get_executor(), [](const Message&) {}});
    ASSERT_FALSE(result) << filter;
    EXPECT_EQ(result.error().code, "bus-topic-invalid");
  }
}

TEST_P(BusContract, LimitsTheNumberOfSubscriptions) {
  std::vector<std::unique_ptr<Subscription>> held;
  Heard heard;
  for (std::size_t i = 0; i < kSubscriptionsMax; ++i) {
    held.push_back(listen("show." + std::to_string(i), &heard));
  }
  const auto refused = bus_->subscribe({"show.x", context_.get_executor(), [](const Message&) {}});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "bus-subscriptions-limit");
  held.pop_back();
  EXPECT_TRUE(bus_->subscribe({"show.x", context_.get_executor(), [](const Message&) {}}));
}

TEST_P(BusContract, KeepsEachPublishersOrderBetweenThreads) {
  constexpr int kEach = 300;
  Heard heard;
  const auto subscription = listen("show.1", &heard);
  const auto speak = [&](char name) {
    for (int i = 0; i < kEach; ++i) {
      ASSERT_TRUE(publish(*bus_, "show.1", name + std::to_string(i)));
    }
  };
  auto work = boost::asio::make_work_guard(context_);
  std::thread runner([&] { context_.run(); });
  std::thread a(speak, 'a');
  std::thread b(speak, 'b');
  a.join();
  b.join();
  work.reset();
  runner.join();
  Heard from_a, from_b;
  for (const auto& text : heard) (text.starts_with("show.1=a") ? from_a : from_b).push_back(text);
  ASSERT_EQ(from_a.size(), std::size_t{kEach});
  ASSERT_EQ(from_b.size(), std::size_t{kEach});
  for (int i = 0; i < kEach; ++i) {
    EXPECT_EQ(from_a[static_cast<std::size_t>(i)], "show.1=a" + std::to_string(i));
    EXPECT_EQ(from_b[static_cast<std::size_t>(i)], "show.1=b" + std::to_string(i));
  }
}

}  // namespace geili::bus
