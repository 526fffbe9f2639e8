#include "media/ts/track_kind.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace geili::media::ts {
namespace {

constexpr unsigned kPrivateData = 0x06;

struct Known {
  unsigned type;
  TrackKind kind;
  std::string_view name;
};
// ISO/IEC 13818-1 table 2-34, and what ATSC and the Blu-ray Disc added to it.
constexpr std::array kTypes{
    Known{0x01, TrackKind::other_video, "MPEG-1 video"},
    Known{0x02, TrackKind::other_video, "MPEG-2 video"},
    Known{0x03, TrackKind::other_audio, "MPEG-1 sound (MP3)"},
    Known{0x04, TrackKind::other_audio, "MPEG-2 sound (MP3)"},
    Known{0x0F, TrackKind::aac, "AAC"},
    Known{0x10, TrackKind::other_video, "MPEG-4 Visual"},
    Known{0x11, TrackKind::other_audio, "AAC in LATM"},
    Known{0x1B, TrackKind::h264, "H.264"},
    Known{0x1C, TrackKind::other_audio, "AAC without ADTS"},
    Known{0x20, TrackKind::other_video, "stereoscopic H.264"},
    Known{0x21, TrackKind::other_video, "JPEG 2000"},
    Known{0x24, TrackKind::other_video, "HEVC"},
    Known{0x2D, TrackKind::other_audio, "MPEG-H sound"},
    Known{0x2E, TrackKind::other_audio, "MPEG-H sound"},
    Known{0x32, TrackKind::other_video, "JPEG XS"},
    Known{0x33, TrackKind::other_video, "VVC"},
    Known{0x42, TrackKind::other_video, "AVS"},
    Known{0x80, TrackKind::other_audio, "PCM"},
    Known{0x81, TrackKind::other_audio, "AC-3"},
    Known{0x82, TrackKind::other_audio, "DTS"},
    Known{0x83, TrackKind::other_audio, "TrueHD"},
    Known{0x87, TrackKind::other_audio, "E-AC-3"},
    Known{0xD2, TrackKind::other_video, "AVS2"},
    Known{0xD4, TrackKind::other_video, "AVS3"},
    Known{0xEA, TrackKind::other_video, "VC-1"},
};

struct Registered {
  std::string_view format;
  TrackKind kind;
  std::string_view name;
};
// Of private data (SMPTE's registry).
constexpr std::array kRegistered{
    Registered{"Opus", TrackKind::opus, "Opus"},
    Registered{"AV01", TrackKind::other_video, "AV1"},
    Registered{"VP09", TrackKind::other_video, "VP9"},
    Registered{"HEVC", TrackKind::other_video, "HEVC"},
    Registered{"AC-3", TrackKind::other_audio, "AC-3"},
    Registered{"EAC3", TrackKind::other_audio, "E-AC-3"},
    Registered{"DTS1", TrackKind::other_audio, "DTS"},
    Registered{"DTS2", TrackKind::other_audio, "DTS"},
    Registered{"DTS3", TrackKind::other_audio, "DTS"},
    Registered{"BSSD", TrackKind::other_audio, "PCM"},
};
constexpr Registered kOther{"", TrackKind::ignored, "data"};
constexpr Registered kOpusOtherwise{"", TrackKind::other_audio, "Opus with more than two channels"};

Registered look_up(const ElementaryStream& stream) {
  if (stream.type != kPrivateData) {
    const auto known = std::ranges::find(kTypes, stream.type, &Known::type);
    if (known == kTypes.end()) return kOther;
    return {"", known->kind, known->name};
  }
  if (stream.has_ac3) return {"", TrackKind::other_audio, "AC-3"};
  const auto known = std::ranges::find(kRegistered, stream.registration, &Registered::format);
  if (known == kRegistered.end()) return kOther;
  const unsigned channels = stream.opus_channels.value_or(0);
  const bool fits = channels == 1 || channels == 2;
  return known->kind == TrackKind::opus && !fits ? kOpusOtherwise : *known;
}

std::unexpected<Error> refuse(std::string_view code, const ElementaryStream& stream,
                              std::string_view instead) {
  std::string detail = "The encoder sends ";
  detail.append(codec_name(stream)).append("; choose ").append(instead).append(" in its settings.");
  return fail(ErrorKind::unsupported_media, code, detail);
}

}  // namespace

TrackKind kind_of(const ElementaryStream& stream) {
  return look_up(stream).kind;
}

std::string_view codec_name(const ElementaryStream& stream) {
  return look_up(stream).name;
}

Result<Chosen> choose_tracks(std::span<const ElementaryStream> streams) {
  const auto first = [streams](auto is_wanted) -> const ElementaryStream* {
    const auto found = std::ranges::find_if(streams, is_wanted, kind_of);
    return found == streams.end() ? nullptr : &*found;
  };
  const auto is = [](TrackKind wanted) {
    return [wanted](TrackKind kind) { return kind == wanted; };
  };
  Chosen chosen;
  chosen.video = first(is(TrackKind::h264));
  chosen.audio =
      first([](TrackKind kind) { return kind == TrackKind::aac || kind == TrackKind::opus; });
  const ElementaryStream* other_video = first(is(TrackKind::other_video));
  const ElementaryStream* other_audio = first(is(TrackKind::other_audio));
  if (chosen.video == nullptr && other_video != nullptr)
    return refuse("video-codec", *other_video, "H.264");
  if (chosen.audio == nullptr && other_audio != nullptr)
    return refuse("audio-codec", *other_audio, "AAC or Opus");
  return chosen;
}

}  // namespace geili::media::ts
