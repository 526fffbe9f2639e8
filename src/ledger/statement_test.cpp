#include "ledger/statement.hpp"

#include "ledger/test_books.hpp"

namespace geili::ledger {
namespace {

using store::Tx;
using store::testing::field_of;

class Statements : public Books {
 protected:
  std::string amounts(const Statement& statement) {
    std::string all;
    for (const StatementLine& line : statement.lines) {
      all += std::string(to_text(line.kind)) + " " + std::string(to_text(line.purpose)) + " " +
             std::to_string(line.amount_minor) + " " + std::to_string(line.balance_minor) + "; ";
    }
    return all;
  }
};

TEST_F(Statements, TellEachLineAndTheBalanceAfterIt) {
  const Instant from = clock_.now();
  sell("12");
  must(refunding(refund("12", 5'800)));
  clock_.advance(std::chrono::hours(1));
  const Statement found = statement_of(from, clock_.now());
  EXPECT_EQ(amounts(found),
            "sale goods 10000 10000; sale shipping 2000 12000; sale commission -1000 11000; "
            "sale provider_fee -500 10500; refund goods -5000 5500; refund commission 500 6000; ");
  EXPECT_EQ(found.opening_minor, 0);
  EXPECT_EQ(found.closing_minor, 6'000);
  EXPECT_EQ(found.totals.sales_minor, 12'000);
  EXPECT_EQ(found.totals.refunds_minor, -5'000);
  EXPECT_EQ(found.totals.commission_minor, -500);
  EXPECT_EQ(found.totals.fees_minor, -500);
  EXPECT_EQ(found.totals.sum_minor(), 6'000);
  EXPECT_EQ(found.lines[0].reference, "12");
  EXPECT_EQ(found.books.number, EntryNumber{2});
  EXPECT_EQ(found.books.hash, head_now().hash);
}

TEST_F(Statements, BeginWhereTheOneBeforeEnded) {
  const Instant start = clock_.now();
  std::vector<Instant> edges{start};
  for (int day = 0; day < 5; ++day) {
    sell(std::to_string(day));
    if (day % 2 == 0) must(refunding(refund(std::to_string(day), 1'000 + day)));
    clock_.advance(std::chrono::hours(24));
    edges.push_back(clock_.now());
  }
  std::int64_t closing = 0;
  std::size_t lines = 0;
  for (std::size_t i = 1; i < edges.size(); ++i) {
    const Statement found = statement_of(edges[i - 1], edges[i]);
    EXPECT_EQ(found.opening_minor, closing);
    EXPECT_EQ(found.closing_minor, closing + found.totals.sum_minor());
    closing = found.closing_minor;
    lines += found.lines.size();
  }
  EXPECT_EQ(closing, balance());
  EXPECT_EQ(statement_of(start, clock_.now()).lines.size(), lines);
}

TEST_F(Statements, AnEdgeBelongsToTheLaterOne) {
  const Instant now = clock_.now();
  sell("1");
  EXPECT_TRUE(statement_of(now - std::chrono::hours(1), now).lines.empty());
  EXPECT_EQ(statement_of(now, now + std::chrono::microseconds(1)).lines.size(), 4U);
}

TEST_F(Statements, OfNobodyAreEmpty) {
  sell("1");
  const Statement found = statement_of(Instant{0}, clock_.now(), ShopId{77});
  EXPECT_TRUE(found.lines.empty());
  EXPECT_EQ(found.closing_minor, 0);
  EXPECT_EQ(field_of(refused([&](Tx& tx) {
              return statement(tx, kShop, kMxn, clock_.now(), clock_.now() - std::chrono::hours(1));
            })),
            "from");
}

TEST_F(Statements, TooLongOnesAreRefused) {
  expect_whole_ = false;  // the rows below are made in bulk
  sell("1");
  tamper(
      "WITH RECURSIVE n (i) AS (SELECT 10 UNION ALL SELECT i + 1 FROM n WHERE i < 20015)"
      " INSERT INTO ledger_posting (entry_number, position, purpose, currency, amount_minor,"
      " debit_account_id, credit_account_id)"
      " SELECT 1, i, 'goods', 'MXN', 1, 1, 2 FROM n");
  clock_.advance(std::chrono::hours(1));
  EXPECT_EQ(
      refused([&](Tx& tx) { return statement(tx, kShop, kMxn, Instant{0}, clock_.now()); }).code,
      "statement-too-long");
}

TEST_F(Statements, AreCsvForASpreadsheet) {
  Sale sold = sale("=12");
  sold.memo = "two, \"round\"";
  sold.split = {.gross_minor = 100};
  sell(sold);
  const Instant from = clock_.now();
  clock_.advance(std::chrono::hours(1));
  const std::string csv = statement_csv(statement_of(from, clock_.now()), 0);
  EXPECT_EQ(csv,
            "\xEF\xBB\xBFposted_at,entry,kind,purpose,reference,memo,amount,balance,currency\r\n" +
                to_rfc3339(from) + ",,opening,,,,,0.00,MXN\r\n" + to_rfc3339(from) +
                ",1,sale,goods,'=12,\"two, \"\"round\"\"\",1.00,1.00,MXN\r\n" +
                to_rfc3339(clock_.now()) + ",,closing,,,,,1.00,MXN\r\n");
}

TEST_F(Statements, APrintedTableTellsOfPracticeAndCountsItNowhere) {
  const Statement nothing = statement_of(clock_.now(), clock_.now());
  const std::string at = to_rfc3339(clock_.now());
  EXPECT_EQ(statement_csv(nothing, 28'800),
            "\xEF\xBB\xBFposted_at,entry,kind,purpose,reference,memo,amount,balance,currency\r\n" +
                at + ",,opening,,,,,0.00,MXN\r\n" + at + ",,closing,,,,,0.00,MXN\r\n" + at +
                ",,practice,,,Paid in practice and in no books: 288.00,,,MXN\r\n");
}

TEST_F(Statements, AShowTellsWhatItEarned) {
  sell("1");
  sell("2");
  Sale cash = sale("3");
  cash.units = 5;
  sell_for_cash(cash);
  Sale elsewhere = sale("4");
  elsewhere.show = ShowId{99};
  sell(elsewhere);
  must(refunding(refund("2", 5'800)));
  Earnings earned = this->earned();
  EXPECT_EQ(earned.orders, 3);
  EXPECT_EQ(earned.units, 9);
  EXPECT_EQ(earned.gross_minor, 3 * 13'600);
  EXPECT_EQ(earned.shipping_minor, 3 * 2'000);
  EXPECT_EQ(earned.tax_minor, 3 * 1'600);
  EXPECT_EQ(earned.refunds_minor, 5'800);
  EXPECT_EQ(earned.tax_back_minor, 800);
  EXPECT_EQ(earned.commission_minor, 2'500);
  EXPECT_EQ(earned.provider_fees_minor, 1'000);
  EXPECT_EQ(earned.net_minor, earned.gross_minor - earned.refunds_minor - earned.commission_minor -
                                  earned.provider_fees_minor -
                                  (earned.tax_minor - earned.tax_back_minor));
  earned = this->earned(kOther);
  EXPECT_EQ(earned.orders, 0);
  EXPECT_EQ(earned.net_minor, 0);
}

}  // namespace
}  // namespace geili::ledger
