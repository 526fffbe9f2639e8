#pragma once
// For tests and fuzz targets: transport streams written by hand.

#include <algorithm>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/bytes.hpp"
#include "media/byte_writer.hpp"
#include "media/ts/crc32.hpp"
#include "media/ts/packet.hpp"
#include "media/ts/tables.hpp"

namespace geili::media::ts::fixture {

inline constexpr unsigned kPmtPid = 0x1000;
inline constexpr unsigned kVideoPid = 0x100;
inline constexpr unsigned kAudioPid = 0x101;

inline Bytes bytes_of(std::string_view view) {
  const ByteView bytes = as_bytes(view);
  return Bytes(bytes.begin(), bytes.end());
}
inline Bytes hex(std::string_view text) {
  return *from_hex(text);
}

// The parameter sets of a camera, and a slice that refers to them.
inline Bytes key_frame() {
  return hex(
      "0000000109f0"
      "000000016742c00dda05067e7c0440000003004000000f03c50aa8"
      "0000000168ce0fc8"
      "00000001658884000a");
}
inline Bytes small_frame() {
  return hex("0000000109f000000001419a0011");
}

// `body` from behind the section length up to the checksum.
inline Bytes section(unsigned table_id, ByteView body) {
  constexpr std::size_t kChecksumBytes = 4;
  ByteWriter out;
  out.u8(table_id);
  out.u16(0xB000 | (body.size() + kChecksumBytes));
  out.bytes(body);
  out.u32(crc32(as_bytes(out.view())));
  return bytes_of(out.view());
}

inline Bytes pat(unsigned pmt_pid = kPmtPid, unsigned program = 1) {
  ByteWriter body;
  body.u16(1);
  body.u8(0xC1);
  body.u16(0);
  body.u16(program);
  body.u16(0xE000 | pmt_pid);
  return section(0, as_bytes(body.view()));
}

struct Listed {
  unsigned type = 0;
  unsigned pid = 0;
  std::string descriptors;
};

inline Bytes pmt(const std::vector<Listed>& streams, unsigned program = 1) {
  ByteWriter body;
  body.u16(program);
  body.u8(0xC1);
  body.u16(0);
  body.u16(0xE000 | (streams.empty() ? kNullPid : streams[0].pid));
  body.u16(0xF000);
  for (const Listed& stream : streams) {
    body.u8(stream.type);
    body.u16(0xE000 | stream.pid);
    body.u16(0xF000 | stream.descriptors.size());
    body.text(stream.descriptors);
  }
  return section(2, as_bytes(body.view()));
}

inline void write_time(ByteWriter& out, unsigned prefix, std::uint64_t ticks) {
  out.u8(prefix << 4 | (ticks >> 30 & 7U) << 1 | 1U);
  out.u16((ticks >> 15 & 0x7FFFU) << 1 | 1U);
  out.u16((ticks & 0x7FFFU) << 1 | 1U);
}

struct Times {
  std::optional<std::uint64_t> pts;
  std::optional<std::uint64_t> dts;
};

// `told`: with PES_packet_length.
inline Bytes pes(ByteView payload, Times times, bool told = false) {
  ByteWriter data;
  if (times.pts) write_time(data, times.dts ? 3 : 2, *times.pts);
  if (times.dts) write_time(data, 1, *times.dts);
  ByteWriter out;
  out.u24(1);
  out.u8(0xE0);
  out.u16(told ? 3 + data.size() + payload.size() : 0);
  out.u8(0x80);
  out.u8((times.pts ? 0x80U : 0U) | (times.dts ? 0x40U : 0U));
  out.u8(data.size());
  out.text(data.view());
  out.bytes(payload);
  return bytes_of(out.view());
}

// Packets of what it is given; stuffing fills the last one.
class Writer {
 public:
  void put_section(unsigned pid, ByteView section) {
    Bytes payload{std::byte{0}};
    payload.insert(payload.end(), section.begin(), section.end());
    put(pid, payload, false);
  }
  void put_tables(const std::vector<Listed>& streams) {
    put_section(kPatPid, pat());
    put_section(kPmtPid, pmt(streams));
  }
  void put(unsigned pid, ByteView payload, bool random_access) {
    for (bool start = true; !payload.empty(); start = false) {
      constexpr std::size_t kRoom = kPacketBytes - 4;
      const bool marks = start && random_access;
      const std::size_t count = std::min(payload.size(), kRoom - (marks ? 2 : 0));
      packet(pid, payload.first(count), start, marks);
      payload = payload.subspan(count);
    }
  }
  void packet(unsigned pid, ByteView payload, bool start, bool random_access = false) {
    const std::size_t stuffing = kPacketBytes - 4 - payload.size();
    ByteWriter out;
    out.u8(0x47);
    out.u16((start ? 0x4000U : 0U) | pid);
    out.u8((stuffing > 0 ? 0x30U : 0x10U) | (counters_[pid]++ & 0x0FU));
    if (stuffing > 0) out.u8(stuffing - 1);
    if (stuffing > 1) out.u8(random_access ? 0x40 : 0);
    for (std::size_t i = 2; i < stuffing; ++i) out.u8(0xFF);
    out.bytes(payload);
    const ByteView written = as_bytes(out.view());
    bytes.insert(bytes.end(), written.begin(), written.end());
  }

  Bytes bytes;

 private:
  std::map<unsigned, unsigned> counters_;
};

}  // namespace geili::media::ts::fixture
