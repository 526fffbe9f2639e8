#pragma once
// What a track of a transport stream is to us.

#include <cstdint>
#include <span>
#include <string_view>

#include "base/result.hpp"
#include "media/ts/tables.hpp"

namespace geili::media::ts {

enum class TrackKind : std::uint8_t {
  h264,
  aac,
  opus,
  other_video,
  other_audio,
  ignored,  // subtitles, marks, data
};

TrackKind kind_of(const ElementaryStream& stream);
// As people call the codec: "HEVC".
std::string_view codec_name(const ElementaryStream& stream);

// Of each track the first that is taken; null without one.
struct Chosen {
  const ElementaryStream* video = nullptr;
  const ElementaryStream* audio = nullptr;
};
// Views into `streams`. Errors: unsupported_media "video-codec" and "audio-codec" when there are
// pictures or sound, and none of a kind that is taken.
Result<Chosen> choose_tracks(std::span<const ElementaryStream> streams);

}  // namespace geili::media::ts
