#include "app/push_key.hpp"

#include <fstream>
#include <stdexcept>

#include <gtest/gtest.h>

#include "app/payment_key.hpp"
#include "store/sqlite/temp_database.hpp"

namespace geili::app {
namespace {

class KeyFile : public ::testing::Test {
 protected:
  void put(const char* name, const std::string& text) {
    std::ofstream(folder_.path() / name) << text;
  }
  store::sqlite::TempFolder folder_;
};

TEST_F(KeyFile, IsMadeOnceAndReadableByItsOwnerAlone) {
  const auto first = push_key(folder_.path());
  EXPECT_EQ(push_key(folder_.path()).point, first.point);
  EXPECT_EQ(payment_key(folder_.path()).reveal(), payment_key(folder_.path()).reveal());
  for (const char* name : {kPushKeyFile, kPaymentKeyFile}) {
    using std::filesystem::perms;
    EXPECT_EQ(std::filesystem::status(folder_.path() / name).permissions(),
              perms::owner_read | perms::owner_write);
  }
}

TEST_F(KeyFile, ThatIsNoneIsNotReplaced) {
  for (const std::string& bad : {std::string(), std::string("00"), std::string(64, 'z'),
                                 std::string(64, '0'), std::string(64, 'f')}) {
    put(kPushKeyFile, bad);
    EXPECT_THROW(push_key(folder_.path()), std::runtime_error) << bad;
  }
  put(kPaymentKeyFile, "00");
  EXPECT_THROW(payment_key(folder_.path()), std::runtime_error);
}

}  // namespace
}  // namespace geili::app
