#pragma once
// Puts the sections of one PID together again (ISO/IEC 13818-1 section 2.4.4): several may share a
// packet, and one may take many.

#include <cstddef>
#include <vector>

#include "base/bytes.hpp"
#include "media/ts/packet.hpp"

namespace geili::media::ts {

inline constexpr std::size_t kSectionBytesMax = 1'024;  // of a PAT or PMT

// Single-threaded.
class SectionReader {
 public:
  // Appends the sections that this packet completes, with their heads and checksums. What is too
  // long or lacks its beginning is passed over.
  void push(const Packet& packet, std::vector<Bytes>& out);
  // Packets are missing.
  void gap() { is_open_ = false; }

 private:
  void take(ByteView bytes, std::vector<Bytes>& out);

  Bytes section_;
  bool is_open_ = false;
};

}  // namespace geili::media::ts
