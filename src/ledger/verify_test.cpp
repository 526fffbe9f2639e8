// Rows changed behind the room's back are found.
#include "ledger/verify.hpp"

#include <algorithm>

#include "ledger/test_books.hpp"
#include "store/dialect.hpp"

namespace geili::ledger {
namespace {

using store::Tx;

class Verify : public Books {
 protected:
  void SetUp() override {
    expect_whole_ = false;
    has_bank_account(kShop);
    sell("1");
    sell("2");
    must(refunding(refund("1", 5'800)));
    clock_.advance(std::chrono::seconds(1));
    const auto draft =
        must([&](Tx& tx) { return open_payout_batch(tx, {kMxn, clock_.now()}, clock_.now()); });
    must([&](Tx& tx) { return approve_payout_batch(tx, *draft.batch, clock_.now()); });
    sell("3");
    ASSERT_EQ(findings(), std::vector<Finding>{});
  }
  // Whether the change is found as `fault` at `subject`; it is undone afterwards.
  bool finds(const std::string& sql, const std::string& fault, const std::string& subject) {
    std::vector<Finding> found;
    std::int64_t changed = 0;
    (void)write([&](Tx& tx) -> Result<int> {
      for (const std::string& statement : store::split_statements(sql))
        changed += tx.exec(statement);
      found = verify(tx);
      return fail(ErrorKind::conflict, "undo", "Undo it.");
    });
    EXPECT_GT(changed, 0) << sql;
    for (const Finding& finding : found) {
      if (finding == Finding{fault, subject}) return true;
      last_ += "\n" + finding.fault + " at " + finding.subject;
    }
    return false;
  }
  std::string last_;
};

TEST_F(Verify, TamperingWithAnyRowIsFound) {
  struct Case {
    const char* sql;
    const char* fault;
    const char* subject;
  };
  const std::vector<Case> cases{
      {"UPDATE ledger_account SET credits_minor = credits_minor + 1 WHERE id = 2", "account-totals",
       "account 2"},
      {"UPDATE ledger_account SET credits_minor = credits_minor + 1 WHERE id = 2", "currency-sum",
       "currency of account 1"},
      {"UPDATE ledger_account SET shop_id = 9 WHERE id = 2", "entry-hash", "entry 1"},
      {"UPDATE ledger_account SET provider = 'conekta' WHERE id = 1", "entry-hash", "entry 1"},
      {"DELETE FROM ledger_posting WHERE entry_number = 2 AND position = 3", "entry-totals",
       "entry 2"},
      {"DELETE FROM ledger_posting WHERE entry_number = 2", "entry-totals", "entry 2"},
      {"UPDATE ledger_posting SET amount_minor = amount_minor + 1 WHERE entry_number = 1"
       " AND position = 0; UPDATE ledger_account SET credits_minor = credits_minor + 1"
       " WHERE id = 2; UPDATE ledger_account SET debits_minor = debits_minor + 1 WHERE id = 1;"
       " UPDATE ledger_entry SET total_minor = total_minor + 1 WHERE number = 1;"
       " UPDATE ledger_sale SET goods_minor = goods_minor + 1 WHERE entry_number = 1",
       "entry-hash", "entry 1"},
      {"UPDATE ledger_posting SET purpose = 'goods' WHERE entry_number = 2 AND position = 1",
       "entry-hash", "entry 2"},
      {"UPDATE ledger_entry SET memo = 'x' WHERE number = 3", "entry-hash", "entry 3"},
      {"UPDATE ledger_entry SET occurred_at = 1 WHERE number = 3", "entry-hash", "entry 3"},
      {"UPDATE ledger_entry SET posted_at = 1 WHERE number = 3", "entry-time", "entry 3"},
      {"UPDATE ledger_entry SET hash = request_hash WHERE number = 5", "entry-hash", "entry 5"},
      {"UPDATE ledger_entry SET hash = request_hash WHERE number = 5", "chain-end", "entry 5"},
      {"UPDATE ledger_head SET last_number = 4", "chain-end", "entry 4"},
      {"DELETE FROM ledger_posting WHERE entry_number = 5; DELETE FROM ledger_sale"
       " WHERE entry_number = 5; DELETE FROM ledger_entry WHERE number = 5",
       "chain-end", "entry 5"},
      {"UPDATE ledger_sale SET goods_back_minor = 0 WHERE entry_number = 1", "sale-refunds",
       "entry 1"},
      {"UPDATE ledger_refund SET goods_minor = goods_minor + 1", "sale-refunds", "entry 3"},
      {"UPDATE ledger_sale SET commission_minor = 0 WHERE entry_number = 2", "sale-row", "entry 2"},
      {"DELETE FROM ledger_sale WHERE entry_number = 2", "sale-row", "entry 2"},
      {"UPDATE payout_line SET amount_minor = 1", "payout-line", "payout line 1"},
      {"UPDATE payout_line SET status = 'paid'", "payout-line", "payout line 1"},
      {"UPDATE payout_line SET status = 'failed'", "payout-transit", "account 5"},
      {"UPDATE payout_batch SET total_minor = 1", "payout-batch", "payout batch 1"},
      {"UPDATE payout_line SET status = 'proposed', entry_number = NULL", "payout-line", "entry 4"},
  };
  for (const Case& c : cases) {
    last_.clear();
    EXPECT_TRUE(finds(c.sql, c.fault, c.subject))
        << c.sql << " is not found as " << c.fault << " at " << c.subject << ", but: " << last_;
  }
  EXPECT_EQ(findings(), std::vector<Finding>{});
}

// The last entry is taken away with all that names it: the chain alone cannot know.
TEST_F(Verify, AHeadThatWasKeptShowsARewrittenChain) {
  const Head kept = head_now();
  EXPECT_EQ(findings(kept), std::vector<Finding>{});
  tamper("DELETE FROM ledger_posting WHERE entry_number = 5");
  tamper("DELETE FROM ledger_sale WHERE entry_number = 5");
  tamper("DELETE FROM ledger_entry WHERE number = 5");
  tamper(
      "UPDATE ledger_head SET last_number = 4,"
      " last_hash = (SELECT hash FROM ledger_entry WHERE number = 4)");
  tamper(
      "UPDATE ledger_account SET debits_minor = (SELECT COALESCE(SUM(amount_minor), 0) FROM"
      " ledger_posting WHERE debit_account_id = ledger_account.id), credits_minor = (SELECT"
      " COALESCE(SUM(amount_minor), 0) FROM ledger_posting"
      " WHERE credit_account_id = ledger_account.id)");
  EXPECT_EQ(findings(), std::vector<Finding>{});
  EXPECT_EQ(findings(kept), (std::vector<Finding>{{"anchor", "entry 5"}}));
  sell("4");  // another fifth entry
  EXPECT_EQ(findings(kept), (std::vector<Finding>{{"anchor", "entry 5"}}));
}

TEST_F(Verify, FindingsHaveALimit) {
  tamper(
      "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1100)"
      " INSERT INTO ledger_account (kind, shop_id, currency, debits_minor, opened_at)"
      " SELECT 'seller_payable', 1000 + i, 'MXN', 1, 0 FROM n");
  const auto found = findings();
  EXPECT_EQ(found.size(), kFindingsMax);
  EXPECT_EQ(found.back().fault, "too-many-findings");
}

}  // namespace
}  // namespace geili::ledger
