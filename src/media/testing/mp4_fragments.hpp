#pragma once
// Test support: reads back the fragments of an fMP4 file as a player would.

#include <cstdint>
#include <string_view>
#include <vector>

namespace geili::media::testing {

struct TrackFragment {
  std::uint32_t track = 0;
  std::int64_t dts = 0;       // tfdt
  std::int64_t duration = 0;  // of all samples
  std::size_t samples = 0;
  bool begins_with_sync = false;
  bool has_sync = false;
  std::vector<std::int32_t> compositions;
};

// The track fragments of all moof boxes, in order; empty when the boxes do not add up.
std::vector<TrackFragment> read_fragments(std::string_view file);

}  // namespace geili::media::testing
