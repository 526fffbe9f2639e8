#include "flows/show.hpp"

#include <algorithm>
#include <span>
#include <string>

#include "catalog/product.hpp"
#include "catalog/shop.hpp"
#include "flows/auction.hpp"
#include "flows/deal.hpp"
#include "flows/draws.hpp"
#include "flows/news.hpp"
#include "flows/outbox.hpp"
#include "flows/red_packets.hpp"
#include "flows/reminders.hpp"
#include "flows/series.hpp"
#include "flows/tell.hpp"
#include "shows/pins.hpp"
#include "shows/series.hpp"

namespace geili::flows {
namespace {

struct BagRule {
  ShopId shop;
  std::span<const ShopId> guests;
  std::span<const ProductId> before;
};

Result<void> check_bag(store::Tx& tx, const BagRule& rule, std::span<const ProductId> bag) {
  if (auto fits = shows::check_bag(bag); !fits) return fits;
  for (std::size_t i = 0; i < bag.size(); ++i) {
    const auto offer = catalog::find_offer(tx, bag[i]);
    const auto among = [](const auto& list, auto one) {
      return std::ranges::find(list, one) != list.end();
    };
    if (!offer || offer->removed ||
        !(offer->shop == rule.shop || among(rule.guests, offer->shop) ||
          among(rule.before, bag[i]))) {
      return fail(Error::invalid_field("/product_ids/" + std::to_string(i),
                                       "is not a product of this shop"));
    }
    if (offer->parent) {
      return fail(Error::invalid_field("/product_ids/" + std::to_string(i),
                                       "is a variant: its parent stands for it"));
    }
  }
  return {};
}

// Whether what was in the bag before is there still, and in the same order.
bool keeps_order(const std::vector<ProductId>& before, std::span<const ProductId> after) {
  std::vector<ProductId> kept;
  for (const ProductId id : after) {
    if (std::ranges::find(before, id) != before.end()) kept.push_back(id);
  }
  return kept == before;
}

// Tells the room of the products that joined the bag, of another order of those that were there,
// and of a pin that left with its product.
void tell_bag(store::Tx& tx, const shows::Show& before, const std::vector<ProductId>& bag_before,
              const shows::Show& after, std::span<const ProductId> bag, Instant now) {
  for (const ProductId id : bag) {
    if (std::ranges::find(bag_before, id) != bag_before.end()) continue;
    if (auto product = catalog::find_product(tx, id)) {
      append(tx, after.id, ProductChanged{card_of(tx, *product)}, now);
    }
  }
  if (!keeps_order(bag_before, bag)) {
    append(tx, after.id, BagChanged{{bag.begin(), bag.end()}}, now);
  }
  if (!before.pinned || after.pinned) return;
  shows::note_pin(tx, after.id, std::nullopt, now);
  append(tx, after.id, Unpinned{}, now);
}

Result<shows::Show> told(store::Tx& tx, Result<shows::Show> show, const Clock& clock) {
  if (!show) return show;
  append(tx, show->id, StatusChanged{show->status}, clock.now());
  tell_show(tx, *show, clock.now());
  return show;
}

}  // namespace

Result<shows::Show> create_show(store::Tx& tx, const NewShow& show) {
  auto shop = catalog::find_shop_terms(tx, show.show.shop);
  if (!shop) return fail_as(shop);
  auto created = shows::create_show(tx, show.show);
  if (!created || show.bag.empty()) return created;
  const BagRule rule{.shop = created->shop, .guests = show.guests, .before = {}};
  if (auto fits = check_bag(tx, rule, show.bag); !fits) return fail_as(fits);
  return shows::set_bag(tx, created->id, show.bag);
}

Result<shows::Show> change_show(store::Tx& tx, ShowId show, const ShowChange& change,
                                std::int64_t expected_version, const Clock& clock) {
  auto before = shows::find_show(tx, show);
  if (!before) return before;
  auto changed = shows::change_show(tx, show, change.show, expected_version);
  if (!changed) return changed;
  if (changed->title != before->title || changed->starts_at != before->starts_at) {
    append(tx, show, PlanChanged{changed->title, changed->starts_at}, clock.now());
  }
  // That it was called off is told once.
  const bool is_moved = changed->starts_at != before->starts_at && !shows::is_called_off(*changed);
  if (is_moved) announce_move(tx, *changed, clock.now());
  const auto series = change.is_for_series ? shows::series_of(tx, show) : std::nullopt;
  if (series) {
    if (auto kept = shows::change_series(tx, *series, *changed); !kept) return fail_as(kept);
  }
  if (!change.bag) return changed;
  const auto bag_before = shows::bag_of(tx, show);
  const BagRule rule{.shop = changed->shop, .guests = change.guests, .before = bag_before};
  if (auto fits = check_bag(tx, rule, *change.bag); !fits) return fail_as(fits);
  auto after = shows::set_bag(tx, show, *change.bag);
  if (!after) return after;
  if (series) {
    if (auto kept = shows::set_series_bag(tx, series->id, *change.bag); !kept) return fail_as(kept);
  }
  tell_bag(tx, *before, bag_before, *after, *change.bag, clock.now());
  withdraw_deals_outside_bag(tx, show, clock.now());
  cancel_auctions_outside_bag(tx, show, clock);
  cancel_draws_outside_bag(tx, show, clock);
  return after;
}

Result<shows::Show> set_show_cover(store::Tx& tx, ShowId show, const catalog::Picture& picture) {
  auto touched = shows::touch_show(tx, show);
  if (touched) catalog::replace_photo(tx, catalog::PhotoOwner::of(show), picture);
  return touched;
}

Result<shows::Show> start_show(store::Tx& tx, ShowId show, const Clock& clock) {
  auto started = shows::start_show(tx, show, clock.now());
  if (started && shows::series_of(tx, show)) (void)plan_series(tx, clock);
  if (started) announce_start(tx, *started, clock.now());
  return told(tx, std::move(started), clock);
}

Result<shows::Show> end_show(store::Tx& tx, ShowId show, const Clock& clock) {
  auto ended = shows::end_show(tx, show, clock.now());
  if (ended) {
    shows::note_pin(tx, show, std::nullopt, clock.now());
    withdraw_deals(tx, show, clock.now());
    close_auctions(tx, show, clock);
    close_draws(tx, show, clock);
    end_packets(tx, show, clock);
  }
  return told(tx, std::move(ended), clock);
}

// Nothing is offered, played for or sold before a show begins: there is only what was pinned. Who
// listens for the end of shows has heard of no beginning.
Result<shows::Show> call_off_show(store::Tx& tx, ShowId show, const Clock& clock) {
  auto called_off = shows::call_off_show(tx, show, clock.now());
  if (!called_off) return called_off;
  shows::note_pin(tx, show, std::nullopt, clock.now());
  if (shows::series_of(tx, show)) (void)plan_series(tx, clock);
  announce_move(tx, *called_off, clock.now());
  append(tx, show, StatusChanged{called_off->status}, clock.now());
  return called_off;
}

Result<shows::Show> pin(store::Tx& tx, ShowId show, ProductId product, const Clock& clock) {
  auto before = shows::find_show(tx, show);
  if (!before) return before;
  auto after = shows::pin(tx, show, product);
  if (!after || before->pinned == after->pinned) return after;
  auto pinned = catalog::find_product(tx, product);
  if (!pinned) return fail_as(pinned);
  const Instant now = clock.now();
  shows::note_pin(tx, show, product, now);
  append(tx, show, Pinned{card_of(tx, *pinned)}, now);
  return after;
}

Result<shows::Show> unpin(store::Tx& tx, ShowId show, const Clock& clock) {
  auto before = shows::find_show(tx, show);
  if (!before) return before;
  auto after = shows::unpin(tx, show);
  if (!after || !before->pinned) return after;
  const Instant now = clock.now();
  shows::note_pin(tx, show, std::nullopt, now);
  append(tx, show, Unpinned{}, now);
  return after;
}

}  // namespace geili::flows
