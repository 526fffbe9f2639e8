// What people enter into the books by hand: a household pays what it owes, and corrections.

#include "api/books_json.hpp"
#include "api/decode.hpp"
#include "api/deed.hpp"
#include "api/encode.hpp"
#include "api/endpoint.hpp"
#include "api/routes.hpp"
#include "catalog/shop.hpp"
#include "ledger/settlement.hpp"

namespace geili::api {
namespace {

using net::Method;

constexpr std::string_view kSource = "manual";

enum class Kind : std::uint8_t { payment, adjustment };

struct NewBookEntry {
  ShopId shop;
  std::string key;
  Kind kind = Kind::payment;
  std::int64_t amount_minor = 0;
  ledger::PaidInto into = ledger::PaidInto::bank;
  std::string memo;
};

std::optional<Kind> parse_kind(std::string_view word) {
  if (word == "payment") return Kind::payment;
  if (word == "adjustment") return Kind::adjustment;
  return std::nullopt;
}

std::optional<ledger::PaidInto> parse_paid_into(std::string_view word) {
  if (word == "bank") return ledger::PaidInto::bank;
  if (word == "cash") return ledger::PaidInto::cash;
  return std::nullopt;
}

Result<NewBookEntry> decode_entry(const net::Request& request) {
  auto shop = path_id<ShopTag>(request, "shop_id");
  if (!shop) return fail_as(shop);
  auto key = idempotency_key(request);
  if (!key) return fail_as(key);
  NewBookEntry entry{.shop = *shop, .key = *std::move(key)};
  auto read = read_body(request, [&](net::ObjectReader& body) {
    entry.kind = read_word(body, "kind", parse_kind);
    const std::int64_t least = entry.kind == Kind::payment ? 1 : -kMoneyMinorMax;
    entry.amount_minor = body.integer("amount_minor", least, kMoneyMinorMax);
    if (body.has("amount_minor") && entry.amount_minor == 0 && entry.kind == Kind::adjustment) {
      body.fault("amount_minor", "changes nothing");
    }
    if (entry.kind == Kind::payment) entry.into = read_word(body, "into", parse_paid_into);
    const std::size_t least_length = entry.kind == Kind::adjustment ? 1 : 0;
    entry.memo =
        entry.kind == Kind::adjustment || body.has("memo")
            ? body.text("memo", {.min_length = least_length, .max_length = ledger::kMemoMax})
            : "";
  });
  if (!read) return fail_as(read);
  return entry;
}

Result<ledger::Posted> post(store::Tx& tx, const NewBookEntry& entry, Currency currency,
                            Instant now) {
  const ledger::Source source{std::string(kSource), entry.key};
  const Money amount{entry.amount_minor, currency};
  if (entry.kind == Kind::payment) {
    return ledger::record_seller_payment(tx,
                                         {.source = source,
                                          .shop = entry.shop,
                                          .amount = amount,
                                          .into = entry.into,
                                          .reference = "",
                                          .memo = entry.memo,
                                          .occurred_at = now},
                                         now);
  }
  return ledger::record_adjustment(tx,
                                   {.source = source,
                                    .shop = entry.shop,
                                    .amount = amount,
                                    .memo = entry.memo,
                                    .reference = "",
                                    .occurred_at = now},
                                   now);
}

Result<ShopBooks> run_entry(store::Tx& tx, const NewBookEntry& entry, const Caller& caller) {
  const auto actor = caller.authorise(tx, identity::Action::keep_books, std::nullopt);
  if (!actor) return std::unexpected(actor.error());
  auto shop = catalog::find_shop(tx, entry.shop);
  if (!shop) return fail_as(shop);
  if (shop->demo) {
    return fail(ErrorKind::conflict, "demo-shop", "A demo shop is not part of the books.");
  }
  auto posted = post(tx, entry, shop->currency, caller.clock->now());
  if (!posted) return fail_as(posted);
  if (posted->is_new) {
    note_deed(tx, caller, shop->id,
              entry.kind == Kind::payment ? "payment-entered" : "adjustment-entered",
              identity::subject_of("entry", posted->number.value),
              to_decimal({entry.amount_minor, shop->currency}) + " " +
                  std::string(shop->currency.code()));
  }
  return shop_books(tx, *shop);
}

net::Response encode_entered(const ShopBooks& books, const net::Request&) {
  return json_response(to_json(books), 201);
}

}  // namespace

void add_book_entry_routes(net::Router& router, const Context& context) {
  router.add({Method::post, "/api/v1/shops/{shop_id}/book-entries", "enterIntoBooks",
              handler(context, Endpoint<NewBookEntry, ShopBooks>{Job::write, decode_entry,
                                                                 run_entry, encode_entered})});
}

}  // namespace geili::api
