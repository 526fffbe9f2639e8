#pragma once
// The two tables that say what a transport stream carries: programs (PAT) and their tracks (PMT).
// ISO/IEC 13818-1 sections 2.4.4.3 and 2.4.4.8.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/bytes.hpp"
#include "base/result.hpp"

namespace geili::media::ts {

struct Program {
  unsigned number = 0;
  unsigned pmt_pid = 0;
  friend bool operator==(const Program&, const Program&) = default;
};

// A track as the PMT tells of it.
struct ElementaryStream {
  unsigned type = 0;  // stream_type, table 2-34
  unsigned pid = 0;
  std::string registration;  // format_identifier of a registration descriptor: "Opus"; or empty
  // channel_config_code of the Opus descriptor: 1 mono, 2 stereo (Xiph's mapping of Opus to
  // MPEG-TS, as FFmpeg and GStreamer write it).
  std::optional<unsigned> opus_channels;
  bool has_ac3 = false;  // DVB's descriptor of AC-3 or E-AC-3 (ETSI EN 300 468 annex D)
  friend bool operator==(const ElementaryStream&, const ElementaryStream&) = default;
};

// None for a section that is not in force yet. Errors of both (invalid): "ts-crc", "ts-table" (not
// this table, or lengths that do not fit).
//
// The programs of a PAT's section; the network's own entry is left out.
Result<std::optional<std::vector<Program>>> parse_pat(ByteView section);
// The tracks of one program.
Result<std::optional<std::vector<ElementaryStream>>> parse_pmt(ByteView section, unsigned program);

}  // namespace geili::media::ts
