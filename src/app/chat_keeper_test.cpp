#include "app/chat_keeper.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "flows/test_market.hpp"
#include "shows/chat.hpp"

namespace geili::app {
namespace {

using store::Tx;

live::SharedEvent event(std::int64_t seq, live::EventBody body) {
  return std::make_shared<const live::Event>(live::Event{seq, Instant{seq}, std::move(body)});
}
live::SharedEvent said(std::int64_t seq, std::string text) {
  return event(seq, live::ChatMessage{"Lin", live::Role::host, std::move(text)});
}

class ChatKeeperTest : public flows::Market {
 protected:
  // Writes are done in order, so this sees all that was given before.
  std::vector<std::string> kept() {
    return *write([&](Tx& tx) -> Result<std::vector<std::string>> {
      std::vector<std::string> lines;
      for (const shows::ChatLine& line : shows::kept_chat(tx, show_)) {
        lines.push_back((line.seq ? std::to_string(*line.seq) : "unheard") + " " +
                        line.author_role + " " + line.author_name + ": " + line.text +
                        (line.hidden_at ? " (hidden)" : ""));
      }
      return lines;
    });
  }
};

TEST_F(ChatKeeperTest, KeepsWhatWasSaidAndWhatWasHidden) {
  ChatKeeper keeper(*database_, 2);
  keeper.told(show_, said(1, "a"));
  keeper.told(show_, said(2, "b"));
  keeper.told(show_, event(3, live::StatusChanged{live::ShowStatus::live}));
  keeper.told(show_, said(4, "c"));
  EXPECT_EQ(kept(), (std::vector<std::string>{"2 host Lin: b", "4 host Lin: c"}));
  keeper.told(show_, event(5, live::MessageHidden{2}));
  keeper.unheard(show_, said(0, "d"));
  EXPECT_EQ(kept(), (std::vector<std::string>{"2 host Lin: b (hidden)", "4 host Lin: c",
                                              "unheard host Lin: d"}));
  EXPECT_EQ(keeper.dropped_count(), 0U);
}

TEST_F(ChatKeeperTest, KeepsTheLanguage) {
  ChatKeeper keeper(*database_);
  keeper.told(show_, event(1, live::ChatMessage{.text = "Hola", .language = "es"}));
  const auto lines = write(
      [&](Tx& tx) -> Result<std::vector<shows::ChatLine>> { return shows::kept_chat(tx, show_); });
  ASSERT_EQ(lines->size(), 1U);
  EXPECT_EQ(lines->front().language, "es");
}

// Takes every job and finishes none.
class Stuck final : public store::Database {
 public:
  Result<void> submit_write(Job, Done done) override {
    waiting.push_back(std::move(done));
    return {};
  }
  Result<void> submit_read(Job, Done) override { return {}; }
  std::vector<Done> waiting;
};

TEST(ChatKeeper, LeavesLinesOutWhenTheStoreIsBehind) {
  Stuck stuck;
  ChatKeeper keeper(stuck, 50);
  for (std::int64_t seq = 1; seq <= ChatKeeper::kLinesWaitingMax + 3; ++seq) {
    keeper.told(ShowId{4}, said(seq, "hello"));
  }
  EXPECT_EQ(stuck.waiting.size(), static_cast<std::size_t>(ChatKeeper::kLinesWaitingMax));
  EXPECT_EQ(keeper.dropped_count(), 3U);
  stuck.waiting.front()(store::Outcome{});
  keeper.told(ShowId{4}, said(999, "again"));
  EXPECT_EQ(keeper.dropped_count(), 3U);
}

}  // namespace
}  // namespace geili::app
