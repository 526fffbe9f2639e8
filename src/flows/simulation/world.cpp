#include "flows/simulation/world.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "catalog/shop.hpp"
#include "flows/claim_order.hpp"
#include "flows/product.hpp"
#include "flows/show.hpp"
#include "flows/variant.hpp"
#include "ledger/bank_account.hpp"
#include "ledger/commission.hpp"
#include "shipping/zone.hpp"

namespace geili::flows::simulation {
namespace {

using payments::Method;
using store::Tx;

// What people do at the wrong moment; anything else is a fault of the program.
constexpr std::array kExpected{
    // buying and holding
    "sold-out", "price-changed", "buyer-limit", "show-limit", "too-many-holds", "not-sold-out",
    "too-many-waits", "hold-confirmed", "claim-not-found", "show-status-conflict", "deal-exists",
    "deal-sold-out", "deal-limit", "deal-over", "payment-method-unavailable", "voucher-quota-full",
    "idempotency-key-reused", "wait-not-found", "coupon-gone", "coupon-over", "coupon-limit",
    "coupon-unusable", "coupon-used", "auction-open", "auctions-limit", "auction-closed",
    "bid-too-low", "bid-is-yours", "bids-too-often", "won-quantity", "payment-amount-too-small",
    "packet-open", "packet-over", "packet-gone", "packets-limit", "coupons-held-limit",
    // after buying
    "order-status-conflict", "order-not-paid", "parcel-state-conflict", "parcel-not-open",
    "parcel-already-shipped", "payment-method-needed", "payment-in-progress", "payment-ended",
    "payment-not-found", "payment-not-paid", "payment-not-confirmable", "refund-too-large",
    "too-many-refunds", "return-exceeds-order", "return-state-conflict", "return-too-many",
    "stock-below-zero",
    // books
    "payout-draft-exists", "payout-batch-status", "payout-balance-changed", "payout-line-status"};

Money mxn(std::int64_t minor) {
  return {minor, *Currency::parse("MXN")};
}

// Opens a shop that takes what `rows` offer.
Result<ShopId> open_shop(Tx& tx, World& world, std::string name, std::string pickup,
                         std::vector<payments::ShopProvider> rows) {
  auto shop = catalog::create_shop(
      tx, {.name = std::move(name), .pickup = std::move(pickup), .currency = world.currency},
      world.clock);
  if (!shop) return fail_as(shop);
  for (payments::ShopProvider& row : rows) {
    row.shop = shop->id;
    const bool has_keys = row.provider == "stripe" || row.provider == "mercado_pago";
    if (!has_keys) continue;
    auto put = payments::put_keys(
        row,
        {Secret<std::string>(row.provider == "stripe" ? "sk_test_secret" : "TEST-secret"),
         Secret<std::string>("whsec_0123456789abcdef")},
        world.terms.site);
    if (!put) return fail_as(put);
  }
  auto set = payments::set_shop_providers(tx, shop->id, rows, world.currency, world.terms.site,
                                          world.clock.now());
  if (!set) return fail_as(set);
  auto bank = ledger::set_bank_details(tx, shop->id, world.currency,
                                       {.beneficiary = "Rosa",
                                        .scheme = ledger::AccountScheme::clabe,
                                        .account = "032180000118359719",
                                        .bank = "Banco"},
                                       world.clock.now());
  if (!bank) return fail_as(bank);
  return shop->id;
}

Result<void> set_shipping(Tx& tx, const World& world) {
  auto set = shipping::set_settings(
      tx, world.loom,
      {.currency = world.currency, .origin_country = "MX", .default_weight_g = 400});
  if (!set) return fail_as(set);
  auto zone = shipping::create_zone(tx, world.loom,
                                    {.id = {},
                                     .name = "Home",
                                     .places = {{"MX", "", ""}},
                                     .rates = {{.id = {},
                                                .carrier = "Correos",
                                                .service = {},
                                                .kind = shipping::RateKind::weight,
                                                .brackets = {{1'000, 1'200}},
                                                .step = 1'000,
                                                .step_minor = 600,
                                                .free_from_minor = {}}}});
  if (!zone) return fail_as(zone);
  return {};
}

Result<void> list_good(Tx& tx, World& world, ShopId shop, std::string title,
                       std::int64_t price_minor, bool is_shown) {
  const std::int64_t stock = world.random.between(1, 5);
  auto made = create_product(
      tx, {.shop = shop, .title = std::move(title), .price = mxn(price_minor), .weight_g = 300},
      stock, world.clock);
  if (!made) return fail_as(made);
  world.goods.push_back({made->id, shop, price_minor, is_shown});
  world.supply[made->id] = stock;
  return {};
}

Result<void> list_variants(Tx& tx, World& world) {
  auto parent = create_product(tx, {.shop = world.loom, .title = "Scarf", .price = mxn(9'000)}, 0,
                               world.clock);
  if (!parent) return fail_as(parent);
  world.parent = parent->id;
  for (const std::int64_t price_minor : {9'000, 11'000}) {
    const std::int64_t stock = world.random.between(0, 3);
    auto made = add_variant(tx, parent->id,
                            {.name = std::to_string(price_minor), .price = mxn(price_minor)}, stock,
                            world.clock);
    if (!made) return fail_as(made);
    world.goods.push_back({made->id, world.loom, price_minor, true});
    world.supply[made->id] = stock;
  }
  return {};
}

Result<void> list_bundle(Tx& tx, World& world) {
  const std::vector<stock::Part> parts{{world.goods[0].product, 1},
                                       {world.goods[2].product, world.random.between(1, 2)}};
  auto made = create_bundle(tx, {.shop = world.loom, .title = "Set", .price = mxn(20'000)}, parts,
                            world.clock);
  if (!made) return fail_as(made);
  world.bundle = made->id;
  world.goods.push_back({made->id, world.loom, 20'000, true, false});
  return {};
}

Result<void> list_all(Tx& tx, World& world) {
  for (auto listed :
       {list_good(tx, world, world.loom, "Shawl", 15'000, true),
        list_good(tx, world, world.loom, "Belt", 4'000, true), list_variants(tx, world),
        list_bundle(tx, world), list_good(tx, world, world.clay, "Cup", 7'000, true),
        list_good(tx, world, world.clay, "Plate", 8'000, false)}) {
    if (!listed) return listed;
  }
  return {};
}

Result<void> begin_show(Tx& tx, World& world) {
  std::vector<ProductId> bag{world.parent, world.bundle};
  for (const Good& good : world.goods) {
    const bool stands_alone =
        good.is_shown && good.product != world.bundle && !stock::level(tx, good.product).parent;
    if (stands_alone) bag.push_back(good.product);
  }
  auto show = create_show(
      tx, {.show = {.shop = world.loom, .title = "Evening", .starts_at = world.clock.now()},
           .bag = bag,
           .guests = {world.clay}});
  if (!show) return fail_as(show);
  world.show = show->id;
  auto live = start_show(tx, show->id, world.clock);
  if (!live) return fail_as(live);
  for (const std::size_t i : {0U, 1U, 2U, 4U}) {
    if (!world.random.one_in(3)) continue;
    stock::ShowLimit limit;
    if (world.random.one_in(2)) limit.units_max = world.random.between(1, 4);
    if (world.random.one_in(2)) limit.units_per_buyer_max = world.random.between(1, 3);
    auto set = set_show_limit(tx, show->id, world.goods[i].product, limit, world.clock);
    if (!set) return fail_as(set);
  }
  return {};
}

std::vector<payments::ShopProvider> loom_takes() {
  return {
      {.shop = {},
       .provider = "stripe",
       .methods = {Method::card, Method::oxxo},
       .public_key = "pk_test_1",
       .vouchers_per_show_max = 2},
      {.shop = {},
       .provider = "transfer",
       .methods = {Method::transfer},
       .bank_name = "Bank",
       .account = "032180000118359719",
       .account_holder = "Lin"},
      {.shop = {}, .provider = "delivery", .methods = {Method::on_delivery, Method::at_pickup}}};
}

std::vector<payments::ShopProvider> clay_takes() {
  return {{.shop = {}, .provider = "mercado_pago", .methods = {Method::checkout}},
          {.shop = {}, .provider = "delivery", .methods = {Method::on_delivery}}};
}

}  // namespace

World::World(House& house_of_data, std::uint64_t seed, const Config& how)
    : house(house_of_data),
      config(how),
      random(seed),
      provider(random),
      sealer(Secret<Bytes>(Bytes(crypto::kSealKeyBytes))),
      terms{.site = {.origin = "https://live.example", .sealer = &sealer}, .hold_times = {}} {}

void World::set_up() {
  must("set up", [&](Tx& tx) -> Result<bool> {
    auto first = open_shop(tx, *this, "Loom", "At the gate", loom_takes());
    if (!first) return fail_as(first);
    loom = *first;
    auto second = open_shop(tx, *this, "Clay", "", clay_takes());
    if (!second) return fail_as(second);
    clay = *second;
    auto commission = ledger::set_commission(tx, loom, 1'000, clock.now());
    if (!commission) return fail_as(commission);
    if (auto set = set_shipping(tx, *this); !set) return fail_as(set);
    if (auto listed = list_all(tx, *this); !listed) return fail_as(listed);
    if (auto live = begin_show(tx, *this); !live) return fail_as(live);
    return true;
  });
}

FaultPlan World::next_fault() {
  if (!has_faults || !random.one_in(8)) return {};
  switch (random.below(6)) {
    case 0:
      return {.fault = Fault::busy};
    case 1:
      return {.fault = Fault::commit_lost};
    case 2:
    case 3:
      return {.fault = Fault::answer_lost};
    default:
      return {.fault = Fault::at_statement, .at = random.below(40)};
  }
}

void World::judge(std::string_view what, const Error* refusal) {
  note(std::string(what) + (refusal == nullptr ? "" : ": " + told(*refusal)));
  if (refusal == nullptr || is_of_the_store(*refusal)) return;
  if (std::ranges::find(kExpected, refusal->code) != kExpected.end()) return;
  broke(std::string(what) + " was refused with " + told(*refusal));
}

void World::broke(std::string what) {
  if (fault.empty()) fault = "step " + std::to_string(steps) + ": " + std::move(what);
}

void World::note(std::string_view what) {
  ++notes;
  if (config.tell) config.tell(std::to_string(steps) + "  " + std::string(what));
}

std::string World::told(const Error& error) {
  std::string text = error.code;
  if (!error.fields.empty()) text += " at " + error.fields.front().path;
  for (const auto& [name, value] : error.figures) {
    text += " " + name + "=" + std::to_string(value);
  }
  return text;
}

const Good& World::good(ProductId product) const {
  return *std::ranges::find(goods, product, &Good::product);
}

bool is_restocked(std::int64_t return_id) {
  return return_id % 3 != 0;
}

std::string content_of(const orders::Order& order) {
  std::string text = order.buyer.name + " pays " + std::to_string(order.total.minor);
  for (const orders::OrderLine& line : order.lines) {
    text += ", " + std::to_string(line.quantity) + " of " + std::to_string(line.product.value) +
            " for " + std::to_string(line.unit_price.minor);
  }
  return text;
}

}  // namespace geili::flows::simulation
