#include "shows/chat.hpp"

#include <gtest/gtest.h>

#include "shows/test_show.hpp"

namespace geili::shows {
namespace {

using store::Tx;

class ChatTest : public ShowStoreTest {
 protected:
  ChatLine line(std::optional<std::int64_t> seq, std::optional<DeviceId> device = DeviceId{7}) {
    return {.seq = seq,
            .said_at = clock_.now(),
            .author_name = "Ana",
            .author_role = "viewer",
            .text = "no. " + std::to_string(seq.value_or(0)),
            .device = device,
            .language = seq ? "es" : ""};
  }
  void say(ShowId show, std::optional<std::int64_t> seq,
           std::optional<DeviceId> device = DeviceId{7}) {
    change([&](Tx& tx) { keep_chat(tx, show, line(seq, device), 3); });
  }
  template <class Job>
  void change(Job job) {
    ASSERT_TRUE(write([&](Tx& tx) -> Result<void> {
      job(tx);
      return {};
    }));
  }
  std::vector<std::int64_t> shown(ShowId show, std::size_t lines_max = 50) {
    return *read([&](Tx& tx) -> Result<std::vector<std::int64_t>> {
      std::vector<std::int64_t> seqs;
      for (const ChatLine& line : shown_chat(tx, show, lines_max)) {
        EXPECT_EQ(line.text, "no. " + std::to_string(*line.seq));
        EXPECT_EQ(line.author_name, "Ana");
        EXPECT_EQ(line.device, DeviceId{7});
        EXPECT_EQ(line.language, "es");
        seqs.push_back(*line.seq);
      }
      return seqs;
    });
  }
  std::vector<ChatLine> kept(ShowId show) {
    return *read([&](Tx& tx) -> Result<std::vector<ChatLine>> { return kept_chat(tx, show); });
  }
};

TEST_F(ChatTest, KeepsTheLastLinesOfEachShow) {
  const ShowId show = create(), other = create();
  say(other, 1);
  for (const std::int64_t seq : {1, 4, 5, 9}) say(show, seq);
  say(show, 9);
  EXPECT_EQ(shown(show), (std::vector<std::int64_t>{4, 5, 9}));
  EXPECT_EQ(shown(show, 2), (std::vector<std::int64_t>{5, 9}));
  EXPECT_EQ(shown(other), std::vector<std::int64_t>{1});
}

TEST_F(ChatTest, KeepsWhatWasHiddenAndWhatNobodyHeardFromThoseWhoCome) {
  const ShowId show = create();
  for (const std::int64_t seq : {1, 2, 4}) say(show, seq);
  say(show, std::nullopt);
  change([&](Tx& tx) { hide_chat(tx, show, 4, std::nullopt, clock_.now()); });
  clock_.advance(std::chrono::seconds(1));
  change([&](Tx& tx) { hide_chat(tx, show, 4, PersonId{3}, clock_.now()); });
  change([&](Tx& tx) { hide_chat(tx, show, 4, PersonId{5}, clock_.now()); });
  EXPECT_EQ(shown(show), (std::vector<std::int64_t>{1, 2}));
  const std::vector<ChatLine> all = kept(show);
  ASSERT_EQ(all.size(), 4U);
  EXPECT_EQ(all[2].hidden_at, clock_.now() - std::chrono::seconds(1));
  EXPECT_EQ(all[2].hidden_by, PersonId{3}) << "who did it first";
  EXPECT_FALSE(all[3].seq);
  EXPECT_EQ(read([&](Tx& tx) -> Result<std::int64_t> { return newest_chat_seq(tx, show); }), 4);
  EXPECT_EQ(read([&](Tx& tx) { return find_chat(tx, show, 2); })->text, "no. 2");
  EXPECT_EQ(read([&](Tx& tx) { return find_chat(tx, show, 3); }).error().code, "message-not-found");
}

TEST_F(ChatTest, HidesAllThatADeviceSaidInTheShopsShows) {
  const ShowId show = create(), other = create();
  say(show, 1);
  say(show, 2, DeviceId{8});
  say(other, 1);
  change([&](Tx& tx) { hide_chat_of(tx, ShopId{2}, DeviceId{7}, PersonId{3}, clock_.now()); });
  EXPECT_EQ(shown(other), std::vector<std::int64_t>{1}) << "another shop's act";
  change([&](Tx& tx) { hide_chat_of(tx, ShopId{1}, DeviceId{7}, PersonId{3}, clock_.now()); });
  EXPECT_EQ(shown(other), std::vector<std::int64_t>{});
  const std::vector<ChatLine> all = kept(show);
  EXPECT_EQ(all[0].hidden_by, PersonId{3});
  EXPECT_FALSE(all[1].hidden_at);
}

TEST_F(ChatTest, ForgetsWhatIsOldAndWhatHasNoShow) {
  const ShowId show = create();
  say(show, 1);
  clock_.advance(std::chrono::days(90));
  say(show, 2);
  const Instant before = clock_.now() - std::chrono::days(89);
  EXPECT_EQ(write([&](Tx& tx) -> Result<bool> { return sweep_chat(tx, before); }), false);
  EXPECT_EQ(shown(show), std::vector<std::int64_t>{2});
  say(ShowId{show.value + 1}, 1);
  ASSERT_TRUE(write([&](Tx& tx) -> Result<bool> { return !erase_shows(tx, ShopId{1}).empty(); }));
  EXPECT_EQ(integer("SELECT COUNT(*) FROM chat_line"), 0);
}

}  // namespace
}  // namespace geili::shows
