#include "flows/reminders.hpp"

#include <algorithm>
#include <set>

#include "base/random.hpp"
#include "catalog/follow.hpp"
#include "flows/reminder_words.hpp"
#include "flows/test_market.hpp"
#include "push/reminder.hpp"

namespace geili::flows {
namespace {

using push::Kind;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

class Reminders : public Market {
 protected:
  void SetUp() override {
    Market::SetUp();
    (void)take();  // of the show that is live already
    next_ = plan(clock_.now() + hours(2));
    subscribe(1);
    ASSERT_TRUE(write([&](Tx& tx) { return remind_of_show(tx, DeviceId{1}, next_, clock_); }));
  }
  ShowId plan(Instant at) {
    return write([&](Tx& tx) {
             return create_show(tx, {{.shop = shop_, .title = "Next", .starts_at = at}, {}, {}});
           })
        ->id;
  }
  void subscribe(std::int64_t device) {
    const push::Target target{
        .endpoint = "https://push.example.net/" + std::to_string(device),
        .keys = {.p256dh = crypto::new_p256_pair().point, .auth = random_bytes(16)}};
    ASSERT_TRUE(write([&](Tx& tx) {
      return push::subscribe(tx, DeviceId{device}, target, "en", sealer_, clock_.now());
    }));
  }
  void move(ShowId show, Instant to) {
    const auto version = read([&](Tx& tx) { return shows::find_show(tx, show); })->version;
    ASSERT_TRUE(write([&](Tx& tx) {
      return change_show(tx, show, {.show = {.title = {}, .starts_at = to}}, version, clock_);
    }));
  }
  void call_off(ShowId show) {
    ASSERT_TRUE(write([&](Tx& tx) { return call_off_show(tx, show, clock_); }));
  }
  std::vector<Reminder> take() {
    return *write(
        [&](Tx& tx) -> Result<std::vector<Reminder>> { return take_reminders(tx, 100, clock_); });
  }
  bool is_due() {
    return *read([&](Tx& tx) -> Result<bool> { return is_reminder_due(tx, clock_); });
  }

  ShowId next_;
  crypto::Sealer sealer_{Secret<Bytes>(random_bytes(crypto::kSealKeyBytes))};
};

TEST_F(Reminders, ComeAQuarterOfAnHourBeforeTheStartAndNoEarlier) {
  clock_.advance(hours(2) - kRemindBefore - seconds(1));
  EXPECT_FALSE(is_due());
  EXPECT_TRUE(take().empty());
  clock_.advance(seconds(1));
  EXPECT_TRUE(is_due());
  const auto soon = take();
  ASSERT_EQ(soon.size(), 1U);
  EXPECT_EQ(soon[0].attempt.kind, Kind::soon);
  EXPECT_EQ(soon[0].note.good_for, minutes(15));
  EXPECT_EQ(soon[0].note.urgency, push::Urgency::high);
  EXPECT_EQ(soon[0].note.topic, "show-" + std::to_string(next_.value));
  clock_.advance(minutes(14));
  EXPECT_EQ(take().size(), 1U) << "of who never told what came of it: still of use";
  clock_.advance(minutes(2));
  EXPECT_TRUE(take().empty()) << "the start is past";
}

TEST_F(Reminders, TellAMoveOnceItHasSettled) {
  move(next_, clock_.now() + hours(3));
  EXPECT_TRUE(take().empty());
  const Instant then = clock_.now() + hours(4);
  move(next_, then);
  clock_.advance(kMoveSettlesAfter);
  const auto moved = take();
  ASSERT_EQ(moved.size(), 1U);
  EXPECT_EQ(moved[0].attempt.kind, Kind::moved);
  EXPECT_NE(moved[0].note.text.find(to_rfc3339(then)), std::string::npos) << moved[0].note.text;
}

TEST_F(Reminders, TellEachMoveThatCameAfterOneWasTold) {
  move(next_, clock_.now() + hours(3));
  clock_.advance(kMoveSettlesAfter);
  ASSERT_EQ(take().size(), 1U);
  clock_.advance(seconds(10));
  const Instant then = clock_.now() + hours(4);
  move(next_, then);
  clock_.advance(kMovesApart - seconds(11));
  EXPECT_FALSE(is_due()) << "a minute apart";
  clock_.advance(seconds(1));
  const auto again = take();
  ASSERT_EQ(again.size(), 1U);
  EXPECT_EQ(again[0].attempt.kind, Kind::moved);
  EXPECT_NE(again[0].note.text.find(to_rfc3339(then)), std::string::npos) << again[0].note.text;
}

TEST_F(Reminders, ComeAgainBeforeTheNewStart) {
  subscribe(2);
  ASSERT_TRUE(write([&](Tx& tx) { return remind_of_shop(tx, DeviceId{2}, shop_, clock_); }));
  clock_.advance(hours(2) - minutes(10));
  ASSERT_EQ(take().size(), 2U) << "it begins soon";
  for (const auto later : {hours(24), hours(48)}) {
    move(next_, clock_.now() + later);
    clock_.advance(kMoveSettlesAfter + kMovesApart);
    const auto moved = take();
    ASSERT_EQ(moved.size(), 2U) << "also those of the shop, who were told of the show";
    EXPECT_EQ(moved[1].attempt.kind, Kind::moved);
  }
  clock_.advance(hours(48) - minutes(10));
  const auto all = take();
  EXPECT_EQ(
      std::ranges::count(all, Kind::soon, [](const Reminder& one) { return one.attempt.kind; }), 2);
}

TEST_F(Reminders, SayNothingThatIsNoLongerSo) {
  clock_.advance(hours(2) - minutes(10));
  move(next_, clock_.now() + hours(1));
  EXPECT_TRUE(take().empty()) << "it does not begin soon";
  clock_.advance(kMoveSettlesAfter);
  start(next_);
  const auto live = take();
  ASSERT_EQ(live.size(), 1U) << "nor was it moved: it is live";
  EXPECT_EQ(live[0].attempt.kind, Kind::live);
}

TEST_F(Reminders, TellThatAShowIsLiveWhileItIs) {
  start(next_);
  ASSERT_TRUE(write([&](Tx& tx) { return end_show(tx, next_, clock_); }));
  EXPECT_TRUE(take().empty());
}

TEST_F(Reminders, SayThatAShowIsLiveForHalfAnHourAndNoLonger) {
  start(next_);
  clock_.advance(kLiveNewsFor - seconds(1));
  const auto live = take();
  ASSERT_EQ(live.size(), 1U);
  EXPECT_EQ(live[0].note.good_for, seconds(1));
  clock_.advance(minutes(14));
  EXPECT_TRUE(take().empty()) << "of who never told what came of it: of no use any more";
}

TEST_F(Reminders, TellThatAShowIsCalledOffUntilItWouldHaveBegun) {
  call_off(next_);
  EXPECT_TRUE(take().empty()) << "it has not settled";
  clock_.advance(kMoveSettlesAfter);
  const auto off = take();
  ASSERT_EQ(off.size(), 1U);
  EXPECT_EQ(off[0].attempt.kind, Kind::moved);
  EXPECT_NE(off[0].note.text.find("“Next” was called off"), std::string::npos) << off[0].note.text;
  EXPECT_EQ(off[0].note.good_for, hours(2) - kMoveSettlesAfter);
  EXPECT_TRUE(*read([&](Tx& tx) -> Result<bool> {
    return push::shows_of(tx, DeviceId{1}).empty();
  })) << "there is nothing more to be reminded of";
  clock_.advance(hours(2));
  EXPECT_TRUE(take().empty()) << "of who never told what came of it: of no use any more";
}

TEST_F(Reminders, TellWhoWasToldThatItBeginsSoonThatItDoesNot) {
  subscribe(2);
  ASSERT_TRUE(write([&](Tx& tx) { return remind_of_shop(tx, DeviceId{2}, shop_, clock_); }));
  clock_.advance(hours(2) - minutes(10));
  ASSERT_EQ(take().size(), 2U) << "it begins soon";
  clock_.advance(minutes(9));
  call_off(next_);
  clock_.advance(kMoveSettlesAfter);
  const auto off = take();
  ASSERT_EQ(off.size(), 2U) << "also those of the shop, and nobody that it begins";
  for (const Reminder& one : off) {
    EXPECT_EQ(one.attempt.kind, Kind::moved);
    EXPECT_EQ(one.note.good_for, kCalledOffNewsFor - kMoveSettlesAfter);
  }
}

TEST_F(Reminders, SayOfAMoveThatWasNotToldYetThatTheShowIsCalledOff) {
  move(next_, clock_.now() + hours(3));
  clock_.advance(seconds(1));
  call_off(next_);
  clock_.advance(kMoveSettlesAfter);
  const auto told = take();
  ASSERT_EQ(told.size(), 1U);
  EXPECT_NE(told[0].note.text.find("called off"), std::string::npos) << told[0].note.text;
}

TEST_F(Reminders, TellOnceThatAShowIsCalledOffWhateverIsChangedOfItLater) {
  const auto due_at = [&] {
    return *read([&](Tx& tx) -> Result<Instant> {
      return push::find_message(tx, next_, Kind::moved)->due_at;
    });
  };
  call_off(next_);
  const Instant once = due_at();
  clock_.advance(kMoveSettlesAfter);
  ASSERT_EQ(take().size(), 1U);
  clock_.advance(kMovesApart);
  move(next_, clock_.now() + hours(5));
  EXPECT_EQ(due_at(), once);
}

TEST_F(Reminders, OfAShopFollowItAndEndWithThat) {
  subscribe(2);
  ASSERT_TRUE(write([&](Tx& tx) { return remind_of_shop(tx, DeviceId{2}, shop_, clock_); }));
  EXPECT_TRUE(
      *read([&](Tx& tx) -> Result<bool> { return catalog::is_following(tx, shop_, DeviceId{2}); }));
  move(next_, clock_.now() + hours(3));
  clock_.advance(kMoveSettlesAfter);
  EXPECT_EQ(take().size(), 1U) << "they were not told of the show yet";
  ASSERT_TRUE(write([&](Tx& tx) -> Result<bool> {
    unfollow_shop(tx, DeviceId{2}, shop_);
    return true;
  }));
  start(next_);
  const auto live = take();
  ASSERT_EQ(live.size(), 1U);
  EXPECT_EQ(live[0].attempt.device, DeviceId{1});
}

TEST_F(Reminders, AreOfShowsThatArePlanned) {
  EXPECT_EQ(refused([&](Tx& tx) { return remind_of_show(tx, DeviceId{1}, show_, clock_); }).code,
            "show-status-conflict");
  call_off(next_);
  EXPECT_EQ(refused([&](Tx& tx) { return remind_of_show(tx, DeviceId{1}, next_, clock_); }).code,
            "show-status-conflict");
  EXPECT_EQ(
      refused([&](Tx& tx) { return remind_of_show(tx, DeviceId{1}, ShowId{999}, clock_); }).code,
      "show-not-found");
  EXPECT_EQ(
      refused([&](Tx& tx) { return remind_of_shop(tx, DeviceId{1}, ShopId{999}, clock_); }).code,
      "shop-not-found");
}

TEST_F(Reminders, AreSaidInEachLanguage) {
  const shows::Show show{.id = {7}, .shop = {3}, .title = "A \"b\"", .starts_at = {0}};
  EXPECT_EQ(reminder_text(Kind::live, show, "Lin", "en"),
            R"({"title":"Lin","body":"“A \"b\"” is live now","url":"/shows/7",)"
            R"("tag":"show-7","lang":"en"})");
  for (const char* language : {"en", "zh", "es", "fr"}) {
    for (const Kind kind : {Kind::soon, Kind::moved}) {
      const std::string text = reminder_text(kind, show, "Lin", language);
      EXPECT_NE(text.find("{time}"), std::string::npos) << text;
      EXPECT_NE(text.find(R"("at":"1970-01-01T00:00:00.000Z")"), std::string::npos) << text;
    }
  }
}

TEST_F(Reminders, SayInEachLanguageThatAShowIsCalledOffWithoutATime) {
  const shows::Show show{.id = {7},
                         .shop = {3},
                         .title = "Jade",
                         .status = shows::ShowStatus::ended,
                         .starts_at = {0},
                         .ended_at = Instant{0}};
  EXPECT_EQ(reminder_text(Kind::moved, show, "Lin", "en"),
            R"({"title":"Lin","body":"“Jade” was called off","url":"/shows/7",)"
            R"("tag":"show-7","lang":"en"})");
  std::set<std::string> bodies;
  for (const char* language : {"en", "zh", "es", "fr"}) {
    const std::string body = called_off_words("Jade", language);
    EXPECT_TRUE(body.contains("Jade") && !body.contains('{')) << body;
    bodies.insert(body);
  }
  EXPECT_EQ(bodies.size(), 4U);
}

}  // namespace
}  // namespace geili::flows
