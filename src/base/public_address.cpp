#include "base/public_address.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>

namespace geili {
namespace {

constexpr std::size_t kV4Bytes = 4;
constexpr std::size_t kV6Bytes = 16;

struct Block {
  std::array<std::uint8_t, kV6Bytes> first;
  int bits;
};

constexpr std::array kV4Special{
    Block{{0}, 8},              // this network
    Block{{10}, 8},             // private
    Block{{100, 64}, 10},       // shared by carriers
    Block{{127}, 8},            // loopback
    Block{{169, 254}, 16},      // link-local, and what clouds tell their machines
    Block{{172, 16}, 12},       // private
    Block{{192, 0, 0}, 24},     // protocol assignments
    Block{{192, 0, 2}, 24},     // documentation
    Block{{192, 31, 196}, 24},  // AS112
    Block{{192, 52, 193}, 24},  // AMT
    Block{{192, 88, 99}, 24},   // 6to4 relays
    Block{{192, 168}, 16},      // private
    Block{{192, 175, 48}, 24},  // AS112
    Block{{198, 18}, 15},       // benchmarks
    Block{{198, 51, 100}, 24},  // documentation
    Block{{203, 0, 113}, 24},   // documentation
    Block{{224}, 4},            // multicast
    Block{{240}, 4},            // reserved, and broadcast
};

// Of 2000::/3, outside of which nothing is global unicast but the translated.
constexpr std::array kV6Special{
    Block{{0x20, 0x01}, 23},                          // protocol assignments, Teredo, ORCHID
    Block{{0x20, 0x01, 0x0d, 0xb8}, 32},              // documentation
    Block{{0x26, 0x20, 0x00, 0x4f, 0x80, 0x00}, 48},  // AS112
    Block{{0x3f, 0xff}, 20},                          // documentation
};

constexpr Block kGlobalUnicast{{0x20}, 3};
constexpr Block k6to4{{0x20, 0x02}, 16};
constexpr Block kMapped{{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff}, 96};
constexpr Block kNat64{{0, 0x64, 0xff, 0x9b}, 96};

bool is_in(ByteView address, const Block& block) {
  for (int bit = 0; bit < block.bits; bit += 8) {
    const auto index = static_cast<std::size_t>(bit / 8);
    const int used = std::min(8, block.bits - bit);
    const auto mask = static_cast<std::uint8_t>(0xff << (8 - used));
    if ((std::to_integer<std::uint8_t>(address[index]) & mask) != block.first[index]) return false;
  }
  return true;
}

template <std::size_t Count>
bool is_in_any(ByteView address, const std::array<Block, Count>& blocks) {
  return std::ranges::any_of(blocks, [&](const Block& block) { return is_in(address, block); });
}

}  // namespace

bool is_public_address(ByteView address) {
  if (address.size() == kV4Bytes) return !is_in_any(address, kV4Special);
  if (address.size() != kV6Bytes) return false;
  if (is_in(address, kMapped) || is_in(address, kNat64)) {
    return is_public_address(address.last(kV4Bytes));
  }
  if (is_in(address, k6to4)) return is_public_address(address.subspan(2, kV4Bytes));
  return is_in(address, kGlobalUnicast) && !is_in_any(address, kV6Special);
}

bool is_loopback_address(ByteView address) {
  if (address.size() == kV4Bytes) return address[0] == std::byte{127};
  if (address.size() != kV6Bytes) return false;
  if (is_in(address, kMapped)) return is_loopback_address(address.last(kV4Bytes));
  return address.back() == std::byte{1} &&
         std::ranges::all_of(address.first(kV6Bytes - 1),
                             [](std::byte b) { return b == std::byte{}; });
}

}  // namespace geili
