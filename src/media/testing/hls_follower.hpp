#pragma once
// Test support: follows a live playlist part by part, as a low-latency player does, and notes every
// rule that does not hold: those of RFC 8216bis, and continuity of the media itself.

#include <chrono>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "media/testing/hls_playlist.hpp"

namespace geili::media::testing {

class HlsFollower {
 public:
  using Fetch = std::function<std::string(const std::string& name, const std::string& query)>;

  // `fetch` returns a body, or "!" and an error code; `name` is the media playlist's.
  explicit HlsFollower(Fetch fetch, std::string name = "media.m3u8")
      : fetch_(std::move(fetch)), name_(std::move(name)) {}

  // Waits for the first playlist, which is there once something is live; false when none came.
  bool begin(std::chrono::seconds patience = std::chrono::seconds(20));
  // Reloads the playlist once, blocking for the next part, and fetches what is new. False when the
  // answer was no playlist or when the list has ended.
  bool reload();
  const HlsPlaylist& playlist() const { return list_; }
  const std::vector<std::string>& faults() const { return faults_; }
  // Init segments and parts in the order they were played.
  const std::string& media() const { return media_; }
  std::size_t parts_played() const { return played_.size(); }
  // How long after a part's last moment was captured it could be fetched, one entry for each part
  // that was waited for.
  const std::vector<double>& delays_ms() const { return delays_ms_; }

 private:
  bool merge(HlsPlaylist next);
  void check_list(const HlsPlaylist& next);
  void check_parts(const ListedSegment& segment);
  void check_segment(const ListedSegment& segment);
  void play(const ListedSegment& segment);
  void check_media(const ListedPart& part, const std::string& body);
  void check_sound(const ListedPart& part, std::int64_t dts);
  void fault(std::string what) { faults_.push_back(std::move(what)); }

  Fetch fetch_;
  std::string name_;
  SystemClock clock_;
  bool has_list_ = false;
  std::size_t reloads_ = 0;
  HlsPlaylist list_;
  std::string map_;
  std::string media_;
  std::map<std::uint32_t, std::int64_t> ends_;  // by track
  std::optional<std::int64_t> sound_before_;    // where it ended before the newest discontinuity
  std::map<std::string, std::string> played_;   // part bodies by URI
  std::set<std::uint64_t> checked_;             // whole segments
  std::vector<std::string> faults_;
  std::vector<double> delays_ms_;
};

}  // namespace geili::media::testing
