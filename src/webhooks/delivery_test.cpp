#include "webhooks/delivery.hpp"

#include <gtest/gtest.h>

#include "base/random.hpp"
#include "store/testing/test_store.hpp"
#include "webhooks/message.hpp"

namespace geili::webhooks {
namespace {

using std::chrono::hours;
using std::chrono::seconds;
using store::Tx;

constexpr ShopId kShop{1};

class Webhooks : public store::testing::StoreTest {
 protected:
  WithSecret make(std::vector<Event> events = {Event::order_placed}, ShopId shop = kShop) {
    return *write([&](Tx& tx) {
      return create_endpoint(tx, shop, {"https://example.com/hook", "", events}, sealer_,
                             clock_.now());
    });
  }
  template <class Job>
  void change(Job job) {
    EXPECT_TRUE(write(std::move(job)));
  }
  void tell(Event event = Event::order_placed, ShopId shop = kShop) {
    change([&](Tx& tx) -> Result<bool> {
      publish(tx, shop, listeners(tx, shop), event, "{}", clock_.now());
      return true;
    });
  }
  std::vector<Lease> lease(std::int64_t count = 8) {
    return *write([&](Tx& tx) -> Result<std::vector<Lease>> {
      return lease_endpoints(tx, count, clock_.now());
    });
  }
  std::optional<Batch> take(Lease& lease) {
    return *write([&](Tx& tx) -> Result<std::optional<Batch>> {
      return take_batch(tx, lease, clock_.now());
    });
  }
  Settled say(EndpointId endpoint, const Attempt& attempt, std::optional<int> status,
              DeliveryError error = DeliveryError::none) {
    return *write([&](Tx& tx) -> Result<Settled> {
      return settle(tx, endpoint,
                    {{.delivery = attempt.delivery,
                      .number = attempt.number,
                      .status = status,
                      .error = error}},
                    0, clock_.now());
    });
  }
  // Takes what is due and answers it; gives the lease back.
  Settled answer(std::optional<int> status) {
    auto leases = lease();
    EXPECT_EQ(leases.size(), 1U);
    auto batch = take(leases.at(0));
    EXPECT_EQ(batch->attempts.size(), 1U);
    const Settled settled = say(leases[0].endpoint, batch->attempts.at(0), status);
    take(leases[0]);
    return settled;
  }
  Endpoint now_of(const WithSecret& made) {
    return *read([&](Tx& tx) { return find_endpoint(tx, kShop, made.endpoint.id); });
  }
  std::vector<Delivery> deliveries(const WithSecret& made) {
    return read([&](Tx& tx) { return list_deliveries(tx, made.endpoint.id, {}, {}); })->items;
  }

  crypto::Sealer sealer_{Secret<Bytes>(random_bytes(crypto::kSealKeyBytes))};
};

TEST_F(Webhooks, AreWrittenForThoseWhoChoseTheEventAndForNobodyElse) {
  tell();
  EXPECT_EQ(integer("SELECT count(*) FROM webhook_message"), 0);
  const auto one = make({Event::order_placed, Event::order_paid});
  const auto two = make({Event::order_paid});
  make({Event::order_placed}, ShopId{2});
  tell(Event::order_paid);
  tell(Event::order_placed);
  tell(Event::show_ended);
  EXPECT_EQ(integer("SELECT count(*) FROM webhook_message"), 2);
  EXPECT_EQ(deliveries(one).size(), 2U);
  EXPECT_EQ(deliveries(two).size(), 1U);
}

TEST_F(Webhooks, AreBroughtByOneOfTwoProcessesThatMeet) {
  if (!database_.beside()) GTEST_SKIP() << "one process has the file";
  make();
  tell();
  const auto [one, other] = meet(
      [&](Tx& tx) -> Result<std::vector<Lease>> { return lease_endpoints(tx, 8, clock_.now()); });
  EXPECT_EQ(one->size(), 1U);
  EXPECT_EQ(other->size(), 0U);
}

TEST_F(Webhooks, KeepNoSecretThatCanBeRead) {
  const auto made = make();
  EXPECT_TRUE(made.secret.reveal().starts_with("whsec_"));
  EXPECT_FALSE(rows().contains(made.secret.reveal().substr(6)));
  tell();
  auto leases = lease();
  const auto batch = take(leases.at(0));
  const auto keys = open_secrets(batch->secrets, made.endpoint.id, sealer_);
  EXPECT_EQ(keys->size(), 1U);
  EXPECT_EQ(keys->front().reveal().size(), 32U);
  EXPECT_FALSE(open_secrets(batch->secrets, EndpointId{made.endpoint.id.value + 1}, sealer_));
}

TEST_F(Webhooks, OldSecretSignsForADayAfterARotation) {
  const auto made = make();
  change([&](Tx& tx) { return rotate_secret(tx, kShop, made.endpoint.id, sealer_, clock_.now()); });
  tell();
  auto leases = lease();
  EXPECT_FALSE(take(leases.at(0))->secrets.old.empty());
  clock_.advance(hours(24));
  leases = lease();
  EXPECT_TRUE(take(leases.at(0))->secrets.old.empty());
}

TEST_F(Webhooks, TwoProcessesNeverHaveOneEndpoint) {
  make();
  tell();
  auto first = lease();
  EXPECT_EQ(first.size(), 1U);
  EXPECT_TRUE(lease().empty());
  clock_.advance(kEndpointLease);
  auto second = lease();
  EXPECT_EQ(second.size(), 1U);
  EXPECT_TRUE(take(second.at(0)));
  EXPECT_FALSE(take(first.at(0)));
}

TEST_F(Webhooks, ComeFourAtATime) {
  make();
  for (int i = 0; i < 6; ++i) tell();
  auto leases = lease();
  EXPECT_EQ(take(leases.at(0))->attempts.size(), 4U);
}

TEST_F(Webhooks, AreTriedEightTimesAndThenDead) {
  const auto made = make();
  tell();
  for (int number = 1; number < kAttemptsMax; ++number) {
    EXPECT_EQ(answer(500).dead, 0) << number;
    EXPECT_TRUE(lease().empty());
    clock_.advance(*retry_after(number, 0));
  }
  EXPECT_EQ(answer(500).dead, 1);
  const auto all = deliveries(made);
  EXPECT_EQ(all.front().state, DeliveryState::dead);
  EXPECT_EQ(all.front().attempts, kAttemptsMax);
  EXPECT_EQ(all.front().last_status, 500);
  EXPECT_FALSE(all.front().due_at);
}

TEST_F(Webhooks, ThatAreDeadBeginAnewWithTheSameId) {
  const auto made = make();
  tell();
  change([&](Tx& tx) {
    return change_endpoint(tx, kShop, made.endpoint.id, made.endpoint.choice, true, clock_.now());
  });
  const Delivery dead = deliveries(made).front();
  EXPECT_EQ(dead.last_error, DeliveryError::endpoint_disabled);
  const auto again = [&](Tx& tx) {
    return replay(tx, *find_endpoint(tx, kShop, made.endpoint.id), dead.id, clock_.now());
  };
  EXPECT_EQ(refused(again).code, "webhook-endpoint-disabled");
  change([&](Tx& tx) {
    return change_endpoint(tx, kShop, made.endpoint.id, made.endpoint.choice, false, clock_.now());
  });
  EXPECT_EQ(write(again)->message, dead.message);
  EXPECT_EQ(refused(again).code, "webhook-delivery-waiting");
  EXPECT_EQ(answer(204).delivered, 1);
}

TEST_F(Webhooks, StayOffWhereOnlyTheAddressIsChanged) {
  const auto made = make();
  tell();
  answer(410);
  const EndpointChoice elsewhere{"https://example.com/other", "", {Event::order_placed}};
  const auto changing = [&](std::optional<bool> is_disabled) {
    return write([&](Tx& tx) {
      return change_endpoint(tx, kShop, made.endpoint.id, elsewhere, is_disabled, clock_.now());
    });
  };
  const auto changed = changing({});
  EXPECT_EQ(changed->choice.url, elsewhere.url);
  EXPECT_EQ(changed->disabled, Disabled::gone);
  EXPECT_EQ(changing(true)->disabled, Disabled::gone);
  EXPECT_EQ(changing(false)->disabled, Disabled::no);
  EXPECT_EQ(changing({})->disabled, Disabled::no);
}

TEST_F(Webhooks, ThatWaitAreSentAtOnceWhenSomebodyHurriesThem) {
  const auto made = make();
  tell();
  answer(500);
  EXPECT_TRUE(lease().empty());
  const Delivery waiting = deliveries(made).front();
  const auto hurrying = [&](Tx& tx) {
    return hurry(tx, *find_endpoint(tx, kShop, made.endpoint.id), waiting.id, clock_.now());
  };
  EXPECT_EQ(write(hurrying)->due_at, clock_.now());
  clock_.advance(seconds(1));
  EXPECT_EQ(write(hurrying)->due_at, clock_.now() - seconds(1)) << "it was due already";
  EXPECT_EQ(answer(500).failed, 1);
  EXPECT_EQ(deliveries(made).front().attempts, 2);
  EXPECT_EQ(deliveries(made).front().due_at, clock_.now() + *retry_after(2, 0));
  change(hurrying);
  EXPECT_EQ(answer(204).delivered, 1);
  EXPECT_EQ(refused(hurrying).code, "webhook-delivery-ended");
}

TEST_F(Webhooks, ThatWaitAreHurriedAllAtOnceAndNotAtAnEndpointThatIsOff) {
  const auto made = make();
  tell();
  tell();
  auto leases = lease();
  const auto batch = take(leases.at(0));
  for (const Attempt& attempt : batch->attempts) say(leases[0].endpoint, attempt, 500);
  take(leases[0]);
  const auto hurrying = [&](Tx& tx) {
    return hurry_waiting(tx, *find_endpoint(tx, kShop, made.endpoint.id), clock_.now());
  };
  EXPECT_EQ(*write(hurrying), 2);
  EXPECT_EQ(*write(hurrying), 0);
  EXPECT_EQ(lease().size(), 1U);
  change([&](Tx& tx) {
    return change_endpoint(tx, kShop, made.endpoint.id, made.endpoint.choice, true, clock_.now());
  });
  EXPECT_EQ(refused(hurrying).code, "webhook-endpoint-disabled");
}

TEST_F(Webhooks, EndAtAnEndpointThatIsGone) {
  const auto made = make();
  tell();
  EXPECT_EQ(answer(410).dead, 1);
  EXPECT_EQ(now_of(made).disabled, Disabled::gone);
  EXPECT_LE(integer("SELECT leased_until FROM webhook_endpoint"), clock_.now().us);
  tell();
  EXPECT_EQ(deliveries(made).size(), 1U);
}

TEST_F(Webhooks, EndAtAnEndpointThatTakesNothingForFiveDays) {
  const auto made = make();
  tell();
  answer(500);
  EXPECT_TRUE(now_of(made).failing_since);
  clock_.advance(kFailingMax - seconds(1));
  answer(503);
  EXPECT_EQ(now_of(made).disabled, Disabled::no);
  clock_.advance(hours(1));
  tell();
  auto leases = lease();
  auto batch = take(leases.at(0));
  say(leases[0].endpoint, batch->attempts.at(0), {}, DeliveryError::timed_out);
  EXPECT_EQ(now_of(made).disabled, Disabled::failing);
  EXPECT_EQ(integer("SELECT count(*) FROM webhook_delivery WHERE due_at IS NOT NULL"), 0);
}

TEST_F(Webhooks, AreForgivenByOneThatIsTaken) {
  const auto made = make();
  tell();
  answer(500);
  clock_.advance(hours(24) * 4);
  answer(200);
  EXPECT_FALSE(now_of(made).failing_since);
}

TEST_F(Webhooks, ThatWereNotSentAreNotCounted) {
  make();
  tell();
  auto leases = lease();
  const auto batch = take(leases.at(0));
  change([&](Tx& tx) -> Result<Settled> {
    return settle(tx, leases[0].endpoint,
                  {{.delivery = batch->attempts.at(0).delivery, .number = 1, .was_sent = false}}, 0,
                  clock_.now());
  });
  clock_.advance(seconds(60));
  leases = lease();
  EXPECT_EQ(take(leases.at(0))->attempts.at(0).number, 1);
}

TEST_F(Webhooks, AreKeptForThirtyDays) {
  make();
  tell();
  const auto sweeping = [&](Tx& tx) -> Result<bool> { return sweep(tx, clock_.now()); };
  clock_.advance(kMessagesKeptFor - seconds(1));
  change(sweeping);
  EXPECT_EQ(integer("SELECT count(*) FROM webhook_message"), 1);
  clock_.advance(seconds(2));
  change(sweeping);
  EXPECT_EQ(integer("SELECT count(*) FROM webhook_message"), 0);
  EXPECT_EQ(integer("SELECT count(*) FROM webhook_delivery"), 0);
}

TEST_F(Webhooks, HaveFiveEndpointsAShop) {
  for (std::size_t i = 0; i < kEndpointsPerShopMax; ++i) make();
  EXPECT_EQ(refused([&](Tx& tx) {
              return create_endpoint(tx, kShop, {"https://example.com", "", {Event::show_ended}},
                                     sealer_, clock_.now());
            }).code,
            "webhook-endpoints-full");
}

TEST_F(Webhooks, OfAnEndpointThatIsDeletedGoWithIt) {
  const auto made = make();
  tell();
  change([&](Tx& tx) -> Result<bool> {
    return delete_endpoint(tx, kShop, made.endpoint.id).has_value();
  });
  EXPECT_EQ(integer("SELECT count(*) FROM webhook_delivery"), 0);
  EXPECT_EQ(refused([&](Tx& tx) -> Result<bool> {
              auto gone = delete_endpoint(tx, ShopId{2}, made.endpoint.id);
              if (!gone) return fail_as(gone);
              return true;
            }).code,
            "webhook-endpoint-not-found");
}

}  // namespace
}  // namespace geili::webhooks
