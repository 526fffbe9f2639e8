#pragma once
// Which H.264 decoder can take which stream: profiles as sets of coding tools (ISO/IEC 14496-10
// annex A), and profile-level-id, by which SDP names them (RFC 6184 section 8.1).

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "media/h264/sps.hpp"

namespace geili::media::h264 {

enum class Profile : std::uint8_t {
  constrained_baseline,
  baseline,
  main,
  extended,
  high,
  constrained_high,
};

struct ProfileLevelId {
  std::uint8_t profile = 0x42;  // profile_idc
  std::uint8_t constraints = 0;
  std::uint8_t level = 10;
  // Six hexadecimal digits, lower case.
  std::string to_text() const;

  friend bool operator==(const ProfileLevelId&, const ProfileLevelId&) = default;
};

// What SDP means without the parameter: Baseline, level 1 (RFC 6184 section 8.1).
inline constexpr ProfileLevelId kDefaultProfileLevelId{};

std::optional<ProfileLevelId> parse_profile_level_id(std::string_view text);

// By profile_idc and the constraint bits together (RFC 6184 table 5): 42e01f, 4d801f and 42c00b are
// all Constrained Baseline. None for the profiles that nobody decodes live.
std::optional<Profile> profile_of(const ProfileLevelId& id);

// How much more than the stream needs a decoder of `offered` can do: 0 for exactly as much; none
// when it cannot decode the stream. Levels are left out: every browser decodes above the level it
// offers. Baseline's own tools (flexible macroblock order and the like) count as a last resort
// only, since no live encoder uses them but many do not say so.
std::optional<unsigned> excess(Profile offered, const Sps& stream);

}  // namespace geili::media::h264
