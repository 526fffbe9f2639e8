#include "flows/show_report.hpp"

#include "flows/hold.hpp"
#include "flows/show_report_paper.hpp"
#include "flows/test_pay.hpp"
#include "paper/testing/read_pdf.hpp"
#include "shows/audience.hpp"
#include "shows/chat.hpp"

namespace geili::flows {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

class ShowReportTest : public Pay {
 protected:
  using Pay::buy;  // a necklace, paid as is said
  void SetUp() override {
    Pay::SetUp();
    began_ = clock_.now();
  }

  void watched_by(std::int64_t viewers, std::string room = "a") {
    ASSERT_TRUE(write([&](Tx& tx) -> Result<void> {
      shows::note_audience(tx, show_, {.room = room, .viewers = viewers}, clock_.now());
      return {};
    }));
  }
  void show(ProductId product) {
    ASSERT_TRUE(write([&](Tx& tx) { return pin(tx, show_, product, clock_); }));
  }
  orders::Order buy(std::int64_t device, ProductId product, std::int64_t quantity = 1) {
    PlaceOrder order = wish(device, "key-" + std::to_string(10'000 + next_key_++));
    order.lines = {{product, quantity}};
    order.expected_total.minor = kPrice * quantity;
    const auto placed = place(order);
    EXPECT_TRUE(placed) << placed.error().code;
    return placed->order;
  }
  ShowReport report() {
    return *read([&](Tx& tx) { return show_report(tx, shop_, show_, clock_); });
  }
  static ReportProduct row(const ShowReport& report, ProductId product) {
    for (const ReportProduct& one : report.products) {
      if (one.product == product) return one;
    }
    ADD_FAILURE() << "no row of product " << product.value;
    return {};
  }
  HoldRequest holding(std::int64_t device) const {
    return {.device = DeviceId{device}, .show = show_, .product = necklace_, .quantity = 1};
  }

  Instant began_;
  int next_key_ = 0;
};

TEST_F(ShowReportTest, TellsTheAudienceBesideTheTakingsOfEachMinute) {
  watched_by(10);
  watched_by(5, "b");
  clock_.advance(minutes(1));
  watched_by(30);
  buy(1, necklace_, 2);
  buy(2, earrings_);
  clock_.advance(minutes(2));
  watched_by(12);
  const ShowReport all = report();
  ASSERT_EQ(all.minutes.size(), 4U);
  EXPECT_EQ(all.minutes[0].viewers, 15);
  EXPECT_EQ(all.minutes[1].viewers, 30);
  EXPECT_EQ(all.minutes[2].viewers, std::nullopt);
  EXPECT_EQ(all.minutes[3].viewers, 12);
  EXPECT_EQ(all.minutes[1].orders, 2);
  EXPECT_EQ(all.minutes[1].units, 3);
  EXPECT_EQ(all.minutes[1].takings_minor, 3 * kPrice);
  EXPECT_EQ(all.minutes[3].orders, 0);
  EXPECT_EQ(all.viewers_peak, 30);
  EXPECT_EQ(all.viewers_mean, 19);
  EXPECT_EQ(all.watched_minutes, (15 + 30 + 12) / 4);
  EXPECT_EQ(all.orders, 2);
  EXPECT_EQ(all.buyers, 2);
  EXPECT_TRUE(all.is_live);
}

TEST_F(ShowReportTest, LeavesOutWhatWasCancelledAndWhatWasBoughtElsewhere) {
  const auto order = buy(1, necklace_);
  buy(2, necklace_);
  PlaceOrder elsewhere = wish(3, "key-elsewhere");
  elsewhere.show = std::nullopt;
  ASSERT_TRUE(place(elsewhere));
  ASSERT_TRUE(write([&](Tx& tx) {
    return set_order_status(tx, shop_, order.id, orders::OrderStatus::cancelled, clock_);
  }));
  const ShowReport all = report();
  EXPECT_EQ(all.orders, 1);
  EXPECT_EQ(all.takings_minor, kPrice);
  EXPECT_EQ(all.minutes[0].orders, 1);
  EXPECT_EQ(row(all, necklace_).units, 1);
}

TEST_F(ShowReportTest, LostIsWhatWasToBePaidAndWasCancelledWithoutMoney) {
  ASSERT_TRUE(say(buy(Method::card, 1), EvidenceKind::paid));
  const auto given_back = buy(Method::card, 2);
  ASSERT_TRUE(say(given_back, EvidenceKind::paid, "e2", "m2"));
  ASSERT_TRUE(write(setting(given_back, OrderStatus::cancelled)));
  buy(Method::card, 3);
  const auto in_cash = buy(Method::on_delivery, 4);
  ASSERT_TRUE(write(setting(in_cash, OrderStatus::cancelled)));
  let_it_expire();
  const ReportPayments payments = report().payments;
  EXPECT_EQ(payments.orders, 3);
  EXPECT_EQ(payments.paid, 2);
  EXPECT_EQ(payments.lost, 1);
  EXPECT_EQ(payments.lost_minor, kPrice);
}

TEST_F(ShowReportTest, TellsOfAProductWhoSawItAndWhoBoughtIt) {
  show(necklace_);
  watched_by(40);
  buy(1, necklace_);
  buy(1, necklace_);
  buy(2, necklace_);
  clock_.advance(seconds(90));
  show(earrings_);
  watched_by(10);
  clock_.advance(seconds(30));
  const ShowReport all = report();
  const ReportProduct necklace = row(all, necklace_), earrings = row(all, earrings_);
  EXPECT_EQ(necklace.shown, seconds(90));
  EXPECT_EQ(necklace.viewers_at_most, 40);
  EXPECT_EQ(necklace.buyers, 2);
  EXPECT_EQ(necklace.orders, 3);
  EXPECT_EQ(necklace.conversion_basis_points(), 500);
  EXPECT_EQ(earrings.shown, seconds(30));
  EXPECT_EQ(earrings.viewers_at_most, 10);
  EXPECT_EQ(earrings.conversion_basis_points(), 0);
  ASSERT_EQ(all.pins.size(), 2U);
  EXPECT_EQ(all.pins[1].product, earrings_);
  EXPECT_EQ(all.pins[1].from, seconds(90));
  EXPECT_EQ(all.pins[1].to, seconds(120));
  EXPECT_EQ(all.products[0].product, necklace_) << "the most takings come first";
}

TEST_F(ShowReportTest, TellsWhatBecameOfHolds) {
  std::vector<stock::Claim> held;
  for (const std::int64_t device : {1, 2, 3, 4}) {
    const auto made = write([&](Tx& tx) { return hold(tx, holding(device), clock_); });
    ASSERT_TRUE(made) << made.error().code;
    held.push_back(*made);
  }
  buy(1, necklace_);
  ASSERT_TRUE(write([&](Tx& tx) { return cancel_hold(tx, DeviceId{2}, held[1].id, clock_); }));
  clock_.advance(minutes(30));
  ASSERT_TRUE(write([&](Tx& tx) -> Result<bool> { return expire_holds(tx, clock_); }));
  const auto late = write([&](Tx& tx) { return hold(tx, holding(5), clock_); });
  ASSERT_TRUE(late) << late.error().code;
  const ReportProduct necklace = row(report(), necklace_);
  EXPECT_EQ(necklace.holds, 5);
  EXPECT_EQ(necklace.holds_left, 1);
  EXPECT_EQ(necklace.holds_expired, 2);
}

TEST_F(ShowReportTest, TellsWhenTheMostLeftAndWhatWasShownThen) {
  for (const std::int64_t viewers : {10, 50, 20, 15, 16, 2}) {
    if (viewers == 20) show(earrings_);
    watched_by(viewers);
    clock_.advance(minutes(1));
  }
  const ShowReport all = report();
  ASSERT_EQ(all.drops.size(), 3U);
  EXPECT_EQ(all.drops[0].minute, 2);
  EXPECT_EQ(all.drops[0].left, 30);
  EXPECT_EQ(all.drops[0].pinned, earrings_);
  EXPECT_EQ(all.drops[1].left, 14);
  EXPECT_EQ(all.drops[2].left, 5);
}

TEST_F(ShowReportTest, EndsWithTheShowAndCountsWhatWasSaid) {
  ASSERT_TRUE(write([&](Tx& tx) -> Result<void> {
    shows::keep_chat(tx, show_, {1, clock_.now(), "Ana", "viewer", "hello"}, 50);
    return {};
  }));
  clock_.advance(seconds(61));
  ASSERT_TRUE(write([&](Tx& tx) { return end_show(tx, show_, clock_); }));
  clock_.advance(minutes(500));
  const ShowReport all = report();
  EXPECT_EQ(all.minutes.size(), 2U);
  EXPECT_EQ(all.to, began_ + seconds(61));
  EXPECT_FALSE(all.is_live);
  EXPECT_EQ(all.messages, 1);
  EXPECT_EQ(all.minutes[0].messages, 1);
}

TEST_F(ShowReportTest, IsBoundedAndAddsUpBeyondTheBound) {
  clock_.advance(minutes(kReportMinutesMax + 5));
  buy(1, necklace_);
  const ShowReport all = report();
  EXPECT_EQ(all.minutes.size(), static_cast<std::size_t>(kReportMinutesMax));
  EXPECT_EQ(all.takings_minor, kPrice);
}

TEST_F(ShowReportTest, IsRefusedBeforeTheShowAndTellsNothingOfAnotherShop) {
  const ShowId later = schedule({necklace_});
  const auto early = [&](Tx& tx) { return show_report(tx, shop_, later, clock_); };
  EXPECT_EQ(read(early).error().code, "show-not-started");
  const auto nowhere = [&](Tx& tx) { return show_report(tx, shop_, ShowId{99}, clock_); };
  EXPECT_EQ(read(nowhere).error().code, "show-not-found");
  const ShopId other = open_shop("Other", "");
  buy(1, necklace_);
  show(necklace_);
  const auto others = read([&](Tx& tx) { return show_report(tx, other, show_, clock_); });
  ASSERT_TRUE(others);
  EXPECT_EQ(others->orders, 0);
  EXPECT_TRUE(others->products.empty());
}

TEST_F(ShowReportTest, IsPrintedInFourLanguages) {
  watched_by(40);
  show(necklace_);
  buy(1, necklace_);
  clock_.advance(minutes(1));
  watched_by(7);
  const ShowReport all = report();
  const std::vector<std::pair<paper::Language, std::vector<std::string>>> cases{
      {paper::Language::en, {"Report of a show", "1 orders of 1 buyers", "Necklace", "288.00"}},
      {paper::Language::zh, {"直播报告", "最高观看人数", "Necklace"}},
      {paper::Language::es, {"Informe del show", "Compradores"}},
      {paper::Language::fr, {"Bilan du direct", "Spectateurs au plus", "288,00"}}};
  for (const auto& [language, parts] : cases) {
    const auto pdf = show_report_pdf(all, {.shop = "Pearls", .language = language});
    ASSERT_TRUE(pdf) << pdf.error().code;
    paper::testing::keep("show_report_" + std::string(to_text(language)), *pdf);
    const std::string text = paper::testing::text_of(*pdf);
    for (const std::string& part : parts) {
      EXPECT_NE(text.find(part), std::string::npos) << part << "\n" << text;
    }
  }
}

TEST_F(ShowReportTest, IsATableAMinuteAndATableAProduct) {
  const ProductId formula = list("=1+1, \"x\"", 5);
  ASSERT_TRUE(write([&](Tx& tx) {
    const auto version = shows::find_show(tx, show_)->version;
    return change_show(tx, show_, {.show = {}, .bag = {{necklace_, formula}}, .guests = {}},
                       version, clock_);
  }));
  watched_by(4);
  buy(1, necklace_);
  const ShowReport all = report();
  EXPECT_EQ(show_report_minutes_csv(all),
            "\xEF\xBB\xBFminute,at,viewers,messages,orders,units,takings,currency\r\n0," +
                to_rfc3339(began_) + ",4,0,1,1,288.00,CNY\r\n");
  const std::string products = show_report_products_csv(all);
  EXPECT_NE(products.find("\"'=1+1, \"\"x\"\"\""), std::string::npos) << products;
  EXPECT_NE(products.find(",Necklace,0,0,1,,1,1,0,0,0,288.00,CNY\r\n"), std::string::npos)
      << products;
}

}  // namespace
}  // namespace geili::flows
