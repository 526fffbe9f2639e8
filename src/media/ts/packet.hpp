#pragma once
// The transport packet of MPEG-TS (ISO/IEC 13818-1 section 2.4.3).

#include <cstddef>
#include <cstdint>

#include "base/bytes.hpp"
#include "base/result.hpp"

namespace geili::media::ts {

inline constexpr std::size_t kPacketBytes = 188;
inline constexpr std::byte kSyncByte{0x47};
inline constexpr unsigned kPatPid = 0;
inline constexpr unsigned kNullPid = 0x1FFF;

// Views into the packet's bytes.
struct Packet {
  unsigned pid = 0;
  bool unit_start = false;      // a PES packet or a section begins in the payload
  bool scrambled = false;       // by some conditional access
  bool discontinuity = false;   // the continuity counter is allowed to jump here
  bool random_access = false;   // decoding can begin with the PES packet that begins here
  bool has_payload = false;     // of one byte or more
  std::uint8_t continuity = 0;  // 0 to 15; counts packets with payload
  ByteView payload;
};

// `bytes` are kPacketBytes. Errors (invalid): "ts-packet" when the size, the sync byte or the
// adaptation field is wrong, or the packet is marked as damaged.
Result<Packet> parse_packet(ByteView bytes);

enum class Follows : std::uint8_t {
  next,
  again,  // the same packet once more: to be passed over
  gap,    // packets are missing between the last and this one
};

// The continuity counter of one PID (section 2.4.3.3). Single-threaded.
class Continuity {
 public:
  Follows take(const Packet& packet);
  // The next packet is the first one.
  void forget() { last_ = kNone; }

 private:
  static constexpr std::uint8_t kNone = 0xFF;
  std::uint8_t last_ = kNone;
  bool repeated_ = false;
};

}  // namespace geili::media::ts
