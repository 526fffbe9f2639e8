#pragma once
// Which rate counts today.

#include <chrono>
#include <optional>
#include <vector>

#include "trade/conversion.hpp"
#include "trade/rate.hpp"

namespace geili::trade {

// A rate older than this is shown and said to be old.
inline constexpr std::chrono::days kRateOldAfter{7};
// A rate older than this is not shown.
inline constexpr std::chrono::days kRateShownFor{30};

// How an amount of `base` becomes one of `quote`: by one record, or by two that meet in a third
// currency. Each record is used along its direction or against it.
struct RatePath {
  Currency base;
  Currency quote;
  std::vector<RateRecord> records;  // in the order of the way from `base` to `quote`
  Day as_of;                        // of the older one
  bool is_old = false;

  std::vector<Leg> legs() const;
};

// The newest record of each ordered pair at or before a day, not older than kRateShownFor.
class RateTable {
 public:
  static RateTable load(store::Tx& tx, Day today);
  RateTable(std::vector<RateRecord> newest, Day today)
      : newest_(std::move(newest)), today_(today) {}

  Day today() const { return today_; }
  // That a record names, by their codes.
  std::vector<Currency> currencies() const;
  // One that is not old before one that is; of those a direct one before one by way of a third
  // currency; of those the newer (of two records the older one counts, then the other), and at last
  // the third currency whose code comes first. None when the table leads nowhere.
  std::optional<RatePath> find(Currency base, Currency quote) const;

 private:
  const RateRecord* direct(Currency base, Currency quote) const;
  RatePath path_of(Currency base, Currency quote, std::vector<RateRecord> records) const;

  std::vector<RateRecord> newest_;
  Day today_;
};

}  // namespace geili::trade
