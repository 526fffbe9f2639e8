#include "shows/trailer.hpp"

#include <gtest/gtest.h>

#include "shows/recording.hpp"
#include "shows/test_show.hpp"

namespace geili::shows {
namespace {

using store::Tx;

class TrailerTest : public ShowStoreTest {
 protected:
  void SetUp() override {
    show_ = create(ShopId{1});
    recorded_ = create(ShopId{1});
    foreign_ = create(ShopId{2});
    for (const ShowId show : {recorded_, foreign_}) {
      ASSERT_TRUE(write([&](Tx& tx) -> Result<void> {
        keep_recording(tx, {.show = show, .started_at = clock_.now(), .ended_at = clock_.now()});
        return {};
      }));
    }
  }
  Result<Show> choose(ShowId recorded) {
    return write([&](Tx& tx) {
      return set_trailer(tx, show_, {.recorded = recorded, .clip = "0_0_9.mp4"});
    });
  }
  std::string shown() {
    const auto trailer =
        *read([&](Tx& tx) -> Result<std::optional<Trailer>> { return trailer_of(tx, show_); });
    return trailer ? trailer->clip : "none";
  }

  ShowId show_, recorded_, foreign_;
};

TEST_F(TrailerTest, IsAClipOfTheShopsOwnAndGoesWithItsRecording) {
  EXPECT_EQ(shown(), "none");
  ASSERT_TRUE(choose(recorded_));
  EXPECT_EQ(shown(), "0_0_9.mp4");
  EXPECT_EQ(choose(foreign_).error().code, "recording-not-found");
  EXPECT_EQ(choose(show_).error().code, "recording-not-found");
  EXPECT_EQ(shown(), "0_0_9.mp4");
  ASSERT_TRUE(write([&](Tx& tx) -> Result<void> {
    give_up_recording(tx, recorded_, RecordingState::expired);
    return {};
  }));
  EXPECT_EQ(shown(), "none");
}

TEST_F(TrailerTest, IsTakenAwayAndIsForScheduledShows) {
  ASSERT_TRUE(choose(recorded_));
  ASSERT_TRUE(write([&](Tx& tx) { return remove_trailer(tx, show_); }));
  EXPECT_EQ(shown(), "none");
  ASSERT_TRUE(write([&](Tx& tx) { return start_show(tx, show_, clock_.now()); }));
  EXPECT_EQ(choose(recorded_).error().code, "show-status-conflict");
}

}  // namespace
}  // namespace geili::shows
