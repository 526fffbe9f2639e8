#pragma once
// For the tests of this room: a show with twelve necklaces, and short ways to take them.

#include <chrono>
#include <cstdint>
#include <vector>

#include "stock/claim.hpp"
#include "stock/stock.hpp"
#include "store/testing/test_store.hpp"

namespace geili::stock {

inline constexpr ProductId kNecklace{5};
inline constexpr ShowId kShow{4};
inline constexpr std::chrono::minutes kHeldFor{3};

class Stall : public store::testing::StoreTest {
 protected:
  void SetUp() override {
    ASSERT_TRUE(write([](store::Tx& tx) { return open(tx, kNecklace, 12); }));
  }
  auto claiming(std::int64_t quantity, ProductId product = kNecklace) {
    return [=, this](store::Tx& tx) {
      return claim(tx, {.product = product, .quantity = quantity}, clock_.now());
    };
  }
  auto claiming_in_show(DeviceId buyer, std::int64_t quantity = 1) {
    return [=, this](store::Tx& tx) {
      return claim(tx, {.product = kNecklace, .quantity = quantity, .show = kShow, .buyer = buyer},
                   clock_.now());
    };
  }
  auto holding(DeviceId buyer, std::int64_t quantity = 1) {
    return [=, this](store::Tx& tx) {
      const Instant now = clock_.now();
      return claim(tx,
                   {.product = kNecklace,
                    .quantity = quantity,
                    .show = kShow,
                    .buyer = buyer,
                    .held_until = now + kHeldFor},
                   now);
    };
  }
  auto releasing(ClaimId id) {
    return [=, this](store::Tx& tx) { return release(tx, id, clock_.now()); };
  }
  auto confirming(ClaimId id) {
    return [=, this](store::Tx& tx) { return confirm(tx, id, clock_.now()); };
  }
  std::vector<Claim> expire_now() {
    return *write(
        [this](store::Tx& tx) -> Result<std::vector<Claim>> { return expire(tx, clock_.now()); });
  }
  std::int64_t left() {
    return *read([](store::Tx& tx) -> Result<std::int64_t> { return available(tx, kNecklace); });
  }
};

}  // namespace geili::stock
