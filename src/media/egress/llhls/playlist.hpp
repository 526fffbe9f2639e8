#pragma once
// The text of playlists (RFC 8216bis). Names in them are relative to the playlist's own address.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "media/egress/llhls/window.hpp"
#include "media/unit.hpp"

namespace geili::media::llhls {

inline constexpr std::string_view kMultivariantName = "index.m3u8";
inline constexpr std::string_view kMediaName = "media.m3u8";
// Of the lower picture; its segments and parts have names of their own as well.
inline constexpr std::string_view kLowMediaName = "low.m3u8";

// How far behind the live edge players stay: at least three times the part target.
inline constexpr std::int64_t kPartHoldBackUs = 1'050'000;

// `window` is ready. With `skip` older segments are left out as a delta update (section 6.2.5.1)
// where there are any to leave out. `other` is the newest part of the other layer's playlist
// (section 4.4.5.4), where there is one.
std::string render_media(const Window& window, Layer layer, bool skip,
                         const std::optional<PartNumber>& other);

struct Variant {
  Layer layer = Layer::source;
  std::string video_codec;  // RFC 6381; either may be empty, not both
  std::string audio_codec;
  unsigned width = 0;
  unsigned height = 0;
  std::uint64_t bandwidth_bps = 0;
  double frames_per_s = 0;
};
// Best first.
std::string render_multivariant(const std::vector<Variant>& variants);

// What a file name asks for.
struct FileName {
  enum class Kind : std::uint8_t { init, segment, part };
  Kind kind = Kind::init;
  Layer layer = Layer::source;
  std::uint64_t number = 0;
  std::size_t part = 0;
};
std::optional<FileName> parse_file_name(std::string_view name);

// Blocking reload and delta updates (section 6.2.5.2).
struct PlaylistQuery {
  std::optional<std::uint64_t> segment;  // _HLS_msn
  std::optional<std::size_t> part;       // _HLS_part
  bool skip = false;                     // _HLS_skip
};
// `query` is the raw query of the request; what it holds besides is ignored. Error: invalid
// "hls-query".
Result<PlaylistQuery> parse_playlist_query(std::string_view query);

}  // namespace geili::media::llhls
