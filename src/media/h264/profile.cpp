#include "media/h264/profile.hpp"

#include <algorithm>
#include <array>
#include <bit>

#include <fmt/format.h>

namespace geili::media::h264 {
namespace {

// Coding tools beyond Constrained Baseline.
constexpr unsigned kFlexible = 1;       // macroblock order, arbitrary and redundant slices
constexpr unsigned kMain = 2;           // CABAC, weighted prediction
constexpr unsigned kBidirectional = 4;  // B slices
constexpr unsigned kInterlace = 8;
constexpr unsigned kHigh = 16;              // 8x8 transform, scaling matrices
constexpr unsigned kFlexibleMissing = 100;  // as excess: worse than any surplus of tools

constexpr unsigned kSet0 = 0x80;
constexpr unsigned kSet1 = 0x40;

struct Pattern {  // of RFC 6184 table 5: the bits under `mask` must be those of `bits`
  std::uint8_t profile_idc;
  std::uint8_t mask;
  std::uint8_t bits;
  Profile profile;
};
constexpr auto kPatterns = std::to_array<Pattern>({
    {0x42, 0x4F, 0x40, Profile::constrained_baseline},
    {0x4D, 0x8F, 0x80, Profile::constrained_baseline},
    {0x58, 0xCF, 0xC0, Profile::constrained_baseline},
    {0x42, 0x4F, 0x00, Profile::baseline},
    {0x58, 0xCF, 0x80, Profile::baseline},
    {0x4D, 0xAF, 0x00, Profile::main},
    {0x58, 0xCF, 0x00, Profile::extended},
    {0x64, 0xFF, 0x00, Profile::high},
    {0x64, 0xFF, 0x0C, Profile::constrained_high},
});

unsigned tools_of(Profile profile) {
  switch (profile) {
    case Profile::constrained_baseline:
      return 0;
    case Profile::baseline:
      return kFlexible;
    case Profile::main:
      return kMain | kBidirectional | kInterlace;
    case Profile::extended:
      return kFlexible | kBidirectional | kInterlace;
    case Profile::high:
      return kMain | kBidirectional | kInterlace | kHigh;
    case Profile::constrained_high:
      return kMain | kHigh;
  }
  return 0;
}

// What the stream may use, by its parameter set. Pictures out of order count when the set says so:
// streams that have them are kept from WebRTC before this question is asked.
std::optional<unsigned> tools_of(const Sps& stream) {
  unsigned tools = 0;
  if (stream.interlaced) tools |= kInterlace;
  if (stream.reorder_known && stream.reorder_frames > 0) tools |= kBidirectional;
  switch (stream.profile) {
    case 0x42:
      return tools | ((stream.constraints & kSet1) != 0 ? 0 : kFlexible);
    case 0x4D:
      return tools | ((stream.constraints & kSet0) != 0 ? 0 : kMain);
    case 0x64:
      return tools | kMain | kHigh;
    default:
      return std::nullopt;
  }
}

}  // namespace

std::string ProfileLevelId::to_text() const {
  return fmt::format("{:02x}{:02x}{:02x}", profile, constraints, level);
}

std::optional<ProfileLevelId> parse_profile_level_id(std::string_view text) {
  const auto bytes = from_hex(text);
  if (!bytes || bytes->size() != 3) return std::nullopt;
  const auto at = [&bytes](std::size_t i) { return std::to_integer<std::uint8_t>((*bytes)[i]); };
  return ProfileLevelId{at(0), at(1), at(2)};
}

std::optional<Profile> profile_of(const ProfileLevelId& id) {
  const auto found = std::ranges::find_if(kPatterns, [&id](const Pattern& p) {
    return p.profile_idc == id.profile && (id.constraints & p.mask) == p.bits;
  });
  if (found == kPatterns.end()) return std::nullopt;
  return found->profile;
}

std::optional<unsigned> excess(Profile offered, const Sps& stream) {
  const auto needed = tools_of(stream);
  if (!needed) return std::nullopt;
  const unsigned given = tools_of(offered);
  const unsigned missing = *needed & ~given;
  if ((missing & ~kFlexible) != 0) return std::nullopt;
  return static_cast<unsigned>(std::popcount(given & ~*needed)) +
         (missing != 0 ? kFlexibleMissing : 0);
}

}  // namespace geili::media::h264
