#pragma once
// What viewers see while the publisher is away: the last picture, dimmed and out of focus, with the
// sign for a pause, which needs no language.

#include <vector>

#include "base/result.hpp"
#include "media/unit.hpp"
#include "media/video/encoder.hpp"

namespace geili::media::video {

// Three a second, so that every part of LL-HLS holds one and joining takes no longer than usual.
inline constexpr std::int64_t kSlateStepUs = 333'333;

// Pictures to be shown one after another, again and again: the first is a key frame, and every
// sequence that begins anew with it is a correct stream.
struct Slate {
  CodecConfigPtr config;
  std::vector<EncodedPicture> pictures;
};

// In the codec and the size of `key_frame`, H.264 in Constrained Baseline. Blocks for some tens of
// milliseconds; thread-safe. Errors: those of Decoder, Scaler and Encoder.
Result<Slate> make_slate(const Unit& key_frame);

}  // namespace geili::media::video
