#include "shows/recording.hpp"

#include <gtest/gtest.h>

#include "shows/pins.hpp"
#include "shows/test_show.hpp"

namespace geili::shows {
namespace {

using store::Tx;

class RecordingTest : public ShowStoreTest {
 protected:
  Recording recorded(ShowId show, std::int64_t bytes = 7) {
    return {.show = show,
            .started_at = clock_.now(),
            .ended_at = clock_.now() + std::chrono::seconds(3),
            .duration_us = 3'000'000,
            .bytes = bytes};
  }
  void keep(const Recording& recording) {
    ASSERT_TRUE(write([&](Tx& tx) -> Result<void> {
      keep_recording(tx, recording);
      return {};
    }));
  }
  void give_up(ShowId show, RecordingState state) {
    ASSERT_TRUE(write([&](Tx& tx) -> Result<void> {
      give_up_recording(tx, show, state);
      return {};
    }));
  }
  Result<Recording> find(ShowId show) {
    return read([&](Tx& tx) { return find_recording(tx, show); });
  }
  std::string found_or_code(ShowId show) {
    const auto found = find(show);
    return found ? std::to_string(found->bytes) : found.error().code;
  }
  std::vector<ShowId> reconcile(const std::vector<Recording>& found) {
    return *write(
        [&](Tx& tx) -> Result<std::vector<ShowId>> { return reconcile_recordings(tx, found); });
  }
};

TEST_F(RecordingTest, IsRememberedAsItGrows) {
  const ShowId show = create();
  EXPECT_EQ(found_or_code(show), "recording-not-found");
  keep(recorded(show, 7));
  keep(recorded(show, 9));
  const auto found = find(show);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->bytes, 9);
  EXPECT_EQ(found->duration_us, 3'000'000);
  EXPECT_EQ(found->ended_at, clock_.now() + std::chrono::seconds(3));
  keep(recorded(ShowId{show.value + 1}));
  EXPECT_EQ(integer("SELECT COUNT(*) FROM recording"), 1);
}

TEST_F(RecordingTest, IsGoneOnceItIsGivenUp) {
  const ShowId show = create(), other = create();
  keep(recorded(show));
  keep(recorded(other));
  give_up(show, RecordingState::deleted);
  EXPECT_EQ(found_or_code(show), "recording-gone");
  EXPECT_EQ(found_or_code(other), "7");
  // What somebody deleted does not become what was too old.
  give_up(show, RecordingState::expired);
  EXPECT_EQ(integer("SELECT COUNT(*) FROM recording WHERE state = 'deleted'"), 1);
}

TEST_F(RecordingTest, AgreesWithTheDisk) {
  const ShowId found = create(), deleted = create(), lost = create();
  keep(recorded(deleted));
  keep(recorded(lost));
  give_up(deleted, RecordingState::deleted);
  const ShowId nobody{lost.value + 1};
  EXPECT_EQ(reconcile({recorded(found), recorded(deleted), recorded(nobody)}),
            (std::vector<ShowId>{deleted, nobody}));
  EXPECT_EQ(found_or_code(found), "7");
  EXPECT_EQ(found_or_code(deleted), "recording-gone");
  EXPECT_EQ(found_or_code(lost), "recording-gone");
}

TEST_F(RecordingTest, GoesWithItsShow) {
  const ShowId show = create();
  keep(recorded(show));
  ASSERT_TRUE(write([&](Tx& tx) -> Result<bool> {
    note_pin(tx, show, ProductId{5}, clock_.now());
    return !erase_shows(tx, ShopId{1}).empty();
  }));
  EXPECT_EQ(integer("SELECT COUNT(*) FROM recording"), 0);
  EXPECT_EQ(integer("SELECT COUNT(*) FROM show_pin"), 0);
}

TEST_F(RecordingTest, RemembersPinsUpToALimit) {
  const ShowId show = create();
  ASSERT_TRUE(write([&](Tx& tx) -> Result<void> {
    for (std::int64_t i = 0; i < kPinsMax + 2; ++i) {
      note_pin(tx, show, ProductId{5 + i % 2}, clock_.now());
    }
    return {};
  }));
  const auto pins = *read([&](Tx& tx) -> Result<std::vector<Pin>> { return pins_of(tx, show); });
  ASSERT_EQ(pins.size(), static_cast<std::size_t>(kPinsMax));
  EXPECT_TRUE(pins.back().unpinned_at);
}

}  // namespace
}  // namespace geili::shows
