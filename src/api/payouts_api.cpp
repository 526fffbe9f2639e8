// Paying sellers out in batches: /payouts.

#include <algorithm>
#include <map>

#include "api/books_json.hpp"
#include "api/decode.hpp"
#include "api/deed.hpp"
#include "api/encode.hpp"
#include "api/endpoint.hpp"
#include "api/routes.hpp"
#include "catalog/shop_names.hpp"
#include "flows/news.hpp"
#include "ledger/payout.hpp"

namespace geili::api {
namespace {

namespace json = boost::json;
using identity::Action;
using ledger::PayoutBatchId;
using ledger::PayoutLineId;
using net::Method;
using net::Request;
using net::Response;

using ShopNames = std::map<ShopId, std::string>;

struct BatchView {
  ledger::PayoutBatch batch;
  ShopNames shops;
};

Result<void> check_keeper(store::Tx& tx, const Caller& caller) {
  const auto actor = caller.authorise(tx, Action::keep_books, std::nullopt);
  if (!actor) return std::unexpected(actor.error());
  return {};
}

void note_batch(store::Tx& tx, const Caller& caller, PayoutBatchId batch, std::string_view action,
                std::string_view detail = "") {
  note_deed(tx, caller, std::nullopt, action, identity::subject_of("payout", batch.value), detail);
}

// With its lines, as it is after what was done.
Result<BatchView> viewed(store::Tx& tx, PayoutBatchId id) {
  auto batch = ledger::find_payout_batch(tx, id);
  if (!batch) return fail_as(batch);
  return BatchView{*std::move(batch), catalog::shop_names(tx)};
}

std::string name_of(const ShopNames& shops, ShopId shop) {
  const auto found = shops.find(shop);
  return found == shops.end() ? std::string() : found->second;
}

json::object batch_json(const ledger::PayoutBatch& batch) {
  json::object out{{"id", id_json(batch.id)},
                   {"currency", json::string(batch.currency.code())},
                   {"status", json::string(ledger::to_text(batch.status))},
                   {"up_to", instant_json(batch.up_to)},
                   {"line_count", batch.line_count},
                   {"total", to_json(batch.total)},
                   {"opened_at", instant_json(batch.opened_at)}};
  if (batch.approved_at) out["approved_at"] = instant_json(*batch.approved_at);
  if (batch.closed_at) out["closed_at"] = instant_json(*batch.closed_at);
  return out;
}

json::object line_json(const ledger::PayoutLine& line, const ShopNames& shops) {
  json::object out{{"id", id_json(line.id)},
                   {"shop_id", id_json(line.shop)},
                   {"shop_name", name_of(shops, line.shop)},
                   {"amount", to_json(line.amount)},
                   {"status", json::string(ledger::to_text(line.status))},
                   {"beneficiary", line.to.beneficiary},
                   {"scheme", json::string(ledger::to_text(line.to.scheme))},
                   {"account_masked", ledger::masked_account(line.to.account)},
                   {"bank", line.to.bank},
                   {"reference", line.reference}};
  if (!line.failure.empty()) out["failure"] = line.failure;
  if (line.settled_at) out["settled_at"] = instant_json(*line.settled_at);
  return out;
}

json::object to_json(const BatchView& view) {
  json::array lines;
  for (const ledger::PayoutLine& line : view.batch.lines) {
    lines.push_back(line_json(line, view.shops));
  }
  json::object out = batch_json(view.batch);
  out["lines"] = std::move(lines);
  return out;
}

Response encode_batch(const BatchView& view, const Request&) {
  Response response = json_response(to_json(view));
  response.headers.set("Cache-Control", "private, no-store");
  return response;
}

// GET /payouts

Result<PageRequest> decode_list(const Request& request) {
  auto query = list_query(request);
  if (!query) return fail_as(query);
  return std::move(query->page);
}

Result<Page<ledger::PayoutBatch>> run_list(store::Tx& tx, const PageRequest& page,
                                           const Caller& caller) {
  if (auto keeper = check_keeper(tx, caller); !keeper) return fail_as(keeper);
  return ledger::list_payout_batches(tx, page);
}

Response encode_list(const Page<ledger::PayoutBatch>& page, const Request& request) {
  return page_response(page, request, batch_json);
}

// POST /payouts

struct Open {
  Currency currency;
  std::optional<Instant> up_to;
  std::int64_t minimum_minor = 1;
};

struct Opened {
  std::optional<BatchView> view;
  std::vector<ledger::Skipped> skipped;
  ShopNames shops;
};

Result<Open> decode_open(const Request& request) {
  Open open{.currency = *Currency::parse("CNY")};
  auto read = read_body(request, [&](net::ObjectReader& body) {
    open.currency = read_currency(body, "currency");
    open.up_to = body.optional_instant("up_to");
    open.minimum_minor = body.optional_integer("minimum_minor", 1, kMoneyMinorMax).value_or(1);
  });
  if (!read) return fail_as(read);
  return open;
}

Result<Opened> run_open(store::Tx& tx, const Open& open, const Caller& caller) {
  if (auto keeper = check_keeper(tx, caller); !keeper) return fail_as(keeper);
  const Instant now = caller.clock->now();
  auto draft = ledger::open_payout_batch(tx,
                                         {.currency = open.currency,
                                          .up_to = open.up_to.value_or(now),
                                          .minimum_minor = open.minimum_minor},
                                         now);
  if (!draft) return fail_as(draft);
  Opened opened{.skipped = std::move(draft->skipped), .shops = catalog::shop_names(tx)};
  if (!draft->batch) return opened;
  auto view = viewed(tx, *draft->batch);
  if (!view) return fail_as(view);
  note_batch(tx, caller, *draft->batch, "payout-opened");
  opened.view = *std::move(view);
  return opened;
}

Response encode_opened(const Opened& opened, const Request&) {
  json::array skipped;
  for (const ledger::Skipped& one : opened.skipped) {
    skipped.push_back({{"shop_id", id_json(one.shop)},
                       {"shop_name", name_of(opened.shops, one.shop)},
                       {"reason", json::string(ledger::to_text(one.reason))},
                       {"balance", signed_money_json(one.balance.minor, one.balance.currency)}});
  }
  json::object out{{"skipped", std::move(skipped)}};
  if (opened.view) out["batch"] = to_json(*opened.view);
  return json_response(out, opened.view ? 201 : 200);
}

// One batch

Result<PayoutBatchId> decode_batch(const Request& request) {
  return path_id<ledger::PayoutBatchTag>(request, "payout_id");
}

Result<BatchView> run_get(store::Tx& tx, const PayoutBatchId& id, const Caller& caller) {
  if (auto keeper = check_keeper(tx, caller); !keeper) return fail_as(keeper);
  return viewed(tx, id);
}

// What the three that move a whole batch have in common.
template <auto move>
Result<BatchView> run_move(store::Tx& tx, PayoutBatchId id, const Caller& caller,
                           std::string_view action) {
  if (auto keeper = check_keeper(tx, caller); !keeper) return fail_as(keeper);
  auto before = ledger::find_payout_batch(tx, id);
  if (!before) return fail_as(before);
  auto moved = move(tx, id, caller.clock->now());
  if (!moved) return fail_as(moved);
  if (moved->status != before->status) {
    flows::tell_payouts(tx, *before, *moved, caller.clock->now());
    note_batch(tx, caller, id, action,
               to_decimal(moved->total) + " " + std::string(moved->currency.code()));
  }
  return viewed(tx, id);
}

Result<BatchView> run_approve(store::Tx& tx, const PayoutBatchId& id, const Caller& caller) {
  return run_move<ledger::approve_payout_batch>(tx, id, caller, "payout-approved");
}

Result<BatchView> run_cancel(store::Tx& tx, const PayoutBatchId& id, const Caller& caller) {
  return run_move<ledger::cancel_payout_batch>(tx, id, caller, "payout-cancelled");
}

Result<BatchView> run_paid(store::Tx& tx, const PayoutBatchId& id, const Caller& caller) {
  return run_move<ledger::mark_batch_paid>(tx, id, caller, "payout-paid");
}

// GET /payouts/{payout_id}/bank-file

struct BankFile {
  PayoutBatchId batch;
  std::string csv;
};

// A write: whole account numbers leave the house, and the audit says with whom.
Result<BankFile> run_bank_file(store::Tx& tx, const PayoutBatchId& id, const Caller& caller) {
  if (auto keeper = check_keeper(tx, caller); !keeper) return fail_as(keeper);
  auto batch = ledger::find_payout_batch(tx, id);
  if (!batch) return fail_as(batch);
  auto csv = ledger::payout_csv(*batch);
  if (!csv) return fail_as(csv);
  note_batch(tx, caller, id, "bank-file-taken");
  return BankFile{id, *std::move(csv)};
}

Response encode_bank_file(const BankFile& file, const Request&) {
  return file_download(file.csv, "text/csv; charset=utf-8",
                       "payout-" + std::to_string(file.batch.value) + ".csv");
}

// PUT /payouts/{payout_id}/lines/{line_id}

struct MarkLine {
  PayoutBatchId batch;
  PayoutLineId line;
  bool is_paid = false;
  std::string failure;
};

Result<MarkLine> decode_line(const Request& request) {
  auto batch = decode_batch(request);
  if (!batch) return fail_as(batch);
  auto line = path_id<ledger::PayoutLineTag>(request, "line_id");
  if (!line) return fail_as(line);
  MarkLine mark{.batch = *batch, .line = *line};
  auto read = read_body(request, [&](net::ObjectReader& body) {
    const std::string status = body.text("status", {.min_length = 1, .max_length = 20});
    mark.is_paid = status == "paid";
    if (!mark.is_paid && status != "failed" && !status.empty()) {
      body.fault("status", "is not one of the allowed words");
    }
    if (status == "failed") {
      mark.failure = body.text("failure", {.min_length = 1, .max_length = ledger::kFailureMax});
    }
  });
  if (!read) return fail_as(read);
  return mark;
}

Result<BatchView> run_line(store::Tx& tx, const MarkLine& mark, const Caller& caller) {
  if (auto keeper = check_keeper(tx, caller); !keeper) return fail_as(keeper);
  auto batch = ledger::find_payout_batch(tx, mark.batch);
  if (!batch) return fail_as(batch);
  const auto line = std::ranges::find(batch->lines, mark.line, &ledger::PayoutLine::id);
  if (line == batch->lines.end()) {
    return fail(ErrorKind::not_found, "payout-line-not-found", "The batch has no such line.");
  }
  const Instant now = caller.clock->now();
  auto changed = mark.is_paid ? ledger::mark_line_paid(tx, mark.line, now)
                              : ledger::mark_line_failed(tx, mark.line, mark.failure, now);
  if (!changed) return fail_as(changed);
  if (*changed) {
    auto after = ledger::find_payout_batch(tx, mark.batch);
    if (!after) return fail_as(after);
    flows::tell_payouts(tx, *batch, *after, now);
    note_deed(tx, caller, line->shop, mark.is_paid ? "payout-line-paid" : "payout-line-failed",
              identity::subject_of("payout", mark.batch.value), line->reference);
  }
  return viewed(tx, mark.batch);
}

}  // namespace

void add_payout_routes(net::Router& router, const Context& context) {
  const std::string all = "/api/v1/payouts";
  const std::string one = all + "/{payout_id}";
  const auto batch_handler = [&](Job job, auto run) {
    return handler(context,
                   Endpoint<PayoutBatchId, BatchView>{job, decode_batch, run, encode_batch});
  };
  router.add({Method::get, all, "listPayouts",
              handler(context, Endpoint<PageRequest, Page<ledger::PayoutBatch>>{
                                   Job::read, decode_list, run_list, encode_list})});
  router.add(
      {Method::post, all, "openPayout",
       handler(context, Endpoint<Open, Opened>{Job::write, decode_open, run_open, encode_opened})});
  router.add({Method::get, one, "getPayout", batch_handler(Job::read, run_get)});
  router.add(
      {Method::post, one + "/approve", "approvePayout", batch_handler(Job::write, run_approve)});
  router.add(
      {Method::post, one + "/cancel", "cancelPayout", batch_handler(Job::write, run_cancel)});
  router.add({Method::post, one + "/paid", "markPayoutPaid", batch_handler(Job::write, run_paid)});
  router.add({Method::get, one + "/bank-file", "getPayoutBankFile",
              handler(context, Endpoint<PayoutBatchId, BankFile>{
                                   Job::write, decode_batch, run_bank_file, encode_bank_file})});
  router.add({Method::put, one + "/lines/{line_id}", "markPayoutLine",
              handler(context, Endpoint<MarkLine, BatchView>{Job::write, decode_line, run_line,
                                                             encode_batch})});
}

}  // namespace geili::api
