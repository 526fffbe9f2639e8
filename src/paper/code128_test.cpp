#include "paper/code128.hpp"

#include <numeric>
#include <set>
#include <string>

#include <gtest/gtest.h>

#include "paper/document.hpp"

namespace geili::paper {
namespace {

int modules_of(const std::string& widths) {
  return std::accumulate(widths.begin(), widths.end(), 0,
                         [](int sum, char width) { return sum + (width - '0'); });
}

TEST(Code128, EveryCharacterHasElevenModulesOfItsOwn) {
  std::set<std::string> symbols;
  for (char c = ' '; c <= '~'; ++c) {
    const auto widths = code128_widths(std::string(1, c));
    ASSERT_TRUE(widths);
    ASSERT_EQ(widths->size(), 6U + 6 + 6 + 7);
    EXPECT_EQ(modules_of(widths->substr(6, 6)), 11);
    symbols.insert(widths->substr(6, 6));
  }
  EXPECT_EQ(symbols.size(), 95U);
}

TEST(Code128, PairsOfDigitsTakeHalfTheRoom) {
  EXPECT_EQ(modules_of(*code128_widths("12345678")), 11 * (1 + 4 + 1) + 13);
  EXPECT_EQ(modules_of(*code128_widths("1234567")), 11 * (1 + 1 + 1 + 3 + 1) + 13);
  EXPECT_EQ(modules_of(*code128_widths("AB1234")), 11 * (1 + 2 + 1 + 2 + 1) + 13);
  EXPECT_EQ(modules_of(*code128_widths("1234AB")), 11 * (1 + 2 + 1 + 2 + 1) + 13);
  EXPECT_EQ(modules_of(*code128_widths("A1234B")), 11 * (1 + 6 + 1) + 13);
}

TEST(Code128, WhatItCannotWriteIsRefused) {
  for (const char* bad : {"", "é", "a\n", "\x7f", "珍"}) EXPECT_FALSE(code128_widths(bad)) << bad;
  EXPECT_TRUE(code128_widths(std::string(kBarcodeMax, 'a')));
  EXPECT_FALSE(code128_widths(std::string(kBarcodeMax + 1, 'a')));
}

}  // namespace
}  // namespace geili::paper
