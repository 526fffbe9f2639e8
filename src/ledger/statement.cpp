#include "ledger/statement.hpp"

#include <utility>

#include "base/csv.hpp"
#include "ledger/balance.hpp"
#include "ledger/sale_row.hpp"

namespace geili::ledger {
namespace {

std::int64_t& total_of(StatementTotals& totals, EntryKind kind, Purpose purpose) {
  switch (purpose) {
    case Purpose::goods:
    case Purpose::shipping:
    case Purpose::tax:
      return kind == EntryKind::sale ? totals.sales_minor : totals.refunds_minor;
    case Purpose::commission:
      return totals.commission_minor;
    case Purpose::provider_fee:
      return totals.fees_minor;
    case Purpose::cash_kept:
      return totals.cash_kept_minor;
    case Purpose::payout:
      return totals.payouts_minor;
    case Purpose::settlement:
    case Purpose::dispute:
    case Purpose::payment:
    case Purpose::adjustment:
      break;
  }
  return totals.other_minor;
}

Head head_at(store::Tx& tx, EntryNumber number) {
  if (!number) return {};
  return *tx.one(
      [&](const store::Row& row) {
        const ByteView hash = row.bytes(0);
        return Head{number, Bytes(hash.begin(), hash.end())};
      },
      "SELECT hash FROM ledger_entry WHERE number = $1", number);
}

void read_lines(store::Tx& tx, AccountId payable, EntryNumber after, EntryNumber last,
                Statement& statement) {
  statement.opening_minor = credit_balance_at(tx, payable, after);
  statement.closing_minor = statement.opening_minor;
  tx.each(
      [&](const store::Row& row) {
        StatementLine line{.entry = row.id<EntryNumber>(0),
                           .kind = stored_entry_kind(row.text(2)),
                           .purpose = stored_purpose(row.text(3)),
                           .reference = row.string(4),
                           .memo = row.string(5),
                           .occurred_at = row.instant(6),
                           .posted_at = row.instant(7),
                           .amount_minor = row.integer(8)};
        statement.closing_minor += line.amount_minor;
        line.balance_minor = statement.closing_minor;
        total_of(statement.totals, line.kind, line.purpose) += line.amount_minor;
        statement.lines.push_back(std::move(line));
      },
      "SELECT e.number, p.position, e.kind, p.purpose, e.reference, e.memo, e.occurred_at,"
      " e.posted_at, p.amount_minor AS amount"
      " FROM ledger_posting p JOIN ledger_entry e ON e.number = p.entry_number"
      " WHERE p.credit_account_id = $1 AND p.entry_number > $2 AND p.entry_number <= $3"
      " UNION ALL"
      " SELECT e.number, p.position, e.kind, p.purpose, e.reference, e.memo, e.occurred_at,"
      " e.posted_at, -p.amount_minor"
      " FROM ledger_posting p JOIN ledger_entry e ON e.number = p.entry_number"
      " WHERE p.debit_account_id = $1 AND p.entry_number > $2 AND p.entry_number <= $3"
      " ORDER BY 1, 2 LIMIT $4",
      payable, after, last, kStatementLinesMax + 1);
}

void balance_row(CsvWriter& csv, std::string_view name, Instant at, const Money& balance) {
  csv.plain(to_rfc3339(at)).plain("").plain(name).plain("").plain("").plain("").plain("");
  csv.money(balance).plain(balance.currency.code());
  csv.end_row();
}

void practice_row(CsvWriter& csv, Instant at, const Money& practised) {
  csv.plain(to_rfc3339(at)).plain("").plain("practice").plain("").plain("");
  csv.plain("Paid in practice and in no books: " + to_decimal(practised));
  csv.plain("").plain("").plain(practised.currency.code());
  csv.end_row();
}

}  // namespace

Result<Statement> statement(store::Tx& tx, ShopId shop, Currency currency, Instant from,
                            Instant to) {
  if (from > to) return fail(Error::invalid_field("from", "is after to"));
  Statement statement{
      .shop = shop, .currency = currency, .from = from, .to = to, .lines = {}, .books = {}};
  const EntryNumber after = last_before(tx, from);
  const EntryNumber last = last_before(tx, to);
  statement.books = head_at(tx, last);
  const auto payable = find_account(tx, payable_account(shop, currency));
  if (!payable) return statement;
  read_lines(tx, payable->id, after, last, statement);
  if (std::ssize(statement.lines) > kStatementLinesMax) {
    return fail(Error::make(ErrorKind::too_large, "statement-too-long",
                            "The statement has too many lines; choose a shorter time.")
                    .with("lines_max", kStatementLinesMax));
  }
  return statement;
}

std::string statement_csv(const Statement& statement, std::int64_t practice_minor) {
  CsvWriter csv;
  csv.header({"posted_at", "entry", "kind", "purpose", "reference", "memo", "amount", "balance",
              "currency"});
  const auto money = [&](std::int64_t minor) { return Money{minor, statement.currency}; };
  balance_row(csv, "opening", statement.from, money(statement.opening_minor));
  for (const StatementLine& line : statement.lines) {
    csv.plain(to_rfc3339(line.posted_at)).number(line.entry.value).plain(to_text(line.kind));
    csv.plain(to_text(line.purpose)).text(line.reference).text(line.memo);
    csv.money(money(line.amount_minor)).money(money(line.balance_minor));
    csv.plain(statement.currency.code());
    csv.end_row();
  }
  balance_row(csv, "closing", statement.to, money(statement.closing_minor));
  if (practice_minor != 0) practice_row(csv, statement.to, money(practice_minor));
  return std::move(csv).take();
}

Earnings earnings(store::Tx& tx, ShopId shop, ShowId show, Currency currency) {
  Earnings all{.currency = currency};
  tx.each(
      [&](const store::Row& row) {
        all.orders = row.integer(0);
        all.units = row.integer(1);
        const std::int64_t goods_minor = row.integer(2);
        all.shipping_minor = row.integer(3);
        all.tax_minor = row.integer(4);
        all.gross_minor = goods_minor + all.shipping_minor + all.tax_minor;
        const std::int64_t goods_back_minor = row.integer(5);
        all.shipping_back_minor = row.integer(6);
        all.tax_back_minor = row.integer(7);
        all.refunds_minor = goods_back_minor + all.shipping_back_minor + all.tax_back_minor;
        all.commission_minor = row.integer(8);
      },
      "SELECT count(*), CAST(COALESCE(SUM(s.units), 0) AS BIGINT),"
      " CAST(COALESCE(SUM(s.goods_minor), 0) AS BIGINT),"
      " CAST(COALESCE(SUM(s.shipping_minor), 0) AS BIGINT),"
      " CAST(COALESCE(SUM(s.goods_tax_minor + s.shipping_tax_minor), 0) AS BIGINT),"
      " CAST(COALESCE(SUM(s.goods_back_minor), 0) AS BIGINT),"
      " CAST(COALESCE(SUM(s.shipping_back_minor), 0) AS BIGINT),"
      " CAST(COALESCE(SUM(s.goods_tax_back_minor + s.shipping_tax_back_minor), 0) AS BIGINT),"
      " CAST(COALESCE(SUM(s.commission_minor - s.commission_back_minor), 0) AS BIGINT)"
      " FROM ledger_sale s JOIN ledger_entry e ON e.number = s.entry_number"
      " WHERE s.show_id = $1 AND s.shop_id = $2 AND e.currency = $3",
      show, shop, currency.code());
  const auto payable = find_account(tx, payable_account(shop, currency));
  if (!payable) return all;
  tx.each(
      [&](const store::Row& row) {
        all.net_minor = row.integer(0);
        all.provider_fees_minor = row.integer(1);
      },
      "SELECT CAST(COALESCE(SUM(CASE WHEN purpose = 'cash_kept' THEN 0 ELSE amount END), 0)"
      "  AS BIGINT),"
      " CAST(COALESCE(SUM(CASE WHEN purpose = 'provider_fee' THEN -amount ELSE 0 END), 0)"
      "  AS BIGINT) FROM ("
      " SELECT p.purpose, p.amount_minor AS amount FROM ledger_entry e"
      " JOIN ledger_posting p ON p.entry_number = e.number"
      " WHERE e.show_id = $1 AND p.credit_account_id = $2"
      " UNION ALL"
      " SELECT p.purpose, -p.amount_minor AS amount FROM ledger_entry e"
      " JOIN ledger_posting p ON p.entry_number = e.number"
      " WHERE e.show_id = $1 AND p.debit_account_id = $2) leg",
      show, payable->id);
  return all;
}

}  // namespace geili::ledger
