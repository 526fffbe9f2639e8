#include "trade/rate_table.hpp"

#include <algorithm>
#include <tuple>

#include "trade/rate_row.hpp"

namespace geili::trade {
namespace {

bool is_pair(const RateRecord& record, Currency base, Currency quote) {
  return record.rate.base == base && record.rate.quote == quote;
}

Day newer_day(const RatePath& path) {
  return std::ranges::max(path.records, {},
                          [](const RateRecord& record) { return record.rate.as_of; })
      .rate.as_of;
}

// What is better comes first.
auto rank(const RatePath& path) {
  return std::tuple(path.is_old, path.records.size(), -stored_day(path.as_of),
                    -stored_day(newer_day(path)));
}

}  // namespace

std::vector<Leg> RatePath::legs() const {
  std::vector<Leg> legs;
  for (const RateRecord& record : records) {
    legs.push_back({record.rate.base, record.rate.quote, record.rate.value});
  }
  return legs;
}

RateTable RateTable::load(store::Tx& tx, Day today) {
  std::vector<RateRecord> newest;
  tx.each(
      [&](const store::Row& row) {
        RateRecord record = read_record(row);
        const bool replaces =
            !newest.empty() && is_pair(newest.back(), record.rate.base, record.rate.quote);
        if (replaces) {
          newest.back() = std::move(record);
        } else {
          newest.push_back(std::move(record));
        }
      },
      "SELECT id, base, quote, digits, scale, as_of_day, source, recorded_at, recorded_by"
      " FROM exchange_rate WHERE as_of_day >= $1 AND as_of_day <= $2"
      " ORDER BY base, quote, as_of_day, id",
      stored_day(today - kRateShownFor), stored_day(today));
  return {std::move(newest), today};
}

std::vector<Currency> RateTable::currencies() const {
  std::vector<Currency> all;
  for (const RateRecord& record : newest_) {
    for (const Currency currency : {record.rate.base, record.rate.quote}) {
      if (std::ranges::find(all, currency) == all.end()) all.push_back(currency);
    }
  }
  std::ranges::sort(all, {}, &Currency::code);
  return all;
}

// The pair as it is asked for before the other way round, of the same day.
const RateRecord* RateTable::direct(Currency base, Currency quote) const {
  const RateRecord* found = nullptr;
  for (const RateRecord& record : newest_) {
    const bool is_along = is_pair(record, base, quote);
    if (!is_along && !is_pair(record, quote, base)) continue;
    const bool is_better = found == nullptr || record.rate.as_of > found->rate.as_of ||
                           (is_along && record.rate.as_of == found->rate.as_of);
    if (is_better) found = &record;
  }
  return found;
}

RatePath RateTable::path_of(Currency base, Currency quote, std::vector<RateRecord> records) const {
  RatePath path{.base = base, .quote = quote, .records = std::move(records), .as_of = today_};
  for (const RateRecord& record : path.records)
    path.as_of = std::min(path.as_of, record.rate.as_of);
  path.is_old = today_ - path.as_of > kRateOldAfter;
  return path;
}

std::optional<RatePath> RateTable::find(Currency base, Currency quote) const {
  if (base == quote) return std::nullopt;
  std::optional<RatePath> best;
  const auto consider = [&](std::vector<RateRecord> records) {
    RatePath path = path_of(base, quote, std::move(records));
    if (!best || rank(path) < rank(*best)) best = std::move(path);
  };
  if (const RateRecord* record = direct(base, quote)) consider({*record});
  for (const Currency third : currencies()) {
    const RateRecord* first = direct(base, third);
    const RateRecord* second = direct(third, quote);
    if (first != nullptr && second != nullptr) consider({*first, *second});
  }
  return best;
}

}  // namespace geili::trade
