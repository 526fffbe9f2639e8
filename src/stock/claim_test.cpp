#include "stock/claim.hpp"

#include <string>
#include <vector>

#include "stock/claim_log.hpp"
#include "stock/show_limit.hpp"
#include "stock/test_stall.hpp"

namespace geili::stock {
namespace {

using store::Tx;
using store::testing::field_of;
using store::testing::figure_of;

constexpr DeviceId kAna{1};
constexpr DeviceId kTomas{2};

class Claims : public Stall {
 protected:
  auto limiting(const ShowLimit& limit) {
    return [=](Tx& tx) { return set_limit(tx, kShow, kNecklace, limit); };
  }
  std::vector<Logged> log() {
    return *read([](Tx& tx) -> Result<std::vector<Logged>> { return read_log(tx, kShow, 0); });
  }
  std::vector<std::string> log_words() {
    std::vector<std::string> words;
    for (const Logged& entry : log()) words.emplace_back(to_text(entry.what));
    return words;
  }
};

TEST_F(Claims, AHoldIsConfirmedOnce) {
  const auto held = write(holding(kAna, 2));
  ASSERT_TRUE(held);
  EXPECT_EQ(held->state, ClaimState::held);
  EXPECT_EQ(left(), 10);
  clock_.advance(kHeldFor - std::chrono::microseconds(1));
  EXPECT_EQ(write(confirming(held->id))->state, ClaimState::claimed);
  const std::string once = rows();
  EXPECT_EQ(write(confirming(held->id))->state, ClaimState::claimed);
  EXPECT_EQ(rows(), once);
  clock_.advance(kHeldFor);
  EXPECT_TRUE(expire_now().empty());
  EXPECT_EQ(left(), 10);
}

TEST_F(Claims, AHoldWhoseTimeIsOverIsNobodysEvenBeforeItIsSwept) {
  const auto held = write(holding(kAna));
  clock_.advance(kHeldFor);
  EXPECT_EQ(refused(confirming(held->id)).code, "hold-expired");
  EXPECT_EQ(left(), 11);
  const auto expired = expire_now();
  ASSERT_EQ(expired.size(), 1U);
  EXPECT_EQ(expired.front().id, held->id);
  EXPECT_EQ(expired.front().available, 12);
  EXPECT_EQ(refused(confirming(held->id)).code, "hold-expired");
  EXPECT_TRUE(expire_now().empty());
  EXPECT_EQ(write(releasing(held->id))->available, 12);
}

TEST_F(Claims, WhatWasReleasedIsNotConfirmed) {
  const auto held = write(holding(kAna));
  ASSERT_TRUE(write(releasing(held->id)));
  EXPECT_EQ(refused(confirming(held->id)).code, "hold-released");
  EXPECT_EQ(refused(confirming(ClaimId{99})).code, "claim-not-found");
  EXPECT_EQ(left(), 12);
}

TEST_F(Claims, OnlyHoldsThatRunAreListed) {
  ASSERT_TRUE(write(holding(kTomas)));
  const auto first = write(holding(kAna));
  clock_.advance(std::chrono::minutes(2));
  const auto second = write(holding(kAna));
  const auto holds = [this](std::optional<ProductId> product) {
    return *read([&](Tx& tx) -> Result<std::vector<Claim>> {
      return holds_of(tx, kAna, product, clock_.now());
    });
  };
  ASSERT_EQ(holds(std::nullopt).size(), 2U);
  EXPECT_EQ(holds(kNecklace).front().id, first->id);
  EXPECT_TRUE(holds(ProductId{6}).empty());
  clock_.advance(std::chrono::minutes(1));
  ASSERT_EQ(holds(std::nullopt).size(), 1U);
  EXPECT_EQ(holds(std::nullopt).front().id, second->id);
}

TEST_F(Claims, NobodyHoldsMoreThanTwenty) {
  ASSERT_TRUE(write([](Tx& tx) { return change(tx, kNecklace, 100); }));
  for (std::size_t i = 0; i < kHoldsPerBuyerMax; ++i) ASSERT_TRUE(write(holding(kAna)));
  EXPECT_EQ(refused(holding(kAna)).code, "too-many-holds");
  EXPECT_TRUE(write(holding(kTomas)));
  EXPECT_TRUE(write(claiming_in_show(kAna)));
}

TEST_F(Claims, WhoIsTooLateLearnsItsPlace) {
  ASSERT_TRUE(write(claiming_in_show(kAna, 5)));
  clock_.advance(std::chrono::milliseconds(700));
  const auto last = write(claiming_in_show(kTomas, 7));
  EXPECT_EQ(last->place, 2);
  EXPECT_EQ(last->after_us, 700'000);
  clock_.advance(std::chrono::milliseconds(400));
  const Error late = refused(claiming_in_show(kAna));
  EXPECT_EQ(late.code, "sold-out");
  EXPECT_EQ(figure_of(late, "place"), 3);
}

TEST_F(Claims, APlaceIsKept) {
  ASSERT_TRUE(write(claiming_in_show(DeviceId{1})));
  clock_.advance(std::chrono::milliseconds(400));
  const auto held = write(holding(DeviceId{2}));
  ASSERT_TRUE(held);
  clock_.advance(std::chrono::seconds(1));
  const auto kept = read([&](store::Tx& tx) { return find_claim(tx, held->id); });
  ASSERT_TRUE(kept);
  EXPECT_EQ(kept->place, 2);
  EXPECT_EQ(kept->after_us, 400'000);
  EXPECT_EQ(write(claiming(1))->place, 0);
}

TEST_F(Claims, AShowSellsNoMoreThanItsShare) {
  ASSERT_TRUE(write(limiting({.units_max = 3})));
  ASSERT_TRUE(write(claiming_in_show(kAna, 2)));
  const Error full = refused(claiming_in_show(kTomas, 2));
  EXPECT_EQ(full.code, "show-limit");
  EXPECT_EQ(figure_of(full, "available"), 1);
  const auto third = write(claiming_in_show(kTomas));
  EXPECT_EQ(refused(claiming_in_show(kTomas)).code, "show-limit");
  EXPECT_TRUE(write(claiming(9)));
  ASSERT_TRUE(write(releasing(third->id)));
  EXPECT_TRUE(write(claiming_in_show(kAna)));
}

TEST_F(Claims, ABuyerGetsNoMoreThanItsShare) {
  ASSERT_TRUE(write(limiting({.units_per_buyer_max = 2})));
  EXPECT_EQ(refused(claiming_in_show(kAna, 3)).code, "buyer-limit");
  ASSERT_TRUE(write(claiming_in_show(kAna)));
  const auto held = write(holding(kAna));
  ASSERT_TRUE(held);
  const Error full = refused(claiming_in_show(kAna));
  EXPECT_EQ(full.code, "buyer-limit");
  EXPECT_EQ(figure_of(full, "units_per_buyer_max"), 2);
  EXPECT_TRUE(write(claiming_in_show(kTomas, 2)));
  clock_.advance(kHeldFor);
  ASSERT_EQ(expire_now().size(), 1U);
  EXPECT_TRUE(write(claiming_in_show(kAna)));
}

TEST_F(Claims, ABuyersShareHoldsAlsoForTwoAtOnce) {
  ASSERT_TRUE(write(limiting({.units_per_buyer_max = 2})));
  ASSERT_TRUE(write(claiming_in_show(kAna)));
  EXPECT_EQ(refused(claiming_in_show(kAna, 2)).code, "buyer-limit");
  EXPECT_TRUE(write(claiming_in_show(kAna)));
}

TEST_F(Claims, ALimitBelowWhatIsSoldSellsNoMore) {
  const auto sold = write(claiming_in_show(kAna, 5));
  ASSERT_TRUE(write(limiting({.units_max = 2})));
  EXPECT_EQ(refused(claiming_in_show(kTomas)).code, "show-limit");
  ASSERT_TRUE(write(limiting({})));
  EXPECT_TRUE(write(claiming_in_show(kTomas)));
  for (const auto& [limit, field] :
       {std::pair{ShowLimit{.units_max = -1}, "/units_max"},
        std::pair{ShowLimit{.units_max = kStockMax + 1}, "/units_max"},
        std::pair{ShowLimit{.units_per_buyer_max = 0}, "/units_per_buyer_max"},
        std::pair{ShowLimit{.units_per_buyer_max = 101}, "/units_per_buyer_max"}}) {
    EXPECT_EQ(field_of(refused(limiting(limit))), field);
  }
}

TEST_F(Claims, TheLogTellsAllInOrderAndOneChain) {
  const auto held = write(holding(kAna));
  const auto lost = write(holding(kTomas));
  ASSERT_TRUE(write(confirming(held->id)));
  clock_.advance(kHeldFor);
  expire_now();
  ASSERT_TRUE(write(releasing(held->id)));
  ASSERT_TRUE(write(claiming(1)));
  const auto entries = log();
  EXPECT_EQ(log_words(),
            (std::vector<std::string>{"held", "held", "confirmed", "expired", "released"}));
  for (std::size_t i = 0; i < entries.size(); ++i) {
    EXPECT_EQ(entries[i].position, static_cast<std::int64_t>(i) + 1);
  }
  EXPECT_EQ(entries[0].mark, claim_mark(held->token));
  EXPECT_EQ(entries[3].mark, claim_mark(lost->token));
  EXPECT_NE(entries[0].mark, entries[1].mark);
  EXPECT_EQ(broken_at({}, kShow, entries), std::nullopt);
}

TEST_F(Claims, AChangedLogDoesNotContinueItsChain) {
  for (int i = 0; i < 5; ++i) ASSERT_TRUE(write(claiming_in_show(kAna)));
  const auto entries = log();
  const auto spoil = [&](auto change) {
    auto copy = entries;
    change(copy[2]);
    return broken_at({}, kShow, copy);
  };
  EXPECT_EQ(spoil([](Logged& entry) { entry.quantity = 2; }), 3);
  EXPECT_EQ(spoil([](Logged& entry) { entry.at.us += 1; }), 3);
  EXPECT_EQ(spoil([](Logged& entry) { entry.mark[0] = 'x'; }), 3);
  EXPECT_EQ(spoil([](Logged& entry) { entry.what = LoggedKind::held; }), 3);
  EXPECT_EQ(spoil([](Logged& entry) { entry.product = ProductId{6}; }), 3);
  EXPECT_EQ(spoil([](Logged& entry) { entry.hash[0] ^= std::byte{1}; }), 3);
  auto without = entries;
  without.erase(without.begin() + 1);
  EXPECT_EQ(broken_at({}, kShow, without), 3);
  EXPECT_EQ(broken_at({}, ShowId{5}, entries), 1);
}

}  // namespace
}  // namespace geili::stock
