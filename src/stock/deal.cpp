#include "stock/deal.hpp"

#include <array>
#include <chrono>

#include "base/field_errors.hpp"
#include "stock/stock.hpp"
#include "store/currency.hpp"
#include "store/names.hpp"

namespace geili::stock {
namespace {

constexpr std::array<std::string_view, 5> kStates{"announced", "running", "sold_out", "over",
                                                  "withdrawn"};

#define GEILI_DEAL_COLUMNS                                                                  \
  "d.id, d.show_id, d.product_id, d.price_minor, d.currency, d.units, d.taken,"             \
  " d.units_per_buyer_max, d.vouchers_max, d.announced_at, d.starts_at, d.ends_at,"         \
  " d.withdrawn_at"

Deal read_deal(const store::Row& row) {
  return {.id = row.id<DealId>(0),
          .show = row.id<ShowId>(1),
          .product = row.id<ProductId>(2),
          .price = {row.integer(3), store::stored_currency(row.text(4))},
          .units = row.integer(5),
          .taken = row.integer(6),
          .units_per_buyer_max = row.integer(7),
          .vouchers_max = row.integer(8),
          .announced_at = row.instant(9),
          .starts_at = row.instant(10),
          .ends_at = row.instant(11),
          .withdrawn_at = row.optional_instant(12)};
}

template <class... Args>
std::vector<Deal> read_deals(store::Tx& tx, std::string_view sql, const Args&... args) {
  std::vector<Deal> deals;
  tx.each([&](const store::Row& row) { deals.push_back(read_deal(row)); }, sql, args...);
  return deals;
}

void check_range(FieldErrors& faults, std::string_view path, std::int64_t value, std::int64_t least,
                 std::int64_t most) {
  if (value >= least && value <= most) return;
  faults.add(std::string(path),
             "is not between " + std::to_string(least) + " and " + std::to_string(most));
}

Result<void> check(const NewDeal& deal) {
  FieldErrors faults;
  check_range(faults, "/units", deal.units, 1, kStockMax);
  check_range(faults, "/countdown_s", deal.countdown_s, kDealCountdownMin_s, kDealCountdownMax_s);
  check_range(faults, "/length_s", deal.length_s, kDealLengthMin_s, kDealLengthMax_s);
  check_range(faults, "/units_per_buyer_max", deal.units_per_buyer_max, 1, kDealUnitsPerBuyerMax);
  check_range(faults, "/vouchers_max", deal.vouchers_max, 0, kDealVouchersMax);
  return std::move(faults).check();
}

std::unexpected<Error> refusal(std::string code, std::string text, ProductId product) {
  return fail(Error::make(ErrorKind::conflict, std::move(code), std::move(text))
                  .with("product_id", product.value));
}

std::unexpected<Error> no_units_left(ProductId product) {
  return refusal("deal-sold-out", "The deal has not as many units left.", product);
}

std::unexpected<Error> over(ProductId product) {
  return refusal("deal-over", "The deal does not run.", product);
}

constexpr store::CounterRow kCounters{
    .read =
        "SELECT taken, units, units_per_buyer_max, starts_at, ends_at, withdrawn_at FROM deal"
        " WHERE id = $1",
    .write = "UPDATE deal SET taken = $2 WHERE id = $1",
    .count = 6};

// Both return what one buyer gets of the deal.
Result<std::int64_t> count_in_memory(store::Counters& row, const OnDeal& terms,
                                     const DealUnits& units, Instant now) {
  const bool runs = now.us >= *row[3] && now.us < *row[4] && !row[5];
  if (!terms.is_kept && !runs) return over(units.product);
  const std::int64_t taken = *row[0] + units.quantity;
  if (taken > *row[1]) return no_units_left(units.product);
  const std::int64_t each = *row[2];
  row.set(0, taken);
  return each;
}

Result<std::int64_t> count_by_statement(store::Tx& tx, const OnDeal& terms, const DealUnits& units,
                                        Instant now) {
  const auto counted = tx.integer(
      "UPDATE deal SET taken = taken + $2 WHERE id = $1 AND taken + $2 <= units"
      " AND (CAST($4 AS BIGINT) = 1"
      " OR (starts_at <= $3 AND ends_at > $3 AND withdrawn_at IS NULL))"
      " RETURNING units_per_buyer_max",
      terms.deal, units.quantity, now, terms.is_kept ? 1 : 0);
  if (counted) return *counted;
  const auto deal = find_deal(tx, terms.deal);
  if (deal && deal->left() < units.quantity) return no_units_left(units.product);
  return over(units.product);
}

Result<void> count_for_buyer(store::Tx& tx, const OnDeal& terms, const DealUnits& units,
                             std::int64_t units_max) {
  const bool fits =
      units.quantity <= units_max &&
      tx.exec(
          "INSERT INTO deal_buyer (deal_id, device_id, taken) VALUES ($1, $2, $3)"
          " ON CONFLICT (deal_id, device_id) DO UPDATE SET taken = deal_buyer.taken + $3"
          " WHERE deal_buyer.taken + $3 <= $4",
          terms.deal, *units.buyer, units.quantity, units_max) == 1;
  if (fits) return {};
  return fail(Error::make(ErrorKind::conflict, "deal-limit", "No buyer gets more of the deal.")
                  .with("product_id", units.product.value)
                  .with("units_per_buyer_max", units_max));
}

}  // namespace

std::string_view to_text(DealState state) {
  return store::name_of(kStates, state);
}

DealState Deal::state_at(Instant now) const {
  if (withdrawn_at) return DealState::withdrawn;
  if (now < starts_at) return DealState::announced;
  if (now >= ends_at) return DealState::over;
  return left() > 0 ? DealState::running : DealState::sold_out;
}

Result<Deal> announce_deal(store::Tx& tx, const NewDeal& deal, Instant now) {
  if (auto fits = check(deal); !fits) return fail_as(fits);
  const auto open =
      tx.integer("SELECT COUNT(*) FROM deal WHERE show_id = $1 AND phase = 'open'", deal.show);
  if (*open >= kOpenDealsMax) {
    return fail(ErrorKind::conflict, "deals-limit", "The show has as many deals as it may have.");
  }
  Deal made{.id = {},
            .show = deal.show,
            .product = deal.product,
            .price = deal.price,
            .units = deal.units,
            .units_per_buyer_max = deal.units_per_buyer_max,
            .vouchers_max = deal.vouchers_max,
            .announced_at = now,
            .starts_at = now + std::chrono::seconds(deal.countdown_s),
            .ends_at = now + std::chrono::seconds(deal.countdown_s + deal.length_s),
            .withdrawn_at = {}};
  const auto id = tx.integer(
      "INSERT INTO deal (show_id, product_id, price_minor, currency, units, units_per_buyer_max,"
      " vouchers_max, announced_at, starts_at, ends_at)"
      " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"
      " ON CONFLICT (show_id, product_id) WHERE phase = 'open' DO NOTHING RETURNING id",
      made.show, made.product, made.price.minor, made.price.currency.code(), made.units,
      made.units_per_buyer_max, made.vouchers_max, made.announced_at, made.starts_at, made.ends_at);
  if (!id) {
    return fail(ErrorKind::conflict, "deal-exists",
                "The show has a deal of the product that has not ended.");
  }
  made.id = DealId{*id};
  return made;
}

Result<Deal> withdraw_deal(store::Tx& tx, ShowId show, DealId deal, Instant now) {
  auto found = find_deal(tx, deal);
  if (!found || found->show != show) {
    return fail(ErrorKind::not_found, "deal-not-found", "The show has no such deal.");
  }
  tx.exec(
      "UPDATE deal SET withdrawn_at = $2, phase = 'ended' WHERE id = $1 AND phase = 'open'"
      " AND ends_at > $2",
      deal, now);
  return find_deal(tx, deal);
}

Result<Deal> find_deal(store::Tx& tx, DealId deal) {
  auto found =
      tx.one(read_deal, "SELECT " GEILI_DEAL_COLUMNS " FROM deal d WHERE d.id = $1", deal);
  if (!found) return fail(ErrorKind::not_found, "deal-not-found", "There is no such deal.");
  return *std::move(found);
}

std::vector<Deal> deals_of(store::Tx& tx, ShowId show) {
  return read_deals(tx,
                    "SELECT " GEILI_DEAL_COLUMNS
                    " FROM deal d WHERE d.show_id = $1 ORDER BY d.id DESC LIMIT $2",
                    show, kDealsListedMax);
}

std::vector<Deal> open_deals_of(store::Tx& tx, ShowId show) {
  return read_deals(tx,
                    "SELECT " GEILI_DEAL_COLUMNS
                    " FROM deal d WHERE d.show_id = $1 AND d.phase = 'open' ORDER BY d.id",
                    show);
}

std::vector<Deal> open_deals_of(store::Tx& tx, ProductId product) {
  return read_deals(tx,
                    "SELECT " GEILI_DEAL_COLUMNS
                    " FROM deal d WHERE d.phase = 'open' AND d.product_id = $1 ORDER BY d.id",
                    product);
}

std::optional<StandingDeal> standing_deal(store::Tx& tx, ShowId show, ProductId product,
                                          std::optional<DeviceId> buyer) {
  return tx.one(
      [](const store::Row& row) { return StandingDeal{read_deal(row), row.integer(13)}; },
      "SELECT " GEILI_DEAL_COLUMNS
      ", COALESCE(b.taken, 0) FROM deal d"
      " LEFT JOIN deal_buyer b ON b.deal_id = d.id AND b.device_id = $3"
      " WHERE d.show_id = $1 AND d.product_id = $2 AND d.phase = 'open'",
      show, product, buyer.value_or(DeviceId{}));
}

#define GEILI_NOTHING_HELD                                                        \
  " NOT EXISTS (SELECT 1 FROM claim c WHERE c.state = 'held' AND c.deal_id = d.id" \
  " AND c.deal_id IS NOT NULL)"

bool has_due_deals(store::Tx& tx, Instant now) {
  return tx
      .integer(
          "SELECT 1 FROM deal d WHERE (d.phase = 'open' AND d.ends_at <= $1)"
          " OR (d.phase = 'ended' AND" GEILI_NOTHING_HELD ") LIMIT 1",
          now)
      .has_value();
}

std::vector<Deal> end_deals(store::Tx& tx, Instant now) {
  auto ended = read_deals(tx,
                          "SELECT " GEILI_DEAL_COLUMNS
                          " FROM deal d WHERE d.phase = 'open' AND d.ends_at <= $1"
                          " ORDER BY d.ends_at, d.id LIMIT $2",
                          now, kDealsAtOnceMax);
  // Another writer may have ended one meanwhile.
  std::erase_if(ended, [&](const Deal& deal) {
    return tx.exec("UPDATE deal SET phase = 'ended' WHERE id = $1 AND phase = 'open'", deal.id) == 0;
  });
  return ended;
}

std::vector<Deal> settle_deals(store::Tx& tx) {
  auto settled =
      read_deals(tx,
                 "SELECT " GEILI_DEAL_COLUMNS
                 " FROM deal d WHERE d.phase = 'ended' AND" GEILI_NOTHING_HELD
                 " ORDER BY d.id LIMIT $1",
                 kDealsAtOnceMax);
  std::erase_if(settled, [&](const Deal& deal) {
    return tx.exec("UPDATE deal SET phase = 'settled' WHERE id = $1 AND phase = 'ended'",
                   deal.id) == 0;
  });
  return settled;
}

Result<void> take_on_deal(store::Tx& tx, const OnDeal& terms, const DealUnits& units, Instant now) {
  store::Counters* row = tx.counters(kCounters, terms.deal);
  auto each = row != nullptr ? count_in_memory(*row, terms, units, now)
                             : count_by_statement(tx, terms, units, now);
  if (!each) return fail_as(each);
  if (!units.buyer) return {};
  return count_for_buyer(tx, terms, units, *each);
}

void give_back_to_deal(store::Tx& tx, DealId deal, const DealUnits& units) {
  if (store::Counters* row = tx.counters(kCounters, deal)) {
    row->set(0, *(*row)[0] - units.quantity);
  } else {
    tx.exec("UPDATE deal SET taken = taken - $2 WHERE id = $1", deal, units.quantity);
  }
  if (!units.buyer) return;
  tx.exec("UPDATE deal_buyer SET taken = taken - $3 WHERE deal_id = $1 AND device_id = $2", deal,
          *units.buyer, units.quantity);
}

bool fits_deal(store::Tx& tx, const OnDeal& terms, const DealUnits& units, Instant now) {
  const auto deal = find_deal(tx, terms.deal);
  if (!deal || deal->left() < units.quantity) return false;
  if (!terms.is_kept && deal->state_at(now) != DealState::running) return false;
  if (!units.buyer) return true;
  const auto taken =
      tx.integer("SELECT taken FROM deal_buyer WHERE deal_id = $1 AND device_id = $2", terms.deal,
                 *units.buyer);
  return taken.value_or(0) + units.quantity <= deal->units_per_buyer_max;
}

}  // namespace geili::stock
