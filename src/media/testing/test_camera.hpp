#pragma once
// Test support: a camera without an encoder, whose picture and sound may change while it sends, and
// whose sound may come later than its picture.

#include <chrono>
#include <cstdint>

#include "base/clock.hpp"
#include "media/stream.hpp"
#include "media/testing/source_units.hpp"

namespace geili::media::testing {

// Single-threaded. Times are those of the camera's own clock.
struct TestCamera {
  CodecConfigPtr video = video_config();
  CodecConfigPtr audio = audio_config();  // null: no sound
  std::int64_t at_us = 0;
  double sound_us = 0;
  std::int64_t sound_late_us = 0;

  // Goes on for `ms`: 25 pictures a second with a key frame each second, and sound.
  void publish(Publication& publication, ManualClock& clock, int ms) {
    for (const std::int64_t end_us = at_us + ms * 1'000; at_us < end_us; at_us += 40'000) {
      publication.push(picture(video, at_us, at_us % 1'000'000 == 0));
      const auto sound_end_us = static_cast<double>(at_us - sound_late_us);
      for (; audio && sound_us < sound_end_us; sound_us += 1024e6 / 48'000) {
        publication.push(sound(audio, static_cast<std::int64_t>(sound_us)));
      }
      clock.advance(std::chrono::milliseconds(40));
    }
  }
  // Its clock shows another time.
  void jump_to(std::int64_t us) {
    at_us = us;
    sound_us = static_cast<double>(us);
  }
};

}  // namespace geili::media::testing
