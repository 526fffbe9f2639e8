#include "shows/chat.hpp"

#include <gtest/gtest.h>

#include "shows/show.hpp"
#include "store/testing/test_store.hpp"

namespace geili::shows {
namespace {

using store::Tx;

class ChatTest : public store::testing::StoreTest {
 protected:
  ShowId create() {
    return write([&](Tx& tx) {
             return create_show(tx,
                                {.shop = ShopId{1}, .title = "Evening", .starts_at = clock_.now()});
           })
        ->id;
  }
  void say(ShowId show, std::int64_t seq) {
    ASSERT_TRUE(write([&](Tx& tx) -> Result<void> {
      keep_chat(tx, show, {seq, clock_.now(), "Ana", "viewer", "no. " + std::to_string(seq)}, 3);
      return {};
    }));
  }
  std::vector<std::int64_t> kept(ShowId show) {
    return *read([&](Tx& tx) -> Result<std::vector<std::int64_t>> {
      std::vector<std::int64_t> seqs;
      for (const ChatLine& line : kept_chat(tx, show)) {
        EXPECT_EQ(line.text, "no. " + std::to_string(line.seq));
        EXPECT_EQ(line.author_name, "Ana");
        EXPECT_EQ(line.said_at, clock_.now());
        seqs.push_back(line.seq);
      }
      return seqs;
    });
  }
};

TEST_F(ChatTest, KeepsTheLastLinesOfEachShow) {
  const ShowId show = create(), other = create();
  say(other, 1);
  for (const std::int64_t seq : {1, 4, 5, 9}) say(show, seq);
  say(show, 9);
  EXPECT_EQ(kept(show), (std::vector<std::int64_t>{4, 5, 9}));
  EXPECT_EQ(kept(other), std::vector<std::int64_t>{1});
}

TEST_F(ChatTest, ForgetsWhatIsHiddenAndWhatHasNoShow) {
  const ShowId show = create();
  for (const std::int64_t seq : {1, 2}) say(show, seq);
  ASSERT_TRUE(write([&](Tx& tx) -> Result<void> {
    forget_chat(tx, show, 1);
    return {};
  }));
  EXPECT_EQ(kept(show), std::vector<std::int64_t>{2});
  say(ShowId{show.value + 1}, 1);
  ASSERT_TRUE(write([&](Tx& tx) -> Result<bool> { return !erase_shows(tx, ShopId{1}).empty(); }));
  EXPECT_EQ(integer("SELECT COUNT(*) FROM show_chat"), 0);
}

}  // namespace
}  // namespace geili::shows
