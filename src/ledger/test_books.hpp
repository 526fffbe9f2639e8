#pragma once
// For the tests of this room: books in a real store, and words for what is posted.

#include <optional>
#include <ostream>
#include <string>
#include <vector>

#include "ledger/payout.hpp"
#include "ledger/sale.hpp"
#include "ledger/settlement.hpp"
#include "ledger/statement.hpp"
#include "ledger/verify.hpp"
#include "store/testing/test_store.hpp"

namespace geili::ledger {

inline const Currency kMxn = *Currency::parse("MXN");
inline const Currency kCny = *Currency::parse("CNY");
inline constexpr ShopId kShop{1};
inline constexpr ShopId kOther{2};
inline constexpr ShowId kShow{4};
inline constexpr const char* kClabe = "032180000118359719";

class Books : public store::testing::StoreTest {
 protected:
  template <class Job>
  auto must(Job job) {
    auto result = write(std::move(job));
    EXPECT_TRUE(result) << result.error().code << " " << result.error().detail << " "
                        << store::testing::field_of(result.error());
    return result.value();
  }
  // 100.00 of goods with 16.00 tax in them and 20.00 shipping, 10 % commission, 5.00 fee.
  Sale sale(const std::string& order) {
    return {.source = {"order", order},
            .shop = kShop,
            .show = kShow,
            .currency = kMxn,
            .split = {.gross_minor = 13'600,
                      .shipping_minor = 2'000,
                      .tax_minor = 1'600,
                      .provider_fee_minor = 500,
                      .commission_basis_points = 1'000},
            .units = 2,
            .reference = order,
            .memo = "",
            .occurred_at = clock_.now()};
  }
  Posted sell(const std::string& order) { return sell(sale(order)); }
  Posted sell(const Sale& sale) {
    return must([&](store::Tx& tx) { return record_sale(tx, sale, "stripe", clock_.now()); });
  }
  Posted sell_for_cash(Sale sale) {
    sale.split.provider_fee_minor = 0;
    return must([&](store::Tx& tx) { return cash_received(tx, sale, clock_.now()); });
  }
  Refund refund(const std::string& order, std::int64_t goods_minor,
                std::int64_t shipping_minor = 0) {
    return {.source = {"refund", "r" + std::to_string(++refunds_)},
            .sale = {"order", order},
            .goods_minor = goods_minor,
            .shipping_minor = shipping_minor,
            .memo = "",
            .occurred_at = clock_.now()};
  }
  auto refunding(const Refund& refund) {
    return [=, this](store::Tx& tx) { return record_refund(tx, refund, clock_.now()); };
  }
  std::int64_t balance(ShopId shop = kShop, Currency currency = kMxn) {
    return *read([&](store::Tx& tx) -> Result<std::int64_t> {
      return seller_balance(tx, shop, currency).minor;
    });
  }
  // Debits less credits of an account; 0 when it was never opened.
  std::int64_t account(const AccountKey& key) {
    return *read([&](store::Tx& tx) -> Result<std::int64_t> {
      const auto found = find_account(tx, key);
      return found ? found->balance_minor() : 0;
    });
  }
  std::int64_t cooperative(AccountKind kind) { return account(cooperative_account(kind, kMxn)); }
  std::int64_t clearing() {
    return account(provider_account(AccountKind::provider_clearing, "stripe", kMxn));
  }
  std::vector<Finding> findings(const std::optional<Head>& anchor = std::nullopt) {
    return *read([&](store::Tx& tx) -> Result<std::vector<Finding>> { return verify(tx, anchor); });
  }
  Statement statement_of(Instant from, Instant to, ShopId shop = kShop) {
    return *read([&](store::Tx& tx) { return statement(tx, shop, kMxn, from, to); });
  }
  Earnings earned(ShopId shop = kShop) {
    return *read(
        [&](store::Tx& tx) -> Result<Earnings> { return earnings(tx, shop, kShow, kMxn); });
  }
  Head head_now() {
    return *read([](store::Tx& tx) -> Result<Head> { return head(tx); });
  }
  void has_bank_account(ShopId shop) {
    must([&](store::Tx& tx) -> Result<int> {
      auto set = set_bank_details(tx, shop, kMxn,
                                  {.beneficiary = "Rosa " + std::to_string(shop.value),
                                   .scheme = AccountScheme::clabe,
                                   .account = kClabe,
                                   .bank = "Banco"},
                                  clock_.now());
      if (!set) return fail_as(set);
      return 0;
    });
  }
  // Changes rows behind the back of the room.
  void tamper(const std::string& sql) {
    must([&](store::Tx& tx) -> Result<std::int64_t> { return tx.exec(sql); });
  }
  void TearDown() override {
    if (expect_whole_) {
      EXPECT_EQ(findings(), std::vector<Finding>{});
    }
  }

  bool expect_whole_ = true;
  int refunds_ = 0;
};

inline std::ostream& operator<<(std::ostream& out, const Finding& finding) {
  return out << finding.fault << " at " << finding.subject;
}

}  // namespace geili::ledger
