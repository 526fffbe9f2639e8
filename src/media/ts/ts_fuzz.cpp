// A transport stream, behind one byte that says how it is cut into pieces. With the highest bit set
// the rest is the inside of a table instead, and gets the checksum it needs to be looked at.
#include <algorithm>
#include <cassert>
#include <cstdint>
#include <span>
#include <vector>

#include "media/h264/nal.hpp"
#include "media/ts/demuxer.hpp"
#include "media/ts/tables.hpp"
#include "media/ts/track_kind.hpp"
#include "media/ts/ts_fixture.hpp"

namespace {

using namespace geili;
using namespace geili::media;

void read_table(ByteView body) {
  const auto programs = ts::parse_pat(ts::fixture::section(0, body));
  const auto streams = ts::parse_pmt(ts::fixture::section(2, body), 1);
  if (!streams || !*streams) return;
  const auto chosen = ts::choose_tracks(**streams);
  if (!chosen) assert(chosen.error().kind == ErrorKind::unsupported_media);
}

void read_stream(ByteView bytes, std::size_t step) {
  ts::Demuxer demuxer;
  std::vector<SourceUnit> units;
  while (!bytes.empty()) {
    const std::size_t count = std::min(step, bytes.size());
    if (!demuxer.push(bytes.first(count), units)) return;
    bytes = bytes.subspan(count);
  }
  (void)demuxer.finish(units);
  for (const SourceUnit& unit : units) {
    assert(unit.config && !unit.payload->empty() && unit.dts_us >= 0);
    if (unit.track == Track::video) assert(h264::split_length_prefixed(*unit.payload, 4));
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const ByteView bytes = std::as_bytes(std::span(data, size)).subspan(1);
  if ((data[0] & 0x80U) != 0)
    read_table(bytes.first(std::min<std::size_t>(bytes.size(), 1'000)));
  else
    read_stream(bytes, 1 + data[0] * 11U);
  return 0;
}
