#pragma once
// Keys that were refused lately. A caller learns why it is refused during its handshake only, and
// the gate answers after it: so the first try is cut, and those that follow are told why.

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string_view>

namespace geili::media::srt {

// Thread-safe without a lock, as libsrt's receiving thread asks it. Holds the last few hundred.
class RefusedKeys {
 public:
  // `now_s` counts seconds from any start. `salt`: random, so that nobody can aim at another's key.
  explicit RefusedKeys(std::uint64_t salt) : salt_(salt) {}

  void add(std::string_view key, std::uint32_t now_s) {
    const std::uint64_t mark = mark_of(key);
    slot_of(mark) = (mark & kMarkMask) | (now_s & kTimeMask);
  }
  bool has(std::string_view key, std::uint32_t now_s) const {
    const std::uint64_t mark = mark_of(key);
    const std::uint64_t kept = slots_[mark % kSlots];
    if ((kept & kMarkMask) != (mark & kMarkMask)) return false;
    return ((now_s - kept) & kTimeMask) < kKeepS;
  }

 private:
  static constexpr std::size_t kSlots = 256;
  static constexpr std::uint64_t kTimeMask = 0xFF'FFFF;
  static constexpr std::uint64_t kMarkMask = ~kTimeMask;
  static constexpr std::uint64_t kKeepS = 30;

  // Never that of an empty slot.
  std::uint64_t mark_of(std::string_view key) const {
    constexpr std::uint64_t kOdd = 0x9E37'79B9'7F4A'7C15;
    const std::uint64_t hash = (std::hash<std::string_view>{}(key) ^ salt_) * kOdd;
    return (hash ^ hash >> 32) | (kTimeMask + 1);
  }
  std::atomic<std::uint64_t>& slot_of(std::uint64_t mark) { return slots_[mark % kSlots]; }

  const std::uint64_t salt_;
  std::array<std::atomic<std::uint64_t>, kSlots> slots_{};
};

}  // namespace geili::media::srt
