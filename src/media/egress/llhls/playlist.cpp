#include "media/egress/llhls/playlist.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <iterator>

#include <fmt/format.h>

#include "media/egress/llhls/part_cutter.hpp"

namespace geili::media::llhls {
namespace {

// Parts of older segments are not listed (RFC 8216bis section 6.2.2: three target durations).
constexpr std::int64_t kPartsListedTargets = 3;
constexpr std::string_view kLowPrefix = "low-";
// Section 4.4.3.8: at least six target durations.
constexpr std::int64_t kSkipTargets = 6;

double seconds(std::int64_t us) {
  return static_cast<double>(us) / 1e6;
}

class MediaPlaylist {
 public:
  MediaPlaylist(const Window& window, Layer layer) : window_(window), layer_(layer) {}

  std::string render(bool skip, const std::optional<PartNumber>& other) {
    const std::size_t first = window_.first_listed();
    const std::size_t skipped = skip ? count_skippable() : 0;
    header();
    if (skipped > 0) {
      fmt::format_to(out(), "#EXT-X-SKIP:SKIPPED-SEGMENTS={}\n", skipped);
      init_ = window_.segments()[first + skipped - 1].init;
    }
    for (std::size_t i = first + skipped; i < window_.segments().size(); ++i) segment(i);
    if (window_.is_ended()) {
      text_ += "#EXT-X-ENDLIST\n";
    } else {
      fmt::format_to(out(), "#EXT-X-PRELOAD-HINT:TYPE=PART,URI=\"{}p{}.{}.m4s\"\n", prefix(),
                     window_.next_segment(), window_.next_part());
      if (other) report(*other);
    }
    return std::move(text_);
  }

 private:
  std::back_insert_iterator<std::string> out() { return std::back_inserter(text_); }

  std::string_view prefix() const { return layer_ == Layer::low ? kLowPrefix : ""; }

  void report(const PartNumber& other) {
    fmt::format_to(out(), "#EXT-X-RENDITION-REPORT:URI=\"{}\",LAST-MSN={},LAST-PART={}\n",
                   layer_ == Layer::low ? kMediaName : kLowMediaName, other.segment, other.part);
  }

  // Of everything behind the start of segment `index`.
  std::int64_t distance_to_end_us(std::size_t index) const {
    std::int64_t us = 0;
    for (std::size_t i = index; i < window_.segments().size(); ++i) {
      us += window_.segments()[i].duration_us;
    }
    return us;
  }

  std::size_t count_skippable() const {
    const std::int64_t boundary_us = kSkipTargets * window_.target_s() * 1'000'000;
    std::size_t count = 0;
    for (std::size_t i = window_.first_listed(); i < window_.segments().size(); ++i, ++count) {
      if (distance_to_end_us(i + 1) < boundary_us) break;
    }
    return count;
  }

  void header() {
    const std::int64_t target_s = window_.target_s();
    const std::size_t first = window_.first_listed();
    const std::uint64_t sequence = first < window_.segments().size()
                                       ? window_.segments()[first].number
                                       : window_.next_segment();
    fmt::format_to(out(),
                   "#EXTM3U\n#EXT-X-VERSION:9\n#EXT-X-TARGETDURATION:{}\n"
                   "#EXT-X-SERVER-CONTROL:CAN-BLOCK-RELOAD=YES,PART-HOLD-BACK={:.3f},"
                   "CAN-SKIP-UNTIL={:.1f},HOLD-BACK={:.1f}\n"
                   "#EXT-X-PART-INF:PART-TARGET={:.3f}\n#EXT-X-MEDIA-SEQUENCE:{}\n",
                   target_s, seconds(kPartHoldBackUs), static_cast<double>(kSkipTargets * target_s),
                   3.0 * static_cast<double>(target_s), seconds(kPartUsMax), sequence);
    if (window_.discontinuity_sequence() > 0) {
      fmt::format_to(out(), "#EXT-X-DISCONTINUITY-SEQUENCE:{}\n", window_.discontinuity_sequence());
    }
  }

  void segment(std::size_t index) {
    const Segment& segment = window_.segments()[index];
    if (segment.discontinuity) text_ += "#EXT-X-DISCONTINUITY\n";
    if (init_ != segment.init) {
      init_ = segment.init;
      fmt::format_to(out(), "#EXT-X-MAP:URI=\"{}init{}.mp4\"\n", prefix(), segment.init);
    }
    fmt::format_to(out(), "#EXT-X-PROGRAM-DATE-TIME:{}\n", to_rfc3339(segment.captured));
    const std::int64_t parts_us = kPartsListedTargets * window_.target_s() * 1'000'000;
    if (distance_to_end_us(index) - segment.duration_us <= parts_us) parts(segment);
    if (!segment.complete) return;
    if (segment.body->empty()) text_ += "#EXT-X-GAP\n";
    fmt::format_to(out(), "#EXTINF:{:.5f},\n{}s{}.m4s\n", seconds(segment.duration_us), prefix(),
                   segment.number);
  }

  void parts(const Segment& segment) {
    for (std::size_t i = 0; i < segment.parts.size(); ++i) {
      const Part& part = segment.parts[i];
      fmt::format_to(out(), "#EXT-X-PART:DURATION={:.5f},URI=\"{}p{}.{}.m4s\"{}{}\n",
                     seconds(part.duration_us), prefix(), segment.number, i,
                     part.independent ? ",INDEPENDENT=YES" : "", part.gap ? ",GAP=YES" : "");
    }
  }

  const Window& window_;
  const Layer layer_;
  std::string text_;
  std::optional<std::uint64_t> init_;
};

// All of `text` as a decimal number.
std::optional<std::uint64_t> parse_number(std::string_view text) {
  std::uint64_t number = 0;
  const char* end = text.data() + text.size();
  const auto [stopped, failed] = std::from_chars(text.data(), end, number);
  if (failed != std::errc() || stopped != end || text.empty()) return std::nullopt;
  return number;
}

bool take_affixes(std::string_view& name, std::string_view prefix, std::string_view suffix) {
  if (!name.starts_with(prefix) || !name.ends_with(suffix)) return false;
  if (name.size() < prefix.size() + suffix.size()) return false;
  name = name.substr(prefix.size(), name.size() - prefix.size() - suffix.size());
  return true;
}

}  // namespace

std::string render_media(const Window& window, Layer layer, bool skip,
                         const std::optional<PartNumber>& other) {
  return MediaPlaylist(window, layer).render(skip, other);
}

std::string render_multivariant(const std::vector<Variant>& variants) {
  std::string text = "#EXTM3U\n#EXT-X-VERSION:9\n";
  const auto out = std::back_inserter(text);
  for (const Variant& variant : variants) {
    const char* comma = variant.video_codec.empty() || variant.audio_codec.empty() ? "" : ",";
    fmt::format_to(out, "#EXT-X-STREAM-INF:BANDWIDTH={},CODECS=\"{}{}{}\"",
                   std::max<std::uint64_t>(variant.bandwidth_bps, 1), variant.video_codec, comma,
                   variant.audio_codec);
    if (!variant.video_codec.empty()) {
      fmt::format_to(out, ",RESOLUTION={}x{}", variant.width, variant.height);
      if (variant.frames_per_s >= 1)
        fmt::format_to(out, ",FRAME-RATE={:.3f}", variant.frames_per_s);
    }
    fmt::format_to(out, "\n{}\n", variant.layer == Layer::low ? kLowMediaName : kMediaName);
  }
  return text;
}

std::optional<FileName> parse_file_name(std::string_view name) {
  FileName parsed;
  if (name.starts_with(kLowPrefix)) {
    parsed.layer = Layer::low;
    name.remove_prefix(kLowPrefix.size());
  }
  if (take_affixes(name, "init", ".mp4")) {
    parsed.kind = FileName::Kind::init;
  } else if (take_affixes(name, "s", ".m4s")) {
    parsed.kind = FileName::Kind::segment;
  } else if (take_affixes(name, "p", ".m4s")) {
    parsed.kind = FileName::Kind::part;
    const std::size_t dot = name.find('.');
    if (dot == std::string_view::npos) return std::nullopt;
    const auto part = parse_number(name.substr(dot + 1));
    if (!part) return std::nullopt;
    parsed.part = *part;
    name = name.substr(0, dot);
  } else {
    return std::nullopt;
  }
  const auto number = parse_number(name);
  if (!number) return std::nullopt;
  parsed.number = *number;
  return parsed;
}

Result<PlaylistQuery> parse_playlist_query(std::string_view query) {
  const auto refuse = [](std::string_view name) {
    Error error =
        Error::make(ErrorKind::invalid, "hls-query", "A playlist parameter does not fit.");
    error.fields.push_back({std::string(name), "a decimal number, or YES for _HLS_skip"});
    return fail(std::move(error));
  };
  PlaylistQuery parsed;
  while (!query.empty()) {
    const std::string_view pair = query.substr(0, query.find('&'));
    query.remove_prefix(std::min(query.size(), pair.size() + 1));
    const std::size_t equals = std::min(pair.find('='), pair.size());
    const std::string_view name = pair.substr(0, equals);
    const std::string_view value = pair.substr(std::min(pair.size(), equals + 1));
    if (name == "_HLS_msn" || name == "_HLS_part") {
      const auto number = parse_number(value);
      if (!number) return refuse(name);
      if (name == "_HLS_msn")
        parsed.segment = *number;
      else
        parsed.part = *number;
    } else if (name == "_HLS_skip") {
      if (value != "YES" && value != "v2") return refuse(name);
      parsed.skip = true;
    }
  }
  if (parsed.part && !parsed.segment) return refuse("_HLS_part");
  return parsed;
}

}  // namespace geili::media::llhls
