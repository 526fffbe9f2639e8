#include "flows/claim_order.hpp"

#include <algorithm>
#include <map>

#include "catalog/product.hpp"
#include "flows/for_sale.hpp"
#include "shows/bag.hpp"
#include "shows/pins.hpp"
#include "shows/show.hpp"
#include "stock/stock.hpp"

namespace geili::flows {
namespace {

bool begins_claim(stock::LoggedKind what) {
  return what == stock::LoggedKind::held || what == stock::LoggedKind::claimed;
}

// The shorter of the time since the claim before and since the pin.
std::optional<std::int64_t> since(std::optional<std::int64_t> claim_us,
                                  std::optional<Instant> pinned_at, Instant at) {
  if (!pinned_at) return claim_us;
  const std::int64_t pin_us = at.us - pinned_at->us;
  return claim_us ? std::min(*claim_us, pin_us) : pin_us;
}

// Under which product each is shown and pinned: a variant is under its parent.
class Shown {
 public:
  explicit Shown(store::Tx& tx) : tx_(tx) {}
  ProductId of(ProductId product) {
    const auto [found, is_new] = known_.try_emplace(product, product);
    if (is_new) found->second = stock::level(tx_, product).parent.value_or(product);
    return found->second;
  }

 private:
  store::Tx& tx_;
  std::map<ProductId, ProductId> known_;
};

std::optional<Instant> last_pin(const std::vector<shows::Pin>& pins, ProductId product,
                                Instant at) {
  std::optional<Instant> last;
  for (const shows::Pin& pin : pins) {
    if (pin.product == product && pin.pinned_at <= at) last = pin.pinned_at;
  }
  return last;
}

}  // namespace

Result<std::vector<ClaimInOrder>> read_claim_order(store::Tx& tx, ShowId show, std::int64_t after) {
  if (auto found = shows::find_show(tx, show); !found) return fail_as(found);
  auto so_far = stock::logged_so_far(tx, show, after);
  const auto pins = shows::pins_of(tx, show);
  Shown shown(tx);
  std::vector<ClaimInOrder> order;
  for (stock::Logged& entry : stock::read_log(tx, show, after)) {
    ClaimInOrder next{.entry = std::move(entry)};
    if (begins_claim(next.entry.what)) {
      stock::LoggedSoFar& before = so_far[next.entry.product];
      const Instant at = next.entry.at;
      std::optional<std::int64_t> claim_us;
      if (before.claims > 0) claim_us = std::max<std::int64_t>(0, at.us - before.last_at.us);
      next.place = ++before.claims;
      next.after_us = since(claim_us, last_pin(pins, shown.of(next.entry.product), at), at);
      before.last_at = at;
    }
    order.push_back(std::move(next));
  }
  return order;
}

BuyersHold view_hold(store::Tx& tx, stock::Claim claim) {
  BuyersHold view{.claim = std::move(claim)};
  stock::Claim& held = view.claim;
  if (!held.show) return view;
  held.after_us =
      since(held.after_us,
            shows::last_pinned(tx, *held.show, held.parent.value_or(held.product), held.claimed_at),
            held.claimed_at);
  if (held.deal) {
    if (const auto deal = stock::find_deal(tx, held.deal->deal)) view.price = deal->price;
  }
  if (held.won) {
    if (const auto product = catalog::find_product(tx, held.product)) {
      view.price = {held.won->price_minor, product->price.currency};
    }
  }
  view.units_per_buyer_max = stock::limit_of(tx, *held.show, held.product).units_per_buyer_max;
  return view;
}

BuyersHolds list_holds(store::Tx& tx, DeviceId device, std::optional<ShowId> show,
                       const Clock& clock) {
  const auto is_asked = [&](const auto& one) { return !show || one.show == show; };
  const auto waits = stock::waits_of(tx, device);
  BuyersHolds mine;
  for (stock::Claim& held : stock::holds_of(tx, device, std::nullopt, clock.now())) {
    if (!is_asked(held)) continue;
    const ClaimId id = held.id;
    BuyersHold view = view_hold(tx, std::move(held));
    view.offered =
        std::ranges::any_of(waits, [&](const stock::Wait& wait) { return wait.claim == id; });
    mine.holds.push_back(std::move(view));
  }
  for (const stock::Wait& wait : waits) {
    if (wait.state == stock::WaitState::waiting && is_asked(wait)) mine.waits.push_back(wait);
  }
  return mine;
}

Result<stock::ShowCount> set_show_limit(store::Tx& tx, ShowId show, ProductId product,
                                        const stock::ShowLimit& limit, const Clock& clock) {
  auto found = shows::find_show(tx, show);
  if (!found) return fail_as(found);
  if (found->status == shows::ShowStatus::ended) {
    return fail(ErrorKind::conflict, "show-ended", "The show has ended.");
  }
  const stock::Level level = stock::level(tx, product);
  if (level.variants > 0) return fail(variant_required(product));
  if (!shows::in_bag(tx, show, level.parent.value_or(product))) {
    return fail(ErrorKind::conflict, "product-not-in-bag", "The product is not in the show's bag.");
  }
  if (auto set = stock::set_limit(tx, show, product, limit); !set) return fail_as(set);
  for (const stock::ShowCount& count : stock::counts_of(tx, show, clock.now())) {
    if (count.product == product) return count;
  }
  return stock::ShowCount{.product = product, .limit = limit};
}

}  // namespace geili::flows
