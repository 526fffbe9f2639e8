#include "ledger/statement_pdf.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <span>
#include <utility>
#include <vector>

#include "paper/pdf.hpp"

namespace geili::ledger {
namespace {

// All lines of one entry, as one row.
struct EntryRow {
  const StatementLine* first = nullptr;
  std::int64_t sales_minor = 0;
  std::int64_t costs_minor = 0;
  std::int64_t paid_minor = 0;
  std::int64_t balance_minor = 0;
  bool in_cash = false;
};

std::int64_t& column_of(EntryRow& row, Purpose purpose) {
  switch (purpose) {
    case Purpose::goods:
    case Purpose::shipping:
    case Purpose::tax:
    case Purpose::adjustment:
    case Purpose::settlement:
    case Purpose::dispute:
      break;
    case Purpose::commission:
    case Purpose::provider_fee:
      return row.costs_minor;
    case Purpose::cash_kept:
    case Purpose::payout:
    case Purpose::payment:
      return row.paid_minor;
  }
  return row.sales_minor;
}

std::vector<EntryRow> rows_of(const Statement& statement) {
  std::vector<EntryRow> rows;
  for (const StatementLine& line : statement.lines) {
    if (rows.empty() || rows.back().first->entry != line.entry) rows.push_back({.first = &line});
    EntryRow& row = rows.back();
    column_of(row, line.purpose) += line.amount_minor;
    row.balance_minor = line.balance_minor;
    if (line.purpose == Purpose::cash_kept) row.in_cash = true;
  }
  return rows;
}

class Page {
 public:
  Page(const Statement& statement, const StatementPaper& paper)
      : statement_(statement), paper_(paper), words_(statement_words(paper.language)) {}

  paper::Document document() const {
    paper::Document document{.size = paper_.size,
                             .margin_mm = paper_.size == paper::PageSize::a6 ? 6 : 18,
                             .language = std::string(to_text(paper_.language)),
                             .title = std::string(words_.title) + " – " + paper_.shop,
                             .footer = paper_.shop + " · " + period(),
                             .blocks = {}};
    document.blocks.emplace_back(paper::Masthead{.eyebrow = paper_.cooperative,
                                                 .title = std::string(words_.title),
                                                 .title_pt = 22,
                                                 .lines = {paper_.shop, period()},
                                                 .qr = {}});
    document.blocks.emplace_back(paper::Rule{});
    document.blocks.emplace_back(summary());
    document.blocks.emplace_back(verdict());
    if (paper_.practice_minor != 0) document.blocks.emplace_back(practice());
    document.blocks.emplace_back(table());
    if (statement_.lines.empty()) {
      document.blocks.emplace_back(
          paper::Paragraph{.text = std::string(words_.nothing), .style = paper::Style::muted});
    }
    if (statement_.books.number) document.blocks.emplace_back(proof());
    return document;
  }

 private:
  std::string money(std::int64_t minor) const {
    return money_text({minor, statement_.currency}, paper_.language);
  }
  std::string with_code(std::int64_t minor) const {
    return money(minor) + "\u00A0" + std::string(statement_.currency.code());
  }
  // Empty cells read better than zeros.
  std::string cell(std::int64_t minor) const { return minor == 0 ? "" : money(minor); }

  // Whole days: the last one is that before `to` when `to` is midnight.
  std::string day(Instant instant) const {
    return to_rfc3339(instant + paper_.utc_offset).substr(0, 10);
  }
  std::string period() const {
    const Instant last = statement_.to > statement_.from
                             ? statement_.to - std::chrono::microseconds(1)
                             : statement_.to;
    return day(statement_.from) + " – " + day(last);
  }

  paper::KeyValues summary() const {
    const StatementTotals& totals = statement_.totals;
    paper::KeyValues pairs{.rows = {}, .align = paper::Align::end};
    const auto add = [&](std::string_view name, std::string value) {
      pairs.rows.emplace_back(std::string(name), std::move(value));
    };
    add(words_.opening, with_code(statement_.opening_minor));
    const std::array<std::pair<std::string_view, std::int64_t>, 7> sums{
        {{words_.sales, totals.sales_minor},
         {words_.refunds, totals.refunds_minor},
         {words_.commission, totals.commission_minor},
         {words_.fees, totals.fees_minor},
         {words_.cash_kept, totals.cash_kept_minor},
         {words_.payouts, totals.payouts_minor},
         {words_.other, totals.other_minor}}};
    for (const auto& [name, minor] : sums) {
      if (minor != 0) add(name, with_code(minor));
    }
    add(words_.closing, with_code(statement_.closing_minor));
    return pairs;
  }

  paper::Paragraph verdict() const {
    const std::int64_t closing = statement_.closing_minor;
    const std::string_view words = closing < 0 ? words_.you_owe : words_.you_are_owed;
    return {.text = paper::filled(words, {with_code(closing < 0 ? -closing : closing)}),
            .size_pt = 11,
            .style = paper::Style::strong};
  }

  paper::Paragraph practice() const {
    return {.text = paper::filled(words_.practice, {with_code(paper_.practice_minor)})};
  }

  std::string name_of(const EntryRow& row) const {
    std::string name(words_.kinds.at(static_cast<std::size_t>(row.first->kind)));
    if (!row.first->reference.empty()) name += " " + row.first->reference;
    if (row.in_cash) name += " (" + std::string(words_.in_cash) + ")";
    if (!row.first->memo.empty()) name += "\n" + row.first->memo;
    return name;
  }

  paper::Table table() const {
    const auto number = [](std::string_view title) {
      return paper::Column{.title = std::string(title), .share = 22, .align = paper::Align::end};
    };
    paper::Table table{.columns = {{.title = std::string(words_.date), .share = 19},
                                   {.title = std::string(words_.entry), .share = 44},
                                   number(words_.column_sales),
                                   number(words_.column_costs),
                                   number(words_.column_paid),
                                   number(words_.balance)},
                       .rows = {},
                       .size_pt = paper_.size == paper::PageSize::a6 ? 6 : 9};
    table.rows.push_back({.cells = {day(statement_.from), std::string(words_.opening), "", "", "",
                                    money(statement_.opening_minor)},
                          .style = paper::Style::strong});
    for (const EntryRow& row : rows_of(statement_)) {
      table.rows.push_back(
          {.cells = {day(row.first->occurred_at), name_of(row), cell(row.sales_minor),
                     cell(row.costs_minor), cell(row.paid_minor), money(row.balance_minor)}});
    }
    table.rows.push_back(
        {.cells = {"", std::string(words_.closing), "", "", "", money(statement_.closing_minor)},
         .style = paper::Style::strong});
    return table;
  }

  paper::Paragraph proof() const {
    return {.text = paper::filled(words_.proof, {std::to_string(statement_.books.number.value)}) +
                    "\n" + to_hex(statement_.books.hash),
            .size_pt = 7,
            .style = paper::Style::muted};
  }

  const Statement& statement_;
  const StatementPaper& paper_;
  const StatementWords& words_;
};

}  // namespace

Result<Bytes> statement_pdf(const Statement& statement, const StatementPaper& paper) {
  const paper::Document document = Page(statement, paper).document();
  return paper::to_pdf(std::span(&document, 1), {.created_at = paper.created_at});
}

}  // namespace geili::ledger
