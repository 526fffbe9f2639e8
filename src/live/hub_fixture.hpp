#pragma once
// For tests of the Hub: a hub over hand-turned threads.

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "bus/local/local_bus.hpp"
#include "live/hub.hpp"
#include "live/hub_testing.hpp"

namespace geili::live {

inline constexpr ShowId kShow{3};
inline constexpr std::size_t kRoomy = SIZE_MAX;

inline SendChat says(std::uint64_t who, std::string text) {
  return {Actor{.key = who, .address = who}, "Ana", std::move(text)};
}
inline RecordSold sold(std::int64_t number) {
  return {{number, "Ana", ProductId{5}, "Necklace", 1}};
}

// A hub over hand-turned threads, whose ticks come by step().
class HubTest : public testing::Test {
 protected:
  explicit HubTest(unsigned seed = 1, HubLimits limits = {}) : loops_(3, seed) {
    HubSettings settings{.executors = loops_.executors(),
                         .encode_frame =
                             [this](std::string_view payload) {
                               ++encoded_;
                               return std::make_shared<const std::string>(payload);
                             },
                         .clock = &clock_,
                         .bus = bus_.get(),
                         .limits = limits,
                         .ticks = Ticks::stepped};
    HubHooks hooks{
        .told = [this](ShowId, const SharedEvent& event) { told_.push_back(event); },
        .bus_refused = [this](ShowId, const Error& error) { bus_refused_.push_back(error.code); }};
    hub_ = std::make_unique<Hub>(std::move(settings), std::move(hooks));
  }

  std::shared_ptr<PageSink> join(const std::shared_ptr<Page>& page, std::size_t thread = 0,
                                 std::size_t queue_frames_max = kRoomy) {
    auto sink = std::make_shared<PageSink>(page, queue_frames_max);
    hub_->join({.show = kShow,
                .sink = sink,
                .executor = loops_.executors()[thread],
                .name = "Li",
                .since = page->seq,
                .epoch = page->epoch});
    return sink;
  }
  std::shared_ptr<PageSink> join_new(std::size_t thread = 0) {
    return join(std::make_shared<Page>(), thread);
  }
  Result<Receipt> submit(Command command) {
    std::optional<Result<Receipt>> answer;
    hub_->submit(kShow, std::move(command), loops_.executors()[0],
                 [&](Result<Receipt> result) { answer = std::move(result); });
    loops_.settle();
    return *std::move(answer);
  }
  void step() {
    hub_->step();
    loops_.settle();
  }

  Loops loops_;
  ManualClock clock_;
  std::unique_ptr<bus::Bus> bus_ = bus::make_local_bus();
  std::vector<SharedEvent> told_;
  std::vector<std::string> bus_refused_;
  int encoded_ = 0;
  std::unique_ptr<Hub> hub_;
};

}  // namespace geili::live
