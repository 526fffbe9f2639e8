#include "media/sdp/media_line.hpp"

#include <string>
#include <utility>

#include "media/sdp/words.hpp"

namespace geili::media::sdp {
namespace {

constexpr std::uint8_t kPayloadTypeMax = 127;

// Types with a meaning of their own need no rtpmap (RFC 3551 section 6).
void give_static_meaning(Payload& payload) {
  if (payload.type == 0) payload.encoding = "PCMU";
  if (payload.type == 8) payload.encoding = "PCMA";
  if (payload.type == 9) payload.encoding = "G722";
  if (!payload.encoding.empty()) payload.clock_hz = 8'000;
}

Result<void> add_format(std::string_view format, const Line& line, Media& media) {
  if (media.formats.size() >= kFormatsMax)
    return line_fault("sdp-limit", line, "there are too many formats");
  if (!is_word(format)) return line_fault("sdp-media", line, "a format is malformed");
  media.formats.emplace_back(format);
  if (!media.is_rtp()) return {};
  Payload payload;
  const auto type = number<std::uint8_t>(format);
  if (!type || *type > kPayloadTypeMax)
    return line_fault("sdp-media", line, "a payload type is not 0 to 127");
  if (media.payload(*type) != nullptr)
    return line_fault("sdp-media", line, "a payload type is there twice");
  payload.type = *type;
  give_static_meaning(payload);
  media.payloads.push_back(std::move(payload));
  return {};
}

}  // namespace

Result<Media> read_media_line(const Line& line) {
  std::string_view rest = line.value;
  Media media;
  media.kind_name = next_word(rest);
  if (media.kind_name == "audio") media.kind = MediaKind::audio;
  if (media.kind_name == "video") media.kind = MediaKind::video;
  std::string_view ports = next_word(rest);
  const auto port = number<std::uint16_t>(cut(ports, '/'));
  media.protocol = next_word(rest);
  if (!is_word(media.kind_name) || !port || !is_word(media.protocol)) {
    return line_fault("sdp-media", line, "m= is malformed");
  }
  media.port = *port;
  for (std::string_view format = next_word(rest); !format.empty(); format = next_word(rest)) {
    if (auto added = add_format(format, line, media); !added) return fail_as(added);
  }
  if (media.formats.empty()) return line_fault("sdp-media", line, "m= has no format");
  return media;
}

}  // namespace geili::media::sdp
