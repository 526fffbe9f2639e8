#include "stock/show_limit.hpp"

#include <algorithm>
#include <map>

#include "base/field_errors.hpp"
#include "stock/stock.hpp"

namespace geili::stock {
namespace {

struct Count {
  std::int64_t claims = 0;
  std::int64_t taken = 0;
  std::optional<Instant> last;
  ShowLimit limit;
};

Count read_count(const store::Row& row) {
  return {.claims = row.integer(0),
          .taken = row.integer(1),
          .last = row.optional_instant(2),
          .limit = {row.optional_integer(3), row.optional_integer(4)}};
}

std::optional<Count> find_count(store::Tx& tx, ShowId show, ProductId product) {
  return tx.one(read_count,
                "SELECT claims, taken, last_claim_at, units_max, units_per_buyer_max"
                " FROM show_stock WHERE show_id = $1 AND product_id = $2",
                show, product);
}

constexpr store::CounterRow kCounters{
    .read =
        "SELECT claims, taken, last_claim_at, units_max, units_per_buyer_max"
        " FROM show_stock WHERE show_id = $1 AND product_id = $2",
    .write =
        "UPDATE show_stock SET claims = $3, taken = $4, last_claim_at = $5"
        " WHERE show_id = $1 AND product_id = $2",
    .count = 5};

// Clocks of several machines differ a little; nobody came before the one before.
std::optional<std::int64_t> since(std::optional<Instant> last, Instant now) {
  if (!last) return std::nullopt;
  return std::max<std::int64_t>(0, now.us - last->us);
}

std::unexpected<Error> no_more(const Wanted& wanted, std::int64_t available) {
  return fail(Error::make(ErrorKind::conflict, "show-limit",
                          "The show does not sell as many of this product any more.")
                  .with("product_id", wanted.product.value)
                  .with("available", available));
}

struct Counted {
  Place place;
  std::optional<std::int64_t> units_per_buyer_max;
};

Result<Counted> count_by_statement(store::Tx& tx, ShowId show, const Wanted& wanted, Instant now) {
  const auto before = find_count(tx, show, wanted.product);
  const auto counted =
      tx.one(read_count,
             "INSERT INTO show_stock (show_id, product_id, claims, taken, last_claim_at)"
             " VALUES ($1, $2, 1, $3, $4) ON CONFLICT (show_id, product_id) DO UPDATE SET"
             " claims = show_stock.claims + 1, taken = show_stock.taken + $3, last_claim_at = $4"
             " WHERE show_stock.units_max IS NULL OR show_stock.taken + $3 <= show_stock.units_max"
             " RETURNING claims, taken, last_claim_at, units_max, units_per_buyer_max",
             show, wanted.product, wanted.quantity, now);
  if (!counted) {
    const auto full = find_count(tx, show, wanted.product);
    return no_more(wanted, full ? *full->limit.units_max - full->taken : 0);
  }
  return Counted{{counted->claims, before ? since(before->last, now) : std::nullopt},
                 counted->limit.units_per_buyer_max};
}

Result<Counted> count_in_memory(store::Counters& row, const Wanted& wanted, Instant now) {
  const std::int64_t taken = *row[1] + wanted.quantity;
  if (const auto units_max = row[3]; units_max && taken > *units_max) {
    return no_more(wanted, *units_max - *row[1]);
  }
  const auto last = row[2] ? std::optional(Instant{*row[2]}) : std::nullopt;
  const Place place{*row[0] + 1, since(last, now)};
  const auto units_per_buyer_max = row[4];
  row.set(0, place.place);
  row.set(1, taken);
  row.set(2, now.us);
  return Counted{place, units_per_buyer_max};
}

Result<void> count_for_buyer(store::Tx& tx, ShowId show, const Wanted& wanted,
                             std::int64_t units_max) {
  const bool fits =
      wanted.quantity <= units_max &&
      tx.exec(
          "INSERT INTO show_buyer (show_id, product_id, device_id, taken) VALUES ($1, $2, $3, $4)"
          " ON CONFLICT (show_id, product_id, device_id)"
          " DO UPDATE SET taken = show_buyer.taken + $4 WHERE show_buyer.taken + $4 <= $5",
          show, wanted.product, *wanted.buyer, wanted.quantity, units_max) == 1;
  if (fits) return {};
  return fail(Error::make(ErrorKind::conflict, "buyer-limit",
                          "No buyer gets more of this product in the show.")
                  .with("product_id", wanted.product.value)
                  .with("units_per_buyer_max", units_max));
}

}  // namespace

Result<void> set_limit(store::Tx& tx, ShowId show, ProductId product, const ShowLimit& limit) {
  FieldErrors faults;
  if (limit.units_max && (*limit.units_max < 0 || *limit.units_max > kStockMax)) {
    faults.add("/units_max", "is not between 0 and 1000000");
  }
  if (limit.units_per_buyer_max &&
      (*limit.units_per_buyer_max < 1 || *limit.units_per_buyer_max > kClaimQuantityMax)) {
    faults.add("/units_per_buyer_max", "is not between 1 and 100");
  }
  if (auto fits = std::move(faults).check(); !fits) return fail_as(fits);
  tx.exec(
      "INSERT INTO show_stock (show_id, product_id, units_max, units_per_buyer_max)"
      " VALUES ($1, $2, $3, $4) ON CONFLICT (show_id, product_id) DO UPDATE SET"
      " units_max = CASE WHEN $3 < show_stock.taken THEN show_stock.taken ELSE $3 END,"
      " units_per_buyer_max = $4",
      show, product, limit.units_max, limit.units_per_buyer_max);
  return {};
}

ShowLimit limit_of(store::Tx& tx, ShowId show, ProductId product) {
  const auto count = find_count(tx, show, product);
  return count ? count->limit : ShowLimit{};
}

std::vector<ShowCount> counts_of(store::Tx& tx, ShowId show, Instant now) {
  std::map<ProductId, std::int64_t> held;
  tx.each([&](const store::Row& row) { held[row.id<ProductId>(0)] = row.integer(1); },
          "SELECT product_id, CAST(SUM(quantity) AS BIGINT) FROM claim"
          " WHERE state = 'held' AND show_id = $1 AND held_until > $2 GROUP BY product_id",
          show, now);
  std::map<ProductId, std::int64_t> waiting;
  tx.each([&](const store::Row& row) { waiting[row.id<ProductId>(0)] = row.integer(1); },
          "SELECT product_id, COUNT(*) FROM waitlist WHERE state = 'waiting' AND show_id = $1"
          " GROUP BY product_id",
          show);
  std::vector<ShowCount> counts;
  tx.each(
      [&](const store::Row& row) {
        const auto product = row.id<ProductId>(0);
        counts.push_back({.product = product,
                          .taken = row.integer(1),
                          .held = held[product],
                          .waiting = 0,
                          .limit = {row.optional_integer(2), row.optional_integer(3)}});
      },
      "SELECT product_id, taken, units_max, units_per_buyer_max FROM show_stock"
      " WHERE show_id = $1 ORDER BY product_id LIMIT $2",
      show, kShowCountsMax);
  for (ShowCount& count : counts) {
    const auto line = waiting.extract(count.product);
    if (line) count.waiting = line.mapped();
  }
  // A line may stand for what was never claimed in this show.
  for (const auto& [product, buyers] : waiting) {
    if (counts.size() == kShowCountsMax) break;
    counts.push_back({.product = product, .waiting = buyers, .limit = {}});
  }
  std::ranges::sort(counts, {}, &ShowCount::product);
  return counts;
}

bool fits_limits(store::Tx& tx, ShowId show, const Wanted& wanted) {
  const auto count = find_count(tx, show, wanted.product);
  if (!count) return true;
  const ShowLimit& limit = count->limit;
  if (limit.units_max && count->taken + wanted.quantity > *limit.units_max) return false;
  if (!limit.units_per_buyer_max || !wanted.buyer) return true;
  const auto taken = tx.integer(
      "SELECT taken FROM show_buyer WHERE show_id = $1 AND product_id = $2 AND device_id = $3",
      show, wanted.product, *wanted.buyer);
  return taken.value_or(0) + wanted.quantity <= *limit.units_per_buyer_max;
}

bool fits_show(store::Tx& tx, const Wanted& wanted, const std::vector<Part>& parts) {
  if (!wanted.show) return true;
  if (!fits_limits(tx, *wanted.show, wanted)) return false;
  return std::ranges::all_of(parts, [&](const Part& part) {
    Wanted of_part = wanted;
    of_part.product = part.product;
    of_part.quantity = part.quantity * wanted.quantity;
    return fits_limits(tx, *wanted.show, of_part);
  });
}

Result<Place> count_in_show(store::Tx& tx, ShowId show, const Wanted& wanted, Instant now) {
  store::Counters* row = tx.counters(kCounters, show, wanted.product);
  auto counted = row != nullptr ? count_in_memory(*row, wanted, now)
                                : count_by_statement(tx, show, wanted, now);
  if (!counted) return fail_as(counted);
  if (counted->units_per_buyer_max && wanted.buyer) {
    auto fits = count_for_buyer(tx, show, wanted, *counted->units_per_buyer_max);
    if (!fits) return fail_as(fits);
  }
  return counted->place;
}

void uncount_in_show(store::Tx& tx, ShowId show, const Claim& claim) {
  tx.exec("UPDATE show_stock SET taken = taken - $3 WHERE show_id = $1 AND product_id = $2", show,
          claim.product, claim.quantity);
  if (!claim.buyer) return;
  // Of a claim from before there was a limit nothing was counted.
  tx.exec(
      "UPDATE show_buyer SET taken = CASE WHEN taken < $4 THEN 0 ELSE taken - $4 END"
      " WHERE show_id = $1 AND product_id = $2 AND device_id = $3",
      show, claim.product, *claim.buyer, claim.quantity);
}

Place place_of_next(store::Tx& tx, ShowId show, ProductId product, Instant now) {
  const auto count = find_count(tx, show, product);
  if (!count) return {};
  return {count->claims + 1, since(count->last, now)};
}

}  // namespace geili::stock
