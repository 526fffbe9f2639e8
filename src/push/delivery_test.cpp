#include "push/delivery.hpp"

#include <gtest/gtest.h>

#include "base/random.hpp"
#include "push/reminder.hpp"
#include "store/testing/test_store.hpp"

namespace geili::push {
namespace {

using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;
using store::Tx;

constexpr ShowId kShow{7};
constexpr ShopId kShop{3};

class Push : public store::testing::StoreTest {
 protected:
  Target target_of(const std::string& endpoint) {
    return {.endpoint = endpoint,
            .keys = {.p256dh = crypto::new_p256_pair().point, .auth = random_bytes(kAuthBytes)}};
  }
  void change(auto job) {
    ASSERT_TRUE(write([&](Tx& tx) -> Result<bool> {
      job(tx);
      return true;
    }));
  }
  void subscribe_device(std::int64_t device, const std::string& endpoint) {
    const Target target = target_of(endpoint);
    ASSERT_TRUE(write([&](Tx& tx) {
      return subscribe(tx, DeviceId{device}, target, "en", sealer_, clock_.now());
    }));
  }
  // With an endpoint of its own, that asks for the show.
  void ask(std::int64_t device) {
    subscribe_device(device, "https://push.example.net/" + std::to_string(device));
    ASSERT_TRUE(
        write([&](Tx& tx) { return remind_of(tx, DeviceId{device}, kShow, clock_.now()); }));
  }
  void tell(Kind kind = Kind::live, bool with_shop = true) {
    change([&](Tx& tx) {
      announce(tx,
               {.show = kShow,
                .shop = kShop,
                .kind = kind,
                .with_shop = with_shop,
                .due_at = clock_.now()},
               clock_.now());
      while (spread(tx, clock_.now())) {
      }
    });
  }
  std::vector<Attempt> due(std::int64_t count = 100) {
    return *write(
        [&](Tx& tx) -> Result<std::vector<Attempt>> { return take(tx, count, clock_.now()); });
  }
  Settled say(const Attempt& attempt, Answer answer, milliseconds wait = milliseconds(0)) {
    return *write([&](Tx& tx) -> Result<Settled> {
      return settle(tx,
                    {{.delivery = attempt.delivery,
                      .number = attempt.number,
                      .device = attempt.device,
                      .endpoint_hash = attempt.target.endpoint_hash,
                      .answer = answer,
                      .wait = wait}},
                    0, clock_.now());
    });
  }
  std::int64_t waiting() {
    return *read([](Tx& tx) -> Result<std::int64_t> { return count_waiting(tx, 1'000); });
  }

  crypto::Sealer sealer_{Secret<Bytes>(random_bytes(crypto::kSealKeyBytes))};
};

TEST_F(Push, IsForWhoAskedForTheShowOrTheShopAndOnce) {
  ask(1);
  for (const std::int64_t device : {2, 3}) {
    subscribe_device(device, "https://push.example.net/" + std::to_string(device));
  }
  ASSERT_TRUE(write([&](Tx& tx) { return remind_of(tx, DeviceId{1}, kShop, clock_.now()); }));
  ASSERT_TRUE(write([&](Tx& tx) { return remind_of(tx, DeviceId{2}, kShop, clock_.now()); }));
  EXPECT_EQ(*read([](Tx& tx) -> Result<std::int64_t> { return count_reminded(tx, kShow, kShop); }),
            2);
  tell(Kind::moved, false);
  const auto moved = due();
  ASSERT_EQ(moved.size(), 1U);
  EXPECT_EQ(moved[0].device, DeviceId{1});
  EXPECT_EQ(say(moved[0], Answer::taken).sent, 1);
  tell();
  tell();  // the first one counts
  const auto live = due();
  ASSERT_EQ(live.size(), 2U);
  EXPECT_EQ(live[0].device, DeviceId{1});
  EXPECT_EQ(live[1].device, DeviceId{2});
  EXPECT_EQ(live[1].kind, Kind::live);
  for (const Attempt& one : live) say(one, Answer::taken);
  EXPECT_EQ(waiting(), 0);
  EXPECT_EQ(integer("SELECT count(*) FROM show_reminder"), 0) << "used up";
}

TEST_F(Push, ReachesMoreThanOneChunk) {
  constexpr std::int64_t kCrowd = kSpreadAtOnce + 1;
  change([&](Tx& tx) {
    for (std::int64_t device = 1; device <= kCrowd; ++device) {
      const Bytes hash = random_bytes(32);
      tx.exec("INSERT INTO push_subscription VALUES ($1, $2, $2, 'en', 0)", device, hash);
      tx.exec("INSERT INTO show_reminder VALUES ($1, $2, 0)", device, kShow);
      tx.exec("INSERT INTO shop_reminder VALUES ($1, $2, 0)", device, kShop);
    }
  });
  tell();
  EXPECT_EQ(waiting(), kCrowd);
}

TEST_F(Push, IsOneProcessAloneUntilItsLeaseIsOver) {
  ask(1);
  tell();
  const auto first = due();
  ASSERT_EQ(first.size(), 1U);
  EXPECT_TRUE(due().empty());
  clock_.advance(kDeliveryLease);
  const auto second = due();
  ASSERT_EQ(second.size(), 1U);
  EXPECT_EQ(second[0].number, 2);
  EXPECT_EQ(say(first[0], Answer::not_now).failed, 0) << "of who has lost it";
  EXPECT_EQ(say(second[0], Answer::taken).sent, 1);
  clock_.advance(kDeliveryLease);
  EXPECT_TRUE(due().empty());
}

TEST_F(Push, IsTriedAgainLaterAndLaterAndThenGivenUp) {
  ask(1);
  tell();
  for (int number = 1; number < kAttemptsMax; ++number) {
    const auto now = due();
    ASSERT_EQ(now.size(), 1U) << number;
    EXPECT_EQ(now[0].number, number);
    EXPECT_EQ(say(now[0], Answer::not_now).failed, 1);
    EXPECT_TRUE(due().empty());
    clock_.advance(*retry_after(number, 0));
  }
  const auto last = due();
  ASSERT_EQ(last.size(), 1U);
  EXPECT_EQ(say(last[0], Answer::not_now).given_up, 1);
  EXPECT_EQ(waiting(), 0);
}

TEST_F(Push, WaitsAsLongAsIsAskedAndNoLongerThanThat) {
  ask(1);
  tell();
  say(due().at(0), Answer::not_now, seconds(90));
  clock_.advance(seconds(89));
  EXPECT_TRUE(due().empty());
  clock_.advance(seconds(1));
  say(due().at(0), Answer::not_now, std::chrono::hours(48));
  clock_.advance(kRetryAfterMax);
  EXPECT_EQ(due().size(), 1U);
}

TEST_F(Push, IsPutBackWithoutCountingWhatWasNeverSent) {
  ask(1);
  tell();
  say(due().at(0), Answer::not_sent);
  clock_.advance(seconds(5));
  EXPECT_EQ(due().at(0).number, 1);
}

TEST_F(Push, EndsWithTheSubscription) {
  ask(1);
  ask(2);
  ask(3);
  tell();
  const auto all = due();
  ASSERT_EQ(all.size(), 3U);
  EXPECT_EQ(say(all[0], Answer::gone).gone, 1);
  // Another one that the device has made meanwhile stays.
  subscribe_device(2, "https://push.example.net/new");
  EXPECT_EQ(say(all[1], Answer::gone).gone, 0);
  say(all[2], Answer::not_now);
  change([](Tx& tx) { unsubscribe(tx, DeviceId{3}); });
  clock_.advance(minutes(5));
  EXPECT_TRUE(due().empty());
  EXPECT_EQ(waiting(), 0);
  EXPECT_EQ(integer("SELECT count(*) FROM push_subscription"), 1);
}

TEST_F(Push, IsRefusedForGood) {
  ask(1);
  tell();
  EXPECT_EQ(say(due().at(0), Answer::refused).given_up, 1);
  EXPECT_EQ(waiting(), 0);
  EXPECT_EQ(integer("SELECT count(*) FROM push_subscription"), 1);
}

TEST_F(Push, KeepsNoEndpointInTheOpen) {
  ask(1);
  EXPECT_EQ(rows().find("push.example"), std::string::npos);
  tell();
  const auto all = due();
  const auto opened = open_target(all.at(0).target, sealer_);
  ASSERT_TRUE(opened);
  EXPECT_EQ(opened->endpoint, "https://push.example.net/1");
  EXPECT_EQ(opened->keys.auth.size(), kAuthBytes);
  SealedTarget elsewhere = all[0].target;
  elsewhere.endpoint_hash.back() ^= std::byte{1};
  EXPECT_EQ(open_target(elsewhere, sealer_).error().code, "sealed-unreadable");
}

TEST_F(Push, NeedsASubscriptionAndHasALimit) {
  EXPECT_EQ(refused([&](Tx& tx) { return remind_of(tx, DeviceId{1}, kShow, clock_.now()); }).code,
            "push-not-subscribed");
  subscribe_device(1, "https://push.example.net/1");
  for (std::int64_t show = 1; show <= kRemindersMax; ++show) {
    ASSERT_TRUE(
        write([&](Tx& tx) { return remind_of(tx, DeviceId{1}, ShowId{show}, clock_.now()); }));
  }
  EXPECT_EQ(
      refused([&](Tx& tx) { return remind_of(tx, DeviceId{1}, ShowId{1'000}, clock_.now()); }).code,
      "reminders-limit");
  EXPECT_TRUE(write([&](Tx& tx) { return remind_of(tx, DeviceId{1}, ShowId{1}, clock_.now()); }))
      << "is there already";
}

TEST_F(Push, IsForgottenInTime) {
  ask(1);
  tell();
  clock_.advance(kMessagesKeptFor + seconds(1));
  change([&](Tx& tx) { EXPECT_FALSE(sweep(tx, clock_.now())); });
  EXPECT_EQ(integer("SELECT count(*) FROM push_message"), 0);
  EXPECT_EQ(integer("SELECT count(*) FROM push_delivery"), 0);
}

TEST(PushRetry, ComesLaterEachTimeUpToAFifthMore) {
  EXPECT_EQ(retry_after(1, 0), milliseconds(5'000));
  EXPECT_EQ(retry_after(1, 1'000), milliseconds(6'000));
  EXPECT_EQ(retry_after(kAttemptsMax, 0), std::nullopt);
  EXPECT_EQ(retry_after(0, 0), std::nullopt);
}

}  // namespace
}  // namespace geili::push
