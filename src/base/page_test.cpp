#include "base/page.hpp"

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "base/bytes.hpp"

namespace geili {
namespace {

constexpr std::array<std::int64_t, 3> kPosition{INT64_MIN, -1, INT64_MAX};

TEST(Cursor, CarriesItsPosition) {
  const auto back = from_cursor("shows", 3, to_cursor("shows", kPosition));
  ASSERT_TRUE(back);
  EXPECT_EQ(*back, std::vector<std::int64_t>(kPosition.begin(), kPosition.end()));
  EXPECT_LE(to_cursor("shows", kPosition).size(), kCursorBytesMax);
}

TEST(Cursor, IsRefusedElsewhereAndWhenItWasTouched) {
  const std::string good = to_cursor("shows", kPosition);
  EXPECT_FALSE(from_cursor("orders", 3, good));
  EXPECT_FALSE(from_cursor("shows", 2, good));
  for (std::size_t i = 0; i < good.size(); ++i) {
    std::string touched = good;
    touched[i] = touched[i] == 'x' ? 'y' : 'x';
    EXPECT_FALSE(from_cursor("shows", 3, touched)) << i;
  }
  for (const std::string& bad : {std::string(), good + "A", good.substr(1), std::string(201, 'A'),
                                 std::string("=="), std::string("\0\0", 2)}) {
    const auto refused = from_cursor("shows", 3, bad);
    ASSERT_FALSE(refused) << bad;
    EXPECT_EQ(refused.error().code, "bad-cursor");
    EXPECT_EQ(refused.error().kind, ErrorKind::invalid);
  }
}

TEST(Page, BeginsAtTheCursorOrAtTheFirst) {
  const PageRequest first{};
  EXPECT_EQ(*page_start("n", first, {7}), std::vector<std::int64_t>{7});
  const PageRequest next{.cursor = to_cursor("n", std::array<std::int64_t, 1>{9})};
  EXPECT_EQ(*page_start("n", next, {7}), std::vector<std::int64_t>{9});
  for (const int limit : {0, -1, 101}) {
    EXPECT_EQ(page_start("n", {.limit = limit}, {7}).error().fields.at(0).path, "limit");
  }
}

TEST(Page, OffersTheNextOnlyWhereOneFollows) {
  const auto position = [](int item) { return std::array<std::int64_t, 1>{item}; };
  Page<int> full{.items = {1, 2}, .next_cursor = ""};
  end_page(full, "n", {.limit = 2}, position);
  EXPECT_EQ(full.next_cursor, "");
  Page<int> more{.items = {1, 2, 3}, .next_cursor = ""};
  end_page(more, "n", {.limit = 2}, position);
  EXPECT_EQ(more.items, (std::vector{1, 2}));
  EXPECT_EQ(more.next_cursor, to_cursor("n", position(2)));
}

}  // namespace
}  // namespace geili
