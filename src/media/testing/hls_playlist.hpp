#pragma once
// Test support: reads a media playlist (RFC 8216bis) as a player would.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace geili::media::testing {

struct ListedPart {
  std::string uri;
  double duration_s = 0;
  bool independent = false;
  bool gap = false;
};

struct ListedSegment {
  std::uint64_t number = 0;
  std::string uri;  // empty while the segment is under way
  double duration_s = 0;
  std::string map;  // URI of its init segment; empty when a delta update left the tag out
  std::string date_time;
  bool discontinuity = false;
  std::vector<ListedPart> parts;
};

struct HlsPlaylist {
  int target_s = 0;
  double part_target_s = 0;
  double part_hold_back_s = 0;
  double can_skip_until_s = 0;
  bool can_block_reload = false;
  std::uint64_t media_sequence = 0;
  std::uint64_t discontinuity_sequence = 0;
  std::size_t skipped = 0;
  bool ended = false;
  std::string hint;
  std::vector<ListedSegment> segments;  // the skipped ones are not among them

  // None when the text is no such playlist.
  static std::optional<HlsPlaylist> parse(std::string_view text);
};

}  // namespace geili::media::testing
