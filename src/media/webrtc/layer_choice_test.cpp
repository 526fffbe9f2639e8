#include "media/webrtc/layer_choice.hpp"

#include <gtest/gtest.h>

namespace geili::media::webrtc {
namespace {

class LayerChoiceTest : public ::testing::Test {
 protected:
  // Ten reports a second under these conditions; the layer at the end.
  Layer after(double seconds, const LayerConditions& seen) {
    for (int i = 0; i < static_cast<int>(seconds * 10); ++i) {
      clock_.advance(std::chrono::milliseconds(100));
      choice_.decide(seen, clock_.now());
    }
    return choice_.chosen();
  }
  // How long it takes until the layer is chosen, in seconds; 1,000 when it never is.
  double until(Layer layer, const LayerConditions& seen) {
    for (int i = 1; i <= 10'000; ++i) {
      if (after(0.1, seen) == layer) return i / 10.0;
    }
    return 1'000;
  }

  static constexpr LayerConditions kGood{true, 1'500'000, 4'000'000, 0.0};
  static constexpr LayerConditions kNarrow{true, 1'500'000, 500'000, 0.0};
  static constexpr LayerConditions kLossy{true, 1'500'000, 4'000'000, 0.2};
  ManualClock clock_;
  LayerChoice choice_;
};

TEST_F(LayerChoiceTest, StaysWithTheSourceWhereTheNetworkCarriesIt) {
  EXPECT_EQ(after(60, kGood), Layer::source);
  EXPECT_EQ(after(60, {true, 1'500'000, std::nullopt, 0.05}), Layer::source);
  EXPECT_EQ(after(60, {true, 1'500'000, 1'300'000, 0.0}), Layer::source);  // a little less
}

TEST_F(LayerChoiceTest, StepsDownForANarrowOrLossyNetwork) {
  for (const LayerConditions& seen : {kNarrow, kLossy}) {
    choice_ = LayerChoice();
    EXPECT_EQ(after(1.8, seen), Layer::source);
    EXPECT_EQ(after(0.5, seen), Layer::low);
  }
}

TEST_F(LayerChoiceTest, AShortDipIsNoReason) {
  for (int i = 0; i < 20; ++i) {
    EXPECT_EQ(after(1.5, kNarrow), Layer::source);
    EXPECT_EQ(after(0.2, kGood), Layer::source);
  }
}

TEST_F(LayerChoiceTest, WithoutALowerPictureThereIsNoChoice) {
  LayerConditions alone = kNarrow;
  alone.has_low = false;
  EXPECT_EQ(after(60, alone), Layer::source);
  EXPECT_EQ(after(3, kNarrow), Layer::low);
  EXPECT_EQ(after(0.1, alone), Layer::source);
}

TEST_F(LayerChoiceTest, TriesToGoUpAndWaitsLongerEachTimeItFails) {
  EXPECT_LT(until(Layer::low, kNarrow), 3);
  double before = 0;
  for (int i = 0; i < 4; ++i) {
    const double waited = until(Layer::source, kNarrow);
    EXPECT_GT(waited, before * 1.8);
    before = waited;
    EXPECT_LT(until(Layer::low, kNarrow), 3);
  }
  EXPECT_LE(until(Layer::source, kNarrow), 65);  // but never gives up
}

TEST_F(LayerChoiceTest, AStepUpThatHeldForgetsTheFailures) {
  until(Layer::low, kNarrow);
  for (int i = 0; i < 3; ++i) {
    until(Layer::source, kNarrow);
    until(Layer::low, kNarrow);
  }
  until(Layer::source, kNarrow);
  EXPECT_EQ(after(30, kGood), Layer::source);
  until(Layer::low, kNarrow);
  EXPECT_LT(until(Layer::source, kNarrow), 9);
}

TEST_F(LayerChoiceTest, LossKeepsItDown) {
  EXPECT_EQ(after(3, kLossy), Layer::low);
  EXPECT_EQ(after(120, kLossy), Layer::low);
}

}  // namespace
}  // namespace geili::media::webrtc
