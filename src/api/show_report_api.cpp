// The report of a show: /shows/{show_id}/report, as JSON, tables and paper.

#include "api/encode.hpp"
#include "api/endpoint.hpp"
#include "api/routes.hpp"
#include "api/show_figures.hpp"
#include "catalog/shop.hpp"
#include "flows/show_report.hpp"
#include "flows/show_report_paper.hpp"

namespace geili::api {
namespace {

namespace json = boost::json;
using flows::ShowReport;
using net::Method;
using net::Request;
using net::Response;

Result<ShowReport> run_report(store::Tx& tx, const FiguresQuery& query, const Caller& caller) {
  auto of = figures_of(tx, query, caller);
  if (!of) return fail_as(of);
  return flows::show_report(tx, of->shop, of->show.id, *caller.clock);
}

json::object to_json(const flows::ReportMinute& minute) {
  json::object out{{"orders", minute.orders},
                   {"units", minute.units},
                   {"takings_minor", minute.takings_minor},
                   {"messages", minute.messages}};
  if (minute.viewers) out["viewers"] = *minute.viewers;
  return out;
}

json::object to_json(const flows::ReportPin& pin) {
  return {
      {"product_id", id_json(pin.product)}, {"from_s", pin.from.count()}, {"to_s", pin.to.count()}};
}

json::object to_json(const flows::ReportProduct& product) {
  json::object out{{"product_id", id_json(product.product)},
                   {"title", product.title},
                   {"shown_s", product.shown.count()},
                   {"viewers_at_most", product.viewers_at_most},
                   {"buyers", product.buyers},
                   {"orders", product.orders},
                   {"units", product.units},
                   {"takings_minor", product.takings_minor},
                   {"holds", product.holds},
                   {"holds_expired", product.holds_expired},
                   {"holds_left", product.holds_left}};
  if (const auto conversion = product.conversion_basis_points()) {
    out["conversion_basis_points"] = *conversion;
  }
  return out;
}

json::object to_json(const flows::ReportDrop& drop) {
  json::object out{{"minute", drop.minute}, {"left", drop.left}};
  if (drop.pinned) out["pinned_product_id"] = id_json(*drop.pinned);
  return out;
}

json::object to_json(const flows::ReportBeat& beat) {
  json::object out{{"beat_id", id_json(beat.beat)},
                   {"kind", json::string_view(shows::to_text(beat.kind))},
                   {"text", beat.text},
                   {"times", beat.times},
                   {"length_s", beat.length.count()},
                   {"orders", beat.orders},
                   {"units", beat.units},
                   {"takings_minor", beat.takings_minor}};
  if (beat.product) {
    out["product_id"] = id_json(*beat.product);
    out["title"] = beat.title;
  }
  if (const auto pace = beat.takings_per_minute_minor()) out["takings_per_minute_minor"] = *pace;
  return out;
}

template <class T>
json::array list_json(const std::vector<T>& list) {
  json::array out;
  out.reserve(list.size());
  for (const T& one : list) out.push_back(to_json(one));
  return out;
}

Response encode_report(const ShowReport& report, const Request&) {
  const flows::ReportPayments& payments = report.payments;
  Response response =
      json_response(json::object{{"show_id", id_json(report.show)},
                                 {"shop_id", id_json(report.shop)},
                                 {"title", report.title},
                                 {"currency", json::string(report.currency.code())},
                                 {"from", instant_json(report.from)},
                                 {"to", instant_json(report.to)},
                                 {"is_live", report.is_live},
                                 {"viewers_peak", report.viewers_peak},
                                 {"viewers_mean", report.viewers_mean},
                                 {"watched_minutes", report.watched_minutes},
                                 {"hearts", report.hearts},
                                 {"messages", report.messages},
                                 {"questions", report.questions},
                                 {"questions_answered", report.questions_answered},
                                 {"orders", report.orders},
                                 {"buyers", report.buyers},
                                 {"units", report.units},
                                 {"takings_minor", report.takings_minor},
                                 {"discounts_minor", report.discounts_minor},
                                 {"payments", json::object{{"orders", payments.orders},
                                                           {"paid", payments.paid},
                                                           {"lost", payments.lost},
                                                           {"lost_minor", payments.lost_minor}}},
                                 {"minutes", list_json(report.minutes)},
                                 {"pins", list_json(report.pins)},
                                 {"products", list_json(report.products)},
                                 {"drops", list_json(report.drops)},
                                 {"beats", list_json(report.beats)}});
  response.headers.set("Cache-Control", "private, no-store");
  return response;
}

std::string file_name(ShowId show, std::string_view ending) {
  return "show-" + std::to_string(show.value) + std::string(ending);
}

Response encode_minutes_csv(const ShowReport& report, const Request&) {
  return file_download(flows::show_report_minutes_csv(report), "text/csv; charset=utf-8",
                       file_name(report.show, "-minutes.csv"));
}

Response encode_products_csv(const ShowReport& report, const Request&) {
  return file_download(flows::show_report_products_csv(report), "text/csv; charset=utf-8",
                       file_name(report.show, "-products.csv"));
}

Response encode_beats_csv(const ShowReport& report, const Request&) {
  return file_download(flows::show_report_beats_csv(report), "text/csv; charset=utf-8",
                       file_name(report.show, "-beats.csv"));
}

struct Printed {
  ShowId show;
  Bytes pdf;
};

// Set and drawn where the store reads, and not on a thread of the network.
Result<Printed> run_pdf(store::Tx& tx, const FiguresQuery& query, const Caller& caller) {
  auto report = run_report(tx, query, caller);
  if (!report) return fail_as(report);
  auto shop = catalog::find_shop(tx, report->shop);
  if (!shop) return fail_as(shop);
  auto pdf = flows::show_report_pdf(*report, {.shop = shop->name,
                                              .language = query.paper.language,
                                              .utc_offset = query.paper.utc_offset,
                                              .created_at = caller.clock->now()});
  if (!pdf) return fail_as(pdf);
  return Printed{report->show, *std::move(pdf)};
}

Response encode_pdf(const Printed& printed, const Request&) {
  return file_download(std::string(as_text(printed.pdf)), "application/pdf",
                       file_name(printed.show, ".pdf"));
}

}  // namespace

void add_show_report_routes(net::Router& router, const Context& context) {
  const auto told = [&](std::string_view path, std::string_view operation,
                        Response (*encode)(const ShowReport&, const Request&)) {
    router.add({Method::get, "/api/v1/shows/{show_id}/" + std::string(path), std::string(operation),
                handler(context, Endpoint<FiguresQuery, ShowReport>{Job::read, decode_figures,
                                                                    run_report, encode})});
  };
  told("report", "getShowReport", encode_report);
  told("report-minutes.csv", "getShowReportMinutesCsv", encode_minutes_csv);
  told("report-products.csv", "getShowReportProductsCsv", encode_products_csv);
  told("report-beats.csv", "getShowReportBeatsCsv", encode_beats_csv);
  router.add({Method::get, "/api/v1/shows/{show_id}/report.pdf", "getShowReportPdf",
              handler(context, Endpoint<FiguresQuery, Printed>{Job::read, decode_printed_figures,
                                                               run_pdf, encode_pdf})});
}

}  // namespace geili::api
