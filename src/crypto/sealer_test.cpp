#include "crypto/sealer.hpp"

#include <gtest/gtest.h>

#include "base/random.hpp"

namespace geili::crypto {
namespace {

Sealer some_sealer() {
  return Sealer(Secret<Bytes>(random_bytes(kSealKeyBytes)));
}

TEST(Sealer, OpensWhatItSealedAndNeverSealsTheSameWayTwice) {
  const Sealer sealer = some_sealer();
  for (const std::string& text : {std::string(), std::string("sk_test_1"),
                                  std::string(kSealedTextMax, '\xff'), std::string("a\0b", 3)}) {
    const Bytes sealed = sealer.seal(Secret<std::string>(text), "1 stripe key");
    EXPECT_EQ(sealer.open(sealed, "1 stripe key")->reveal(), text);
    EXPECT_NE(sealer.seal(Secret<std::string>(text), "1 stripe key"), sealed);
    if (text.size() > 3) EXPECT_FALSE(as_text(sealed).contains(text));
  }
}

TEST(Sealer, OpensNothingElse) {
  const Sealer sealer = some_sealer();
  const Bytes sealed = sealer.seal(Secret<std::string>("sk_test_1"), "1 stripe key");
  const auto code = [&](ByteView bytes, std::string_view place) {
    const auto opened = sealer.open(bytes, place);
    return opened ? "opened" : opened.error().code;
  };
  EXPECT_EQ(code(sealed, "2 stripe key"), "sealed-unreadable");
  EXPECT_FALSE(some_sealer().open(sealed, "1 stripe key"));
  for (std::size_t i = 0; i < sealed.size(); ++i) {
    Bytes changed = sealed;
    changed[i] ^= std::byte{1};
    EXPECT_EQ(code(changed, "1 stripe key"), "sealed-unreadable") << i;
    EXPECT_EQ(code(ByteView(sealed).first(i), "1 stripe key"), "sealed-unreadable") << i;
  }
  EXPECT_EQ(code(Bytes(kSealedTextMax + 29), "1 stripe key"), "sealed-unreadable");
}

}  // namespace
}  // namespace geili::crypto
