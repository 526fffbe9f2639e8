#pragma once
// Rates as rows hold them.

#include "store/currency.hpp"
#include "trade/rate.hpp"

namespace geili::trade {

inline std::int64_t stored_day(Day day) {
  return day.time_since_epoch().count();
}

// Of the columns id, base, quote, digits, scale, as_of_day, source, recorded_at, recorded_by.
inline RateRecord read_record(const store::Row& row) {
  return {.id = row.integer(0),
          .rate = {.base = store::stored_currency(row.text(1)),
                   .quote = store::stored_currency(row.text(2)),
                   .value = {.digits = row.integer(3), .scale = static_cast<int>(row.integer(4))},
                   .as_of = Day(std::chrono::days(row.integer(5)))},
          .source = row.string(6),
          .recorded_at = row.instant(7),
          .recorded_by = row.optional_id<PersonId>(8)};
}

}  // namespace geili::trade
