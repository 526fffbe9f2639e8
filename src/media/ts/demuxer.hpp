#pragma once
// MPEG-2 transport streams (ISO/IEC 13818-1) as live encoders send them: bytes in, units out. The
// first program is taken, of it the first H.264 track and the first of AAC or Opus.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "base/bytes.hpp"
#include "base/result.hpp"
#include "media/ts/clock.hpp"
#include "media/ts/packet_framer.hpp"
#include "media/ts/pes_reader.hpp"
#include "media/ts/section_reader.hpp"
#include "media/ts/tables.hpp"
#include "media/unit.hpp"

namespace geili::media::ts {

struct DemuxerCounts {
  std::uint64_t packets = 0;
  std::uint64_t malformed = 0;  // packets and tables
  std::uint64_t gaps = 0;       // places at which packets were missing
  std::uint64_t damaged = 0;    // pictures and sounds that came in part
  std::uint64_t skipped = 0;    // pictures passed over until the next key frame
};

// Single-threaded; one for each publication.
class Demuxer {
 public:
  // Bytes of any number, also parts of packets; appends the units they complete. After an error
  // nothing more comes. Errors, which the publisher should be told: unsupported_media
  // "video-codec", "audio-codec", "video-format", "audio-format" and "ts-scrambled"; invalid
  // "ts-sync" (no transport stream) and "ts-tables" (nothing says what is in it).
  Result<void> push(ByteView bytes, std::vector<SourceUnit>& out);
  // At most so many bytes are missing between the last ones and the next. Counters of packets tell
  // most losses; they count to 16 and miss what is longer.
  void lost(std::size_t bytes_max);
  // No more follows: appends the last picture.
  Result<void> finish(std::vector<SourceUnit>& out);

  DemuxerCounts counts() const;

 private:
  struct TrackOf {
    ElementaryStream stream;
    std::unique_ptr<PesReader> reader;
  };

  Result<void> take(const Packet& packet, std::vector<SourceUnit>& out);
  Result<void> take_pes(PesReader& reader, const Packet& packet, std::vector<SourceUnit>& out);
  Result<void> take_tables(const Packet& packet, std::vector<SourceUnit>& out);
  Result<void> use(const std::vector<ElementaryStream>& streams, std::vector<SourceUnit>& out);
  Result<void> use_track(std::optional<TrackOf>& slot, const ElementaryStream* wanted,
                         std::vector<SourceUnit>& out);
  PesReader* reader_of(unsigned pid);
  void drop(const PesReader& reader);

  PacketFramer framer_;
  Clock33 clock_;
  Continuity pat_continuity_;
  SectionReader pat_;
  Continuity pmt_continuity_;
  SectionReader pmt_;
  std::optional<Program> program_;
  std::optional<TrackOf> video_;
  std::optional<TrackOf> audio_;
  std::size_t bytes_without_tracks_ = 0;
  DemuxerCounts counts_;  // with those of tracks that are gone
};

}  // namespace geili::media::ts
