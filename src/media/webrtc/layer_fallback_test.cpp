#include "media/webrtc/layer_fallback.hpp"

#include <string>

#include <gtest/gtest.h>

namespace geili::media::webrtc {
namespace {

class LayerFallbackTest : public ::testing::Test {
 protected:
  // "S" and "L" for what a picture that comes whole becomes.
  std::string picture(Layer layer, std::int64_t ms, bool keyframe = false) {
    const Instant now{1'795'000'000'000'000 + ms * 1'000};
    fallback_.heard(layer, now);
    std::string text;
    for (const Layer as : fallback_.places(layer, keyframe, now)) {
      text += as == Layer::source ? 'S' : 'L';
    }
    return text;
  }
  bool wants_low_key(std::int64_t ms) const {
    return fallback_.wants_low_key({1'795'000'000'000'000 + ms * 1'000});
  }
  LayerFallback fallback_;
};

TEST_F(LayerFallbackTest, EachLayerIsItselfWhileBothCome) {
  EXPECT_EQ(picture(Layer::source, 0, true), "S");
  EXPECT_EQ(picture(Layer::low, 1, true), "L");
  EXPECT_EQ(picture(Layer::source, 33), "S");
  EXPECT_EQ(picture(Layer::low, 34), "L");
  EXPECT_FALSE(wants_low_key(34));
}

TEST_F(LayerFallbackTest, TheLowerOneTakesOverWithAKeyFrameAndGivesBackAtOne) {
  picture(Layer::source, 0, true);
  for (int ms = 0; ms <= 720; ms += 40) EXPECT_EQ(picture(Layer::low, ms), "L");
  EXPECT_TRUE(wants_low_key(720));
  EXPECT_EQ(picture(Layer::low, 760), "L");
  EXPECT_EQ(picture(Layer::low, 800, true), "SL");
  EXPECT_FALSE(wants_low_key(800));
  EXPECT_EQ(picture(Layer::low, 840), "SL");
  EXPECT_EQ(picture(Layer::source, 850), "");
  EXPECT_EQ(picture(Layer::low, 880), "SL");
  EXPECT_EQ(picture(Layer::source, 890, true), "S");
  EXPECT_EQ(picture(Layer::low, 920), "L");
}

TEST_F(LayerFallbackTest, ASourceThatNeverCameIsWaitedForToo) {
  EXPECT_EQ(picture(Layer::low, 0, true), "L");
  for (int ms = 40; ms <= 720; ms += 40) EXPECT_EQ(picture(Layer::low, ms), "L");
  EXPECT_EQ(picture(Layer::low, 760, true), "SL");
}

TEST_F(LayerFallbackTest, ANetworkThatIsAwayChangesNothing) {
  picture(Layer::source, 0, true);
  picture(Layer::low, 1, true);
  EXPECT_FALSE(wants_low_key(5'000));
  EXPECT_EQ(picture(Layer::source, 5'000), "S");
  EXPECT_EQ(picture(Layer::low, 5'001, true), "L");
}

TEST_F(LayerFallbackTest, WithoutALowerOneTheSourceIsAllThereIs) {
  EXPECT_EQ(picture(Layer::source, 0, true), "S");
  EXPECT_FALSE(wants_low_key(2'000));
  EXPECT_EQ(picture(Layer::source, 2'000), "S");
}

}  // namespace
}  // namespace geili::media::webrtc
