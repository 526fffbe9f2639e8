#include "media/webrtc/programme.hpp"

#include <gtest/gtest.h>

#include "media/testing/source_units.hpp"

namespace geili::media::webrtc {
namespace {

class ProgrammeTest : public ::testing::Test {
 protected:
  ManualClock clock_;
  std::shared_ptr<Stream> stream_ = std::make_shared<Stream>(ShowId{7}, clock_, StreamLimits{});
};

TEST_F(ProgrammeTest, NothingIsDescribedBeforeTheFirstUnit) {
  const auto described = describe(stream_);
  ASSERT_FALSE(described);
  EXPECT_EQ(described.error().code, "not-live");
}

TEST_F(ProgrammeTest, WhoJoinsBeforeTheFirstSoundIsToGetItToo) {
  const auto publication = stream_->publish(nullptr);
  (*publication)->push(testing::picture(testing::video_config(), 0, true));
  const auto described = describe(stream_);
  ASSERT_TRUE(described);
  EXPECT_TRUE(described->sending.video);
  EXPECT_TRUE(described->sending.audio);
}

}  // namespace
}  // namespace geili::media::webrtc
