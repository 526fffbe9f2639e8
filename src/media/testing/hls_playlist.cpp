#include "media/testing/hls_playlist.hpp"

#include <cstdlib>
#include <sstream>

namespace geili::media::testing {
namespace {

// The value of `name` in an attribute list, without quotes.
std::string attribute(const std::string& line, const std::string& name) {
  for (const char* before : {":", ","}) {
    const std::size_t at = line.find(before + name + "=");
    if (at == std::string::npos) continue;
    std::size_t begin = at + 1 + name.size() + 1;
    const char end = line[begin] == '"' ? '"' : ',';
    if (end == '"') ++begin;
    return line.substr(begin, line.find(end, begin) - begin);
  }
  return "";
}
double number(const std::string& text) {
  return std::strtod(text.c_str(), nullptr);
}
std::uint64_t whole(const std::string& text) {
  return std::strtoull(text.c_str(), nullptr, 10);
}

class Reading {
 public:
  void take(const std::string& line) {
    if (line.empty()) return;
    if (line[0] != '#') {
      open_.uri = line;
      finish_segment();
      return;
    }
    const std::string tag = line.substr(0, line.find(':'));
    const std::string value = tag.size() < line.size() ? line.substr(tag.size() + 1) : "";
    if (tag == "#EXT-X-TARGETDURATION") list.target_s = static_cast<int>(whole(value));
    if (tag == "#EXT-X-PART-INF") list.part_target_s = number(attribute(line, "PART-TARGET"));
    if (tag == "#EXT-X-MEDIA-SEQUENCE") list.media_sequence = whole(value);
    if (tag == "#EXT-X-DISCONTINUITY-SEQUENCE") list.discontinuity_sequence = whole(value);
    if (tag == "#EXT-X-SKIP") list.skipped = whole(attribute(line, "SKIPPED-SEGMENTS"));
    if (tag == "#EXT-X-ENDLIST") list.ended = true;
    if (tag == "#EXT-X-PRELOAD-HINT") list.hint = attribute(line, "URI");
    if (tag == "#EXT-X-SERVER-CONTROL") {
      list.part_hold_back_s = number(attribute(line, "PART-HOLD-BACK"));
      list.can_skip_until_s = number(attribute(line, "CAN-SKIP-UNTIL"));
      list.can_block_reload = attribute(line, "CAN-BLOCK-RELOAD") == "YES";
    }
    if (tag == "#EXT-X-MAP") map_ = attribute(line, "URI");
    if (tag == "#EXT-X-DISCONTINUITY") open_.discontinuity = true;
    if (tag == "#EXT-X-PROGRAM-DATE-TIME") open_.date_time = value;
    if (tag == "#EXTINF") open_.duration_s = number(value);
    if (tag == "#EXT-X-PART") {
      open_.parts.push_back({attribute(line, "URI"), number(attribute(line, "DURATION")),
                             attribute(line, "INDEPENDENT") == "YES",
                             attribute(line, "GAP") == "YES"});
    }
  }
  void finish() {
    if (!open_.parts.empty()) finish_segment();
  }

  HlsPlaylist list;

 private:
  void finish_segment() {
    open_.number = list.media_sequence + list.skipped + list.segments.size();
    open_.map = map_;
    list.segments.push_back(std::move(open_));
    open_ = {};
  }

  ListedSegment open_;
  std::string map_;
};

}  // namespace

std::optional<HlsPlaylist> HlsPlaylist::parse(std::string_view text) {
  if (!text.starts_with("#EXTM3U\n")) return std::nullopt;
  Reading reading;
  std::istringstream lines{std::string(text)};
  for (std::string line; std::getline(lines, line);) reading.take(line);
  reading.finish();
  return reading.list;
}

}  // namespace geili::media::testing
