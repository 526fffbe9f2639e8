// The journal: what an entry holds, what is posted once, and what the database itself refuses.
#include "ledger/entry.hpp"

#include "ledger/test_books.hpp"
#include "store/canon.hpp"

namespace geili::ledger {
namespace {

using store::Tx;
using store::testing::figure_of;

class Journal : public Books {
 protected:
  void refused_by_the_database(const std::string& sql) {
    EXPECT_THROW(must([&](Tx& tx) -> Result<std::int64_t> { return tx.exec(sql); }),
                 store::StoreFailure)
        << sql;
  }
  Entry entry(std::int64_t number) {
    return *read([&](Tx& tx) { return find_entry(tx, EntryNumber{number}); });
  }
};

TEST_F(Journal, AnEntryIsReadBackAsItWasPosted) {
  Sale sold = sale("12");
  sold.memo = "pearls, 珍珠";
  sold.occurred_at = clock_.now() - std::chrono::hours(3);
  EXPECT_EQ(sell(sold).number, EntryNumber{1});
  const Entry found = entry(1);
  EXPECT_EQ(found.kind, EntryKind::sale);
  EXPECT_EQ(found.source, (Source{"order", "12"}));
  EXPECT_EQ(found.show, kShow);
  EXPECT_EQ(found.currency, kMxn);
  EXPECT_EQ(found.reference, "12");
  EXPECT_EQ(found.memo, "pearls, 珍珠");
  EXPECT_EQ(found.occurred_at, sold.occurred_at);
  EXPECT_EQ(found.posted_at, clock_.now());
  EXPECT_EQ(found.hash, hash_of(found));
  EXPECT_TRUE(found.previous_hash.empty());
  ASSERT_EQ(found.postings.size(), 5U);
  EXPECT_EQ(found.postings[0].purpose, Purpose::goods);
  EXPECT_EQ(found.postings[0].amount_minor, 10'000);
  EXPECT_EQ(found.postings[0].credit, shop_account(AccountKind::seller_payable, kShop, kMxn));
  const auto by_source = read([](Tx& tx) { return find_entry(tx, Source{"order", "12"}); });
  EXPECT_EQ(by_source->number, found.number);
  for (const std::int64_t number : {0, 2, -1}) {
    EXPECT_EQ(refused([&](Tx& tx) { return find_entry(tx, EntryNumber{number}); }).code,
              "ledger-entry-not-found");
  }
}

TEST_F(Journal, EachEntryNamesTheHashOfTheOneBefore) {
  EXPECT_EQ(head_now().number, EntryNumber{});
  for (const char* order : {"1", "2", "3"}) sell(order);
  EXPECT_EQ(entry(2).previous_hash, entry(1).hash);
  EXPECT_EQ(entry(3).previous_hash, entry(2).hash);
  EXPECT_EQ(head_now().hash, entry(3).hash);
  EXPECT_EQ(entry(1).hash.size(), 32U);
}

TEST_F(Journal, AHashCoversEveryPartOfItsEntry) {
  sell("1");
  const Entry whole = entry(1);
  const auto differs = [&](auto change) {
    Entry changed = whole;
    change(changed);
    return hash_of(changed) != whole.hash;
  };
  EXPECT_TRUE(differs([](Entry& e) { e.number.value = 2; }));
  EXPECT_TRUE(differs([](Entry& e) { e.kind = EntryKind::refund; }));
  EXPECT_TRUE(differs([](Entry& e) { e.source.kind = "sale"; }));
  EXPECT_TRUE(differs([](Entry& e) { e.source.id = "2"; }));
  EXPECT_TRUE(differs([](Entry& e) { e.request_hash[0] ^= std::byte{1}; }));
  EXPECT_TRUE(differs([](Entry& e) { e.settles = EntryNumber{1}; }));
  EXPECT_TRUE(differs([](Entry& e) { e.show.reset(); }));
  EXPECT_TRUE(differs([](Entry& e) { e.currency = kCny; }));
  EXPECT_TRUE(differs([](Entry& e) { e.reference = ""; }));
  EXPECT_TRUE(differs([](Entry& e) { e.memo = " "; }));
  EXPECT_TRUE(differs([](Entry& e) { ++e.occurred_at.us; }));
  EXPECT_TRUE(differs([](Entry& e) { ++e.posted_at.us; }));
  EXPECT_TRUE(differs([](Entry& e) { e.previous_hash = Bytes(32); }));
  EXPECT_TRUE(differs([](Entry& e) { e.postings.pop_back(); }));
  EXPECT_TRUE(differs([](Entry& e) { ++e.postings[0].amount_minor; }));
  EXPECT_TRUE(differs([](Entry& e) { e.postings[0].purpose = Purpose::tax; }));
  EXPECT_TRUE(differs([](Entry& e) { e.postings[0].credit.shop = kOther; }));
  EXPECT_TRUE(differs([](Entry& e) { e.postings[0].debit.provider = "conekta"; }));
  EXPECT_TRUE(differs([](Entry& e) { std::swap(e.postings[0], e.postings[1]); }));
}

TEST_F(Journal, PostingTwiceChangesNothingAndReturnsTheFirst) {
  const Posted first = sell("1");
  EXPECT_TRUE(first.is_new);
  sell("2");
  const std::string before = rows();
  clock_.advance(std::chrono::hours(1));
  Sale again = sale("1");
  again.memo = "told again by the provider";
  const Posted second = sell(again);
  EXPECT_FALSE(second.is_new);
  EXPECT_EQ(second.number, first.number);
  EXPECT_EQ(rows(), before);
}

TEST_F(Journal, ASourceIsNotUsedForSomethingElse) {
  sell("1");
  Sale other = sale("1");
  other.split.gross_minor += 1;
  const auto selling = [&](Sale sale) {
    return [=, this](Tx& tx) { return record_sale(tx, sale, "stripe", clock_.now()); };
  };
  const Error error = refused(selling(other));
  EXPECT_EQ(error.code, "ledger-source-reused");
  EXPECT_EQ(figure_of(error, "entry_number"), 1);
  other = sale("1");
  other.shop = kOther;
  EXPECT_EQ(refused(selling(other)).code, "ledger-source-reused");
  Refund refund = this->refund("1", 100);
  refund.source = {"order", "1"};
  EXPECT_EQ(refused(refunding(refund)).code, "ledger-source-reused");
}

TEST_F(Journal, TimeNeverRunsBackInTheBooks) {
  sell("1");
  const Instant earlier = clock_.now() - std::chrono::hours(1);
  must([&](Tx& tx) { return record_sale(tx, sale("2"), "stripe", earlier); });
  EXPECT_EQ(entry(2).posted_at, entry(1).posted_at);
}

TEST_F(Journal, AnAccountHasALimit) {
  sell("1");
  tamper(
      "UPDATE ledger_account SET credits_minor = 3999999999999999999 WHERE kind = 'tax_payable'");
  expect_whole_ = false;
  EXPECT_EQ(
      refused([&](Tx& tx) { return record_sale(tx, sale("2"), "stripe", clock_.now()); }).code,
      "ledger-account-full");
}

TEST_F(Journal, AccountsAreListedInPages) {
  sell("1");
  std::string kinds;
  PageRequest page{.limit = 2};
  do {
    const auto found = *read([&](Tx& tx) { return list_accounts(tx, page); });
    for (const Account& account : found.items)
      kinds += std::string(to_text(account.key.kind)) + " ";
    page.cursor = found.next_cursor;
  } while (!page.cursor.empty());
  EXPECT_EQ(kinds, "provider_clearing seller_payable tax_payable commission_income ");
}

// The guarantees of docs/adr/0014-ledger.md that the database gives by itself.
TEST_F(Journal, TheDatabaseRefusesWhatWouldUnbalance) {
  sell("1");
  sell("2");
  const std::string posting =
      "INSERT INTO ledger_posting (entry_number, position, purpose, currency, amount_minor,"
      " debit_account_id, credit_account_id) VALUES ";
  const std::vector<std::string> unbalancing{
      posting + "(1, 9, 'goods', 'MXN', 0, 1, 2)",   // nothing
      posting + "(1, 9, 'goods', 'MXN', -5, 1, 2)",  // the other way
      posting + "(1, 9, 'goods', 'MXN', 5, 1, 1)",   // to itself
      posting + "(1, 9, 'goods', 'MXN', 5, 1, 99)",  // to nowhere
      posting + "(9, 0, 'goods', 'MXN', 5, 1, 2)",   // of no entry
      posting + "(1, 9, 'goods', 'CNY', 5, 1, 2)",   // in another currency
      "UPDATE ledger_account SET currency = 'CNY' WHERE id = 1",
      "UPDATE ledger_entry SET currency = 'CNY' WHERE number = 1",
      "DELETE FROM ledger_account WHERE id = 1",
      "UPDATE ledger_account SET debits_minor = -1 WHERE id = 1"};
  for (const std::string& sql : unbalancing) refused_by_the_database(sql);
}

TEST_F(Journal, TheDatabaseRefusesToBreakTheChain) {
  for (const char* order : {"1", "2", "3"}) sell(order);
  const std::string insert =
      "INSERT INTO ledger_entry (number, kind, source_kind, source_id, request_hash, currency,"
      " total_minor, posting_count, reference, memo, occurred_at, posted_at, previous_number,"
      " previous_hash, hash) SELECT ";
  const std::string rest =
      ", 'fee', 'x', 'y', request_hash, currency, 5, 1, '', '', 0, 0, previous_number,"
      " previous_hash, request_hash FROM ledger_entry WHERE number = ";
  const std::vector<std::string> breaking{
      "DELETE FROM ledger_entry WHERE number = 2",
      "UPDATE ledger_entry SET hash = request_hash WHERE number = 2",
      "UPDATE ledger_entry SET number = 7 WHERE number = 3",
      "UPDATE ledger_entry SET previous_hash = request_hash WHERE number = 3",
      "UPDATE ledger_entry SET source_id = '1' WHERE number = 3",
      insert + "7" + rest + "3",  // a gap
      insert + "4" + rest + "3",  // a fork
      insert + "0" + rest + "1"};
  for (const std::string& sql : breaking) refused_by_the_database(sql);
}

TEST(LedgerDigest, NoTwoListsWriteTheSame) {
  const auto hash = [](auto... parts) {
    store::Canon canon;
    (canon.add(parts), ...);
    return canon.sha256();
  };
  EXPECT_NE(hash("ab", "c"), hash("a", "bc"));
  EXPECT_NE(hash(std::int64_t{1}, std::int64_t{23}), hash(std::int64_t{12}, std::int64_t{3}));
  EXPECT_NE(hash("1;"), hash(std::int64_t{1}));
  EXPECT_NE(hash(), hash(""));
  // FIPS 180-4's own example: SHA-256 of no bytes at all.
  EXPECT_EQ(to_hex(hash()), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

}  // namespace
}  // namespace geili::ledger
