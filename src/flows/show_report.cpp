#include "flows/show_report.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include "catalog/product.hpp"
#include "catalog/shop.hpp"
#include "flows/show_report_beats.hpp"
#include "orders/show_sales.hpp"
#include "shows/audience.hpp"
#include "shows/bag.hpp"
#include "shows/chat.hpp"
#include "shows/pins.hpp"
#include "shows/questions.hpp"
#include "shows/show.hpp"
#include "stock/claim_log.hpp"

namespace geili::flows {
namespace {

constexpr std::int64_t kMinute_us = 60'000'000;
constexpr std::int64_t kSecond_us = 1'000'000;
constexpr std::int64_t kAll_basis_points = 10'000;

std::int64_t minute_of(const ShowReport& report, Instant at) {
  return (at.us - report.from.us) / kMinute_us;
}

void add_audience(const std::vector<shows::Audience>& audience, ShowReport& report) {
  std::int64_t sum = 0;
  for (const shows::Audience& sample : audience) {
    report.viewers_peak = std::max(report.viewers_peak, sample.viewers);
    sum += sample.viewers;
    // A sample stands for the end of its step, which may begin before the show.
    const std::int64_t minute = minute_of(report, sample.at + shows::kAudienceStep);
    if (minute >= std::ssize(report.minutes)) continue;
    auto& viewers = report.minutes[static_cast<std::size_t>(minute)].viewers;
    viewers = std::max(viewers.value_or(0), sample.viewers);
  }
  if (audience.empty()) return;
  const auto count = std::ssize(audience);
  report.viewers_mean = (sum + count / 2) / count;
  report.watched_minutes = sum * shows::kAudienceStep.count() / 60;
}

void add_sales(store::Tx& tx, ShowReport& report) {
  const orders::Sales all = orders::sales_of_show(tx, report.shop, report.show);
  report.orders = all.orders;
  report.buyers = all.buyers;
  report.units = all.units;
  report.takings_minor = all.takings_minor;
  report.discounts_minor = orders::discounts_of_show(tx, report.shop, report.show);
  for (const auto& sold : orders::sales_by_minute(tx, report.shop, report.show, report.from)) {
    if (sold.minute >= std::ssize(report.minutes)) break;
    ReportMinute& minute = report.minutes[static_cast<std::size_t>(sold.minute)];
    minute.orders = sold.orders;
    minute.units = sold.units;
    minute.takings_minor = sold.takings_minor;
  }
}

void add_talk(store::Tx& tx, ShowReport& report) {
  for (const auto& [minute, count] : shows::chat_by_minute(tx, report.show, report.from)) {
    report.messages += count;
    if (minute < std::ssize(report.minutes)) {
      report.minutes[static_cast<std::size_t>(minute)].messages = count;
    }
  }
  const shows::QuestionCount questions = shows::count_questions(tx, report.show);
  report.questions = questions.asked;
  report.questions_answered = questions.answered;
}

// What was pinned before the show is shown from its beginning on.
void add_pins(store::Tx& tx, ShowReport& report) {
  for (const shows::Pin& pin : shows::pins_of(tx, report.show)) {
    const Instant from = std::max(pin.pinned_at, report.from);
    const Instant to = std::min(pin.unpinned_at.value_or(report.to), report.to);
    if (to <= from) continue;
    report.pins.push_back({.product = pin.product,
                           .from = std::chrono::seconds((from.us - report.from.us) / kSecond_us),
                           .to = std::chrono::seconds((to.us - report.from.us) / kSecond_us)});
  }
}

// The rows of a report by the product that is shown: a variant's is its parent's.
class Products {
 public:
  Products(store::Tx& tx, ShowReport& report) : tx_(tx), report_(report) {}

  // None of another shop's.
  ReportProduct* row(ProductId id) {
    const auto found = parents_.find(id);
    if (found == parents_.end()) {
      const auto offer = catalog::find_offer(tx_, id);
      const bool is_ours = offer && offer->shop == report_.shop;
      const ProductId shown = is_ours ? offer->parent.value_or(id) : ProductId{};
      parents_[id] = shown;
      if (is_ours && !rows_.contains(shown)) {
        auto product = catalog::find_product(tx_, shown);
        rows_[shown] = {.product = shown, .title = product ? product->title : offer->title};
      }
    }
    const auto at = rows_.find(parents_[id]);
    return at == rows_.end() ? nullptr : &at->second;
  }

  void take() {
    for (auto& [id, row] : rows_) report_.products.push_back(std::move(row));
    std::ranges::sort(report_.products, {}, [](const ReportProduct& one) {
      return std::pair(-one.takings_minor, one.product);
    });
  }

 private:
  store::Tx& tx_;
  ShowReport& report_;
  std::map<ProductId, ProductId> parents_;
  std::map<ProductId, ReportProduct> rows_;
};

void add_shown(const std::vector<shows::Audience>& audience, ShowReport& report,
               Products& products) {
  for (const ReportPin& pin : report.pins) {
    ReportProduct* row = products.row(pin.product);
    if (row == nullptr) continue;
    row->shown += pin.to - pin.from;
    const Instant from = report.from + pin.from, to = report.from + pin.to;
    for (const shows::Audience& sample : audience) {
      const bool is_within = sample.at + shows::kAudienceStep > from && sample.at < to;
      if (is_within) row->viewers_at_most = std::max(row->viewers_at_most, sample.viewers);
    }
  }
}

void add_products(store::Tx& tx, const std::vector<shows::Audience>& audience, ShowReport& report) {
  Products products(tx, report);
  for (const ProductId id : shows::bag_of(tx, report.show)) products.row(id);
  add_shown(audience, report, products);
  for (const auto& [id, sales] : orders::sales_by_product(tx, report.shop, report.show)) {
    ReportProduct* row = products.row(id);
    if (row == nullptr) continue;
    row->orders += sales.orders;
    row->buyers += sales.buyers;
    row->units += sales.units;
    row->takings_minor += sales.takings_minor;
  }
  for (const auto& [id, fates] : stock::fates_of(tx, report.show)) {
    ReportProduct* row = fates.held > 0 ? products.row(id) : nullptr;
    if (row == nullptr) continue;
    row->holds += fates.held;
    row->holds_expired += fates.expired;
    row->holds_left += fates.held - fates.confirmed - fates.expired - fates.open;
  }
  products.take();
}

void add_drops(ShowReport& report) {
  std::optional<std::int64_t> before;
  for (std::int64_t minute = 0; minute < std::ssize(report.minutes); ++minute) {
    const auto& viewers = report.minutes[static_cast<std::size_t>(minute)].viewers;
    if (!viewers) continue;
    if (before && *viewers < *before) {
      report.drops.push_back({.minute = minute, .left = *before - *viewers, .pinned = {}});
    }
    before = viewers;
  }
  std::ranges::sort(report.drops, {},
                    [](const ReportDrop& one) { return std::pair(-one.left, one.minute); });
  if (report.drops.size() > kReportDropsMax) report.drops.resize(kReportDropsMax);
  for (ReportDrop& drop : report.drops) {
    const std::chrono::minutes at(drop.minute);
    const auto pin = std::ranges::find_if(
        report.pins, [&](const ReportPin& one) { return one.from <= at && at < one.to; });
    if (pin != report.pins.end()) drop.pinned = pin->product;
  }
}

// Orders and payments are two nouns: a show may have thousands of them, so they are asked together.
ReportPayments payments_of(store::Tx& tx, ShopId shop, ShowId show) {
  return tx
      .one(
          [](const store::Row& row) {
            return ReportPayments{.orders = row.integer(0),
                                  .paid = row.integer(1),
                                  .lost = row.integer(2),
                                  .lost_minor = row.integer(3)};
          },
          "SELECT COUNT(*), CAST(COALESCE(SUM(a.is_paid), 0) AS BIGINT),"
          " CAST(COALESCE(SUM(a.is_lost), 0) AS BIGINT),"
          " CAST(COALESCE(SUM(a.is_lost * a.total_minor), 0) AS BIGINT) FROM"
          " (SELECT o.total_minor,"
          "   MAX(CASE WHEN p.received_minor > 0 THEN 1 ELSE 0 END) AS is_paid,"
          "   CASE WHEN o.status = 'cancelled' AND MAX(p.received_minor) = 0 THEN 1 ELSE 0 END"
          "     AS is_lost"
          "  FROM shop_order o JOIN payment p ON p.order_id = o.id"
          "  WHERE o.show_id = $1 AND o.shop_id = $2 AND p.provider <> 'delivery'"
          "  GROUP BY o.id, o.total_minor, o.status) AS a",
          show, shop)
      .value_or(ReportPayments{});
}

}  // namespace

std::optional<std::int64_t> ReportProduct::conversion_basis_points() const {
  if (viewers_at_most == 0) return std::nullopt;
  return buyers * kAll_basis_points / viewers_at_most;
}

Result<ShowReport> show_report(store::Tx& tx, ShopId shop, ShowId id, const Clock& clock) {
  auto show = shows::find_show(tx, id);
  if (!show) return fail_as(show);
  auto terms = catalog::find_shop_terms(tx, shop);
  if (!terms) return fail_as(terms);
  if (!show->started_at) {
    return fail(ErrorKind::conflict, "show-not-started", "The show has not been live yet.");
  }
  ShowReport report{.show = id,
                    .shop = shop,
                    .title = show->title,
                    .currency = terms->currency,
                    .from = *show->started_at,
                    .to = show->ended_at.value_or(clock.now()),
                    .is_live = show->status == shows::ShowStatus::live};
  const std::int64_t minutes = minute_of(report, report.to) + 1;
  report.minutes.resize(
      static_cast<std::size_t>(std::clamp<std::int64_t>(minutes, 1, kReportMinutesMax)));
  const auto audience = shows::audience_of(tx, id);
  add_audience(audience, report);
  report.hearts = shows::hearts_of(tx, id);
  add_sales(tx, report);
  add_talk(tx, report);
  add_pins(tx, report);
  add_products(tx, audience, report);
  add_drops(report);
  if (show->shop == shop) report.beats = report_beats(tx, report);
  report.payments = payments_of(tx, shop, id);
  return report;
}

}  // namespace geili::flows
