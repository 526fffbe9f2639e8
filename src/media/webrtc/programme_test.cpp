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

TEST_F(ProgrammeTest, PicturesOutOfOrderAreRefusedUnlessTheyAreEncodedAnew) {
  for (const bool in_order : {false, true}) {
    video::PictureWorker worker;
    const PictureMaking making{&worker, std::make_shared<boost::asio::io_context>(), false,
                               in_order};
    const auto stream = std::make_shared<Stream>(ShowId{7}, clock_, StreamLimits{}, making);
    const auto publication = stream->publish(nullptr);
    (*publication)->push(testing::picture(testing::other_video_config(), 0, true, 80'000));
    const auto described = describe(stream);
    ASSERT_EQ(described.has_value(), in_order);
    if (!in_order) {
      EXPECT_EQ(described.error().code, "b-frames");
      continue;
    }
    EXPECT_EQ(described->sending.video->h264.rfc6381(), "avc1.42C01F");
    EXPECT_EQ(described->sending.video->h264.width, 1920U);
  }
}

}  // namespace
}  // namespace geili::media::webrtc
