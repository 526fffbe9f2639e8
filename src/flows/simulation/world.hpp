#pragma once
// A small market with few units and many buyers, and what is known of it outside the store: what
// was acknowledged, what was truly done, and what the provider's own book says.

#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "base/id.hpp"
#include "base/money.hpp"
#include "crypto/sealer.hpp"
#include "flows/checkout.hpp"
#include "flows/pay_calls.hpp"
#include "flows/payment_choice.hpp"
#include "flows/simulation/faulty_store.hpp"
#include "flows/simulation/provider.hpp"
#include "flows/simulation/random.hpp"
#include "shows/auction.hpp"
#include "stock/bundle.hpp"

namespace geili::flows::simulation {

inline constexpr std::int64_t kDevices = 6;

// What can be bought.
struct Good {
  ProductId product;
  ShopId shop;
  std::int64_t price_minor = 0;
  bool is_shown = false;  // in the bag of the show
  bool is_counted = true;
};

// One intent to buy; several orders of a basket are one.
struct Intent {
  std::vector<PlaceOrder> orders;
  std::vector<OrderId> placed;  // truly; empty: not yet
};

// An order as it was acknowledged, which it must be from then on.
struct Promise {
  OrderId order;
  std::string token;
  ShopId shop;
  DeviceId device;
  std::string content;  // content_of()
};

struct Config {
  std::int64_t steps = 40;                     // that do something
  std::function<void(std::string_view)> tell;  // hears of every step
};

struct World {
  World(House& house, std::uint64_t seed, const Config& config);
  World(const World&) = delete;
  World& operator=(const World&) = delete;

  // Runs a job that a person or a program asks for, with a fault of the store now and then. `what`
  // names it in the trace. A refusal with a code that is not in `expected` is a fault.
  template <class Job>
  auto run(std::string_view what, const Job& job) {
    auto ran = run_with_fault(house.database(), job, next_fault());
    judge(what, ran.seen ? nullptr : &ran.seen.error());
    return ran;
  }
  // The same without faults, for what must succeed.
  template <class Job>
  auto must(std::string_view what, const Job& job) {
    auto ran = run_with_fault(house.database(), job, {});
    if (!ran.seen) broke(std::string(what) + " failed: " + told(ran.seen.error()));
    note(what);
    return std::move(ran.done);
  }
  template <class Job>
  auto read(const Job& job) {
    return *store::read_and_wait(house.database(), job);
  }

  void set_up();
  // The first one is kept.
  void broke(std::string what);
  void note(std::string_view what);
  static std::string told(const Error& error);

  const Good& good(ProductId product) const;

  House& house;
  const Config config;
  Random random;
  ManualClock clock;
  SimProvider provider;
  crypto::Sealer sealer;
  PaymentTerms terms;
  Currency currency = *Currency::parse("MXN");

  ShopId loom, clay;
  ShowId show;
  ProductId parent, bundle;
  std::vector<Good> goods;
  std::map<ProductId, std::int64_t> supply;  // what there was, and was added since

  bool has_faults = true;
  std::vector<Intent> intents;
  std::vector<Promise> promises;
  std::vector<shows::NewBid> bids;                    // that were acknowledged
  std::vector<ProviderCall> calls;                    // under way in this process
  std::map<std::string, std::int64_t> settled_minor;  // by provider, what it has paid out
  // Orders whose units the seller took back with a refund, for as much as the seller chose.
  std::set<OrderId> goods_back;
  std::int64_t mood = 0;  // whose time it is: buyers', money's, sellers'
  std::int64_t steps = 0;
  std::int64_t notes = 0;  // that were told; a step without one did nothing
  std::string fault;

 private:
  FaultPlan next_fault();
  void judge(std::string_view what, const Error* refusal);

  std::int64_t keys_ = 0;

 public:
  std::string next_key() { return "key-" + std::to_string(10'000 + ++keys_); }
};

// A return goes on sale again or not, by its number: what is in the store tells it afterwards.
bool is_restocked(std::int64_t return_id);
// Lines, sum and buyer of an order.
std::string content_of(const orders::Order& order);

}  // namespace geili::flows::simulation
