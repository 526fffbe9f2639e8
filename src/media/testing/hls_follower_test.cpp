#include "media/testing/hls_follower.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace geili::media::testing {
namespace {

constexpr std::string_view kGood =
    "#EXTM3U\n#EXT-X-VERSION:9\n#EXT-X-TARGETDURATION:2\n"
    "#EXT-X-SERVER-CONTROL:CAN-BLOCK-RELOAD=YES,PART-HOLD-BACK=1.0,CAN-SKIP-UNTIL=12.0\n"
    "#EXT-X-PART-INF:PART-TARGET=0.333\n#EXT-X-MEDIA-SEQUENCE:5\n"
    "#EXT-X-DISCONTINUITY-SEQUENCE:0\n#EXT-X-MAP:URI=\"init.mp4\"\n"
    "#EXT-X-PART:DURATION=0.333,URI=\"5.0.m4s\",INDEPENDENT=YES\n"
    "#EXT-X-PART:DURATION=0.320,URI=\"5.1.m4s\"\n"
    "#EXT-X-PART:DURATION=0.100,URI=\"5.2.m4s\"\n#EXTINF:0.753,\n5.m4s\n"
    "#EXT-X-PART:DURATION=0.333,URI=\"6.0.m4s\",INDEPENDENT=YES\n"
    "#EXT-X-PRELOAD-HINT:TYPE=PART,URI=\"6.1.m4s\"\n";

std::string replaced(std::string text, std::string_view what, std::string_view by) {
  const std::size_t at = text.find(what);
  return at == std::string::npos ? text : text.replace(at, what.size(), by);
}

// Of the lists, one after the other; the media is that of nobody.
std::vector<std::string> faults_of(const std::vector<std::string>& lists) {
  std::size_t next = 0;
  HlsFollower follower([&](const std::string& name, const std::string&) {
    if (name == "media.m3u8") return lists[next++];
    if (name == "5.m4s") return std::string("5.0.m4s5.1.m4s5.2.m4s");
    return name;
  });
  while (next < lists.size() && follower.reload()) {
  }
  std::vector<std::string> faults = follower.faults();
  std::erase_if(faults, [](const std::string& fault) {
    return fault.find("is no fragment") != std::string::npos;
  });
  return faults;
}

TEST(HlsFollower, FindsNoFaultInAGoodList) {
  const std::string good(kGood);
  EXPECT_EQ(faults_of({good, good}), std::vector<std::string>{});
}

TEST(HlsFollower, FindsEachBrokenRule) {
  const std::string good(kGood);
  const struct {
    std::string_view what;
    std::string_view by;
    std::string fault;
  } rows[] = {
      {"CAN-BLOCK-RELOAD=YES,", "", "CAN-BLOCK-RELOAD is missing"},
      {"PART-HOLD-BACK=1.0", "PART-HOLD-BACK=0.9", "PART-HOLD-BACK is below three parts"},
      {"CAN-SKIP-UNTIL=12.0", "CAN-SKIP-UNTIL=11.0", "CAN-SKIP-UNTIL is below six targets"},
      {"DURATION=0.320", "DURATION=0.334", "5.1.m4s is too long"},
      {"DURATION=0.320", "DURATION=0.280", "5.1.m4s is too short: 0.28"},
      {"EXTINF:0.753", "EXTINF:0.8", "5.m4s lasts not as long as its parts"},
      {"EXTINF:0.753", "EXTINF:2.6", "5.m4s exceeds the target"},
      {"#EXT-X-PRELOAD-HINT:TYPE=PART,URI=\"6.1.m4s\"\n", "", "hint and end do not go together"},
      {"URI=\"5.1.m4s\"", "URI=\"5.9.m4s\"", "5.m4s is not its parts put together"},
  };
  for (const auto& row : rows) {
    const auto faults = faults_of({replaced(good, row.what, row.by)});
    EXPECT_TRUE(std::ranges::count(faults, row.fault) > 0) << row.fault;
  }
}

TEST(HlsFollower, FindsWhatMayNotChangeFromListToList) {
  const std::string good(kGood);
  const struct {
    std::string_view what;
    std::string_view by;
    std::string fault;
  } rows[] = {
      {"TARGETDURATION:2", "TARGETDURATION:1", "TARGETDURATION changed"},
      {"PART-TARGET=0.333", "PART-TARGET=0.3331", "PART-TARGET changed"},
      {"MEDIA-SEQUENCE:5", "MEDIA-SEQUENCE:4", "MEDIA-SEQUENCE went back"},
      {"\n5.m4s", "\nother.m4s", "segment 5.m4s was changed"},
  };
  for (const auto& row : rows) {
    const auto faults = faults_of({good, replaced(good, row.what, row.by)});
    EXPECT_TRUE(std::ranges::count(faults, row.fault) > 0) << row.fault;
  }
  const std::string next = replaced(replaced(good, "6.1.m4s", "6.2.m4s"), "#EXT-X-PRELOAD",
                                    "#EXT-X-PART:DURATION=0.333,URI=\"6.x.m4s\"\n#EXT-X-PRELOAD");
  const auto faults = faults_of({good, next});
  EXPECT_TRUE(std::ranges::count(faults, "the hint named another part than 6.x.m4s") > 0);
}

}  // namespace
}  // namespace geili::media::testing
