#include "ledger/statement_pdf.hpp"

#include "ledger/test_books.hpp"
#include "paper/testing/read_pdf.hpp"

namespace geili::ledger {
namespace {

using store::Tx;

class PrintedStatements : public Books {
 protected:
  // A month with everything in it.
  Statement month() {
    has_bank_account(kShop);
    const Instant from = clock_.now();
    for (const char* number : {"1", "2", "3"}) {
      sell(number);
      clock_.advance(std::chrono::hours(30));
    }
    sell_for_cash(sale("4"));
    must(refunding(refund("2", 5'800)));
    const auto draft =
        must([&](Tx& tx) { return open_payout_batch(tx, {kMxn, clock_.now()}, clock_.now()); });
    const auto batch =
        must([&](Tx& tx) { return approve_payout_batch(tx, *draft.batch, clock_.now()); });
    must(
        [&](Tx& tx) { return mark_line_failed(tx, batch.lines.at(0).id, "closed", clock_.now()); });
    must([&](Tx& tx) {
      return record_adjustment(
          tx, {{"adjustment", "1"}, kShop, {-2'500, kMxn}, "Caja y papel", "", clock_.now()},
          clock_.now());
    });
    clock_.advance(std::chrono::hours(30));
    return statement_of(from, clock_.now());
  }
  static Bytes print(const Statement& statement, Language language,
                     paper::PageSize size = paper::PageSize::a4) {
    auto pdf = statement_pdf(statement, {.cooperative = "Cooperativa San Salvador / 珍珠合作社",
                                         .shop = "Taller Piedra Viva",
                                         .language = language,
                                         .size = size,
                                         .utc_offset = std::chrono::hours(-6),
                                         .created_at = std::nullopt});
    EXPECT_TRUE(pdf) << pdf.error().code;
    return *std::move(pdf);
  }
};

TEST_F(PrintedStatements, SayTheSameInFourLanguages) {
  const Statement statement = month();
  struct Case {
    Language language;
    std::vector<std::string> parts;
  };
  const std::string closing = money_text({statement.closing_minor, kMxn}, Language::en);
  const std::vector<Case> cases{
      {Language::en,
       {"Statement of account", "Refund 2", "Sale 4 (cash)", "Payout returned", "Closing balance",
        "The co-operative owes you", closing}},
      {Language::zh, {"对账单", "退款 2", "期末余额", "合作社应付您", closing}},
      {Language::es,
       {"Estado de cuenta", "Devolución 2", "Venta 4 (efectivo)", "Caja y papel",
        "La cooperativa le debe", "devoluciones", closing}},
      {Language::fr,
       {"Relevé de compte", "Remboursement 2", "La coopérative vous doit", "Preuve des livres"}},
  };
  for (const Case& c : cases) {
    const Bytes pdf = print(statement, c.language);
    paper::testing::keep("statement_" + std::string(to_text(c.language)), pdf);
    const std::string text = paper::testing::text_of(pdf);
    for (const std::string& part : c.parts) {
      EXPECT_NE(text.find(part), std::string::npos) << part << "\n" << text;
    }
    EXPECT_NE(text.find(to_hex(statement.books.hash)), std::string::npos) << text;
  }
}

TEST_F(PrintedStatements, SayWhatWasPaidInPracticeWhereSomethingWas) {
  const Statement statement = month();
  const auto text_with = [&](std::int64_t practice_minor) {
    const auto pdf = statement_pdf(statement, {.cooperative = "Cooperativa",
                                               .shop = "Taller",
                                               .created_at = std::nullopt,
                                               .practice_minor = practice_minor});
    return paper::testing::text_of(*pdf);
  };
  EXPECT_EQ(text_with(0).find("practice"), std::string::npos);
  const std::string text = text_with(28'800);
  EXPECT_NE(text.find("Not counted here"), std::string::npos) << text;
  EXPECT_NE(text.find(money_text({28'800, kMxn}, Language::en)), std::string::npos) << text;
}

TEST_F(PrintedStatements, AreTheSameBytesEachTime) {
  const Statement statement = month();
  EXPECT_EQ(print(statement, Language::es), print(statement, Language::es));
  EXPECT_EQ(paper::testing::pages_of(print(statement, Language::es, paper::PageSize::a6)).size(),
            2U);
}

TEST_F(PrintedStatements, WhoOwesIsTold) {
  const Instant from = clock_.now();
  sell_for_cash(sale("1"));
  clock_.advance(std::chrono::hours(1));
  const std::string text =
      paper::testing::text_of(print(statement_of(from, clock_.now()), Language::en));
  EXPECT_NE(text.find("You owe the co-operative 26.00"), std::string::npos) << text;
  EXPECT_NE(text.find("−26.00"), std::string::npos) << text;
}

TEST_F(PrintedStatements, OfAQuietTimeSaySo) {
  const Bytes pdf = print(statement_of(clock_.now(), clock_.now()), Language::fr);
  EXPECT_NE(paper::testing::text_of(pdf).find("Aucune écriture"), std::string::npos);
}

TEST_F(PrintedStatements, LongOnesGoOverPages) {
  Statement statement = month();
  const std::vector<StatementLine> lines = statement.lines;
  for (int i = 0; i < 60; ++i) {
    for (StatementLine line : lines) {
      line.entry.value += 100 * (i + 1);
      statement.lines.push_back(line);
    }
  }
  const Bytes pdf = print(statement, Language::es);
  paper::testing::keep("statement_long", pdf);
  const auto pages = paper::testing::pages_of(pdf);
  ASSERT_GT(pages.size(), 5U);
  for (const std::string& page : pages) {
    EXPECT_NE(page.find("Taller Piedra Viva"), std::string::npos);
  }
}

}  // namespace
}  // namespace geili::ledger
