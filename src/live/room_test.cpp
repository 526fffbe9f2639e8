#include "live/room.hpp"

#include <gtest/gtest.h>

#include "live/event_json.hpp"

namespace geili::live {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr Instant kNoon{1'795'000'000'000'000};
const Currency kCny = *Currency::parse("CNY");

ProductCard necklace(std::int64_t available = 12) {
  return {ProductId{5}, "Necklace", Money{12'900, kCny}, "/p/5.jpg", available};
}
SendChat says(std::uint64_t who, std::string text) {
  return {Actor{.key = who, .address = who}, "Ana", std::move(text)};
}
std::string json(const Event& event) {
  std::string out;
  append_event(out, event);
  return out;
}
std::string code_of(const Result<Applied>& result) {
  return result ? "none" : result.error().code;
}

TEST(Room, NumbersEventsFromOneWithoutGaps) {
  Room room({});
  const Command commands[] = {
      SetStatus{ShowStatus::live},        SetVideo{VideoState::live},
      SetCoHost{VideoState::live},        says(1, "hello"),
      PinProduct{Role::host, necklace()}, RecordSold{{1, "Ana", ProductId{5}, "Necklace", 1}},
      ChangeProduct{necklace(11)},        HideMessage{Role::helper, 4},
      UnpinProduct{Role::helper},         SetStatus{ShowStatus::ended}};
  std::int64_t seq = 0;
  for (const Command& command : commands) {
    const auto applied = room.apply(command, kNoon);
    ASSERT_TRUE(applied) << command.index() << applied.error().code;
    ASSERT_EQ(applied->events.size(), 1u);
    EXPECT_EQ(applied->events[0]->seq, ++seq);
    EXPECT_EQ(applied->events[0]->at, kNoon);
    EXPECT_EQ(applied->lane,
              std::holds_alternative<SendChat>(command) ? Lane::tick : Lane::immediate);
  }
  EXPECT_EQ(room.last_seq(), seq);
}

TEST(Room, CountsAreStatesAndNotNumbered) {
  Room room({});
  const Command commands[] = {ViewerJoined{}, ViewerJoined{}, ViewersLeft{1},
                              SendHearts{Actor{.key = 1}, 5}, SetStock{ProductId{5}, 3}};
  for (const Command& command : commands) {
    const auto applied = room.apply(command, kNoon);
    ASSERT_TRUE(applied);
    EXPECT_TRUE(applied->events.empty());
  }
  EXPECT_EQ(room.last_seq(), 0);
  const StateChange change = room.take_changes();
  EXPECT_EQ(change.viewers, 1);
  EXPECT_EQ(change.hearts, 5);
  EXPECT_FALSE(change.sold);
  EXPECT_EQ(change.stock, (std::vector<StockLevel>{{ProductId{5}, 3}}));
  EXPECT_FALSE(room.has_changes());
  EXPECT_FALSE(room.take_changes().viewers);
}

TEST(Room, TellsAtOnceThatStockRanOutOrCameBack) {
  Room room({.stock = {{ProductId{5}, 3}}});
  const auto lane_of = [&](std::int64_t available) {
    return room.apply(SetStock{ProductId{5}, available}, kNoon)->lane;
  };
  EXPECT_EQ(lane_of(2), Lane::tick);
  EXPECT_EQ(lane_of(2), Lane::none);
  EXPECT_EQ(lane_of(0), Lane::immediate);
  EXPECT_EQ(lane_of(4), Lane::immediate);
  EXPECT_EQ(room.take_changes().stock, (std::vector<StockLevel>{{ProductId{5}, 4}}));
}

TEST(Room, PassesOverStockThatIsOlderThanWhatItKnows) {
  Room room({});
  ASSERT_TRUE(room.apply(SetStock{ProductId{5}, 3, 20}, kNoon));
  ASSERT_TRUE(room.apply(SetStock{ProductId{5}, 9, 19}, kNoon));
  EXPECT_EQ(room.snapshot().stock, (std::vector<StockLevel>{{ProductId{5}, 3}}));
  ASSERT_TRUE(room.apply(SetStock{ProductId{5}, 2, 21}, kNoon));
  EXPECT_EQ(room.snapshot().stock, (std::vector<StockLevel>{{ProductId{5}, 2}}));
}

TEST(Room, ALevelThatWasReadDoesNotUndoAFact) {
  Room room({.stock = {{ProductId{5}, 9}}});
  ASSERT_TRUE(room.apply(SetStock{ProductId{5}, 8}, kNoon));
  ASSERT_TRUE(room.apply_once(71, SetStock{ProductId{5}, 3}, kNoon));
  ASSERT_TRUE(room.apply(SetStock{ProductId{5}, 7}, kNoon));
  ASSERT_TRUE(room.apply_once(70, SetStock{ProductId{5}, 4}, kNoon));
  EXPECT_EQ(room.snapshot().stock, (std::vector<StockLevel>{{ProductId{5}, 3}}));
  ASSERT_TRUE(room.apply(PinProduct{Role::host, necklace(7)}, kNoon));
  EXPECT_EQ(room.snapshot().pinned->available, 3);
  ASSERT_TRUE(room.apply_once(72, PinProduct{Role::host, necklace(2)}, kNoon));
  EXPECT_EQ(room.snapshot().pinned->available, 2);
}

TEST(Room, KeepsThePinnedCardCurrent) {
  Room room({});
  ASSERT_TRUE(room.apply(PinProduct{Role::host, necklace(12)}, kNoon));
  ASSERT_TRUE(room.apply(SetStock{ProductId{5}, 11}, kNoon));
  EXPECT_EQ(room.snapshot().pinned->available, 11);
  ProductCard cheaper = necklace(11);
  cheaper.price.minor = 9'900;
  ASSERT_TRUE(room.apply(ChangeProduct{cheaper}, kNoon));
  EXPECT_EQ(room.snapshot().pinned->price.minor, 9'900);
}

TEST(Room, TellsThirteenSalesInTheirOrderAndCountsOrders) {
  Room room({.status = ShowStatus::live, .stock = {{ProductId{5}, 13}}});
  for (std::int64_t i = 1; i <= 13; ++i) {
    const RecordSold sold{{i, "Buyer " + std::to_string(i), ProductId{5}, "Necklace", 1}};
    ASSERT_TRUE(room.apply_once(100 + i, sold, kNoon));
    ASSERT_TRUE(room.apply_once(200 + i, SetStock{ProductId{5}, 13 - i}, kNoon));
    EXPECT_EQ(code_of(room.apply_once(100 + i, sold, kNoon)), "already-told");
  }
  const auto events = room.events_after(0);
  ASSERT_TRUE(events);
  ASSERT_EQ(events->size(), 13u);
  for (std::size_t i = 0; i < 13; ++i) {
    EXPECT_EQ(std::get<ProductSold>((*events)[i]->body).order_no, static_cast<std::int64_t>(i + 1));
  }
  EXPECT_EQ(room.snapshot().sold, 13);
  EXPECT_EQ(room.snapshot().stock, (std::vector<StockLevel>{{ProductId{5}, 0}}));
}

TEST(Room, ARefusedFactMayBeToldAgain) {
  Room room({});
  EXPECT_EQ(code_of(room.apply_once(1, UnpinProduct{Role::host}, kNoon)), "nothing-pinned");
  ASSERT_TRUE(room.apply_once(2, PinProduct{Role::host, necklace()}, kNoon));
  EXPECT_TRUE(room.apply_once(1, UnpinProduct{Role::host}, kNoon));
}

TEST(Room, PassesOverFactsThatItsStartIncludes) {
  Room room({.outbox_id = 70, .sold = 12});
  const RecordSold twelfth{{12, "Ana", ProductId{5}, "Necklace", 1}};
  EXPECT_EQ(code_of(room.apply_once(70, twelfth, kNoon)), "already-told");
  EXPECT_TRUE(room.apply_once(71, twelfth, kNoon));
}

std::vector<std::string> types(const Result<Applied>& applied) {
  std::vector<std::string> names;
  for (const SharedEvent& event : applied->events) {
    const std::string text = json(*event);
    const std::size_t at = text.find("\"type\":\"") + 8;
    names.push_back(text.substr(at, text.find('"', at) - at));
  }
  return names;
}

TEST(Room, CatchesUpWithWhatNoMessageTold) {
  Room room({.outbox_id = 70, .stock = {{ProductId{5}, 12}, {ProductId{6}, 3}}});
  const CatchUp truth{.outbox_id = 75,
                      .status = ShowStatus::live,
                      .pinned = necklace(11),
                      .stock = {{ProductId{5}, 11}, {ProductId{6}, 3}, {ProductId{7}, 9}},
                      .sold = 1};
  EXPECT_EQ(types(room.apply(truth, kNoon)), (std::vector<std::string>{"status", "pinned"}));
  const Snapshot after = room.snapshot();
  EXPECT_EQ(after.stock,
            (std::vector<StockLevel>{{ProductId{5}, 11}, {ProductId{6}, 3}, {ProductId{7}, 9}}));
  EXPECT_EQ(after.sold, 1);
  EXPECT_EQ(after.pinned->id, ProductId{5});
  EXPECT_TRUE(types(room.apply(truth, kNoon)).empty()) << "nothing is told twice";
  EXPECT_TRUE(types(room.apply_once(75, PinProduct{Role::host, necklace()}, kNoon)).empty())
      << "the reading included it";
}

TEST(Room, CatchingUpLeavesNewerFactsAlone) {
  Room room({.outbox_id = 70, .status = ShowStatus::live, .stock = {{ProductId{5}, 12}}});
  ASSERT_TRUE(room.apply_once(80, PinProduct{Role::host, necklace(7)}, kNoon));
  ASSERT_TRUE(room.apply_once(81, RecordSold{{5, "Ana", ProductId{5}, "Necklace", 1}}, kNoon));
  ASSERT_TRUE(room.apply_once(82, SetStatus{ShowStatus::ended}, kNoon));
  const CatchUp older{.outbox_id = 75,
                      .status = ShowStatus::live,
                      .pinned = std::nullopt,
                      .stock = {{ProductId{5}, 11}},
                      .sold = 1};
  EXPECT_TRUE(types(room.apply(older, kNoon)).empty());
  const Snapshot after = room.snapshot();
  EXPECT_EQ(after.stock, (std::vector<StockLevel>{{ProductId{5}, 7}}));
  EXPECT_EQ(after.sold, 5);
  EXPECT_EQ(after.status, ShowStatus::ended);
  ASSERT_TRUE(after.pinned);
}

struct BadCommand {
  const char* name;
  Command command;
  std::string code;
  std::string path;
};

std::vector<BadCommand> bad_commands() {
  const auto card = [](auto change) {
    ProductCard changed = necklace();
    change(changed);
    return PinProduct{Role::host, changed};
  };
  const auto sold = [](auto change) {
    ProductSold changed{1, "Ana", ProductId{5}, "Necklace", 1};
    change(changed);
    return RecordSold{changed};
  };
  const SendHearts hearts{Actor{.key = 1}, 0};
  return {
      {"chat without name", SendChat{{.key = 1}, "", "hi"}, "name-needed", ""},
      {"chat with long name", SendChat{{.key = 1}, std::string(41, 'a'), "hi"}, "invalid-field",
       "/name"},
      {"chat with bidi name", SendChat{{.key = 1}, "a\xE2\x80\xAE", "hi"}, "invalid-field",
       "/name"},
      {"empty chat", says(1, "  "), "invalid-field", "/text"},
      {"long chat", says(1, std::string(301, 'a')), "invalid-field", "/text"},
      {"broken UTF-8 chat", says(1, "a\xFF"), "invalid-field", "/text"},
      {"chat of two lines", says(1, "a\nb"), "invalid-field", "/text"},
      {"muted chat", says(1, "what a swearword"), "chat-muted-word", ""},
      {"no hearts", hearts, "invalid-field", "/count"},
      {"many hearts", SendHearts{{.key = 1}, 21}, "invalid-field", "/count"},
      {"viewer hides", HideMessage{Role::viewer, 1}, "forbidden", ""},
      {"hides nothing", HideMessage{Role::host, 99}, "message-not-found", ""},
      {"hides what is no message", HideMessage{Role::host, 2}, "message-not-found", ""},
      {"viewer pins", PinProduct{Role::viewer, necklace()}, "forbidden", ""},
      {"viewer unpins", UnpinProduct{Role::viewer}, "forbidden", ""},
      {"pins no id", card([](auto& c) { c.id = {}; }), "invalid-field", "/product_id"},
      {"pins no title", card([](auto& c) { c.title = ""; }), "invalid-field", "/title"},
      {"pins long title", card([](auto& c) { c.title = std::string(201, 'x'); }), "invalid-field",
       "/title"},
      {"pins negative price", card([](auto& c) { c.price.minor = -1; }), "invalid-field", "/price"},
      {"pins giant price", card([](auto& c) { c.price.minor = kMoneyMinorMax + 1; }),
       "invalid-field", "/price"},
      {"pins long photo", card([](auto& c) { c.photo_url = std::string(501, 'x'); }),
       "invalid-field", "/photo_url"},
      {"pins negative stock", card([](auto& c) { c.available = -1; }), "invalid-field",
       "/available"},
      {"stock of nothing", SetStock{ProductId{0}, 1}, "invalid-field", "/product_id"},
      {"negative stock", SetStock{ProductId{5}, -1}, "invalid-field", "/available"},
      {"one product too many", SetStock{ProductId{99}, 1}, "products-limit", ""},
      {"sold with no number", sold([](auto& s) { s.order_no = 0; }), "invalid-field", "/order_no"},
      {"sold nothing", sold([](auto& s) { s.quantity = 0; }), "invalid-field", "/quantity"},
      {"sold no product", sold([](auto& s) { s.id = {}; }), "invalid-field", "/product_id"},
      {"sold to a long name", sold([](auto& s) { s.buyer_name = std::string(41, 'x'); }),
       "invalid-field", "/buyer_name"},
      {"sold no title", sold([](auto& s) { s.title = " "; }), "invalid-field", "/title"},
      {"live show is scheduled again", SetStatus{ShowStatus::scheduled}, "show-status-conflict",
       ""},
      {"one viewer too many", ViewerJoined{}, "room-full", ""},
  };
}

TEST(Room, RefusesBadCommandsAndChangesNothing) {
  RoomLimits limits;
  limits.viewers_max = 1;
  limits.products_max = 1;
  const auto muted = std::make_shared<const MutedWords>(std::vector<std::string>{"swearword"},
                                                        MutedWords::Common::without);
  Room room({.status = ShowStatus::live, .chat_rules = {.muted = muted}}, limits);
  ASSERT_TRUE(room.apply(ViewerJoined{}, kNoon));
  ASSERT_TRUE(room.apply(says(7, "hello"), kNoon));
  ASSERT_TRUE(room.apply(PinProduct{Role::host, necklace()}, kNoon));
  room.take_changes();
  const auto you = [&] { return SnapshotFrame(room.snapshot()).for_viewer({}, {}); };
  const std::string before = you();
  for (const BadCommand& bad : bad_commands()) {
    const auto result = room.apply(bad.command, kNoon);
    ASSERT_FALSE(result) << bad.name;
    EXPECT_EQ(result.error().code, bad.code) << bad.name;
    if (!bad.path.empty()) EXPECT_EQ(result.error().fields.at(0).path, bad.path) << bad.name;
    EXPECT_EQ(you(), before) << bad.name;
    EXPECT_FALSE(room.has_changes()) << bad.name;
  }
}

TEST(Room, AnEndedShowTakesNoChatAndStaysEnded) {
  Room room({.status = ShowStatus::ended});
  EXPECT_EQ(code_of(room.apply(says(1, "late"), kNoon)), "show-not-live");
  EXPECT_EQ(code_of(room.apply(SendHearts{Actor{.key = 1}, 1}, kNoon)), "show-not-live");
  EXPECT_EQ(code_of(room.apply(SetStatus{ShowStatus::live}, kNoon)), "show-status-conflict");
  EXPECT_TRUE(room.apply(SetStatus{ShowStatus::ended}, kNoon)->events.empty());
}

TEST(Room, LimitsChatPerPersonAndSaysWhenToRetry) {
  Room room({});
  for (int i = 0; i < 5; ++i) ASSERT_TRUE(room.apply(says(1, "m" + std::to_string(i)), kNoon));
  const auto refused = room.apply(says(1, "m5"), kNoon);
  ASSERT_EQ(code_of(refused), "rate-limited");
  EXPECT_EQ(refused.error().kind, ErrorKind::rate_limited);
  ASSERT_EQ(refused.error().figures.size(), 1u);
  EXPECT_EQ(refused.error().figures[0],
            (std::pair<std::string, std::int64_t>("retry_after_ms", 1000)));
  EXPECT_TRUE(room.apply(says(2, "m5"), kNoon)) << "another person is not held up";
  EXPECT_EQ(code_of(room.apply(says(1, "m5"), kNoon + milliseconds(999))), "rate-limited");
  EXPECT_TRUE(room.apply(says(1, "m5"), kNoon + milliseconds(1000)));
  EXPECT_EQ(code_of(room.apply(says(1, "m6"), kNoon + milliseconds(1000))), "rate-limited");
}

TEST(Room, LimitsChatAndHeartsPerAddress) {
  RoomLimits limits;
  limits.chat_per_address = {.count = 3, .per = seconds(5)};
  limits.hearts_per_address = {.count = 40, .per = seconds(1)};
  Room room({}, limits);
  const auto from_village = [](std::uint64_t key) { return Actor{.key = key, .address = 77}; };
  for (std::uint64_t i = 0; i < 3; ++i) {
    ASSERT_TRUE(room.apply(SendChat{from_village(i), "Ana", "hi"}, kNoon));
  }
  EXPECT_EQ(code_of(room.apply(SendChat{from_village(3), "Ana", "hi"}, kNoon)), "rate-limited");
  ASSERT_TRUE(room.apply(SendHearts{from_village(0), 20}, kNoon));
  ASSERT_TRUE(room.apply(SendHearts{from_village(1), 20}, kNoon));
  EXPECT_EQ(code_of(room.apply(SendHearts{from_village(2), 1}, kNoon)), "rate-limited");
}

TEST(Room, LimitsHeartsPerPersonAsAWhole) {
  Room room({});
  const Actor ana{.key = 1};
  ASSERT_TRUE(room.apply(SendHearts{ana, 15}, kNoon));
  EXPECT_EQ(code_of(room.apply(SendHearts{ana, 6}, kNoon)), "rate-limited");
  EXPECT_TRUE(room.apply(SendHearts{ana, 5}, kNoon));
  EXPECT_TRUE(room.apply(SendHearts{ana, 20}, kNoon + seconds(1)));
  EXPECT_EQ(room.snapshot().hearts, 40);
}

TEST(Room, RefusesTheSameWordsTwiceInAShortTime) {
  Room room({});
  ASSERT_TRUE(room.apply(says(1, "3 x 12"), kNoon));
  EXPECT_EQ(code_of(room.apply(says(1, " 3 x 12 "), kNoon + seconds(9))), "chat-duplicate");
  EXPECT_TRUE(room.apply(says(2, "3 x 12"), kNoon));
  EXPECT_TRUE(room.apply(says(1, "3 x 12"), kNoon + seconds(10)));
}

TEST(Room, AClockThatStepsBackNeverLoosensAPace) {
  Room room({});
  for (int i = 0; i < 5; ++i) ASSERT_TRUE(room.apply(says(1, "m" + std::to_string(i)), kNoon));
  EXPECT_EQ(code_of(room.apply(says(1, "m5"), kNoon - seconds(60))), "rate-limited");
}

TEST(Room, HidesAMessageFromNewcomersAndReturningViewers) {
  Room room({});
  ASSERT_TRUE(room.apply(says(1, "buy my watches"), kNoon));
  ASSERT_TRUE(room.apply(says(2, "lovely"), kNoon));
  ASSERT_TRUE(room.apply(HideMessage{Role::helper, 1}, kNoon));
  const Snapshot snapshot = room.snapshot();
  ASSERT_EQ(snapshot.chat.size(), 1u);
  EXPECT_EQ(snapshot.chat[0]->seq, 2);
  const auto events = room.events_after(0);
  ASSERT_EQ(events->size(), 3u);
  EXPECT_EQ(
      json(*events->at(0)),
      R"({"type":"chat","seq":1,"at":"2026-11-18T11:06:40.000Z","name":"","role":"viewer","text":""})");
  EXPECT_EQ(code_of(room.apply(HideMessage{Role::host, 1}, kNoon)), "message-not-found");
}

TEST(Room, ReachesBackAsFarAsItsHistory) {
  RoomLimits limits;
  limits.history_events_max = 10;
  limits.chat_backlog_max = 4;
  Room room({.seq = 100}, limits);
  for (std::uint64_t i = 0; i < 25; ++i) ASSERT_TRUE(room.apply(says(i, "hi"), kNoon));
  EXPECT_EQ(room.last_seq(), 125);
  EXPECT_FALSE(room.events_after(114));
  ASSERT_TRUE(room.events_after(115));
  EXPECT_EQ(room.events_after(115)->size(), 10u);
  EXPECT_EQ(room.events_after(115)->front()->seq, 116);
  EXPECT_TRUE(room.events_after(125)->empty());
  EXPECT_FALSE(room.events_after(126));
  EXPECT_FALSE(room.events_after(-1));
  EXPECT_EQ(room.snapshot().chat.size(), 4u);
  EXPECT_EQ(room.snapshot().chat.front()->seq, 122);
}

TEST(Room, ANewcomerHearsOfACoHost) {
  Room room({});
  const auto you = [&] { return SnapshotFrame(room.snapshot()).for_viewer({}, {}); };
  EXPECT_EQ(you().find("co_host"), std::string::npos);
  ASSERT_TRUE(room.apply(SetCoHost{VideoState::live}, kNoon));
  EXPECT_NE(you().find(R"("video":"none","co_host":"live")"), std::string::npos) << you();
  EXPECT_TRUE(room.apply(SetCoHost{VideoState::live}, kNoon)->events.empty()) << "told before";
}

TEST(Room, BeginsFromWhatTheStoreRemembers) {
  const Event old{41, kNoon, ChatMessage{"Ana", Role::host, "welcome back"}};
  const Event hidden{42, kNoon, ChatMessage{.is_hidden = true}};
  Room room({.epoch = "e2",
             .seq = 42,
             .status = ShowStatus::live,
             .video = VideoState::away,
             .pinned = necklace(7),
             .stock = {{ProductId{6}, 2}},
             .hearts = 340,
             .sold = 12,
             .chat = {old, hidden}});
  EXPECT_EQ(
      SnapshotFrame(room.snapshot()).for_viewer({.role = Role::helper, .name = "Li \"Mei\""}, {}),
      R"({"snapshot":{"epoch":"e2","seq":42,"status":"live","video":"away",)"
      R"("pinned":{"product_id":"5","title":"Necklace","price":{"minor":12900,"currency":"CNY"},)"
      R"("photo":"/p/5.jpg","available":7},"messages":[{"type":"chat","seq":41,)"
      R"("at":"2026-11-18T11:06:40.000Z","name":"Ana","role":"host","text":"welcome back"}],)"
      R"("now":"1970-01-01T00:00:00.000Z","you":{"role":"helper","name":"Li \"Mei\""}},"state":{"viewers":0,"hearts":340,"sold":12,)"
      R"("chat":{"slow_mode_s":0,"who":"everyone","links":"allowed","takes_orders":false},"announcement":"",)"
      R"("stock":[{"product_id":"5","available":7},{"product_id":"6","available":2}]}})");
  EXPECT_TRUE(room.apply(HideMessage{Role::host, 41}, kNoon)) << "an old message can be hidden";
  EXPECT_TRUE(room.snapshot().chat.empty());
}

TEST(Flood, RemembersOnlyTheLastKeys) {
  Recent<int> recent(2);
  recent.use(1) = 10;
  recent.use(2) = 20;
  EXPECT_EQ(recent.use(1), 10);
  recent.use(3) = 30;
  EXPECT_EQ(recent.size(), 2u);
  EXPECT_EQ(recent.use(1), 10);
  EXPECT_EQ(recent.use(2), 0);
}

TEST(RecentIds, ForgetsTheOldest) {
  RecentIds ids(2);
  for (const std::int64_t id : {5, 3, 3, 9}) ids.add(id);
  EXPECT_FALSE(ids.contains(5));
  EXPECT_TRUE(ids.contains(3));
  EXPECT_TRUE(ids.contains(9));
}

TEST(RoomCoupon, IsToldAtOnceAndOnceAndOnlyInBounds) {
  Room room(RoomStart{.epoch = "e", .outbox_id = 1});
  const auto told = room.apply_once(5, TellCoupon{{CouponId{7}, 50}}, Instant{1});
  ASSERT_TRUE(told);
  EXPECT_EQ(std::get<CouponTold>(told->events.at(0)->body).left, 50);
  EXPECT_EQ(room.apply_once(5, TellCoupon{{CouponId{7}, 50}}, Instant{1}).error().code,
            "already-told");
  for (const CouponTold& bad : {CouponTold{CouponId{}, 1}, CouponTold{CouponId{7}, -1}}) {
    EXPECT_EQ(room.apply(TellCoupon{bad}, Instant{1}).error().code, "invalid-field");
  }
}

TEST(RoomDraw, IsToldAtOnceAndOnceAndOnlyInBounds) {
  Room room(RoomStart{.epoch = "e", .outbox_id = 1});
  const DrawTold draw{.id = DrawId{9}, .prize = " A ring ", .commitment = "ab"};
  const auto told = room.apply_once(5, TellDraw{draw}, Instant{1});
  ASSERT_TRUE(told);
  EXPECT_EQ(told->lane, Lane::immediate);
  EXPECT_EQ(std::get<DrawTold>(told->events.at(0)->body).prize, "A ring");
  EXPECT_EQ(room.apply_once(5, TellDraw{draw}, Instant{1}).error().code, "already-told");
  const std::vector<void (*)(DrawTold&)> bad{
      [](DrawTold& one) { one.id = {}; },
      [](DrawTold& one) { one.prize = ""; },
      [](DrawTold& one) { one.prize = std::string(kPrizeLengthMax + 1, 'x'); },
      [](DrawTold& one) { one.winners.resize(kDrawWinnersMax + 1); },
      [](DrawTold& one) { one.winners = {{1, std::string(kNameLengthMax + 1, 'x')}}; },
  };
  for (const auto change : bad) {
    DrawTold one = draw;
    change(one);
    EXPECT_EQ(room.apply(TellDraw{one}, Instant{1}).error().code, "invalid-field");
  }
}

TEST(Room, TellsOfAnotherOrderOfTheBagAtOnceAndOnce) {
  Room room({});
  const TellBag bag{{{ProductId{7}, ProductId{5}}}};
  const auto told = room.apply_once(5, bag, kNoon);
  ASSERT_TRUE(told);
  EXPECT_EQ(std::get<BagChanged>(told->events.at(0)->body).products, bag.bag.products);
  EXPECT_EQ(told->lane, Lane::immediate);
  EXPECT_EQ(room.apply_once(5, bag, kNoon).error().code, "already-told");
  const TellBag many{{std::vector<ProductId>(kBagProductsMax + 1, ProductId{7})}};
  EXPECT_EQ(room.apply(many, kNoon).error().code, "invalid-field");
  EXPECT_EQ(room.apply(TellBag{{{ProductId{0}}}}, kNoon).error().code, "invalid-field");
  EXPECT_EQ(room.last_seq(), 1);
}

TEST(Room, TellsOfAnotherPlanAtOnceAndOnce) {
  Room room({});
  const PlanChanged plan{" Pearls ", kNoon};
  const auto told = room.apply_once(5, TellPlan{plan}, kNoon);
  ASSERT_TRUE(told);
  ASSERT_EQ(told->events.size(), 1u);
  const auto& heard = std::get<PlanChanged>(told->events[0]->body);
  EXPECT_EQ(heard.title, "Pearls");
  EXPECT_EQ(heard.starts_at, kNoon);
  EXPECT_EQ(told->lane, Lane::immediate);
  EXPECT_EQ(room.apply_once(5, TellPlan{plan}, kNoon).error().code, "already-told");
  for (const std::string& title :
       {std::string(), std::string("\xff"), std::string(kTitleLengthMax + 1, 'x')}) {
    const auto refused = room.apply(TellPlan{{title, kNoon}}, kNoon);
    ASSERT_FALSE(refused) << title;
    EXPECT_EQ(refused.error().code, "invalid-field");
  }
  EXPECT_EQ(room.last_seq(), 1);
}

}  // namespace
}  // namespace geili::live
