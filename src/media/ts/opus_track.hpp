#pragma once
// Opus in MPEG-TS: packets behind control headers, several in a PES packet (Xiph's mapping, as
// FFmpeg and GStreamer write it).

#include <cstdint>
#include <optional>
#include <vector>

#include "media/ts/track.hpp"

namespace geili::media::ts {

class OpusTrack final : public ElementaryTrack {
 public:
  // `channels` 1 or 2.
  explicit OpusTrack(unsigned channels) : channels_(channels) {}

  Result<void> begin(const PesStart& start, std::vector<SourceUnit>& out) override;
  Result<void> data(ByteView bytes, std::vector<SourceUnit>& out) override;
  void gap() override;
  Result<void> finish(std::vector<SourceUnit>& out) override;

 private:
  void put(ByteView packet, std::vector<SourceUnit>& out);

  const unsigned channels_;
  Bytes buffer_;
  std::optional<std::int64_t> next_us_;
  CodecConfigPtr config_;
};

}  // namespace geili::media::ts
