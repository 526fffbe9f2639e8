#include "app/upkeep.hpp"

#include <string>
#include <vector>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <gtest/gtest.h>

#include "bus/local/local_bus.hpp"
#include "flows/test_market.hpp"

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

}  // namespace
}  // namespace geili::app
