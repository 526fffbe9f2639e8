// The co-operative's books as a shop sees them: balance, statements, earnings, bank account; and
// their check by who keeps them.

#include "api/books_json.hpp"
#include "api/decode.hpp"
#include "api/deed.hpp"
#include "api/encode.hpp"
#include "api/endpoint.hpp"
#include "api/routes.hpp"
#include "api/show_figures.hpp"
#include "catalog/shop.hpp"
#include "flows/practice.hpp"
#include "ledger/commission.hpp"
#include "ledger/split.hpp"
#include "ledger/statement_pdf.hpp"
#include "shows/show.hpp"

namespace geili::api {
namespace {

namespace json = boost::json;
using identity::Action;
using net::bad_parameter;
using net::Method;
using net::Request;
using net::Response;

constexpr std::string_view kCooperative = "Geili";

// The shop, if the caller may do this to it.
Result<catalog::Shop> own_shop(store::Tx& tx, ShopId shop, const Caller& caller, Action action,
                               std::optional<ShopId> of) {
  const auto actor = caller.authorise(tx, action, of);
  if (!actor) return std::unexpected(actor.error());
  return catalog::find_shop(tx, shop);
}

// GET /shops/{shop_id}/books

Result<ShopBooks> run_books(store::Tx& tx, const ShopId& id, const Caller& caller) {
  auto shop = own_shop(tx, id, caller, Action::see_books, id);
  if (!shop) return fail_as(shop);
  return shop_books(tx, *shop);
}

Response encode_books(const ShopBooks& books, const Request&) {
  return json_response(to_json(books));
}

// PUT /shops/{shop_id}/commission

struct Commission {
  ShopId shop;
  std::int64_t basis_points = 0;
};

Result<Commission> decode_commission(const Request& request) {
  auto shop = decode_shop(request);
  if (!shop) return fail_as(shop);
  Commission commission{.shop = *shop};
  auto read = read_body(request, [&](net::ObjectReader& body) {
    commission.basis_points = body.integer("basis_points", 0, ledger::kBasisPointsAll);
  });
  if (!read) return fail_as(read);
  return commission;
}

// 250 basis points as "2.50 %".
std::string percent(std::int64_t basis_points) {
  const std::string cents = std::to_string(basis_points % 100);
  return std::to_string(basis_points / 100) + (cents.size() < 2 ? ".0" : ".") + cents + " %";
}

Result<ShopBooks> run_commission(store::Tx& tx, const Commission& commission,
                                 const Caller& caller) {
  auto shop = own_shop(tx, commission.shop, caller, Action::keep_books, std::nullopt);
  if (!shop) return fail_as(shop);
  auto before = ledger::set_commission(tx, shop->id, commission.basis_points, caller.clock->now());
  if (!before) return fail_as(before);
  if (*before != commission.basis_points) {
    note_deed(tx, caller, shop->id, "commission-changed",
              identity::subject_of("shop", shop->id.value),
              percent(*before) + " → " + percent(commission.basis_points));
  }
  return shop_books(tx, *shop);
}

// GET /shops/{shop_id}/statement, statement.csv, statement.pdf

struct Period {
  ShopId shop;
  Instant from;
  Instant to;
  ledger::Language language = ledger::Language::en;
  std::chrono::minutes utc_offset{0};
};

Result<Instant> decode_instant(const net::Query& query, std::string_view name) {
  const auto text = query.text(name);
  if (!text) return bad_parameter(name, "is missing");
  const auto instant = parse_rfc3339(*text);
  if (!instant) return bad_parameter(name, "is not a time (RFC 3339)");
  return *instant;
}

Result<Period> decode_period(const Request& request,
                             std::initializer_list<std::string_view> known) {
  auto shop = decode_shop(request);
  if (!shop) return fail_as(shop);
  auto query = net::Query::parse(request.query);
  if (!query) return fail_as(query);
  if (auto named = query->check_names(known); !named) return fail_as(named);
  auto from = decode_instant(*query, "from");
  if (!from) return fail_as(from);
  auto to = decode_instant(*query, "to");
  if (!to) return fail_as(to);
  if (*to < *from) return bad_parameter("to", "is before from");
  Period period{.shop = *shop, .from = *from, .to = *to};
  auto paper = decode_paper(*query);
  if (!paper) return fail_as(paper);
  period.language = paper->language;
  period.utc_offset = paper->utc_offset;
  return period;
}

Result<Period> decode_statement(const Request& request) {
  return decode_period(request, {"from", "to"});
}

Result<Period> decode_printed(const Request& request) {
  return decode_period(request, {"from", "to", "language", "utc_offset_min"});
}

// Beside it, what is in no books.
struct Seen {
  ledger::Statement statement;
  std::int64_t practice_minor = 0;
  std::string shop_name;
};

Result<Seen> run_seen(store::Tx& tx, const Period& period, const Caller& caller) {
  auto shop = own_shop(tx, period.shop, caller, Action::see_books, period.shop);
  if (!shop) return fail_as(shop);
  auto statement = ledger::statement(tx, shop->id, shop->currency, period.from, period.to);
  if (!statement) return fail_as(statement);
  auto practice_minor = flows::practised_minor(tx, period.shop, period.from, period.to);
  if (!practice_minor) return fail_as(practice_minor);
  return Seen{*std::move(statement), *practice_minor, std::move(shop->name)};
}

Response encode_statement(const Seen& seen, const Request&) {
  json::object out = to_json(seen.statement);
  out["practice_minor"] = seen.practice_minor;
  Response response = json_response(std::move(out));
  response.headers.set("Cache-Control", "private, no-store");
  return response;
}

// "statement-3-2026-11-01.pdf"
std::string file_name(ShopId shop, Instant from, std::string_view ending) {
  constexpr std::size_t kDate = 10;
  return "statement-" + std::to_string(shop.value) + "-" + to_rfc3339(from).substr(0, kDate) +
         std::string(ending);
}

Response encode_csv(const Seen& seen, const Request&) {
  return file_download(ledger::statement_csv(seen.statement, seen.practice_minor),
                       "text/csv; charset=utf-8",
                       file_name(seen.statement.shop, seen.statement.from, ".csv"));
}

struct Printed {
  Period period;
  Bytes pdf;
};

// Set and drawn where the store reads, and not on a thread of the network.
Result<Printed> run_pdf(store::Tx& tx, const Period& period, const Caller& caller) {
  auto seen = run_seen(tx, period, caller);
  if (!seen) return fail_as(seen);
  auto pdf = ledger::statement_pdf(seen->statement, {.cooperative = std::string(kCooperative),
                                                     .shop = seen->shop_name,
                                                     .language = period.language,
                                                     .utc_offset = period.utc_offset,
                                                     .created_at = caller.clock->now(),
                                                     .practice_minor = seen->practice_minor});
  if (!pdf) return fail_as(pdf);
  return Printed{period, *std::move(pdf)};
}

Response encode_pdf(const Printed& printed, const Request&) {
  return file_download(std::string(as_text(printed.pdf)), "application/pdf",
                       file_name(printed.period.shop, printed.period.from, ".pdf"));
}

// GET /shows/{show_id}/earnings

struct ShowEarnings {
  ledger::Earnings earnings;
  std::int64_t practice_minor = 0;
};

Result<ShowEarnings> run_earnings(store::Tx& tx, const FiguresQuery& query, const Caller& caller) {
  auto of = figures_of(tx, query, caller);
  if (!of) return fail_as(of);
  auto terms = catalog::find_shop_terms(tx, of->shop);
  if (!terms) return fail_as(terms);
  auto practice_minor = flows::practised_in_show_minor(tx, of->shop, of->show.id);
  if (!practice_minor) return fail_as(practice_minor);
  return ShowEarnings{ledger::earnings(tx, of->shop, of->show.id, terms->currency),
                      *practice_minor};
}

Response encode_earnings(const ShowEarnings& all, const Request&) {
  json::object out = to_json(all.earnings);
  out["practice_minor"] = all.practice_minor;
  return json_response(std::move(out));
}

// GET, PUT and DELETE /shops/{shop_id}/bank-account

struct BankAccount {
  ledger::BankDetails details;
  Currency currency;
};

struct SetBankAccount {
  ShopId shop;
  ledger::BankDetails details;
};

Result<SetBankAccount> decode_bank_account(const Request& request) {
  auto shop = decode_shop(request);
  if (!shop) return fail_as(shop);
  SetBankAccount set{.shop = *shop};
  auto read = read_body(request, [&](net::ObjectReader& body) {
    set.details.beneficiary =
        body.text("beneficiary", {.min_length = 1, .max_length = ledger::kBeneficiaryMax});
    const std::string scheme = body.text("scheme", {.min_length = 1, .max_length = 20});
    const auto parsed = ledger::parse_account_scheme(scheme);
    if (!parsed && !scheme.empty()) body.fault("scheme", "is not one of the allowed words");
    set.details.scheme = parsed.value_or(ledger::AccountScheme::account);
    // Groups of an IBAN have spaces between them.
    set.details.account =
        body.text("account", {.min_length = 1, .max_length = 2 * ledger::kAccountMax});
    set.details.bank =
        body.optional_text("bank", {.max_length = ledger::kBankNameMax}).value_or("");
  });
  if (!read) return fail_as(read);
  return set;
}

Result<BankAccount> bank_account_of(store::Tx& tx, const catalog::Shop& shop) {
  auto details = ledger::find_bank_details(tx, shop.id, shop.currency);
  if (!details) {
    return fail(ErrorKind::not_found, "bank-account-not-found", "The shop has named no account.");
  }
  return BankAccount{*std::move(details), shop.currency};
}

Result<BankAccount> run_bank_account(store::Tx& tx, const ShopId& id, const Caller& caller) {
  auto shop = own_shop(tx, id, caller, Action::edit_bank_account, id);
  if (!shop) return fail_as(shop);
  return bank_account_of(tx, *shop);
}

Result<BankAccount> run_set_bank_account(store::Tx& tx, const SetBankAccount& set,
                                         const Caller& caller) {
  auto shop = own_shop(tx, set.shop, caller, Action::edit_bank_account, set.shop);
  if (!shop) return fail_as(shop);
  auto kept =
      ledger::set_bank_details(tx, shop->id, shop->currency, set.details, caller.clock->now());
  if (!kept) return fail_as(kept);
  auto account = bank_account_of(tx, *shop);
  if (!account) return account;
  note_deed(tx, caller, shop->id, "bank-account-changed",
            identity::subject_of("shop", shop->id.value),
            ledger::masked_account(account->details.account));
  return account;
}

Response encode_bank_account(const BankAccount& account, const Request&) {
  Response response = json_response(to_json(account.details, account.currency));
  response.headers.set("Cache-Control", "private, no-store");
  return response;
}

Result<bool> run_erase_bank_account(store::Tx& tx, const ShopId& id, const Caller& caller) {
  auto shop = own_shop(tx, id, caller, Action::edit_bank_account, id);
  if (!shop) return fail_as(shop);
  auto erased = ledger::erase_bank_details(tx, id);
  if (!erased) return fail_as(erased);
  note_deed(tx, caller, id, "bank-account-erased", identity::subject_of("shop", id.value));
  return true;
}

Response encode_erased(const bool&, const Request&) {
  return no_content();
}

// GET /books/check

struct Anchor {
  std::optional<ledger::Head> head;
};
struct Checked {
  ledger::Head head;
  std::vector<ledger::Finding> findings;
};

Result<Anchor> decode_anchor(const Request& request) {
  auto query = net::Query::parse(request.query);
  if (!query) return fail_as(query);
  if (auto named = query->check_names({"number", "hash"}); !named) return fail_as(named);
  auto number = query->id("number");
  if (!number) return fail_as(number);
  const auto text = query->text("hash");
  if (number->has_value() != text.has_value()) {
    return bad_parameter(text ? "number" : "hash", "is missing");
  }
  if (!text) return Anchor{};
  auto hash = from_hex(*text);
  constexpr std::size_t kSha256 = 32;
  if (!hash || hash->size() != kSha256) return bad_parameter("hash", "is not 64 hex digits");
  return Anchor{ledger::Head{ledger::EntryNumber{**number}, *std::move(hash)}};
}

Result<Checked> run_check(store::Tx& tx, const Anchor& anchor, const Caller& caller) {
  const auto actor = caller.authorise(tx, Action::keep_books, std::nullopt);
  if (!actor) return std::unexpected(actor.error());
  return Checked{ledger::head(tx), ledger::verify(tx, anchor.head)};
}

Response encode_checked(const Checked& checked, const Request&) {
  json::array findings;
  for (const ledger::Finding& finding : checked.findings) {
    findings.push_back({{"fault", finding.fault}, {"subject", finding.subject}});
  }
  return json_response({{"is_whole", checked.findings.empty()},
                        {"books", head_json(checked.head)},
                        {"findings", std::move(findings)}});
}

}  // namespace

void add_books_routes(net::Router& router, const Context& context) {
  const std::string shop = "/api/v1/shops/{shop_id}";
  router.add({Method::get, shop + "/books", "getShopBooks",
              handler(context, Endpoint<ShopId, ShopBooks>{Job::read, decode_shop, run_books,
                                                           encode_books})});
  router.add({Method::put, shop + "/commission", "setCommission",
              handler(context, Endpoint<Commission, ShopBooks>{Job::write, decode_commission,
                                                               run_commission, encode_books})});
  router.add({Method::get, shop + "/statement", "getStatement",
              handler(context, Endpoint<Period, Seen>{Job::read, decode_statement, run_seen,
                                                      encode_statement})});
  router.add({Method::get, shop + "/statement.csv", "getStatementCsv",
              handler(context,
                      Endpoint<Period, Seen>{Job::read, decode_statement, run_seen, encode_csv})});
  router.add({Method::get, shop + "/statement.pdf", "getStatementPdf",
              handler(context,
                      Endpoint<Period, Printed>{Job::read, decode_printed, run_pdf, encode_pdf})});
  router.add({Method::get, "/api/v1/shows/{show_id}/earnings", "getShowEarnings",
              handler(context, Endpoint<FiguresQuery, ShowEarnings>{
                                   Job::read, decode_figures, run_earnings, encode_earnings})});
  router.add(
      {Method::get, shop + "/bank-account", "getBankAccount",
       handler(context, Endpoint<ShopId, BankAccount>{Job::read, decode_shop, run_bank_account,
                                                      encode_bank_account})});
  router.add({Method::put, shop + "/bank-account", "setBankAccount",
              handler(context, Endpoint<SetBankAccount, BankAccount>{
                                   Job::write, decode_bank_account, run_set_bank_account,
                                   encode_bank_account})});
  router.add({Method::del, shop + "/bank-account", "eraseBankAccount",
              handler(context, Endpoint<ShopId, bool>{Job::write, decode_shop,
                                                      run_erase_bank_account, encode_erased})});
  router.add({Method::get, "/api/v1/books/check", "checkBooks",
              handler(context, Endpoint<Anchor, Checked>{Job::read, decode_anchor, run_check,
                                                         encode_checked})});
}

}  // namespace geili::api
