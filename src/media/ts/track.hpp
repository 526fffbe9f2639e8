#pragma once
// One track of a transport stream: what its PES packets carry becomes units.

#include <cstdint>
#include <optional>
#include <vector>

#include "base/bytes.hpp"
#include "base/result.hpp"
#include "media/unit.hpp"

namespace geili::media::ts {

// What a PES packet says of the access unit that begins in it; times on the program's clock.
struct PesStart {
  std::optional<std::int64_t> dts_us;
  std::int64_t composition_us = 0;
  bool random_access = false;
};

struct TrackCounts {
  std::uint64_t damaged = 0;  // units that came in part or malformed
  std::uint64_t skipped = 0;  // pictures passed over until the next key frame
};

// Single-threaded. The calls append the units that they complete. Errors are what the publisher
// should be told (unsupported_media "video-format", "audio-format"); what is merely damaged is
// dropped and counted.
class ElementaryTrack {
 public:
  virtual ~ElementaryTrack() = default;
  virtual Result<void> begin(const PesStart& start, std::vector<SourceUnit>& out) = 0;
  virtual Result<void> data(ByteView bytes, std::vector<SourceUnit>& out) = 0;
  // Bytes are missing between the last ones and the next.
  virtual void gap() = 0;
  // No more follow.
  virtual Result<void> finish(std::vector<SourceUnit>& out) = 0;

  const TrackCounts& counts() const { return counts_; }

 protected:
  TrackCounts counts_;
};

}  // namespace geili::media::ts
