#include "media/ingest/srt/stream_id.hpp"

namespace geili::media::srt {
namespace {

std::unexpected<Error> wrong(std::string_view why) {
  return fail(ErrorKind::invalid, "srt-stream-id", why);
}

}  // namespace

Result<std::string> key_of_stream_id(std::string_view stream_id) {
  constexpr std::string_view kStandard = "#!::";
  constexpr std::string_view kAnyStandard = "#!";
  if (stream_id.empty()) return wrong("The stream id is missing: it is the stream key.");
  if (stream_id.size() > kStreamIdBytesMax) return wrong("The stream id is too long.");
  if (!stream_id.starts_with(kAnyStandard)) return std::string(stream_id);
  if (!stream_id.starts_with(kStandard)) return wrong("Of the standard forms only #!:: is taken.");
  std::string key;
  std::string_view rest = stream_id.substr(kStandard.size());
  while (!rest.empty()) {
    const std::size_t comma = rest.find(',');
    const std::string_view pair = rest.substr(0, comma);
    rest = comma == std::string_view::npos ? std::string_view() : rest.substr(comma + 1);
    const std::size_t equals = pair.find('=');
    if (equals == std::string_view::npos) return wrong("A part of the stream id has no value.");
    const std::string_view name = pair.substr(0, equals);
    const std::string_view value = pair.substr(equals + 1);
    if (name == "r") {
      if (!key.empty()) return wrong("The stream id names two streams.");
      key = value;
    }
    // Without a mode the guidelines mean somebody who wants to watch; nobody can here, and many
    // encoders leave it out.
    const bool is_other = (name == "m" && value != "publish") || (name == "t" && value != "stream");
    if (is_other) {
      return fail(ErrorKind::invalid, "srt-mode", "This port takes live streams in, nothing else.");
    }
  }
  if (key.empty()) return wrong("The stream id names no stream: r= is the stream key.");
  return key;
}

}  // namespace geili::media::srt
