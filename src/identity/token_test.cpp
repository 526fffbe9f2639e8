#include "identity/token.hpp"

#include <set>

#include <gtest/gtest.h>

namespace geili::identity {
namespace {

TEST(Token, HashesAsFips180Says) {
  EXPECT_EQ(to_hex(hash_token("abc")),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST(Token, IsNewEachTimeAndFitsItsHash) {
  std::set<std::string> seen;
  for (int i = 0; i < 100; ++i) {
    const NewToken token = new_token();
    EXPECT_EQ(token.token.size(), 22U);
    EXPECT_EQ(token.hash, hash_token(token.token));
    EXPECT_TRUE(seen.insert(token.token).second);
  }
}

TEST(Token, ComparesWholeTexts) {
  EXPECT_TRUE(equal_in_constant_time("", ""));
  EXPECT_TRUE(equal_in_constant_time("same", "same"));
  EXPECT_FALSE(equal_in_constant_time("same", "sane"));
  EXPECT_FALSE(equal_in_constant_time("same", "sam"));
  EXPECT_FALSE(equal_in_constant_time("", "a"));
}

}  // namespace
}  // namespace geili::identity
