#include "media/egress/record/library.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/resource.h>

#include "media/testing/record_units.hpp"

namespace geili::media::record {
namespace {

using testing::FillingDisk;
using testing::RecordUnits;
using testing::TemporaryFolder;
namespace fs = std::filesystem;

constexpr ShowId kShow{7};

class LibraryTest : public ::testing::Test {
 protected:
  LibraryTest() { settings_.dir = folder_.path(); }

  void open() {
    library_ = std::make_unique<Library>(settings_, clock_, disk_,
                                         [this](const auto& event) { events_.push_back(event); });
    found_ = library_->open();
  }
  // Seconds of a show, as it is recorded.
  void record(ShowId show, int groups) {
    RecordUnits units;
    for (const CutFragment& group : units.groups(groups)) {
      ASSERT_TRUE(library_->append(show, group));
    }
    library_->close(show);
  }
  std::string file(const std::string& name, ShowId show = kShow) const {
    return settings_.dir + "/" + std::to_string(show.value) + "/" + name;
  }
  std::vector<std::string> shows() const {
    std::vector<std::string> names;
    for (const auto& entry : fs::directory_iterator(settings_.dir)) {
      names.push_back(entry.path().filename());
    }
    std::ranges::sort(names);
    return names;
  }

  TemporaryFolder folder_;
  ManualClock clock_{{testing::kShowStartUs}};
  FillingDisk disk_;
  RecordSettings settings_;
  std::vector<RecordingEvent> events_;
  std::unique_ptr<Library> library_;
  std::vector<RecordingSummary> found_;
};

TEST_F(LibraryTest, TellsWhenARecordingBeginsAndCloses) {
  open();
  record(kShow, 2);
  ASSERT_EQ(events_.size(), 2U);
  EXPECT_EQ(events_[0].kind, RecordingEvent::Kind::begun);
  EXPECT_TRUE(events_[0].recording.live);
  EXPECT_EQ(events_[1].kind, RecordingEvent::Kind::closed);
  EXPECT_EQ(events_[1].recording.duration_us, 2'000'000);
  EXPECT_EQ(events_[1].recording.bytes, fs::file_size(file("s0001.mp4")));
  EXPECT_EQ(events_[1].recording.started_at, Instant{testing::kShowStartUs});
}

TEST_F(LibraryTest, FindsItsRecordingsAgainByTheirIndex) {
  open();
  record(kShow, 2);
  const RecordingSummary before = *library_->summary(kShow);
  open();
  ASSERT_EQ(found_.size(), 1U);
  EXPECT_EQ(found_[0].bytes, before.bytes);
  EXPECT_EQ(found_[0].duration_us, before.duration_us);
  EXPECT_EQ(library_->bytes(), before.bytes);
}

TEST_F(LibraryTest, MendsWhatAKilledProgramLeft) {
  open();
  RecordUnits units;
  for (const CutFragment& group : units.groups(3)) ASSERT_TRUE(library_->append(kShow, group));
  library_.reset();  // without close()
  fs::resize_file(file("s0001.mp4"), fs::file_size(file("s0001.mp4")) - 1);
  open();
  ASSERT_EQ(found_.size(), 1U);
  EXPECT_EQ(found_[0].duration_us, 2'000'000);
  EXPECT_FALSE(found_[0].live);
  EXPECT_EQ(fs::file_size(file("s0001.mp4")), found_[0].bytes);
  EXPECT_TRUE(fs::exists(file("s0001.idx")));
}

TEST_F(LibraryTest, GoesOnInANewSectionAfterARestart) {
  open();
  record(kShow, 2);
  open();
  RecordUnits units;
  units.groups(2);
  ASSERT_TRUE(library_->append(kShow, units.groups(1, 60'000'000).front()));
  const Recording& recording = **library_->find(kShow);
  ASSERT_EQ(recording.sections().size(), 2U);
  EXPECT_EQ(recording.sections()[1].start_us, 2'000'000);
  EXPECT_EQ(recording.duration_us(), 3'000'000);
  // A minute passed between the two; what happened in it is shown where the picture goes on.
  EXPECT_EQ(recording.offset_us({testing::kShowStartUs + 30'000'000}), 2'000'000);
  EXPECT_EQ(recording.offset_us({testing::kShowStartUs + 62'500'000}), 2'500'000);
}

TEST_F(LibraryTest, BeginsASectionForANewConfiguration) {
  open();
  RecordUnits units;
  ASSERT_TRUE(library_->append(kShow, units.group()));
  units.change_picture();
  ASSERT_TRUE(library_->append(kShow, units.group()));
  library_->close(kShow);
  EXPECT_TRUE(fs::exists(file("s0002.mp4")));
  const std::string list = render_replay(**library_->find(kShow));
  EXPECT_NE(list.find("#EXT-X-DISCONTINUITY\n#EXT-X-MAP:URI=\"2.mp4\""), std::string::npos) << list;
}

TEST_F(LibraryTest, LosesOnlyWhatTheFullDiskDidNotTake) {
  open();
  RecordUnits units;
  ASSERT_TRUE(library_->append(kShow, units.group()));
  disk_.full = true;
  const auto refused = library_->append(kShow, units.group());
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "record-disk");
  disk_.full = false;
  CutFragment dependent = units.group();
  dependent.independent = false;
  EXPECT_EQ(library_->append(kShow, dependent).error().code, "record-waits");
  ASSERT_TRUE(library_->append(kShow, units.group()));
  library_->close(kShow);
  const Recording& recording = **library_->find(kShow);
  EXPECT_EQ(recording.sections().size(), 1U);
  EXPECT_EQ(recording.duration_us(), 2'000'000);
  // What was shown meanwhile is where the recording goes on.
  EXPECT_EQ(recording.offset_us({testing::kShowStartUs + 2'000'000}), 1'000'000);
  EXPECT_EQ(recording.offset_us({testing::kShowStartUs + 3'500'000}), 1'500'000);
}

TEST_F(LibraryTest, LeavesNothingOfAShowThatFoundNoRoom) {
  open();
  disk_.full = true;
  EXPECT_FALSE(library_->append(kShow, RecordUnits().group()));
  library_->close(kShow);
  EXPECT_EQ(library_->find(kShow).error().code, "recording-not-found");
  disk_.full = false;
  open();
  EXPECT_TRUE(found_.empty());
}

TEST_F(LibraryTest, GivesUpTheOldestForTheQuotaAndNeverALiveOne) {
  open();
  record({1}, 2);
  settings_.quota_bytes =
      3 * library_->bytes() + 70'000;  // room for the headers of a fragment, too
  open();
  RecordUnits live;
  live.groups(10);
  ASSERT_TRUE(library_->append({2}, live.group()));
  RecordUnits other;
  while (library_->append({3}, other.group())) continue;
  EXPECT_EQ(library_->append({3}, other.group()).error().code, "record-quota");
  EXPECT_EQ(shows(), (std::vector<std::string>{"2", "3"}));
  EXPECT_EQ(events_.back().recording.show, ShowId{1});
  EXPECT_EQ(events_.back().kind, RecordingEvent::Kind::expired);
  EXPECT_LE(library_->bytes(), settings_.quota_bytes);
}

TEST_F(LibraryTest, TakesBackWhatAFullDiskTookInPart) {
  struct rlimit before{};
  getrlimit(RLIMIT_FSIZE, &before);
  const auto old_handler = signal(SIGXFSZ, SIG_IGN);
  const auto disk = real_disk();
  const std::string path = folder_.path() + "/file";
  auto file = disk->create(path);
  ASSERT_TRUE(file);
  ASSERT_TRUE((*file)->append("kept"));
  const struct rlimit small{10, before.rlim_max};
  setrlimit(RLIMIT_FSIZE, &small);
  const auto refused = (*file)->append("more than the limit");
  setrlimit(RLIMIT_FSIZE, &before);
  signal(SIGXFSZ, old_handler);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "record-disk");
  EXPECT_EQ(fs::file_size(path), 4U);
  ASSERT_TRUE((*file)->append("again"));
  EXPECT_EQ(fs::file_size(path), 9U);
  EXPECT_FALSE(disk->create(path));  // it is there
}

TEST_F(LibraryTest, KeepsTheDiskFromFillingUp) {
  open();
  record({1}, 2);
  disk_.free = settings_.free_bytes_min + 1'000;
  EXPECT_FALSE(library_->append({2}, RecordUnits().group()));
  EXPECT_EQ(library_->find({1}).error().code, "recording-not-found");  // it was given up first
}

TEST_F(LibraryTest, ForgetsWhatIsPastItsRetention) {
  settings_.retention_s = 3'600;
  open();
  record(kShow, 1);
  clock_.advance(std::chrono::minutes(59));
  library_->sweep();
  EXPECT_TRUE(library_->find(kShow));
  clock_.advance(std::chrono::minutes(2));
  library_->sweep();
  EXPECT_EQ(library_->find(kShow).error().code, "recording-not-found");
  EXPECT_FALSE(fs::exists(file("s0001.mp4")));
  EXPECT_EQ(library_->bytes(), 0U);
}

TEST_F(LibraryTest, CutsAClipAtKeyFramesAroundTheRange) {
  open();
  record(kShow, 5);
  const auto plan = library_->plan_clip(kShow, 1'500'000, 3'000'000);
  ASSERT_TRUE(plan);
  EXPECT_EQ(plan->range.from_us, 1'000'000);
  EXPECT_EQ(plan->range.to_us, 3'000'000);
  const auto& fragments = (*library_->find(kShow))->sections()[0].index.fragments;
  EXPECT_EQ(plan->range.offset, fragments[1].offset);
  EXPECT_EQ(plan->range.length, fragments[1].size + fragments[2].size);
  EXPECT_EQ(library_->plan_clip(kShow, 1'000'000, 5'000'001).error().code, "clip-outside");
  EXPECT_EQ(library_->plan_clip({8}, 0, 1).error().code, "recording-not-found");
}

TEST_F(LibraryTest, KeepsTheNewestClips) {
  settings_.clips_max = 2;
  open();
  record(kShow, 5);
  const std::uint64_t bytes = library_->bytes();
  for (const int second : {0, 1, 2}) {
    const auto plan = library_->plan_clip(kShow, second * 1'000'000, second * 1'000'000 + 1);
    ASSERT_TRUE(plan);
    std::ofstream(plan->path) << "clip";
    fs::last_write_time(plan->path,
                        fs::file_time_type::clock::now() + std::chrono::seconds(second));
    library_->clip_made(kShow, *plan);
  }
  EXPECT_FALSE(library_->plan_clip(kShow, 0, 1)->made);
  const auto newest = library_->plan_clip(kShow, 2'000'000, 2'000'001);
  EXPECT_TRUE(newest->made);
  EXPECT_EQ(*library_->clip_path(kShow, newest->name), newest->path);
  for (const char* name : {"", ".mp4.mp4", "../s0001.mp4", "1_2_3.mp4x", "1_2_3", "a_1_2.mp4"}) {
    EXPECT_FALSE(library_->clip_path(kShow, name)) << name;
  }
  EXPECT_EQ(library_->bytes(), bytes + 2 * 4);
  EXPECT_TRUE(library_->remove(kShow, RecordingEvent::Kind::removed));
  EXPECT_EQ(library_->bytes(), 0U);
  EXPECT_TRUE(shows().empty());
}

TEST_F(LibraryTest, LeavesFoldersAloneThatAreNotItsOwn) {
  fs::create_directories(folder_.path() + "/photos");
  fs::create_directories(folder_.path() + "/12");
  open();
  EXPECT_EQ(shows(), std::vector<std::string>{"photos"});
}

TEST(Replay, ListsSegmentsThatAddUp) {
  Recording recording;
  SectionIndex index{.init_bytes = 800, .fragments = {}};
  for (int i = 0; i < 7; ++i) {
    index.fragments.push_back({.offset = 800U + 1'000U * static_cast<unsigned>(i),
                               .size = 1'000,
                               .start_us = i * std::int64_t{2'000'000},
                               .duration_us = 2'000'000,
                               .captured = Instant{testing::kShowStartUs},
                               .independent = true});
  }
  recording.add(1, index);
  const std::string expected =
      "#EXTM3U\n#EXT-X-VERSION:7\n#EXT-X-TARGETDURATION:6\n#EXT-X-MEDIA-SEQUENCE:0\n"
      "#EXT-X-PLAYLIST-TYPE:VOD\n#EXT-X-INDEPENDENT-SEGMENTS\n"
      "#EXT-X-MAP:URI=\"1.mp4\",BYTERANGE=\"800@0\"\n"
      "#EXT-X-PROGRAM-DATE-TIME:2026-11-18T11:06:40.000Z\n"
      "#EXTINF:6.000000,\n#EXT-X-BYTERANGE:3000@800\n1.mp4\n"
      "#EXTINF:6.000000,\n#EXT-X-BYTERANGE:3000@3800\n1.mp4\n"
      "#EXTINF:2.000000,\n#EXT-X-BYTERANGE:1000@6800\n1.mp4\n"
      "#EXT-X-ENDLIST\n";
  EXPECT_EQ(render_replay(recording), expected);
}

TEST(Replay, KnowsItsFileNames) {
  EXPECT_EQ(parse_section_name("12.mp4"), 12U);
  for (const char* name : {"", ".mp4", "0.mp4", "01.mp4", "1.mp4x", "-1.mp4", "1.m4s", "../1.mp4",
                           "99999999999.mp4"}) {
    EXPECT_FALSE(parse_section_name(name)) << name;
  }
}

}  // namespace
}  // namespace geili::media::record
