#include "media/ts/tables.hpp"

#include "media/byte_reader.hpp"
#include "media/ts/crc32.hpp"

namespace geili::media::ts {
namespace {

constexpr unsigned kPatId = 0;
constexpr unsigned kPmtId = 2;
constexpr std::size_t kChecksumBytes = 4;
constexpr unsigned kPidMask = 0x1FFF;
constexpr unsigned kLengthMask = 0x0FFF;

std::unexpected<Error> wrong() {
  return fail(ErrorKind::invalid, "ts-table", "A table of the transport stream is malformed.");
}

struct Table {
  unsigned number = 0;  // transport_stream_id or program_number
  bool is_current = false;
  ByteView body;
};

Result<Table> open_table(ByteView section, unsigned table_id) {
  if (crc32(section) != 0) {
    return fail(ErrorKind::invalid, "ts-crc", "A table of the transport stream is damaged.");
  }
  ByteReader in(section);
  const unsigned id = in.u8();
  const unsigned length = in.u16();
  Table table;
  table.number = in.u16();
  table.is_current = (in.u8() & 1U) != 0;
  in.u16();  // number of this section and of the last
  const bool has_syntax = (length & 0x8000U) != 0;
  if (!in.ok() || id != table_id || !has_syntax || in.remaining() < kChecksumBytes) return wrong();
  table.body = in.bytes(in.remaining() - kChecksumBytes);
  return table;
}

void read_descriptor(unsigned tag, ByteView body, ElementaryStream& stream) {
  constexpr unsigned kRegistration = 0x05;
  constexpr unsigned kAc3 = 0x6A;
  constexpr unsigned kEac3 = 0x7A;
  constexpr unsigned kExtension = 0x7F;
  constexpr unsigned kOpusExtension = 0x80;
  ByteReader in(body);
  if (tag == kRegistration) {
    stream.registration = std::string(as_text(in.bytes(4)));
  } else if (tag == kAc3 || tag == kEac3) {
    stream.has_ac3 = true;
  } else if (tag == kExtension && in.u8() == kOpusExtension) {
    const unsigned channels = in.u8();
    if (in.ok()) stream.opus_channels = channels;
  }
}

bool read_descriptors(ByteView bytes, ElementaryStream& stream) {
  ByteReader in(bytes);
  while (in.remaining() > 0) {
    const unsigned tag = in.u8();
    const ByteView body = in.bytes(in.u8());
    if (!in.ok()) return false;
    read_descriptor(tag, body, stream);
  }
  return true;
}

}  // namespace

Result<std::optional<std::vector<Program>>> parse_pat(ByteView section) {
  const auto table = open_table(section, kPatId);
  if (!table) return std::unexpected(table.error());
  if (!table->is_current) return std::nullopt;
  std::vector<Program> programs;
  ByteReader in(table->body);
  while (in.remaining() > 0) {
    const unsigned number = in.u16();
    const unsigned pid = in.u16() & kPidMask;
    if (!in.ok()) return wrong();
    if (number != 0) programs.push_back({number, pid});
  }
  return programs;
}

Result<std::optional<std::vector<ElementaryStream>>> parse_pmt(ByteView section, unsigned program) {
  const auto table = open_table(section, kPmtId);
  if (!table) return std::unexpected(table.error());
  if (!table->is_current || table->number != program) return std::nullopt;
  ByteReader in(table->body);
  in.u16();  // PCR PID
  in.bytes(in.u16() & kLengthMask);
  std::vector<ElementaryStream> streams;
  while (in.ok() && in.remaining() > 0) {
    ElementaryStream stream;
    stream.type = in.u8();
    stream.pid = in.u16() & kPidMask;
    const ByteView descriptors = in.bytes(in.u16() & kLengthMask);
    if (!in.ok() || !read_descriptors(descriptors, stream)) return wrong();
    streams.push_back(std::move(stream));
  }
  if (!in.ok()) return wrong();
  return streams;
}

}  // namespace geili::media::ts
