#include "flows/script.hpp"

#include <gtest/gtest.h>

#include "flows/show_report.hpp"
#include "flows/show_report_paper.hpp"
#include "flows/test_market.hpp"
#include "paper/testing/read_pdf.hpp"

namespace geili::flows {
namespace {

using shows::BeatKind;
using std::chrono::seconds;

class ScriptFlowTest : public Market {
 protected:
  void SetUp() override {
    Market::SetUp();
    const std::vector<shows::WantedBeat> beats{
        {.id = {}, .kind = BeatKind::opening, .product = {}, .text = "Welcome"},
        {.id = {}, .kind = BeatKind::price, .product = necklace_, .text = "=Only {price}"},
        {.id = {}, .kind = BeatKind::close, .product = earrings_, .text = "Last ones"}};
    ASSERT_TRUE(write([&](Tx& tx) { return shows::set_script(tx, show_, beats); }));
    beats_ = *read(
        [&](Tx& tx) -> Result<std::vector<shows::Beat>> { return shows::script_of(tx, show_); });
    told();
  }
  Result<bool> begin(std::size_t beat, bool pins = false) {
    const BeginBeat wish{.show = show_, .beat = beats_[beat].id, .pins = pins};
    return write([&](Tx& tx) { return begin_beat(tx, wish, clock_); });
  }
  void buy(std::int64_t quantity = 1) {
    PlaceOrder order = wish(next_, "key-" + std::to_string(10'000 + next_));
    ++next_;
    order.lines[0].quantity = quantity;
    order.expected_total.minor = kPrice * quantity;
    ASSERT_TRUE(place(order));
  }
  ShowReport report(ShopId shop) {
    return *read([&](Tx& tx) { return show_report(tx, shop, show_, clock_); });
  }
  std::vector<ReportBeat> told_beats() { return report(shop_).beats; }

  std::vector<shows::Beat> beats_;
  std::int64_t next_ = 1;
};

TEST_F(ScriptFlowTest, PinsItsProductInTheSameTransaction) {
  EXPECT_EQ(begin(1), true);
  EXPECT_TRUE(told().empty());
  EXPECT_EQ(begin(2, true), true);
  const auto heard = told();
  ASSERT_EQ(heard.size(), 1U);
  EXPECT_NE(heard[0].find(R"("type":"pinned")"), std::string::npos);
  EXPECT_EQ(begin(0, true), true) << "speaks of nothing";
  EXPECT_TRUE(told().empty());
}

TEST_F(ScriptFlowTest, ThatCannotPinIsNotBegun) {
  ASSERT_TRUE(write([&](Tx& tx) {
    const auto version = shows::find_show(tx, show_)->version;
    return change_show(tx, show_,
                       {.show = {}, .bag = std::vector<ProductId>{earrings_}, .guests = {}},
                       version, clock_);
  }));
  EXPECT_EQ(begin(1, true).error().code, "product-not-in-bag");
  EXPECT_TRUE(told_beats().empty());
}

TEST_F(ScriptFlowTest, EachBeatHasWhatWasSoldWhileItWasUnderWay) {
  buy();  // before the first beat
  clock_.advance(seconds(1));
  ASSERT_TRUE(begin(0));
  clock_.advance(seconds(30));
  ASSERT_TRUE(begin(1));
  buy(2);
  clock_.advance(seconds(60));
  ASSERT_TRUE(begin(2));
  buy();
  clock_.advance(seconds(15));
  ASSERT_TRUE(begin(1));
  buy();
  clock_.advance(seconds(30));
  ASSERT_TRUE(write([&](Tx& tx) { return end_show(tx, show_, clock_); }));
  clock_.advance(seconds(600));

  const auto beats = told_beats();
  ASSERT_EQ(beats.size(), 3U);
  EXPECT_EQ(beats[0].kind, BeatKind::opening);
  EXPECT_EQ(beats[0].length, seconds(30));
  EXPECT_EQ(beats[0].orders, 0);
  EXPECT_EQ(beats[0].takings_per_minute_minor(), 0);
  EXPECT_EQ(beats[1].times, 2);
  EXPECT_EQ(beats[1].length, seconds(90));
  EXPECT_EQ(beats[1].orders, 2);
  EXPECT_EQ(beats[1].units, 3);
  EXPECT_EQ(beats[1].takings_minor, 3 * kPrice);
  EXPECT_EQ(beats[1].takings_per_minute_minor(), 2 * kPrice);
  EXPECT_EQ(beats[1].title, "Necklace");
  EXPECT_EQ(beats[2].takings_minor, kPrice);
  EXPECT_EQ(beats[2].takings_per_minute_minor(), 4 * kPrice);
}

TEST_F(ScriptFlowTest, OnlyBeatsThatWereBegunAndOnlyOfTheShopsOwn) {
  ASSERT_TRUE(begin(2));
  const auto beats = told_beats();
  ASSERT_EQ(beats.size(), 1U);
  EXPECT_EQ(beats[0].kind, BeatKind::close);
  EXPECT_EQ(beats[0].takings_per_minute_minor(), std::nullopt);
  EXPECT_TRUE(report(open_shop("Other", "")).beats.empty());
}

TEST_F(ScriptFlowTest, IsPrintedAndATable) {
  ASSERT_TRUE(begin(1));
  buy();
  clock_.advance(seconds(60));
  const ShowReport all = report(shop_);
  const auto id = std::to_string(beats_[1].id.value);
  EXPECT_EQ(show_report_beats_csv(all),
            "\xEF\xBB\xBF"
            "beat_id,kind,product_id,title,text,times,length_s,orders,units,takings,"
            "takings_per_minute,currency\r\n" +
                id + ",price," + std::to_string(necklace_.value) +
                ",Necklace,'=Only {price},1,60,1,1,288.00,288.00,CNY\r\n");
  const std::vector<std::pair<paper::Language, std::string>> words{
      {paper::Language::en, "Price · Necklace"},
      {paper::Language::zh, "每分钟销售额"},
      {paper::Language::es, "Vendido por minuto"},
      {paper::Language::fr, "Prix · Necklace"}};
  for (const auto& [language, part] : words) {
    const auto pdf = show_report_pdf(all, {.shop = "Pearls", .language = language});
    ASSERT_TRUE(pdf) << pdf.error().code;
    const std::string text = paper::testing::text_of(*pdf);
    EXPECT_NE(text.find(part), std::string::npos) << part << "\n" << text;
  }
}

}  // namespace
}  // namespace geili::flows
