// What is inside the packets of a valid transport stream with a picture and a sound. A byte says
// which sound; then come pieces: a byte of flags (1 sound, 2 a PES packet begins, 4 packets are
// lost before it, 8 random access), one for the length, and the payload.
#include <algorithm>
#include <cassert>
#include <cstdint>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "media/byte_reader.hpp"
#include "media/h264/nal.hpp"
#include "media/ts/demuxer.hpp"
#include "media/ts/ts_fixture.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace geili;
  using namespace geili::media;
  namespace fixture = ts::fixture;
  ByteReader in(std::as_bytes(std::span(data, size)));
  const std::string opus(as_text(fixture::hex("05044f7075737f028002")));
  const bool is_opus = in.u8() % 2 == 1;
  fixture::Writer writer;
  writer.put_tables({{0x1B, fixture::kVideoPid, ""},
                     {is_opus ? 0x06U : 0x0FU, fixture::kAudioPid, is_opus ? opus : ""}});
  ts::Demuxer demuxer;
  std::vector<SourceUnit> units;
  while (in.remaining() > 0) {
    const unsigned flags = in.u8();
    const std::size_t room = ts::kPacketBytes - 4 - ((flags & 8U) != 0 ? 2 : 0);
    const std::size_t length = std::min<std::size_t>(in.u8(), room);
    const ByteView payload = in.bytes(std::min(length, in.remaining()));
    if (!demuxer.push(std::exchange(writer.bytes, {}), units)) return 0;
    if ((flags & 4U) != 0) demuxer.lost(1'000'000);
    writer.packet((flags & 1U) != 0 ? fixture::kAudioPid : fixture::kVideoPid, payload,
                  (flags & 2U) != 0, (flags & 8U) != 0);
  }
  if (!demuxer.push(writer.bytes, units) || !demuxer.finish(units)) return 0;
  for (const SourceUnit& unit : units) {
    assert(unit.config && !unit.payload->empty() && unit.dts_us >= 0);
    if (unit.track == Track::video) assert(h264::split_length_prefixed(*unit.payload, 4));
  }
  return 0;
}
