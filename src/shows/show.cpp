#include "shows/show.hpp"

#include <array>
#include <limits>

#include "base/field_errors.hpp"
#include "base/random.hpp"
#include "shows/auction.hpp"
#include "shows/chat_sanctions.hpp"
#include "shows/red_packet.hpp"
#include "shows/script.hpp"
#include "shows/show_row.hpp"

namespace geili::shows {
namespace {

constexpr TextRule kTitle{.min_length = 1, .max_length = kShowTitleMax};
constexpr std::array<std::string_view, 3> kStatuses{"scheduled", "live", "ended"};

// Where a show stands in lists; see the columns of the same names.
struct Place {
  std::int64_t rank;
  std::int64_t at;
};

// Behind every list, for shows that were called off: nobody looks for them there.
constexpr std::int64_t kUnlisted = 3;

std::int64_t rank_of(ShowStatus status) {
  if (status == ShowStatus::live) return 0;
  return status == ShowStatus::scheduled ? 1 : 2;
}

Place place_of(const Show& show) {
  switch (show.status) {
    case ShowStatus::live:
      return {rank_of(show.status), -show.started_at->us};
    case ShowStatus::scheduled:
      return {rank_of(show.status), show.starts_at.us};
    case ShowStatus::ended:
      return {is_called_off(show) ? kUnlisted : rank_of(show.status), -show.ended_at->us};
  }
  return {};
}

// Writes what may change of a show, and with it its place in lists.
Show keep(store::Tx& tx, Show show) {
  const Place place = place_of(show);
  tx.exec(
      "UPDATE show SET title = $2, status = $3, starts_at = $4, started_at = $5, ended_at = $6,"
      " list_rank = $7, list_at = $8, version = version + 1 WHERE id = $1",
      show.id, show.title, to_text(show.status), show.starts_at, show.started_at, show.ended_at,
      place.rank, place.at);
  ++show.version;
  return show;
}

// Of a show that sells.
constexpr store::CounterRow kSoldNumbers{
    .read = "SELECT sold_count FROM show WHERE id = $1 AND shop_id = $2 AND started_at IS NOT NULL",
    .write = "UPDATE show SET sold_count = $3 WHERE id = $1 AND shop_id = $2",
    .count = 1};

std::unexpected<Error> status_conflict(std::string_view detail) {
  return fail(ErrorKind::conflict, "show-status-conflict", detail);
}

}  // namespace

std::string_view to_text(ShowStatus status) {
  return kStatuses[static_cast<std::size_t>(status)];
}

std::optional<ShowStatus> parse_show_status(std::string_view text) {
  for (std::size_t i = 0; i < kStatuses.size(); ++i) {
    if (kStatuses[i] == text) return static_cast<ShowStatus>(i);
  }
  return std::nullopt;
}

bool is_called_off(const Show& show) {
  return show.status == ShowStatus::ended && !show.started_at;
}

Show read_show(const store::Row& row) {
  const auto pinned = row.optional_integer(7);
  return {.id = row.id<ShowId>(0),
          .shop = row.id<ShopId>(1),
          .title = row.string(2),
          .status = *parse_show_status(row.text(3)),
          .starts_at = row.instant(4),
          .started_at = row.optional_instant(5),
          .ended_at = row.optional_instant(6),
          .pinned = pinned ? std::optional(ProductId{*pinned}) : std::nullopt,
          .sold_count = row.integer(8),
          .version = row.integer(9)};
}

std::unexpected<Error> no_show() {
  return fail(ErrorKind::not_found, "show-not-found", "There is no such show.");
}

Result<Show> create_show(store::Tx& tx, const NewShow& show) {
  FieldErrors faults;
  Show kept{.shop = show.shop,
            .title = faults.text(show.title, kTitle, "/title"),
            .starts_at = show.starts_at};
  if (auto fits = std::move(faults).check(); !fits) return fail_as(fits);
  const Place place = place_of(kept);
  kept.id = ShowId{*tx.integer(
      "INSERT INTO show (shop_id, title, status, starts_at, list_rank, list_at, stream_key)"
      " VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id",
      kept.shop, kept.title, to_text(kept.status), kept.starts_at, place.rank, place.at,
      random_token())};
  return kept;
}

Result<Show> find_show(store::Tx& tx, ShowId show) {
  auto found = tx.one(read_show,
                      "SELECT id, shop_id, title, status, starts_at, started_at, ended_at,"
                      " pinned_product_id, sold_count, version FROM show WHERE id = $1",
                      show);
  if (!found) return no_show();
  return *std::move(found);
}

Result<Show> change_show(store::Tx& tx, ShowId show, const ShowChange& change,
                         std::int64_t expected_version) {
  auto found = find_show(tx, show);
  if (!found) return found;
  if (found->version != expected_version) {
    return fail(ErrorKind::precondition, "version-mismatch", "The show has changed since.");
  }
  FieldErrors faults;
  if (change.title) found->title = faults.text(*change.title, kTitle, "/title");
  if (auto fits = std::move(faults).check(); !fits) return fail_as(fits);
  found->starts_at = change.starts_at.value_or(found->starts_at);
  return keep(tx, *std::move(found));
}

Result<Page<Show>> list_shows(store::Tx& tx, const ShowFilter& filter, const PageRequest& page) {
  constexpr std::string_view kList = "shows";
  auto start = page_start(kList, page, {-1, 0, 0});
  if (!start) return fail_as(start);
  const std::int64_t rank_min = filter.status ? rank_of(*filter.status) : 0;
  const std::int64_t rank_max = filter.status ? rank_of(*filter.status) : 2;
  const auto& from = *start;
  Page<Show> found;
  const auto keep_row = [&](const store::Row& row) { found.items.push_back(read_show(row)); };
  if (filter.shop) {
    tx.each(keep_row,
            "SELECT id, shop_id, title, status, starts_at, started_at, ended_at,"
            " pinned_product_id, sold_count, version FROM show"
            " WHERE shop_id = $7 AND list_rank BETWEEN $1 AND $2"
            " AND (list_rank, list_at, id) > ($3, $4, $5)"
            " ORDER BY list_rank, list_at, id LIMIT $6",
            rank_min, rank_max, from[0], from[1], from[2], page.limit + 1, *filter.shop);
  } else {
    tx.each(keep_row,
            "SELECT id, shop_id, title, status, starts_at, started_at, ended_at,"
            " pinned_product_id, sold_count, version FROM show"
            " WHERE list_rank BETWEEN $1 AND $2 AND (list_rank, list_at, id) > ($3, $4, $5)"
            " ORDER BY list_rank, list_at, id LIMIT $6",
            rank_min, rank_max, from[0], from[1], from[2], page.limit + 1);
  }
  end_page(found, kList, page, [](const Show& show) {
    const Place place = place_of(show);
    return std::array{place.rank, place.at, show.id.value};
  });
  return found;
}

Result<Show> start_show(store::Tx& tx, ShowId show, Instant now) {
  auto found = find_show(tx, show);
  if (!found) return found;
  if (found->status != ShowStatus::scheduled) {
    return status_conflict("Only a scheduled show can be started.");
  }
  found->status = ShowStatus::live;
  found->started_at = now;
  return keep(tx, *std::move(found));
}

Result<Show> end_show(store::Tx& tx, ShowId show, Instant now) {
  auto found = find_show(tx, show);
  if (!found) return found;
  if (found->status != ShowStatus::live) return status_conflict("Only a live show can be ended.");
  found->status = ShowStatus::ended;
  found->ended_at = now;
  return keep(tx, *std::move(found));
}

Result<Show> call_off_show(store::Tx& tx, ShowId show, Instant now) {
  auto found = find_show(tx, show);
  if (!found) return found;
  if (found->status != ShowStatus::scheduled) {
    return status_conflict("Only a scheduled show can be called off.");
  }
  found->status = ShowStatus::ended;
  found->ended_at = now;
  return keep(tx, *std::move(found));
}

Result<Show> touch_show(store::Tx& tx, ShowId show) {
  tx.exec("UPDATE show SET version = version + 1 WHERE id = $1", show);
  return find_show(tx, show);
}

Result<std::int64_t> next_sold_number(store::Tx& tx, ShowId show, ShopId shop) {
  if (store::Counters* row = tx.counters(kSoldNumbers, show, shop)) {
    const std::int64_t number = *(*row)[0] + 1;
    row->set(0, number);
    return number;
  }
  const auto number = tx.integer(
      "UPDATE show SET sold_count = sold_count + 1"
      " WHERE id = $1 AND shop_id = $2 AND started_at IS NOT NULL RETURNING sold_count",
      show, shop);
  if (number) return *number;
  auto found = find_show(tx, show);
  if (!found || found->shop != shop) return no_show();
  return status_conflict("The show has not started.");
}

Result<std::int64_t> next_sold_number(store::Tx& tx, ShowId show) {
  auto found = find_show(tx, show);
  if (!found) return fail_as(found);
  return next_sold_number(tx, show, found->shop);
}

std::vector<Show> starting_between(store::Tx& tx, Instant from, Instant to, std::int64_t count) {
  std::vector<Show> shows;
  tx.each([&](const store::Row& row) { shows.push_back(read_show(row)); },
          "SELECT id, shop_id, title, status, starts_at, started_at, ended_at,"
          " pinned_product_id, sold_count, version FROM show"
          " WHERE list_rank = $1 AND list_at > $2 AND list_at <= $3"
          " ORDER BY list_rank, list_at, id LIMIT $4",
          rank_of(ShowStatus::scheduled), from, to, count);
  return shows;
}

std::vector<ShowId> live_since(store::Tx& tx, Instant since) {
  std::vector<ShowId> shows;
  tx.each([&](const store::Row& row) { shows.push_back(row.id<ShowId>(0)); },
          "SELECT id FROM show WHERE status = 'live' OR (status = 'ended' AND ended_at >= $1) "
          "ORDER BY id",
          since);
  return shows;
}

std::vector<ShowId> erase_shows(store::Tx& tx, ShopId shop) {
  erase_chat_of(tx, shop);
  erase_scripts_of(tx, shop);
  tx.exec("DELETE FROM chat_line WHERE show_id IN (SELECT id FROM show WHERE shop_id = $1)", shop);
  tx.exec("DELETE FROM show_product WHERE show_id IN (SELECT id FROM show WHERE shop_id = $1)",
          shop);
  tx.exec("DELETE FROM bag_number WHERE show_id IN (SELECT id FROM show WHERE shop_id = $1)", shop);
  tx.exec("DELETE FROM show_pin WHERE show_id IN (SELECT id FROM show WHERE shop_id = $1)", shop);
  tx.exec("DELETE FROM recording WHERE show_id IN (SELECT id FROM show WHERE shop_id = $1)", shop);
  tx.exec("DELETE FROM show_audience WHERE show_id IN (SELECT id FROM show WHERE shop_id = $1)",
          shop);
  tx.exec(
      "DELETE FROM draw_entry WHERE draw_id IN (SELECT d.id FROM draw d JOIN show s"
      " ON s.id = d.show_id WHERE s.shop_id = $1)",
      shop);
  tx.exec("DELETE FROM draw WHERE show_id IN (SELECT id FROM show WHERE shop_id = $1)", shop);
  erase_auctions(tx, shop);
  tx.exec(
      "DELETE FROM show_series_product WHERE series_id IN"
      " (SELECT id FROM show_series WHERE shop_id = $1)",
      shop);
  erase_packets(tx, shop);
  tx.exec("DELETE FROM show_series WHERE shop_id = $1", shop);
  std::vector<ShowId> erased;
  tx.each([&](const store::Row& row) { erased.push_back(row.id<ShowId>(0)); },
          "DELETE FROM show WHERE shop_id = $1 RETURNING id", shop);
  return erased;
}

}  // namespace geili::shows
