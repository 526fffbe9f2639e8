#include "media/ts/section_reader.hpp"

#include <algorithm>
#include <utility>

namespace geili::media::ts {
namespace {

constexpr std::size_t kHeadBytes = 3;  // table_id and section_length
constexpr std::byte kStuffing{0xFF};   // in place of a table_id

// Of the whole section; 0 while its head is not there.
std::size_t length_of(ByteView section) {
  if (section.size() < kHeadBytes) return 0;
  return kHeadBytes + ((std::to_integer<std::size_t>(section[1]) & 0x0FU) << 8 |
                       std::to_integer<std::size_t>(section[2]));
}

}  // namespace

void SectionReader::push(const Packet& packet, std::vector<Bytes>& out) {
  if (!packet.has_payload) return;
  if (!packet.unit_start) {
    take(packet.payload, out);
    return;
  }
  const auto pointer = std::to_integer<std::size_t>(packet.payload[0]);
  const ByteView rest = packet.payload.subspan(1);
  if (pointer > rest.size()) return gap();
  take(rest.first(pointer), out);
  is_open_ = true;
  section_.clear();
  take(rest.subspan(pointer), out);
}

void SectionReader::take(ByteView bytes, std::vector<Bytes>& out) {
  while (is_open_ && !bytes.empty()) {
    if (section_.empty() && bytes[0] == kStuffing) return gap();
    const std::size_t length = length_of(section_);
    const std::size_t wanted = length == 0 ? kHeadBytes : length;
    const std::size_t count = std::min(wanted - section_.size(), bytes.size());
    section_.insert(section_.end(), bytes.begin(),
                    bytes.begin() + static_cast<std::ptrdiff_t>(count));
    bytes = bytes.subspan(count);
    if (length_of(section_) > kSectionBytesMax) return gap();
    if (section_.size() == length_of(section_)) out.push_back(std::exchange(section_, {}));
  }
}

}  // namespace geili::media::ts
