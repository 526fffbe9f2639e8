#pragma once
// For the tests of this room: short ways to say rates. Today is 2026-11-29.

#include <string>
#include <vector>

#include "store/testing/test_store.hpp"
#include "trade/rate_table.hpp"

namespace geili::trade {

inline Currency currency(std::string_view code) {
  return *Currency::parse(code);
}
inline Day day(std::string_view text) {
  return *parse_day(text);
}

// rate("EUR/MXN", "21.2402", "2026-11-27")
inline NewRate rate(std::string_view pair, std::string_view value, std::string_view as_of) {
  RateFault fault{};
  return {.base = currency(pair.substr(0, 3)),
          .quote = currency(pair.substr(4)),
          .value = parse_rate(value, fault).value(),
          .as_of = day(as_of)};
}

class Rates : public store::testing::StoreTest {
 protected:
  void SetUp() override { clock_.advance(std::chrono::days(11)); }

  Result<Recorded> record(std::vector<NewRate> rates, std::string source = "ECB",
                          std::optional<PersonId> by = std::nullopt) {
    const RateBatch batch{std::move(source), std::move(rates)};
    return write([&](store::Tx& tx) { return record_rates(tx, batch, by, clock_); });
  }
  std::vector<RateRecord> all() {
    return read([](store::Tx& tx) { return list_rates(tx, {.cursor = "", .limit = 100}); })->items;
  }
  RateTable table() {
    return *read([this](store::Tx& tx) -> Result<RateTable> {
      return RateTable::load(tx, day_of(clock_.now()));
    });
  }
};

}  // namespace geili::trade
