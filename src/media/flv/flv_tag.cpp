#include "media/flv/flv_tag.hpp"

#include <array>
#include <string>
#include <string_view>

#include "media/byte_reader.hpp"

namespace geili::media::flv {
namespace {

constexpr unsigned kAvc = 7;
constexpr unsigned kAac = 10;
constexpr unsigned kEnhancedVideo = 0x80;  // Enhanced RTMP: IsExHeader
constexpr unsigned kEnhancedAudio = 9;     // Enhanced RTMP: ExHeader in place of a sound format

std::string_view video_codec_name(unsigned id) {
  constexpr std::array<std::string_view, 16> kNames{
      "unknown",        "JPEG",  "Sorenson H.263", "Screen Video", "VP6",     "VP6 with alpha",
      "Screen Video 2", "H.264", "unknown",        "unknown",      "unknown", "unknown",
      "HEVC",           "AV1",   "unknown",        "unknown"};
  return kNames[id % kNames.size()];
}

std::string_view audio_codec_name(unsigned id) {
  constexpr std::array<std::string_view, 16> kNames{
      "PCM",          "ADPCM",      "MP3",        "PCM",
      "Nellymoser",   "Nellymoser", "Nellymoser", "G.711 A-law",
      "G.711 mu-law", "unknown",    "AAC",        "Speex",
      "unknown",      "Opus",       "MP3",        "device-specific sound"};
  return kNames[id % kNames.size()];
}

// A fourCC as text for an error: what is not a printable letter becomes a question mark.
std::string fourcc_text(ByteReader& in) {
  std::string text(as_text(in.bytes(4)));
  for (char& c : text) {
    if (c < ' ' || c > '~') c = '?';
  }
  return text.empty() ? "unknown" : text;
}

std::unexpected<Error> refuse(std::string_view code, std::string_view codec,
                              std::string_view instead) {
  std::string detail = "The encoder sends ";
  detail.append(codec).append("; choose ").append(instead).append(" in its settings.");
  return fail(ErrorKind::unsupported_media, code, detail);
}

std::unexpected<Error> truncated() {
  return fail(ErrorKind::invalid, "flv-truncated", "An audio or video message ends early.");
}

}  // namespace

Result<VideoTag> parse_video_tag(ByteView tag) {
  ByteReader in(tag);
  const unsigned head = in.u8();
  if (!in.ok()) return truncated();
  if ((head & kEnhancedVideo) != 0) return refuse("video-codec", fourcc_text(in), "H.264");

  const unsigned frame_type = head >> 4;
  const unsigned codec = head & 0x0F;
  constexpr unsigned kKey = 1;
  constexpr unsigned kCommand = 5;
  if (frame_type == kCommand) return VideoTag{};
  if (codec != kAvc) return refuse("video-codec", video_codec_name(codec), "H.264");

  VideoTag parsed;
  const unsigned packet_type = in.u8();
  parsed.composition_ms = in.i24();
  if (!in.ok()) return truncated();
  parsed.keyframe = frame_type == kKey;
  parsed.body = in.rest();
  switch (packet_type) {
    case 0:
      parsed.kind = VideoTag::Kind::config;
      return parsed;
    case 1:
      parsed.kind = VideoTag::Kind::frame;
      return parsed;
    case 2:
      parsed.kind = VideoTag::Kind::end_of_sequence;
      return parsed;
    default:
      return fail(ErrorKind::invalid, "flv-packet-type", "An H.264 message is of unknown kind.");
  }
}

Result<AudioTag> parse_audio_tag(ByteView tag) {
  ByteReader in(tag);
  const unsigned head = in.u8();
  if (!in.ok()) return truncated();
  const unsigned format = head >> 4;
  if (format == kEnhancedAudio) return refuse("audio-codec", fourcc_text(in), "AAC");
  if (format != kAac) return refuse("audio-codec", audio_codec_name(format), "AAC");

  const unsigned packet_type = in.u8();
  if (!in.ok()) return truncated();
  if (packet_type > 1) {
    return fail(ErrorKind::invalid, "flv-packet-type", "An AAC message is of unknown kind.");
  }
  return AudioTag{packet_type == 0 ? AudioTag::Kind::config : AudioTag::Kind::frame, in.rest()};
}

}  // namespace geili::media::flv
