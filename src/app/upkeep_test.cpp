#include "app/upkeep.hpp"

#include <string>
#include <vector>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <gtest/gtest.h>

#include "bus/local/local_bus.hpp"
#include "flows/hold.hpp"
#include "flows/returned.hpp"
#include "flows/test_market.hpp"
#include "stock/claim.hpp"

namespace geili::app {
namespace {

using store::Tx;

class UpkeepTest : public flows::Market {
 protected:
  // Past the relay's own way to the database: nobody wakes it.
  void restock() {
    ASSERT_TRUE(write([&](Tx& tx) { return flows::change_stock(tx, earrings_, 1, clock_); }));
  }
  void run_until_heard(std::size_t count) {
    while (heard_.size() < count) ASSERT_GT(io_.run_one_for(std::chrono::seconds(10)), 0U);
  }

  boost::asio::io_context io_{1};
  std::unique_ptr<bus::Bus> bus_ = bus::make_local_bus();
  std::vector<std::string> heard_;
  std::unique_ptr<bus::Subscription> listening_ = *bus_->subscribe(
      {.filter = "show.>",
       .executor = io_.get_executor(),
       .receive = [this](const bus::Message& message) { heard_.push_back(*message.payload); }});
  // The subscription alone gives the loop nothing to wait for.
  boost::asio::executor_work_guard<boost::asio::io_context::executor_type> work_{
      io_.get_executor()};
};

TEST_F(UpkeepTest, TellsWhatNobodyWokeTheRelayFor) {
  told();
  restock();
  flows::OutboxRelay relay(*database_, *bus_);
  ASSERT_NO_FATAL_FAILURE(run_until_heard(1));
  restock();
  boost::asio::co_spawn(io_, wake_regularly(&relay, std::chrono::milliseconds(1)),
                        boost::asio::detached);
  ASSERT_NO_FATAL_FAILURE(run_until_heard(2));
  EXPECT_NE(heard_[1].find("\"available\":102"), std::string::npos) << heard_[1];
}

TEST_F(UpkeepTest, EndsHoldsAndTellsWhatTheyLeave) {
  const auto held = [&](std::int64_t device) {
    return write([&](Tx& tx) {
      return flows::hold(
          tx, {.device = DeviceId{device}, .show = show_, .product = necklace_, .quantity = 5},
          clock_);
    });
  };
  ASSERT_TRUE(held(1));
  ASSERT_TRUE(held(2));
  told();
  flows::OutboxRelay relay(*database_, *bus_);
  boost::asio::co_spawn(io_, sweep_holds(&relay.database(), &clock_, std::chrono::milliseconds(1)),
                        boost::asio::detached);
  clock_.advance(flows::kHoldFor);
  ASSERT_NO_FATAL_FAILURE(run_until_heard(1));
  EXPECT_NE(heard_[0].find("\"available\":12"), std::string::npos) << heard_[0];
  EXPECT_EQ(left(necklace_), 12);
}

TEST_F(UpkeepTest, EndsMoreHoldsThanFitOneSweepWithoutWaiting) {
  const auto many = static_cast<std::int64_t>(stock::kExpiredAtOnceMax) + 1;
  const ProductId pearls = list("Pearls", many);
  ASSERT_TRUE(write([&](Tx& tx) -> Result<bool> {
    for (std::int64_t device = 1; device <= many; ++device) {
      if (!flows::hold(tx, {.device = DeviceId{device}, .show = {}, .product = pearls}, clock_)) {
        return false;
      }
    }
    return true;
  }));
  told();
  clock_.advance(flows::kHoldFor);
  boost::asio::co_spawn(io_, sweep_holds(&*database_, &clock_, std::chrono::hours(1)),
                        boost::asio::detached);
  while (left(pearls) < many) ASSERT_GT(io_.run_one_for(std::chrono::seconds(10)), 0U);
  EXPECT_EQ(left(pearls), many);
}

}  // namespace
}  // namespace geili::app
