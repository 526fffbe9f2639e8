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

// A fourCC as text for an error, by its usual name where it has one: what is not a printable letter
// becomes a question mark.
std::string fourcc_name(std::string_view fourcc) {
  constexpr std::array<std::array<std::string_view, 2>, 8> kNames{{{"hvc1", "HEVC"},
                                                                   {"av01", "AV1"},
                                                                   {"vp08", "VP8"},
                                                                   {"vp09", "VP9"},
                                                                   {"vvc1", "VVC"},
                                                                   {"ac-3", "AC-3"},
                                                                   {"fLaC", "FLAC"},
                                                                   {".mp3", "MP3"}}};
  for (const auto& [code, name] : kNames) {
    if (code == fourcc) return std::string(name);
  }
  std::string text(fourcc);
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

// Enhanced RTMP's packet types, the same for pictures and sound as far as they are taken.
enum class Packet : std::uint8_t {
  sequence_start = 0,
  coded_frames = 1,
  sequence_end = 2,
  coded_frames_x = 3,  // pictures: without a composition time
  metadata = 4,        // sound: the layout of its channels
  multitrack = 6,      // sound: 5
  mod_ex = 7,
};

Result<VideoTag> parse_enhanced_video(unsigned head, ByteReader in) {
  constexpr unsigned kCommand = 5;
  const unsigned frame_type = head >> 4 & 7;
  const auto packet = static_cast<Packet>(head & 0x0F);
  if (frame_type == kCommand || packet == Packet::metadata) return VideoTag{};
  if (packet == Packet::multitrack || packet == Packet::mod_ex) {
    return refuse("video-codec", "several pictures at once", "one H.264 track");
  }
  const ByteView fourcc = in.bytes(4);
  if (as_text(fourcc) != "avc1")
    return refuse("video-codec", fourcc_name(as_text(fourcc)), "H.264");
  VideoTag parsed;
  parsed.keyframe = frame_type == 1;
  if (packet == Packet::coded_frames) parsed.composition_ms = in.i24();
  if (!in.ok()) return truncated();
  parsed.body = in.rest();
  switch (packet) {
    case Packet::sequence_start:
      parsed.kind = VideoTag::Kind::config;
      return parsed;
    case Packet::coded_frames:
    case Packet::coded_frames_x:
      parsed.kind = VideoTag::Kind::frame;
      return parsed;
    case Packet::sequence_end:
      parsed.kind = VideoTag::Kind::end_of_sequence;
      return parsed;
    default:
      return fail(ErrorKind::invalid, "flv-packet-type", "An H.264 message is of unknown kind.");
  }
}

Result<AudioTag> parse_enhanced_audio(unsigned head, ByteReader in) {
  constexpr unsigned kMultitrack = 5;
  const unsigned type = head & 0x0F;
  const auto packet = static_cast<Packet>(type);
  if (type == kMultitrack || packet == Packet::mod_ex) {
    return refuse("audio-codec", "several sounds at once", "one AAC or Opus track");
  }
  const ByteView fourcc = in.bytes(4);
  AudioTag parsed;
  if (as_text(fourcc) == "Opus") {
    parsed.codec = Codec::opus;
  } else if (as_text(fourcc) != "mp4a") {
    return refuse("audio-codec", fourcc_name(as_text(fourcc)), "AAC or Opus");
  }
  parsed.body = in.rest();
  switch (packet) {
    case Packet::sequence_start:
      parsed.kind = AudioTag::Kind::config;
      return parsed;
    case Packet::coded_frames:
      parsed.kind = AudioTag::Kind::frame;
      return parsed;
    case Packet::sequence_end:
    case Packet::metadata:
      parsed.kind = AudioTag::Kind::ignored;
      return parsed;
    default:
      return fail(ErrorKind::invalid, "flv-packet-type", "A sound message is of unknown kind.");
  }
}

}  // namespace

Result<VideoTag> parse_video_tag(ByteView tag) {
  ByteReader in(tag);
  const unsigned head = in.u8();
  if (!in.ok()) return truncated();
  if ((head & kEnhancedVideo) != 0) return parse_enhanced_video(head, in);

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
  if (format == kEnhancedAudio) return parse_enhanced_audio(head, in);
  if (format != kAac) return refuse("audio-codec", audio_codec_name(format), "AAC or Opus");

  const unsigned packet_type = in.u8();
  if (!in.ok()) return truncated();
  if (packet_type > 1) {
    return fail(ErrorKind::invalid, "flv-packet-type", "An AAC message is of unknown kind.");
  }
  return AudioTag{packet_type == 0 ? AudioTag::Kind::config : AudioTag::Kind::frame, Codec::aac,
                  in.rest()};
}

}  // namespace geili::media::flv
