#pragma once
// Exchange rates with their day and source. Records are only ever added: another rate of the same
// day and source is a correction, and the newer record counts.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "base/id.hpp"
#include "base/money.hpp"
#include "base/page.hpp"
#include "base/result.hpp"
#include "store/tx.hpp"
#include "trade/day.hpp"
#include "trade/decimal_rate.hpp"

namespace geili::trade {

inline constexpr std::size_t kSourceMax = 40;          // characters of a source's name
inline constexpr std::size_t kRatesAtOnceMax = 5'000;  // of one batch

// One unit of `base` cost `value` units of `quote` on that day.
struct NewRate {
  Currency base;
  Currency quote;
  DecimalRate value;
  Day as_of;
};

struct RateRecord {
  std::int64_t id = 0;
  NewRate rate;
  std::string source;
  Instant recorded_at;
  std::optional<PersonId> recorded_by;  // none: the host, by the command or the file
};

// Of one source: "ECB".
struct RateBatch {
  std::string source;
  std::vector<NewRate> rates;
};

struct Recorded {
  std::int64_t added = 0;
  std::int64_t corrected = 0;  // of them, those of a day that the source had told of already
  std::int64_t unchanged = 0;  // told before, and not recorded again
};

// All of the batch or nothing. Fails with invalid-field (no rate, a currency in itself, a day after
// tomorrow by UTC, one day twice with two rates, a source that is no name; `/rates/3/date`) and
// rates-too-many.
Result<Recorded> record_rates(store::Tx& tx, const RateBatch& batch, std::optional<PersonId> by,
                              const Clock& clock);

// The newest first. Fails with bad-cursor.
Result<Page<RateRecord>> list_rates(store::Tx& tx, const PageRequest& page);

}  // namespace geili::trade
