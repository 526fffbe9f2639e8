// A section or an index with any content: what the scan finds lies inside the file and adds up.
#include <algorithm>
#include <cassert>
#include <cstdint>
#include <span>

#include "media/egress/record/recording.hpp"
#include "media/egress/record/section_scan.hpp"

namespace {

using namespace geili;
using namespace geili::media::record;

class Memory final : public ByteSource {
 public:
  explicit Memory(ByteView bytes) : bytes_(bytes) {}
  std::uint64_t size() const override { return bytes_.size(); }
  Bytes read(std::uint64_t offset, std::size_t count) const override {
    if (offset >= bytes_.size()) return {};
    const ByteView rest = bytes_.subspan(static_cast<std::size_t>(offset));
    const ByteView part = rest.first(std::min(count, rest.size()));
    return {part.begin(), part.end()};
  }

 private:
  ByteView bytes_;
};

void check(const SectionIndex& index) {
  std::uint64_t offset = index.init_bytes;
  for (const FragmentEntry& entry : index.fragments) {
    assert(entry.offset == offset && entry.size > 0 && entry.duration_us >= 0);
    offset += entry.size;
  }
  Recording recording;
  recording.add(1, index);
  if (recording.sections().empty()) return;
  (void)render_replay(recording);
  (void)recording.offset_us(recording.started_at());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const ByteView bytes = std::as_bytes(std::span(data, size));
  if (const auto scanned = scan_section(Memory(bytes))) {
    assert(scanned->index.bytes() <= size);
    assert(scanned->torn == (scanned->index.bytes() < size));
    check(scanned->index);
  }
  if (const auto index = decode_index(bytes)) check(*index);
  return 0;
}
