#include "flows/show_report_paper.hpp"

#include <algorithm>
#include <span>
#include <utility>

#include "base/csv.hpp"
#include "flows/show_report_words.hpp"
#include "paper/pdf.hpp"

namespace geili::flows {
namespace {

constexpr std::size_t kTimeRowsMax = 24;

// 1250 as "12.5".
std::string percent(std::int64_t basis_points) {
  return std::to_string(basis_points / 100) + "." + std::to_string(basis_points % 100 / 10);
}

// 75 s as "1:15".
std::string duration(std::chrono::seconds length) {
  const auto seconds = std::to_string(length.count() % 60);
  return std::to_string(length.count() / 60) + (seconds.size() < 2 ? ":0" : ":") + seconds;
}

class Page {
 public:
  Page(const ShowReport& report, const ShowReportPaper& paper)
      : report_(report), paper_(paper), words_(show_report_words(paper.language)) {}

  paper::Document document() const {
    paper::Document document{.size = paper_.size,
                             .margin_mm = 18,
                             .language = std::string(to_text(paper_.language)),
                             .title = std::string(words_.title) + " – " + report_.title,
                             .footer = paper_.shop + " · " + report_.title,
                             .blocks = {}};
    document.blocks.emplace_back(
        paper::Masthead{.eyebrow = std::string(words_.title) + " · " + paper_.shop,
                        .title = report_.title,
                        .title_pt = 22,
                        .lines = {period()},
                        .qr = {}});
    document.blocks.emplace_back(paper::Rule{});
    if (report_.is_live) {
      document.blocks.emplace_back(
          paper::Paragraph{.text = std::string(words_.still_live), .style = paper::Style::muted});
    }
    document.blocks.emplace_back(summary());
    for (const std::string& line : remarks()) {
      document.blocks.emplace_back(paper::Paragraph{.text = line});
    }
    document.blocks.emplace_back(paper::Heading{std::string(words_.products), 2});
    document.blocks.emplace_back(products());
    if (!report_.beats.empty()) {
      document.blocks.emplace_back(paper::Heading{std::string(words_.script), 2});
      document.blocks.emplace_back(beats());
    }
    document.blocks.emplace_back(paper::Heading{std::string(words_.over_time), 2});
    document.blocks.emplace_back(over_time());
    return document;
  }

 private:
  std::string money(std::int64_t minor) const {
    return paper::money_text({minor, report_.currency}, paper_.language);
  }
  std::string with_code(std::int64_t minor) const {
    return money(minor) + "\u00A0" + std::string(report_.currency.code());
  }
  // "2026-11-29 19:30"
  std::string moment(Instant at) const {
    std::string text = to_rfc3339(at + paper_.utc_offset).substr(0, 16);
    text[10] = ' ';
    return text;
  }
  std::string period() const {
    return moment(report_.from) + " – " + moment(report_.to).substr(11);
  }

  paper::KeyValues summary() const {
    paper::KeyValues pairs{.rows = {}, .align = paper::Align::end};
    const auto add = [&](std::string_view name, std::string value) {
      pairs.rows.emplace_back(std::string(name), std::move(value));
    };
    add(words_.takings, with_code(report_.takings_minor));
    if (report_.discounts_minor > 0) add(words_.coupons, with_code(-report_.discounts_minor));
    add(words_.units, std::to_string(report_.units));
    add(words_.viewers_peak, std::to_string(report_.viewers_peak));
    add(words_.viewers_mean, std::to_string(report_.viewers_mean));
    add(words_.watched_minutes, std::to_string(report_.watched_minutes));
    add(words_.hearts, std::to_string(report_.hearts));
    add(words_.messages, std::to_string(report_.messages));
    if (report_.questions > 0) {
      add(words_.questions, std::to_string(report_.questions));
      add(words_.questions_answered, std::to_string(report_.questions_answered));
    }
    return pairs;
  }

  std::vector<std::string> remarks() const {
    std::vector<std::string> lines{
        paper::filled(words_.orders_and_buyers,
                      {std::to_string(report_.orders), std::to_string(report_.buyers)})};
    if (report_.payments.lost > 0) {
      lines.push_back(paper::filled(words_.not_paid, {std::to_string(report_.payments.lost),
                                                      with_code(report_.payments.lost_minor)}));
    }
    if (!report_.drops.empty()) {
      const ReportDrop& worst = report_.drops.front();
      lines.push_back(paper::filled(
          words_.drop, {duration(std::chrono::minutes(worst.minute)), std::to_string(worst.left)}));
    }
    return lines;
  }

  static paper::Column number(std::string_view title, int share) {
    return {.title = std::string(title), .share = share, .align = paper::Align::end};
  }

  paper::Table products() const {
    paper::Table table{.columns = {{.title = std::string(words_.product), .share = 40},
                                   number(words_.shown, 16),
                                   number(words_.viewers, 20),
                                   number(words_.buyers, 20),
                                   number(words_.conversion, 18),
                                   number(words_.holds_lost, 24),
                                   number(words_.takings, 26)},
                       .rows = {},
                       .size_pt = 8};
    for (const ReportProduct& product : report_.products) {
      const auto conversion = product.conversion_basis_points();
      table.rows.push_back(
          {.cells = {product.title, duration(product.shown),
                     product.shown.count() > 0 ? std::to_string(product.viewers_at_most) : "",
                     std::to_string(product.buyers),
                     conversion ? percent(*conversion) + "\u00A0%" : "",
                     std::to_string(product.holds_expired + product.holds_left),
                     money(product.takings_minor)}});
    }
    return table;
  }

  paper::Table beats() const {
    paper::Table table{.columns = {{.title = std::string(words_.beat), .share = 50},
                                   number(words_.shown, 16),
                                   number(words_.orders, 18),
                                   number(words_.takings, 28),
                                   number(words_.takings_per_minute, 28)},
                       .rows = {},
                       .size_pt = 8};
    for (const ReportBeat& beat : report_.beats) {
      std::string name(words_.beat_kinds.at(static_cast<std::size_t>(beat.kind)));
      if (!beat.title.empty()) name += " · " + beat.title;
      const auto pace = beat.takings_per_minute_minor();
      table.rows.push_back(
          {.cells = {std::move(name), duration(beat.length), std::to_string(beat.orders),
                     money(beat.takings_minor), pace ? money(*pace) : ""}});
    }
    return table;
  }

  // Minutes are put together so that a page holds the whole show.
  paper::Table over_time() const {
    paper::Table table{.columns = {{.title = std::string(words_.time), .share = 30},
                                   number(words_.viewers, 25),
                                   number(words_.messages, 25),
                                   number(words_.orders, 25),
                                   number(words_.takings, 30)},
                       .rows = {},
                       .size_pt = 8};
    const std::size_t count = report_.minutes.size();
    const std::size_t step = (count + kTimeRowsMax - 1) / kTimeRowsMax;
    for (std::size_t first = 0; first < count; first += step) {
      ReportMinute sum;
      for (std::size_t i = first; i < std::min(first + step, count); ++i) {
        const ReportMinute& minute = report_.minutes[i];
        if (minute.viewers) sum.viewers = std::max(sum.viewers.value_or(0), *minute.viewers);
        sum.messages += minute.messages;
        sum.orders += minute.orders;
        sum.takings_minor += minute.takings_minor;
      }
      table.rows.push_back(
          {.cells = {std::to_string(first) + "\u00A0" + std::string(words_.minutes_unit),
                     sum.viewers ? std::to_string(*sum.viewers) : "", std::to_string(sum.messages),
                     std::to_string(sum.orders), money(sum.takings_minor)}});
    }
    return table;
  }

  const ShowReport& report_;
  const ShowReportPaper& paper_;
  const ShowReportWords& words_;
};

}  // namespace

Result<Bytes> show_report_pdf(const ShowReport& report, const ShowReportPaper& paper) {
  const paper::Document document = Page(report, paper).document();
  return paper::to_pdf(std::span(&document, 1), {.created_at = paper.created_at});
}

std::string show_report_minutes_csv(const ShowReport& report) {
  CsvWriter csv;
  csv.header({"minute", "at", "viewers", "messages", "orders", "units", "takings", "currency"});
  for (std::size_t i = 0; i < report.minutes.size(); ++i) {
    const ReportMinute& minute = report.minutes[i];
    csv.number(static_cast<std::int64_t>(i));
    csv.plain(to_rfc3339(report.from + std::chrono::minutes(i)));
    csv.plain(minute.viewers ? std::to_string(*minute.viewers) : "");
    csv.number(minute.messages).number(minute.orders).number(minute.units);
    csv.money({minute.takings_minor, report.currency}).plain(report.currency.code());
    csv.end_row();
  }
  return std::move(csv).take();
}

std::string show_report_products_csv(const ShowReport& report) {
  CsvWriter csv;
  csv.header({"product_id", "title", "shown_s", "viewers_at_most", "buyers", "bought_percent",
              "orders", "units", "holds", "holds_expired", "holds_left", "takings", "currency"});
  for (const ReportProduct& product : report.products) {
    const auto conversion = product.conversion_basis_points();
    csv.number(product.product.value).text(product.title).number(product.shown.count());
    csv.number(product.viewers_at_most).number(product.buyers);
    csv.plain(conversion ? percent(*conversion) : "");
    csv.number(product.orders).number(product.units).number(product.holds);
    csv.number(product.holds_expired).number(product.holds_left);
    csv.money({product.takings_minor, report.currency}).plain(report.currency.code());
    csv.end_row();
  }
  return std::move(csv).take();
}

std::string show_report_beats_csv(const ShowReport& report) {
  CsvWriter csv;
  csv.header({"beat_id", "kind", "product_id", "title", "text", "times", "length_s", "orders",
              "units", "takings", "takings_per_minute", "currency"});
  for (const ReportBeat& beat : report.beats) {
    const auto pace = beat.takings_per_minute_minor();
    csv.number(beat.beat.value).plain(shows::to_text(beat.kind));
    csv.plain(beat.product ? std::to_string(beat.product->value) : "");
    csv.text(beat.title).text(beat.text).number(beat.times).number(beat.length.count());
    csv.number(beat.orders).number(beat.units).money({beat.takings_minor, report.currency});
    if (pace) {
      csv.money({*pace, report.currency});
    } else {
      csv.plain("");
    }
    csv.plain(report.currency.code());
    csv.end_row();
  }
  return std::move(csv).take();
}

}  // namespace geili::flows
