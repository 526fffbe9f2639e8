#pragma once
// What became of a show: who watched when, what was shown and sold meanwhile, and what was lost on
// the way to the till. Put together from what the nouns remember; nothing of it is stored.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "base/id.hpp"
#include "base/money.hpp"
#include "base/result.hpp"
#include "shows/script.hpp"
#include "store/tx.hpp"

namespace geili::flows {

inline constexpr std::int64_t kReportMinutesMax = 1'440;  // later ones are in the sums alone
inline constexpr std::size_t kReportDropsMax = 3;

struct ReportMinute {
  std::optional<std::int64_t> viewers;  // at most; none: nobody looked
  std::int64_t orders = 0;
  std::int64_t units = 0;
  std::int64_t takings_minor = 0;  // prices of goods, without shipping
  std::int64_t messages = 0;
};

struct ReportPin {
  ProductId product;
  std::chrono::seconds from{0};  // after the start
  std::chrono::seconds to{0};
};

// Variants are told as their parent.
struct ReportProduct {
  ProductId product;
  std::string title;
  std::chrono::seconds shown{0};     // while it was pinned
  std::int64_t viewers_at_most = 0;  // while it was pinned
  std::int64_t orders = 0;
  std::int64_t buyers = 0;
  std::int64_t units = 0;
  std::int64_t takings_minor = 0;
  std::int64_t holds = 0;
  std::int64_t holds_expired = 0;
  std::int64_t holds_left = 0;
  // Buyers of a hundred viewers; none when it was never shown, or to nobody.
  std::optional<std::int64_t> conversion_basis_points() const;
};

// A minute in which more left than in any other.
struct ReportDrop {
  std::int64_t minute = 0;
  std::int64_t left = 0;
  std::optional<ProductId> pinned;
};

// A beat of the script, in all the times it was under way.
struct ReportBeat {
  shows::BeatId beat;
  shows::BeatKind kind = shows::BeatKind::opening;
  std::optional<ProductId> product;
  std::string title;  // of the product; empty without one
  std::string text;
  std::int64_t times = 0;  // it was begun
  std::chrono::seconds length{0};
  std::int64_t orders = 0;
  std::int64_t units = 0;
  std::int64_t takings_minor = 0;
  // Rounded; none of a beat that lasted less than a second.
  std::optional<std::int64_t> takings_per_minute_minor() const;
};

// Orders that were to be paid before they are packed.
struct ReportPayments {
  std::int64_t orders = 0;
  std::int64_t paid = 0;
  std::int64_t lost = 0;  // cancelled without money
  std::int64_t lost_minor = 0;
};

struct ShowReport {
  ShowId show;
  ShopId shop;
  std::string title;
  Currency currency;
  Instant from;
  Instant to;  // now, of a show that is live
  bool is_live = false;
  std::int64_t viewers_peak = 0;
  std::int64_t viewers_mean = 0;
  std::int64_t watched_minutes = 0;
  std::int64_t hearts = 0;
  std::int64_t messages = 0;
  std::int64_t questions = 0;
  std::int64_t questions_answered = 0;
  std::int64_t orders = 0;
  std::int64_t buyers = 0;
  std::int64_t units = 0;
  std::int64_t takings_minor = 0;
  std::int64_t discounts_minor = 0;  // that coupons took off the takings
  ReportPayments payments;
  std::vector<ReportMinute> minutes;
  std::vector<ReportPin> pins;
  std::vector<ReportProduct> products;  // the most takings first
  std::vector<ReportDrop> drops;        // the worst first
  std::vector<ReportBeat> beats;        // that were begun, as the script has them
};

// Of the shop's goods alone; `shop` is whose show it is, or one whose goods it had in its bag.
// Fails with show-not-found, shop-not-found, and show-not-started before it was live.
Result<ShowReport> show_report(store::Tx& tx, ShopId shop, ShowId show, const Clock& clock);

}  // namespace geili::flows
