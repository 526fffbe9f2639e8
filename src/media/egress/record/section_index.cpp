#include "media/egress/record/section_index.hpp"

#include <string_view>
#include <utility>

#include <boost/crc.hpp>

#include "media/byte_reader.hpp"
#include "media/byte_writer.hpp"

namespace geili::media::record {
namespace {

constexpr std::string_view kMagic = "GEILIDX1";
constexpr std::size_t kEntryBytes = 8 + 4 + 8 + 8 + 8 + 1;
constexpr std::int64_t kUsMax = std::int64_t{366} * 86'400 * 1'000'000;

std::uint32_t checksum(ByteView bytes) {
  boost::crc_32_type crc;
  crc.process_bytes(bytes.data(), bytes.size());
  return crc.checksum();
}

std::unexpected<Error> unusable() {
  return fail(ErrorKind::invalid, "record-index", "The index of a recording cannot be used.");
}

// Fragments follow each other in the file and in time.
bool adds_up(const SectionIndex& index) {
  std::uint64_t offset = index.init_bytes;
  for (const FragmentEntry& entry : index.fragments) {
    const bool in_time = entry.start_us >= 0 && entry.start_us <= kUsMax &&
                         entry.duration_us >= 0 && entry.duration_us <= kUsMax;
    if (entry.offset != offset || entry.size == 0 || !in_time) return false;
    offset += entry.size;
  }
  return true;
}

}  // namespace

std::string encode_index(const SectionIndex& index) {
  ByteWriter out;
  out.reserve(kMagic.size() + 12 + index.fragments.size() * kEntryBytes);
  out.text(kMagic);
  out.u32(index.init_bytes);
  out.u32(index.fragments.size());
  for (const FragmentEntry& entry : index.fragments) {
    out.u64(entry.offset);
    out.u32(entry.size);
    out.u64(static_cast<std::uint64_t>(entry.start_us));
    out.u64(static_cast<std::uint64_t>(entry.duration_us));
    out.u64(static_cast<std::uint64_t>(entry.captured.us));
    out.u8(entry.independent ? 1 : 0);
  }
  out.u32(checksum(as_bytes(out.view())));
  return std::move(out).take();
}

Result<SectionIndex> decode_index(ByteView file) {
  constexpr std::size_t kChecksumBytes = 4;
  if (file.size() < kChecksumBytes) return unusable();
  ByteReader tail(file.last(kChecksumBytes));
  const ByteView content = file.first(file.size() - kChecksumBytes);
  if (tail.u32() != checksum(content)) return unusable();
  ByteReader in(content);
  const bool is_ours = as_text(in.bytes(kMagic.size())) == kMagic;
  SectionIndex index;
  index.init_bytes = in.u32();
  const std::size_t count = in.u32();
  if (!is_ours || !in.ok() || count > kFragmentsMax || in.remaining() != count * kEntryBytes) {
    return unusable();
  }
  index.fragments.reserve(count);
  for (std::size_t i = 0; i < count; ++i) {
    FragmentEntry entry;
    entry.offset = in.u64();
    entry.size = in.u32();
    entry.start_us = static_cast<std::int64_t>(in.u64());
    entry.duration_us = static_cast<std::int64_t>(in.u64());
    entry.captured.us = static_cast<std::int64_t>(in.u64());
    entry.independent = in.u8() != 0;
    index.fragments.push_back(entry);
  }
  if (!adds_up(index)) return unusable();
  return index;
}

}  // namespace geili::media::record
