// Random histories of a co-operative, with everything that must hold looked at after every step. A
// failing history names its seed; GEILI_LEDGER_SEED=<seed> plays that one alone,
// GEILI_LEDGER_SEED=all every one and not the first of each test alone.
#include <algorithm>
#include <cstdlib>
#include <functional>
#include <map>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include <stdlib.h>

#include "ledger/test_books.hpp"

namespace geili::ledger {
namespace {

using store::Tx;

constexpr int kSteps = 60;
constexpr std::uint64_t kSeedsPerTest = 50;
constexpr std::uint64_t kSeedsByDefault = 16;  // of these

// Refusals that a random step may meet; anything else is a fault.
const std::vector<std::string> kExpected{"refund-exceeds-sale",
                                         "fee-return-exceeds-fee",
                                         "ledger-nothing-to-post",
                                         "clawback-of-cash",
                                         "dispute-closed",
                                         "dispute-amount",
                                         "payout-draft-exists",
                                         "payout-batch-status",
                                         "payout-balance-changed",
                                         "payout-line-status",
                                         "ledger-entry-not-reversible"};

class History {
 public:
  explicit History(std::uint64_t seed) : random_(seed) {
    for (std::int64_t shop = 1; shop <= 3; ++shop) {
      (void)run([&](Tx& tx) -> Result<Posted> {
        (void)set_bank_details(tx, ShopId{shop}, kMxn, {"Rosa", AccountScheme::clabe, kClabe, ""},
                               clock_.now());
        return Posted{};
      });
    }
  }

  // Empty, or what went wrong.
  std::string play() {
    for (step_ = 0; step_ < kSteps && fault_.empty(); ++step_) {
      clock_.advance(std::chrono::seconds(some(7'200)));
      take_step();
      check();
    }
    if (fault_.empty()) check_statements();
    return fault_;
  }

 private:
  using Job = std::function<Result<Posted>(Tx&)>;

  std::int64_t some(std::int64_t most) {
    return static_cast<std::int64_t>(random_() % static_cast<std::uint64_t>(most + 1));
  }
  void expect(bool holds, const std::string& what) {
    if (!holds && fault_.empty()) fault_ = "step " + std::to_string(step_) + ": " + what;
  }

  Result<Posted> run(const Job& job) { return store::write_and_wait(*database_, job); }
  template <class Job>
  auto read(Job job) {
    return store::read_and_wait(*database_, std::move(job));
  }

  // Runs a step; a refused one must be one of those that may be.
  bool attempt(const Job& job) {
    const auto result = run(job);
    if (result) return true;
    const bool expected = std::ranges::find(kExpected, result.error().code) != kExpected.end();
    expect(expected, result.error().code + " " + result.error().detail);
    return false;
  }
  // Records something, and later perhaps once more.
  void record(const Job& job) {
    if (attempt(job)) recorded_.push_back(job);
  }

  std::string next_id() { return std::to_string(++last_id_); }
  Source some_sale() { return {"order", std::to_string(1 + some(orders_))}; }

  void take_step() {
    switch (some(13)) {
      case 0:
      case 1:
      case 2:
      case 3:
        return sell();
      case 4:
      case 5:
        return refund();
      case 6:
        return claw_back();
      case 7:
        return dispute();
      case 8:
        return repeat();
      case 9:
        return settle();
      case 10:
        return correct();
      default:
        return pay_out();
    }
  }

  void sell() {
    const std::int64_t goods = 1 + some(20'000);
    const std::int64_t shipping = some(1) * (1 + some(3'000));
    const std::int64_t goods_tax = some(goods / 4);
    const std::int64_t shipping_tax = shipping == 0 ? 0 : some(shipping / 4);
    const bool cash = some(3) == 0;
    const auto party = [&] { return some(1) == 0 ? Party::seller : Party::cooperative; };
    const Sale sale{.source = {"order", std::to_string(++orders_)},
                    .shop = {1 + some(2)},
                    .show = some(1) == 0 ? std::nullopt : std::optional(kShow),
                    .currency = some(9) == 0 ? kCny : kMxn,
                    .split = {.gross_minor = goods + shipping,
                              .shipping_minor = shipping,
                              .tax_minor = goods_tax + shipping_tax,
                              .shipping_tax_minor = shipping_tax,
                              .tax_is = some(1) == 0 ? TaxIs::included : TaxIs::added,
                              .provider_fee_minor = cash ? 0 : some(600),
                              .commission_basis_points = some(2'000),
                              .shipping_to = party(),
                              .tax_to = party(),
                              .fee_from = party()},
                    .units = some(5),
                    .reference = std::to_string(orders_),
                    .memo = "",
                    .occurred_at = clock_.now()};
    record([=, this](Tx& tx) {
      return cash ? cash_received(tx, sale, clock_.now())
                  : record_sale(tx, sale, "stripe", clock_.now());
    });
  }

  void refund() {
    if (orders_ == 0) return;
    const Source source = some_sale();
    const auto sale = read([&](Tx& tx) { return find_sale(tx, source); });
    if (!sale) return;
    const bool whole = some(2) == 0;
    const Paid left = sale->sold.paid - sale->back.paid;
    const bool included = sale->tax_is == TaxIs::included;
    const std::int64_t goods = left.goods_minor + (included ? left.goods_tax_minor : 0);
    const std::int64_t shipping = left.shipping_minor + (included ? left.shipping_tax_minor : 0);
    const Refund refund{.source = {"refund", next_id()},
                        .sale = source,
                        .goods_minor = whole ? goods : some(goods + 1),
                        .shipping_minor = whole ? shipping : some(shipping),
                        .fee_from = some(1) == 0 ? Party::seller : Party::cooperative,
                        .fee_returned_minor = sale->provider.empty() ? 0 : some(1) * some(300),
                        .memo = "",
                        .occurred_at = clock_.now()};
    if (refund.goods_minor + refund.shipping_minor == 0) return;
    record([=, this](Tx& tx) { return record_refund(tx, refund, clock_.now()); });
  }

  void claw_back() {
    if (orders_ == 0) return;
    Clawback clawback{.source = {"chargeback", next_id()},
                      .sale = some_sale(),
                      .amount_minor = 1 + some(9'000),
                      .fee_from = some(1) == 0 ? Party::seller : Party::cooperative,
                      .memo = "",
                      .occurred_at = clock_.now()};
    if (!disputes_.empty() && some(1) == 0) {
      const Dispute& dispute = disputes_[static_cast<std::size_t>(some(std::ssize(disputes_) - 1))];
      clawback.sale = dispute.sale;
      clawback.amount_minor = dispute.amount_minor;
      clawback.dispute = dispute.source;
    }
    if (!has_sale(clawback.sale)) return;
    record([=, this](Tx& tx) { return record_clawback(tx, clawback, clock_.now()); });
  }

  void dispute() {
    if (!disputes_.empty() && some(1) == 0) {
      const Source dispute =
          disputes_[static_cast<std::size_t>(some(std::ssize(disputes_) - 1))].source;
      const DisputeWon won{{"dispute_won", next_id()}, dispute, "", clock_.now()};
      return record([=, this](Tx& tx) { return record_dispute_won(tx, won, clock_.now()); });
    }
    if (orders_ == 0) return;
    const Dispute dispute{.source = {"dispute", next_id()},
                          .sale = some_sale(),
                          .amount_minor = 1 + some(9'000),
                          .fee_minor = some(200),
                          .fee_from = some(1) == 0 ? Party::seller : Party::cooperative,
                          .memo = "",
                          .occurred_at = clock_.now()};
    if (!has_sale(dispute.sale)) return;
    const std::size_t before = recorded_.size();
    record([=, this](Tx& tx) { return record_dispute(tx, dispute, clock_.now()); });
    if (recorded_.size() > before) disputes_.push_back(dispute);
  }

  bool has_sale(const Source& source) {
    return read([&](Tx& tx) { return find_sale(tx, source); }).has_value();
  }

  // An event that is told twice changes nothing.
  void repeat() {
    if (recorded_.empty()) return;
    const Job& job = recorded_[static_cast<std::size_t>(some(std::ssize(recorded_) - 1))];
    const Head before = head_now();
    const auto again = run(job);
    expect(again && !again->is_new, "a repeated event was refused or posted again");
    expect(head_now().number == before.number, "a repeated event has moved the head");
  }

  void settle() {
    const std::int64_t amount = 1 + some(30'000);
    const Settlement settlement{
        {"settlement", next_id()}, "stripe", {amount, kMxn}, some(300), "", "", clock_.now()};
    bank_ += amount;
    record([=, this](Tx& tx) { return record_provider_settlement(tx, settlement, clock_.now()); });
  }

  void correct() {
    const ShopId shop{1 + some(2)};
    if (some(2) == 0) {
      const std::int64_t amount = 1 + some(2'000);
      const SellerPayment payment{
          {"payment", next_id()}, shop, {amount, kMxn}, PaidInto::bank, "", "", clock_.now()};
      bank_ += amount;
      return record([=, this](Tx& tx) { return record_seller_payment(tx, payment, clock_.now()); });
    }
    const std::int64_t sign = some(1) == 0 ? 1 : -1;
    const Adjustment adjustment{{"adjustment", next_id()},
                                shop,
                                {sign * (1 + some(2'000)), kMxn},
                                "agreed",
                                "",
                                clock_.now()};
    const std::size_t before = recorded_.size();
    record([=, this](Tx& tx) { return record_adjustment(tx, adjustment, clock_.now()); });
    if (recorded_.size() > before && some(2) == 0) {
      const EntryNumber wrong = head_now().number;
      record([=, this](Tx& tx) { return reverse_entry(tx, wrong, "wrong", clock_.now()); });
    }
  }

  void pay_out() {
    const auto batches = *read([](Tx& tx) { return list_payout_batches(tx, {}); });
    if (batches.items.empty() || some(2) == 0) {
      const PayoutRequest request{kMxn, clock_.now() - std::chrono::seconds(some(9'000)),
                                  1 + some(500), 1 + some(3)};
      (void)attempt(without_entry(
          [=, this](Tx& tx) { return open_payout_batch(tx, request, clock_.now()); }));
      return;
    }
    const auto& chosen = batches.items[static_cast<std::size_t>(
        some(std::min<std::int64_t>(2, std::ssize(batches.items) - 1)))];
    const PayoutBatch batch = *read([&](Tx& tx) { return find_payout_batch(tx, chosen.id); });
    if (batch.status == BatchStatus::draft && some(3) > 0) return approve(batch);
    if (some(5) == 0) {
      (void)attempt(without_entry(
          [=, this](Tx& tx) { return cancel_payout_batch(tx, batch.id, clock_.now()); }));
      return;
    }
    const PayoutLine& line =
        batch.lines[static_cast<std::size_t>(some(std::ssize(batch.lines) - 1))];
    some(2) > 0 ? pay(line) : fail_line(line);
  }

  // A step of a payout, as a job like the others.
  template <class Step>
  static Job without_entry(Step step) {
    return [=](Tx& tx) -> Result<Posted> {
      auto done = step(tx);
      if (!done) return fail_as(done);
      return Posted{};
    };
  }

  std::int64_t balance(ShopId shop) {
    return *read(
        [&](Tx& tx) -> Result<std::int64_t> { return seller_balance(tx, shop, kMxn).minor; });
  }

  // An approval takes each amount out of a balance that has it, once.
  void approve(const PayoutBatch& batch) {
    std::map<ShopId, std::int64_t> before;
    for (const PayoutLine& line : batch.lines) before[line.shop] = balance(line.shop);
    const bool approved = attempt(without_entry(
        [=, this](Tx& tx) { return approve_payout_batch(tx, batch.id, clock_.now()); }));
    for (const PayoutLine& line : batch.lines) {
      const std::int64_t taken = approved ? line.amount.minor : 0;
      expect(!approved || before[line.shop] >= taken, "more was paid out than there was");
      expect(balance(line.shop) == before[line.shop] - taken, "a payout took another amount");
    }
  }

  void pay(const PayoutLine& line) {
    if (attempt(without_entry(
            [=, this](Tx& tx) { return mark_line_paid(tx, line.id, clock_.now()); })) &&
        line.status == LineStatus::sent) {
      bank_ -= line.amount.minor;
    }
  }

  void fail_line(const PayoutLine& line) {
    const std::int64_t before = balance(line.shop);
    const bool failed = attempt(without_entry(
        [=, this](Tx& tx) { return mark_line_failed(tx, line.id, "refused", clock_.now()); }));
    const bool returns = failed && line.status != LineStatus::failed;
    if (returns && line.status == LineStatus::paid) bank_ += line.amount.minor;
    expect(balance(line.shop) == before + (returns ? line.amount.minor : 0),
           "a failed line did not return to the balance once");
  }

  Head head_now() {
    return *read([](Tx& tx) -> Result<Head> { return head(tx); });
  }

  void check() {
    (void)read([&](Tx& tx) -> Result<int> {
      const std::vector<Finding> found = verify(tx, last_head_);
      for (const Finding& finding : found) expect(false, finding.fault + " at " + finding.subject);
      for (const Currency currency : {kMxn, kCny}) {
        expect(*tx.integer("SELECT CAST(COALESCE(SUM(debits_minor - credits_minor), 0) AS BIGINT)"
                           " FROM ledger_account WHERE currency = $1",
                           currency.code()) == 0,
               "the books do not add up to 0");
        for (std::int64_t shop = 1; shop <= 3; ++shop) check_seller(tx, ShopId{shop}, currency);
      }
      const auto bank = find_account(tx, cooperative_account(AccountKind::bank, kMxn));
      expect((bank ? bank->balance_minor() : 0) == bank_, "the bank has another balance");
      last_head_ = head(tx);
      return 0;
    });
    edges_.push_back(clock_.now());
  }

  void check_seller(Tx& tx, ShopId shop, Currency currency) {
    const Instant end = clock_.now() + std::chrono::seconds(1);
    const auto all = statement(tx, shop, currency, Instant{0}, end);
    expect(all && all->closing_minor == seller_balance(tx, shop, currency).minor,
           "a seller's balance is not that of the statement");
    expect(all && all->totals.sum_minor() == all->closing_minor,
           "a statement's totals are not its balance");
    const Earnings earned = earnings(tx, shop, kShow, currency);
    const auto& e = earned;
    expect(
        e.net_minor <= e.gross_minor - e.refunds_minor - e.commission_minor - e.provider_fees_minor,
        "a show earned more than buyers paid");
  }

  // Cut anywhere, statements follow each other without a gap.
  void check_statements() {
    for (std::int64_t shop = 1; shop <= 3; ++shop) {
      std::int64_t closing = 0;
      Instant from{0};
      for (const Instant edge : edges_) {
        const auto part =
            read([&](Tx& tx) { return statement(tx, ShopId{shop}, kMxn, from, edge); });
        expect(part && part->opening_minor == closing, "a statement opens with another balance");
        closing = part->closing_minor;
        from = edge;
      }
    }
  }

  std::mt19937_64 random_;
  ManualClock clock_;
  store::testing::TempDatabase database_;
  std::vector<Job> recorded_;
  std::vector<Dispute> disputes_;
  std::vector<Instant> edges_;
  std::int64_t orders_ = 0;
  std::int64_t last_id_ = 0;
  std::int64_t bank_ = 0;
  Head last_head_;
  int step_ = 0;
  std::string fault_;
};

class LedgerSimulation : public ::testing::TestWithParam<std::uint64_t> {};

TEST_P(LedgerSimulation, EveryStepLeavesTheBooksWhole) {
  // What is asked here is not whether a commit survives: a disk would only make it slow.
  ::setenv("TMPDIR", "/dev/shm", 0);
  const char* chosen = std::getenv("GEILI_LEDGER_SEED");
  const bool is_one = chosen != nullptr && chosen != std::string_view("all");
  const std::uint64_t first = GetParam() * kSeedsPerTest;
  const std::uint64_t count = chosen == nullptr ? kSeedsByDefault : kSeedsPerTest;
  for (std::uint64_t seed = first; seed < first + count; ++seed) {
    if (is_one && std::to_string(seed) != chosen) continue;
    const std::string fault = History(seed).play();
    ASSERT_EQ(fault, "") << "GEILI_LEDGER_SEED=" << seed;
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, LedgerSimulation, ::testing::Range<std::uint64_t>(0, 20));

}  // namespace
}  // namespace geili::ledger
