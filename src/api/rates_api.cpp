// Exchange rates: what buyers are shown, and how they are recorded.

#include <map>

#include <boost/json.hpp>

#include "api/decode.hpp"
#include "api/deed.hpp"
#include "api/encode.hpp"
#include "api/endpoint.hpp"
#include "api/routes.hpp"
#include "identity/people.hpp"
#include "trade/rate_table.hpp"

namespace geili::api {
namespace {

namespace json = boost::json;
using identity::Action;
using net::bad_parameter;
using net::Method;
using net::Request;
using net::Response;
using trade::RateRecord;

constexpr std::size_t kRatesPerRequestMax = 200;
constexpr std::size_t kRateTextMax = 24;
constexpr std::size_t kDateTextMax = 10;

json::string code_json(Currency currency) {
  return json::string(currency.code());
}

json::object leg_json(const RateRecord& record) {
  return {{"base", code_json(record.rate.base)},
          {"quote", code_json(record.rate.quote)},
          {"rate", trade::to_text(record.rate.value)},
          {"date", trade::to_text(record.rate.as_of)},
          {"source", record.source}};
}

// Anybody may keep it for a while; after that it is asked for again with its tag.
Response for_everybody(const json::value& value, const Request& request) {
  Response response = versioned(value, 1, request);
  response.headers.set("Cache-Control", "public, max-age=300");
  return response;
}

// GET /currencies

Result<bool> decode_nothing(const Request&) {
  return true;
}

Result<std::vector<Currency>> run_currencies(store::Tx& tx, const bool&, const Caller& caller) {
  return trade::RateTable::load(tx, trade::day_of(caller.clock->now())).currencies();
}

Response encode_currencies(const std::vector<Currency>& currencies, const Request& request) {
  json::array items;
  for (const Currency currency : currencies) {
    items.push_back({{"code", code_json(currency)}, {"digits", currency.exponent()}});
  }
  return for_everybody(json::object{{"items", std::move(items)}}, request);
}

// GET /exchange-rates

struct Wanted {
  Currency quote;
  std::optional<Currency> base;  // none: every one
};

struct Paths {
  Currency quote;
  std::vector<trade::RatePath> items;
};

Result<std::optional<Currency>> decode_currency(const net::Query& query, std::string_view name) {
  const auto text = query.text(name);
  if (!text) return std::nullopt;
  const auto currency = Currency::parse(*text);
  if (!currency) return bad_parameter(name, "is not a currency we know (ISO 4217)");
  return currency;
}

Result<Wanted> decode_wanted(const Request& request) {
  auto query = net::Query::parse(request.query);
  if (!query) return fail_as(query);
  if (auto named = query->check_names({"quote", "base"}); !named) return fail_as(named);
  auto quote = decode_currency(*query, "quote");
  if (!quote) return fail_as(quote);
  if (!*quote) return bad_parameter("quote", "is missing");
  auto base = decode_currency(*query, "base");
  if (!base) return fail_as(base);
  return Wanted{.quote = **quote, .base = *base};
}

Result<Paths> run_paths(store::Tx& tx, const Wanted& wanted, const Caller& caller) {
  const auto table = trade::RateTable::load(tx, trade::day_of(caller.clock->now()));
  Paths paths{.quote = wanted.quote, .items = {}};
  const auto bases = wanted.base ? std::vector{*wanted.base} : table.currencies();
  for (const Currency base : bases) {
    if (auto path = table.find(base, wanted.quote)) paths.items.push_back(*std::move(path));
  }
  return paths;
}

Response encode_paths(const Paths& paths, const Request& request) {
  json::array items;
  for (const trade::RatePath& path : paths.items) {
    json::array legs;
    for (const RateRecord& record : path.records) legs.push_back(leg_json(record));
    items.push_back({{"base", code_json(path.base)},
                     {"base_digits", path.base.exponent()},
                     {"date", trade::to_text(path.as_of)},
                     {"is_old", path.is_old},
                     {"legs", std::move(legs)}});
  }
  return for_everybody(json::object{{"quote", code_json(paths.quote)},
                                    {"quote_digits", paths.quote.exponent()},
                                    {"items", std::move(items)}},
                       request);
}

// POST /exchange-rates

trade::NewRate read_rate(net::ObjectReader& body) {
  trade::NewRate rate{.base = read_currency(body, "base"),
                      .quote = read_currency(body, "quote"),
                      .value = {},
                      .as_of = {}};
  const std::string value = body.text("rate", {.min_length = 1, .max_length = kRateTextMax});
  trade::RateFault fault{};
  const auto parsed = trade::parse_rate(value, fault);
  if (!parsed && !value.empty()) body.fault("rate", trade::to_text(fault));
  rate.value = parsed.value_or(trade::DecimalRate{});
  const std::string date = body.text("date", {.min_length = 1, .max_length = kDateTextMax});
  const auto day = trade::parse_day(date);
  if (!day && !date.empty()) body.fault("date", "is not a day such as 2026-11-27");
  rate.as_of = day.value_or(trade::Day{});
  return rate;
}

Result<trade::RateBatch> decode_batch(const Request& request) {
  trade::RateBatch batch;
  auto read = read_body(request, [&](net::ObjectReader& body) {
    batch.source = body.text("source", {.min_length = 1, .max_length = trade::kSourceMax});
    body.objects("rates", 1, kRatesPerRequestMax,
                 [&](net::ObjectReader& rate) { batch.rates.push_back(read_rate(rate)); });
  });
  if (!read) return fail_as(read);
  return batch;
}

// "ECB 2026-11-27: EUR/MXN 21.2402, EUR/USD 1.1593"; the audit cuts a long one.
std::string summary(const trade::RateBatch& batch) {
  std::string text = batch.source + " " + trade::to_text(batch.rates.front().as_of) + ":";
  for (std::size_t i = 0; i < batch.rates.size() && text.size() < identity::kAuditDetailMax; ++i) {
    const trade::NewRate& rate = batch.rates[i];
    text += (i == 0 ? " " : ", ") + std::string(rate.base.code()) + "/" +
            std::string(rate.quote.code()) + " " + trade::to_text(rate.value);
  }
  return text;
}

Result<trade::Recorded> run_record(store::Tx& tx, const trade::RateBatch& batch,
                                   const Caller& caller) {
  const auto actor = caller.authorise(tx, Action::keep_rates, std::nullopt);
  if (!actor) return std::unexpected(actor.error());
  auto recorded = trade::record_rates(tx, batch, actor->person, *caller.clock);
  if (recorded && recorded->added > 0) {
    note_deed(tx, caller, std::nullopt, "rates-recorded",
              identity::subject_of("rates", recorded->added), summary(batch));
  }
  return recorded;
}

Response encode_recorded(const trade::Recorded& recorded, const Request&) {
  return json_response(json::object{{"added", recorded.added},
                                    {"corrected", recorded.corrected},
                                    {"unchanged", recorded.unchanged}});
}

// GET /exchange-rates/records

struct NamedRecord {
  RateRecord record;
  std::string person_name;
};

Result<PageRequest> decode_list(const Request& request) {
  auto query = list_query(request);
  if (!query) return fail_as(query);
  return std::move(query->page);
}

Result<Page<NamedRecord>> run_list(store::Tx& tx, const PageRequest& request,
                                   const Caller& caller) {
  const auto actor = caller.authorise(tx, Action::keep_rates, std::nullopt);
  if (!actor) return std::unexpected(actor.error());
  auto page = trade::list_rates(tx, request);
  if (!page) return fail_as(page);
  std::map<PersonId, std::string> names;
  Page<NamedRecord> out{.items = {}, .next_cursor = std::move(page->next_cursor)};
  for (RateRecord& record : page->items) {
    std::string name;
    if (record.recorded_by) {
      const auto [known, is_new] = names.try_emplace(*record.recorded_by);
      if (is_new) {
        const auto person = identity::find_person(tx, *record.recorded_by);
        if (person) known->second = person->name;
      }
      name = known->second;
    }
    out.items.push_back({std::move(record), std::move(name)});
  }
  return out;
}

json::object record_json(const NamedRecord& named) {
  json::object out = leg_json(named.record);
  out["id"] = std::to_string(named.record.id);
  out["recorded_at"] = instant_json(named.record.recorded_at);
  if (named.record.recorded_by) {
    out["recorded_by"] = {{"id", id_json(*named.record.recorded_by)}, {"name", named.person_name}};
  }
  return out;
}

Response encode_list(const Page<NamedRecord>& page, const Request& request) {
  return page_response(page, request, record_json);
}

}  // namespace

void add_rate_routes(net::Router& router, const Context& context) {
  const std::string rates = "/api/v1/exchange-rates";
  router.add({Method::get, "/api/v1/currencies", "listCurrencies",
              handler(context, Endpoint<bool, std::vector<Currency>>{
                                   Job::read, decode_nothing, run_currencies, encode_currencies})});
  router.add({Method::get, rates, "listExchangeRates",
              handler(context,
                      Endpoint<Wanted, Paths>{Job::read, decode_wanted, run_paths, encode_paths})});
  router.add({Method::post, rates, "recordExchangeRates",
              handler(context, Endpoint<trade::RateBatch, trade::Recorded>{
                                   Job::write, decode_batch, run_record, encode_recorded})});
  router.add({Method::get, rates + "/records", "listExchangeRateRecords",
              handler(context, Endpoint<PageRequest, Page<NamedRecord>>{Job::read, decode_list,
                                                                        run_list, encode_list})});
}

}  // namespace geili::api
