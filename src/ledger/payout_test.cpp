#include "ledger/payout.hpp"

#include "ledger/test_books.hpp"

namespace geili::ledger {
namespace {

using store::Tx;
using store::testing::field_of;
using store::testing::figure_of;

class Payouts : public Books {
 protected:
  auto opening(PayoutRequest request) {
    return [=, this](Tx& tx) { return open_payout_batch(tx, request, clock_.now()); };
  }
  PayoutDraft open(std::int64_t minimum_minor = 1) {
    clock_.advance(std::chrono::seconds(1));
    return must(opening({kMxn, clock_.now(), minimum_minor}));
  }
  auto approving(PayoutBatchId id) {
    return [=, this](Tx& tx) { return approve_payout_batch(tx, id, clock_.now()); };
  }
  auto cancelling(PayoutBatchId id) {
    return [=, this](Tx& tx) { return cancel_payout_batch(tx, id, clock_.now()); };
  }
  auto paying(PayoutLineId id) {
    return [=, this](Tx& tx) { return mark_line_paid(tx, id, clock_.now()); };
  }
  auto failing(PayoutLineId id, std::string why = "account closed") {
    return [=, this](Tx& tx) { return mark_line_failed(tx, id, why, clock_.now()); };
  }
  PayoutBatch batch(PayoutBatchId id) {
    return *read([&](Tx& tx) { return find_payout_batch(tx, id); });
  }
  // Sales of 105.00 to the seller each, for two shops with bank accounts, and an approved batch.
  PayoutBatch approved() {
    sell("1");
    Sale other = sale("2");
    other.shop = kOther;
    sell(other);
    has_bank_account(kShop);
    has_bank_account(kOther);
    return must(approving(*open().batch));
  }
  std::int64_t in_transit() { return -cooperative(AccountKind::payouts_in_transit); }
};

TEST_F(Payouts, GoFromDraftToTheBank) {
  sell("1");
  has_bank_account(kShop);
  const PayoutDraft draft = open();
  ASSERT_TRUE(draft.batch);
  EXPECT_TRUE(draft.skipped.empty());
  EXPECT_EQ(balance(), 10'500);  // a draft moves nothing
  PayoutBatch found = must(approving(*draft.batch));
  EXPECT_EQ(found.status, BatchStatus::approved);
  EXPECT_EQ(found.total, (Money{10'500, kMxn}));
  ASSERT_EQ(found.lines.size(), 1U);
  EXPECT_EQ(found.lines[0].status, LineStatus::sent);
  EXPECT_EQ(found.lines[0].to.account, kClabe);
  EXPECT_EQ(balance(), 0);
  EXPECT_EQ(in_transit(), 10'500);
  EXPECT_TRUE(must(paying(found.lines[0].id)));
  found = batch(*draft.batch);
  EXPECT_EQ(found.status, BatchStatus::paid);
  EXPECT_EQ(found.closed_at, clock_.now());
  EXPECT_EQ(in_transit(), 0);
  EXPECT_EQ(cooperative(AccountKind::bank), -10'500);
  EXPECT_FALSE(open().batch);
}

TEST_F(Payouts, WhoIsNotPaidIsNamed) {
  has_bank_account(kShop);
  has_bank_account(kOther);
  for (const std::int64_t shop : {1, 2, 3, 4, 5}) {
    Sale sold = sale(std::to_string(shop));
    sold.shop = ShopId{shop};
    if (shop == 2) {
      sell_for_cash(sold);
    } else {
      sell(sold);
    }
  }
  has_bank_account(ShopId{4});
  has_bank_account(ShopId{5});
  must([&](Tx& tx) {
    return record_adjustment(tx, {{"a", "1"}, ShopId{4}, {-10'400, kMxn}, "x", "", clock_.now()},
                             clock_.now());
  });
  clock_.advance(std::chrono::seconds(1));
  const Instant up_to = clock_.now();
  Sale late = sale("6");
  late.shop = ShopId{6};
  sell(late);
  has_bank_account(ShopId{6});
  const PayoutDraft draft = must(opening({kMxn, up_to, 500, 1}));
  std::string named;
  for (const Skipped& skipped : draft.skipped) {
    named += std::to_string(skipped.shop.value) + " " + std::string(to_text(skipped.reason)) + " " +
             std::to_string(skipped.balance.minor) + "; ";
  }
  EXPECT_EQ(named,
            "2 negative_balance -2600; 3 no_bank_details 10500; 4 below_minimum 100; "
            "5 batch_full 10500; 6 nothing_due 10500; ");
  EXPECT_EQ(batch(*draft.batch).lines.at(0).shop, kShop);
}

TEST_F(Payouts, BadRequestsAreRefused) {
  sell("1");
  has_bank_account(kShop);
  const Instant now = clock_.now();
  EXPECT_EQ(field_of(refused(opening({kMxn, now + std::chrono::seconds(1)}))), "/up_to");
  EXPECT_EQ(field_of(refused(opening({kMxn, now, 0}))), "/minimum_minor");
  EXPECT_EQ(field_of(refused(opening({kMxn, now, kMoneyMinorMax + 1}))), "/minimum_minor");
  EXPECT_EQ(field_of(refused(opening({kMxn, now, 1, 0}))), "/lines_max");
  EXPECT_EQ(field_of(refused(opening({kMxn, now, 1, kPayoutLinesMax + 1}))), "/lines_max");
  const PayoutDraft draft = open();
  const Error second = refused(opening({kMxn, clock_.now()}));
  EXPECT_EQ(second.code, "payout-draft-exists");
  EXPECT_EQ(figure_of(second, "batch_id"), draft.batch->value);
  EXPECT_FALSE(must(opening({kCny, clock_.now()})).batch);
  for (const auto& job : {approving(PayoutBatchId{9})}) {
    EXPECT_EQ(refused(job).code, "payout-batch-not-found");
  }
  EXPECT_EQ(refused(cancelling(PayoutBatchId{9})).code, "payout-batch-not-found");
  EXPECT_EQ(refused(paying(PayoutLineId{99})).code, "payout-line-not-found");
  EXPECT_EQ(refused(failing(PayoutLineId{99})).code, "payout-line-not-found");
  const PayoutLineId line = batch(*draft.batch).lines.at(0).id;
  EXPECT_EQ(refused(paying(line)).code, "payout-line-status");
  EXPECT_EQ(refused(failing(line)).code, "payout-line-status");
  EXPECT_EQ(field_of(refused(failing(line, ""))), "/failure");
  EXPECT_EQ(field_of(refused(failing(line, std::string(201, 'a')))), "/failure");
}

TEST_F(Payouts, OnlyWhatWasPostedBeforeTheDayIsDue) {
  has_bank_account(kShop);
  sell("1");
  clock_.advance(std::chrono::hours(1));
  const Instant up_to = clock_.now();
  clock_.advance(std::chrono::hours(1));
  sell("2");                            // later: not due
  must(refunding(refund("1", 5'800)));  // later, and it takes from what is due
  const PayoutDraft draft = must(opening({kMxn, up_to}));
  EXPECT_EQ(batch(*draft.batch).total.minor, 10'500 - 4'500);
  must(approving(*draft.batch));
  EXPECT_EQ(balance(), 10'500);
}

TEST_F(Payouts, ARefundAfterThePayoutIsNettedFromTheNextOne) {
  has_bank_account(kShop);
  sell("1");
  const PayoutBatch first = must(approving(*open().batch));
  must(paying(first.lines.at(0).id));
  must(refunding(refund("1", 11'600, 2'000)));
  EXPECT_EQ(balance(), -500 - 10'500);
  const PayoutDraft none = open();
  EXPECT_FALSE(none.batch);
  EXPECT_EQ(none.skipped.at(0).reason, SkipReason::negative_balance);
  sell("2");
  sell("3");
  EXPECT_EQ(batch(*open().batch).total.minor, 2 * 10'500 - 11'000);
}

TEST_F(Payouts, ADraftThatNoLongerHoldsIsNotApproved) {
  has_bank_account(kShop);
  sell("1");
  const PayoutBatchId id = *open().batch;
  clock_.advance(std::chrono::seconds(1));
  must(refunding(refund("1", 5'800)));
  sell("2");  // makes the balance larger again, but not what was due
  const Error changed = refused(approving(id));
  EXPECT_EQ(changed.code, "payout-balance-changed");
  EXPECT_EQ(figure_of(changed, "shop_id"), 1);
  EXPECT_EQ(figure_of(changed, "due"), 6'000);
  EXPECT_EQ(must(cancelling(id)).status, BatchStatus::cancelled);
  const PayoutBatchId again = *open().batch;
  must([&](Tx& tx) -> Result<int> {
    return set_bank_details(tx, kShop, kMxn,
                            {"Rosa", AccountScheme::clabe, "002010077777777771", ""}, clock_.now())
               ? Result<int>(0)
               : Result<int>(1);
  });
  EXPECT_EQ(refused(approving(again)).code, "payout-account-changed");
}

TEST_F(Payouts, AFailedLineReturnsToTheBalance) {
  const PayoutBatch sent = approved();
  EXPECT_TRUE(must(paying(sent.lines.at(0).id)));
  EXPECT_EQ(batch(sent.id).status, BatchStatus::approved);
  EXPECT_TRUE(must(failing(sent.lines.at(1).id)));
  const PayoutBatch settled = batch(sent.id);
  EXPECT_EQ(settled.status, BatchStatus::paid);
  EXPECT_EQ(settled.lines.at(1).failure, "account closed");
  EXPECT_EQ(balance(kShop), 0);
  EXPECT_EQ(balance(kOther), 10'500);
  EXPECT_EQ(in_transit(), 0);
  const PayoutBatch next = must(approving(*open().batch));
  ASSERT_EQ(next.lines.size(), 1U);
  EXPECT_EQ(next.lines[0].shop, kOther);
  EXPECT_EQ(next.total.minor, 10'500);
}

TEST_F(Payouts, ALineThatTheBankSendsBackLaterReturnsToo) {
  const PayoutBatch sent = approved();
  must([&](Tx& tx) { return mark_batch_paid(tx, sent.id, clock_.now()); });
  EXPECT_EQ(cooperative(AccountKind::bank), -21'000);
  EXPECT_TRUE(must(failing(sent.lines.at(0).id, "no such account")));
  EXPECT_EQ(cooperative(AccountKind::bank), -10'500);
  EXPECT_EQ(balance(kShop), 10'500);
  EXPECT_EQ(batch(sent.id).status, BatchStatus::paid);
  EXPECT_EQ(refused(paying(sent.lines.at(0).id)).code, "payout-line-status");
}

TEST_F(Payouts, RepeatingAStepChangesNothing) {
  const PayoutBatch sent = approved();
  std::string before = rows();
  must(approving(sent.id));
  EXPECT_EQ(rows(), before);
  must(paying(sent.lines.at(0).id));
  must(failing(sent.lines.at(1).id));
  before = rows();
  EXPECT_FALSE(must(paying(sent.lines.at(0).id)));
  EXPECT_FALSE(must(failing(sent.lines.at(1).id)));
  must([&](Tx& tx) { return mark_batch_paid(tx, sent.id, clock_.now()); });
  EXPECT_EQ(rows(), before);
  EXPECT_EQ(refused(paying(sent.lines.at(1).id)).code, "payout-line-status");
  EXPECT_EQ(refused(cancelling(sent.id)).code, "payout-batch-status");
  EXPECT_EQ(refused(approving(sent.id)).code, "payout-batch-status");
}

TEST_F(Payouts, ACancelledBatchGivesEverythingBack) {
  const PayoutBatch sent = approved();
  must(failing(sent.lines.at(0).id));
  const PayoutBatch cancelled = must(cancelling(sent.id));
  EXPECT_EQ(cancelled.status, BatchStatus::cancelled);
  EXPECT_EQ(cancelled.lines.at(0).status, LineStatus::failed);
  EXPECT_EQ(cancelled.lines.at(1).status, LineStatus::cancelled);
  EXPECT_EQ(balance(kShop), 10'500);
  EXPECT_EQ(balance(kOther), 10'500);
  EXPECT_EQ(in_transit(), 0);
  const std::string before = rows();
  must(cancelling(sent.id));
  EXPECT_EQ(rows(), before);
  EXPECT_EQ(refused(approving(sent.id)).code, "payout-batch-status");
  EXPECT_EQ(batch(*open().batch).total.minor, 21'000);
}

TEST_F(Payouts, ABatchWithAPaidLineIsNotCancelled) {
  const PayoutBatch sent = approved();
  must(paying(sent.lines.at(0).id));
  EXPECT_EQ(refused(cancelling(sent.id)).code, "payout-batch-status");
}

TEST_F(Payouts, TheDatabaseSettlesAPayoutOnce) {
  const PayoutBatch sent = approved();
  must(paying(sent.lines.at(0).id));
  sell("3");
  EXPECT_THROW(must([&](Tx& tx) -> Result<std::int64_t> {
                 return tx.exec("UPDATE ledger_entry SET settles = 3 WHERE number = 6");
               }),
               store::StoreFailure);
  EXPECT_THROW(
      must([&](Tx& tx) -> Result<std::int64_t> {
        return tx.exec(
            "INSERT INTO payout_batch (currency, status, up_to, line_count, total_minor, opened_at)"
            " SELECT currency, 'draft', 0, 1, 1, 0 FROM payout_batch"
            " UNION ALL SELECT currency, 'draft', 0, 1, 1, 0 FROM payout_batch");
      }),
      store::StoreFailure);
}

TEST_F(Payouts, AnAccountIsErasedWhenNoPayoutNeedsIt) {
  const PayoutBatch sent = approved();
  const auto erasing = [](Tx& tx) -> Result<int> {
    auto erased = erase_bank_details(tx, kShop);
    if (!erased) return fail_as(erased);
    return 0;
  };
  EXPECT_EQ(refused(erasing).code, "payout-in-progress");
  must(paying(sent.lines.at(0).id));
  must(erasing);
  EXPECT_EQ(rows().find("Rosa 1"), std::string::npos);
  EXPECT_NE(rows().find("Rosa 2"), std::string::npos);
  EXPECT_EQ(batch(sent.id).lines.at(0).to.account, "");
}

TEST_F(Payouts, TheBanksFileIsCsv) {
  EXPECT_EQ(payout_csv({.id = {}, .currency = kMxn, .total = {0, kMxn}}).error().code,
            "payout-batch-status");
  const auto line = [](std::int64_t id, std::int64_t minor, LineStatus status, BankDetails to) {
    return PayoutLine{.id = {id},
                      .shop = {id},
                      .amount = {minor, kMxn},
                      .status = status,
                      .to = std::move(to),
                      .reference = "GEILI-1-" + std::to_string(id)};
  };
  const PayoutBatch batch{
      .id = {1},
      .currency = kMxn,
      .status = BatchStatus::approved,
      .total = {0, kMxn},
      .lines = {line(1, 10'500, LineStatus::sent,
                     {"Rosa \"La Piedra\", Ltd", AccountScheme::clabe, kClabe, "Banco"}),
                line(2, 7, LineStatus::paid, {"=cmd()", AccountScheme::account, "-12-34", "@b"}),
                line(3, 1, LineStatus::failed, {"x", AccountScheme::account, "1234", ""}),
                line(4, 1, LineStatus::cancelled, {"x", AccountScheme::account, "1234", ""})}};
  EXPECT_EQ(
      *payout_csv(batch),
      "beneficiary,scheme,account,bank,amount,currency,reference\r\n"
      "\"Rosa \"\"La Piedra\"\", Ltd\",clabe,032180000118359719,Banco,105.00,MXN,GEILI-1-1\r\n"
      "'=cmd(),account,'-12-34,'@b,0.07,MXN,GEILI-1-2\r\n");
}

TEST_F(Payouts, BatchesAreListedNewestFirst) {
  sell("1");
  has_bank_account(kShop);
  std::string ids;
  for (int i = 0; i < 3; ++i) must(cancelling(*open().batch));
  PageRequest page{.limit = 2};
  do {
    const auto found = *read([&](Tx& tx) { return list_payout_batches(tx, page); });
    for (const PayoutBatch& batch : found.items) ids += std::to_string(batch.id.value) + " ";
    page.cursor = found.next_cursor;
  } while (!page.cursor.empty());
  EXPECT_EQ(ids, "3 2 1 ");
}

}  // namespace
}  // namespace geili::ledger
