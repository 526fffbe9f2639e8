#pragma once
// Cuts a run of unchanged configurations into groups of pictures with their sound, as a recording
// keeps them: about one to two seconds each, at a key frame where there is one.

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <vector>

#include "base/clock.hpp"
#include "media/unit.hpp"

namespace geili::media::record {

inline constexpr std::int64_t kFragmentUsMin = 900'000;  // a shorter group joins the next
inline constexpr std::int64_t kFragmentUsMax = 10'000'000;
inline constexpr std::size_t kFragmentBytesMax = std::size_t{8} * 1024 * 1024;

// Times are those of the stream.
struct CutFragment {
  CodecConfigPtr video;  // either may be null, not both
  CodecConfigPtr audio;
  std::int64_t start_us = 0;
  std::int64_t end_us = 0;   // the last picture lasts until then
  Instant captured;          // UTC of the first frame
  bool independent = false;  // decoding can begin here
  std::size_t bytes = 0;     // of the frames
  std::vector<UnitPtr> pictures;
  std::vector<UnitPtr> sounds;
};

// Single-threaded. Units of each track come in decoding order; the two tracks may be interleaved in
// any way.
class FragmentCutter {
 public:
  // The first unit pushed begins the run: a key frame where there is `video`. One may be null.
  FragmentCutter(CodecConfigPtr video, CodecConfigPtr audio, std::int64_t start_us);

  void push(const UnitPtr& unit, std::vector<CutFragment>& cut);
  // Gives out all that is left; the last picture lasts until `end_us`.
  void flush(std::int64_t end_us, std::vector<CutFragment>& cut);
  // After flush(): what comes next begins there, and what lies between is no part of the run.
  void go_on_at(std::int64_t start_us) { start_us_ = start_us; }

 private:
  bool may_end_at(const Unit& unit) const;
  void try_cut(std::int64_t newest_us, std::vector<CutFragment>& cut);
  void emit(std::int64_t end_us, bool all, std::vector<CutFragment>& cut);

  const CodecConfigPtr video_config_;
  const CodecConfigPtr audio_config_;
  std::int64_t start_us_;
  std::size_t bytes_ = 0;               // of what waits
  std::optional<std::int64_t> cut_at_;  // decided, while the sound before it is still to come
  std::deque<UnitPtr> video_;  // the last one stays until the next tells how long it lasted
  std::deque<UnitPtr> audio_;
};

}  // namespace geili::media::record
