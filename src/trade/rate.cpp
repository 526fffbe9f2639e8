#include "trade/rate.hpp"

#include <array>
#include <limits>
#include <map>
#include <tuple>

#include "base/field_errors.hpp"
#include "trade/rate_row.hpp"

namespace geili::trade {
namespace {

constexpr std::string_view kList = "rates";

Result<void> check(const RateBatch& batch, Day today) {
  FieldErrors faults;
  faults.text(batch.source, {.min_length = 1, .max_length = kSourceMax}, "/source");
  if (batch.rates.empty()) faults.add("/rates", "has no rate");
  std::map<std::tuple<std::string_view, std::string_view, Day>, DecimalRate> told;
  for (std::size_t i = 0; i < batch.rates.size(); ++i) {
    const NewRate& rate = batch.rates[i];
    const std::string path = "/rates/" + std::to_string(i);
    if (rate.base == rate.quote) faults.add(path + "/quote", "is the currency itself");
    // Where a day begins early it is tomorrow already.
    if (rate.as_of > today + std::chrono::days(1)) faults.add(path + "/date", "is not yet");
    const auto [first, is_new] =
        told.try_emplace({rate.base.code(), rate.quote.code(), rate.as_of}, rate.value);
    if (!is_new && first->second != rate.value) {
      faults.add(path + "/rate", "is another one for a day that was told already");
    }
  }
  return std::move(faults).check();
}

// What the source says of that day so far.
std::optional<DecimalRate> told_before(store::Tx& tx, const NewRate& rate,
                                       std::string_view source) {
  return tx.one(
      [](const store::Row& row) {
        return DecimalRate{.digits = row.integer(0), .scale = static_cast<int>(row.integer(1))};
      },
      "SELECT digits, scale FROM exchange_rate"
      " WHERE base = $1 AND quote = $2 AND as_of_day = $3 AND source = $4"
      " ORDER BY id DESC LIMIT 1",
      rate.base.code(), rate.quote.code(), stored_day(rate.as_of), source);
}

}  // namespace

Result<Recorded> record_rates(store::Tx& tx, const RateBatch& batch, std::optional<PersonId> by,
                              const Clock& clock) {
  if (batch.rates.size() > kRatesAtOnceMax) {
    return fail(Error::make(ErrorKind::too_large, "rates-too-many", "Record fewer rates at once.")
                    .with("rates_max", kRatesAtOnceMax));
  }
  const Instant now = clock.now();
  if (auto checked = check(batch, day_of(now)); !checked) return fail_as(checked);
  const std::string source = *checked_text(batch.source, {.max_length = kSourceMax}, "/source");
  Recorded recorded;
  for (const NewRate& rate : batch.rates) {
    const auto before = told_before(tx, rate, source);
    if (before == rate.value) {
      ++recorded.unchanged;
      continue;
    }
    tx.exec(
        "INSERT INTO exchange_rate"
        " (base, quote, digits, scale, as_of_day, source, recorded_at, recorded_by)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        rate.base.code(), rate.quote.code(), rate.value.digits, rate.value.scale,
        stored_day(rate.as_of), source, now, by);
    ++recorded.added;
    if (before) ++recorded.corrected;
  }
  return recorded;
}

Result<Page<RateRecord>> list_rates(store::Tx& tx, const PageRequest& page) {
  auto start = page_start(kList, page, {std::numeric_limits<std::int64_t>::max()});
  if (!start) return fail_as(start);
  Page<RateRecord> out;
  tx.each([&](const store::Row& row) { out.items.push_back(read_record(row)); },
          "SELECT id, base, quote, digits, scale, as_of_day, source, recorded_at, recorded_by"
          " FROM exchange_rate WHERE id < $1 ORDER BY id DESC LIMIT $2",
          start->at(0), static_cast<std::int64_t>(page.limit) + 1);
  end_page(out, kList, page, [](const RateRecord& record) { return std::array{record.id}; });
  return out;
}

}  // namespace geili::trade
