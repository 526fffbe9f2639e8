#include "flows/deal.hpp"

#include <utility>
#include <vector>

#include "flows/for_sale.hpp"
#include "flows/outbox.hpp"
#include "payments/voucher_quota.hpp"
#include "shows/show.hpp"
#include "stock/stock.hpp"

namespace geili::flows {
namespace {

Result<void> check(store::Tx& tx, const stock::NewDeal& deal) {
  auto show = shows::find_show(tx, deal.show);
  if (!show) return fail_as(show);
  if (show->status != shows::ShowStatus::live) {
    return fail(ErrorKind::conflict, "show-status-conflict", "The show is not live.");
  }
  auto offer = find_for_sale(tx, deal.product, deal.show);
  if (!offer) return fail_as(offer);
  if (!is_in_bag(tx, deal.show, deal.product, *offer)) {
    return fail(ErrorKind::conflict, "product-not-in-bag", "The product is not in the show's bag.");
  }
  const auto product = catalog::find_product(tx, deal.product);
  if (deal.price.currency != product->price.currency) {
    return fail(Error::invalid_field("/price/currency", "is not the product's"));
  }
  if (deal.price.minor < 0 || deal.price.minor >= offer->price_minor) {
    return fail(Error::invalid_field("/price/minor", "is not below the product's price"));
  }
  if (deal.units > stock::available(tx, deal.product)) {
    return fail(Error::invalid_field("/units", "is more than there are"));
  }
  return {};
}

void tell_end(store::Tx& tx, const stock::Deal& deal, Instant now) {
  append(tx, deal.show, DealEnded{deal.id, deal.product, deal.withdrawn_at.has_value()}, now);
}

void withdraw(store::Tx& tx, const std::vector<stock::Deal>& deals, Instant now) {
  for (const stock::Deal& deal : deals) {
    const auto withdrawn = stock::withdraw_deal(tx, deal.show, deal.id, now);
    // One whose time is over is told by whoever looks after deals.
    if (withdrawn && withdrawn->withdrawn_at) tell_end(tx, *withdrawn, now);
  }
}

void end_due(store::Tx& tx, Instant now) {
  for (const stock::Deal& deal : stock::end_deals(tx, now)) tell_end(tx, deal, now);
}

// What the buyer holds of the product under one deal: it makes way for what is asked for.
struct HeldOnDeal {
  std::optional<stock::Won> won;       // the first that is for one piece in the same show
  std::optional<stock::OnDeal> keeps;  // as many as are asked for, or more, in the same show
  std::optional<stock::DealId> deal;
  std::int64_t quantity = 0;
};

HeldOnDeal held_on_deal(store::Tx& tx, const PriceQuestion& question, Instant now) {
  HeldOnDeal found;
  if (!question.device) return found;
  for (const stock::Claim& held : stock::holds_of(tx, *question.device, question.product, now)) {
    if (held.won && !found.won && question.quantity == 1 && held.show == question.show) {
      found.won = held.won;
    }
    if (!held.deal) continue;
    found.deal = held.deal->deal;
    found.quantity = held.quantity;
    if (held.quantity >= question.quantity && held.show == question.show) found.keeps = held.deal;
  }
  return found;
}

// Lets the buyer have it for less, when it is less.
void lower(Price& price, const stock::OnDeal& deal) {
  if (deal.price_minor >= price.unit_minor) return;
  price.unit_minor = deal.price_minor;
  price.deal = deal;
}

}  // namespace

Result<stock::Deal> announce_deal(store::Tx& tx, const stock::NewDeal& deal, const Clock& clock) {
  if (auto fits = check(tx, deal); !fits) return fail_as(fits);
  const Instant now = clock.now();
  end_due(tx, now);
  auto announced = stock::announce_deal(tx, deal, now);
  if (!announced) return announced;
  catalog::count_deals(tx, deal.product, 1);
  if (deal.vouchers_max > 0) {
    auto quota = payments::set_voucher_quota(tx, payments::QuotaKind::deal, announced->id.value,
                                             deal.vouchers_max);
    if (!quota) return fail_as(quota);
  }
  append(tx, deal.show, DealAnnounced{*announced}, now);
  return announced;
}

Result<stock::Deal> withdraw_deal(store::Tx& tx, ShowId show, stock::DealId deal,
                                  const Clock& clock) {
  auto before = stock::find_deal(tx, deal);
  const Instant now = clock.now();
  auto withdrawn = stock::withdraw_deal(tx, show, deal, now);
  if (withdrawn && withdrawn->withdrawn_at && !before->withdrawn_at) tell_end(tx, *withdrawn, now);
  return withdrawn;
}

void withdraw_deals(store::Tx& tx, ShowId show, Instant now) {
  withdraw(tx, stock::open_deals_of(tx, show), now);
}

void withdraw_deals(store::Tx& tx, ProductId product, Instant now) {
  withdraw(tx, stock::open_deals_of(tx, product), now);
}

void withdraw_deals_outside_bag(store::Tx& tx, ShowId show, Instant now) {
  auto deals = stock::open_deals_of(tx, show);
  std::erase_if(deals, [&](const stock::Deal& deal) {
    const auto offer = catalog::find_offer(tx, deal.product);
    return offer && is_in_bag(tx, show, deal.product, *offer);
  });
  withdraw(tx, deals, now);
}

bool look_after_deals(store::Tx& tx, const Clock& clock) {
  const Instant now = clock.now();
  end_due(tx, now);
  const auto settled = stock::settle_deals(tx);
  for (const stock::Deal& deal : settled) catalog::count_deals(tx, deal.product, -1);
  return stock::has_due_deals(tx, now);
}

Price price_of(store::Tx& tx, const catalog::Offer& offer, const PriceQuestion& question,
               Instant now) {
  Price price{.unit_minor = offer.price_minor, .deal = {}, .won = {}, .missed = {}};
  if (offer.deals == 0 || !question.show) return price;
  const HeldOnDeal held = held_on_deal(tx, question, now);
  if (held.won) {
    return {.unit_minor = held.won->price_minor, .deal = {}, .won = held.won, .missed = {}};
  }
  if (held.keeps) lower(price, *held.keeps);
  const auto standing = stock::standing_deal(tx, *question.show, question.product, question.device);
  if (!standing) return price;
  const stock::Deal& deal = standing->deal;
  const stock::DealState state = deal.state_at(now);
  if (state != stock::DealState::running && state != stock::DealState::sold_out) return price;
  const std::int64_t makes_way = held.deal == deal.id ? held.quantity : 0;
  if (question.quantity > deal.units_per_buyer_max - standing->taken_by_buyer + makes_way) {
    price.missed = "deal-limit";
  } else if (question.quantity > deal.left() + makes_way) {
    price.missed = "deal-sold-out";
  } else {
    lower(price, {.deal = deal.id, .price_minor = deal.price.minor, .is_kept = false});
  }
  if (price.deal) price.missed.clear();
  return price;
}

void tell_deal(store::Tx& tx, const stock::Claim& claim, Instant now) {
  if (claim.deal && claim.show) append_deal_left(tx, *claim.show, claim.deal->deal, now);
}

}  // namespace geili::flows
