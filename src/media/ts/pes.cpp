#include "media/ts/pes.hpp"

#include "media/bit_reader.hpp"

namespace geili::media::ts {
namespace {

constexpr std::size_t kFixedBytes = 9;  // up to PES_header_data_length
constexpr std::size_t kLengthEnd = 6;   // PES_packet_length counts from here

std::unexpected<Error> wrong() {
  return fail(ErrorKind::invalid, "pes-header", "A PES packet is malformed.");
}

// Those that have no times and carry no pictures or sound (table 2-22).
bool has_times(unsigned stream_id) {
  constexpr unsigned kProgramMap = 0xBC;
  constexpr unsigned kPadding = 0xBE;
  constexpr unsigned kPrivate2 = 0xBF;
  constexpr unsigned kFirstSystem = 0xF0;
  constexpr unsigned kExtended = 0xFD;
  return stream_id != kProgramMap && stream_id != kPadding && stream_id != kPrivate2 &&
         (stream_id < kFirstSystem || stream_id == kExtended);
}

std::uint64_t read_time(BitReader& in) {
  in.bits(4);
  std::uint64_t time = in.bits(3);
  in.bits(1);
  time = time << 15 | in.bits(15);
  in.bits(1);
  time = time << 15 | in.bits(15);
  in.bits(1);
  return time;
}

}  // namespace

Result<std::optional<PesHeader>> parse_pes_header(ByteView bytes) {
  if (bytes.size() < kFixedBytes) return std::nullopt;
  BitReader in(bytes);
  const unsigned start_code = in.bits(24);
  const unsigned stream_id = in.bits(8);
  const std::size_t packet_bytes = in.bits(16);
  const unsigned marker = in.bits(2);
  in.bits(6);  // scrambling, priority, alignment, copyright
  const bool has_pts = in.flag();
  const bool has_dts = in.flag();
  in.bits(6);
  const std::size_t data_bytes = in.bits(8);
  if (start_code != 1 || !has_times(stream_id) || marker != 2) return wrong();
  PesHeader header;
  header.header_bytes = kFixedBytes + data_bytes;
  if (bytes.size() < header.header_bytes) return std::nullopt;
  constexpr std::size_t kTimeBytes = 5;
  const std::size_t times_bytes = has_pts ? kTimeBytes * (has_dts ? 2 : 1) : 0;
  if (times_bytes > data_bytes || (has_dts && !has_pts)) return wrong();
  if (has_pts) header.pts = read_time(in);
  if (has_dts) header.dts = read_time(in);
  if (packet_bytes != 0) {
    if (kLengthEnd + packet_bytes < header.header_bytes) return wrong();
    header.payload_bytes = kLengthEnd + packet_bytes - header.header_bytes;
  }
  return header;
}

}  // namespace geili::media::ts
