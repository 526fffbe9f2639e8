#pragma once
// From the items of a stream to what an RTMP publisher sends: metadata and configurations first,
// then tags whose times begin at zero.

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "media/stream_item.hpp"
#include "media/track_settler.hpp"
#include "media/unit.hpp"

namespace geili::media::rtmp {

struct ProgrammeMessage {
  enum class Kind : std::uint8_t { metadata, video, audio };
  Kind kind = Kind::metadata;
  std::uint32_t timestamp_ms = 0;  // wraps at 32 bits
  std::string body;
};

// Single-threaded; one for each connection.
class Programme {
 public:
  // Appends what is to be sent, which begins with a key frame where there is a picture. A new
  // configuration is told at the next key frame; pictures before it are passed over. Errors:
  // unsupported_media "video-codec", "audio-codec": neither H.264 and AAC, nor made into that.
  Result<void> take(const UnitPtr& unit, std::vector<ProgrammeMessage>& out);

 private:
  Result<void> push(const UnitPtr& unit, std::vector<ProgrammeMessage>& out);
  void tell_config(const UnitPtr& unit, std::vector<ProgrammeMessage>& out);
  std::uint32_t time_of(const Unit& unit);

  TrackSettler settler_;
  bool has_begun_ = false;
  bool waits_for_key_ = false;
  std::int64_t start_us_ = 0;
  std::array<CodecConfigPtr, kTrackCount> configs_;
  std::array<std::int64_t, kTrackCount> last_ms_{};
};

}  // namespace geili::media::rtmp
