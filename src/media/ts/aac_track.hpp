#pragma once
// AAC in MPEG-TS: ADTS frames, which PES packets may cut anywhere.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "media/aac/adts.hpp"
#include "media/ts/track.hpp"

namespace geili::media::ts {

class AacTrack final : public ElementaryTrack {
 public:
  Result<void> begin(const PesStart& start, std::vector<SourceUnit>& out) override;
  Result<void> data(ByteView bytes, std::vector<SourceUnit>& out) override;
  void gap() override;
  Result<void> finish(std::vector<SourceUnit>& out) override;

 private:
  struct Mark {
    std::size_t at = 0;  // in buffer_
    std::int64_t time_us = 0;
  };

  // One frame, or one byte that begins none; 0 when more bytes are needed.
  Result<std::size_t> step(ByteView rest, std::size_t at, std::vector<SourceUnit>& out);
  // A frame begins at `at`, which may be the one that a PES packet's time is meant for.
  void reach(std::size_t at);
  Result<void> use(const aac::AdtsHeader& header);
  void put(ByteView frame, std::vector<SourceUnit>& out);

  Bytes buffer_;
  bool in_step_ = true;  // a frame begins where the buffer does
  std::optional<Mark> mark_;
  std::optional<std::int64_t> base_us_;  // of the frame that is `samples_` before the next one
  std::int64_t samples_ = 0;
  CodecConfigPtr config_;
};

}  // namespace geili::media::ts
