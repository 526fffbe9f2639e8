#include "media/aac/audio_specific_config.hpp"

#include <array>
#include <cstdint>

#include <fmt/format.h>

#include "media/bit_reader.hpp"

namespace geili::media::aac {
namespace {

constexpr unsigned kLowComplexity = 2;
constexpr unsigned kSpectralBandReplication = 5;
constexpr unsigned kParametricStereo = 29;
constexpr std::size_t kConfigBytesMax = 64;

unsigned read_object_type(BitReader& in) {
  const unsigned type = in.bits(5);
  constexpr unsigned kEscape = 31;
  return type == kEscape ? 32 + in.bits(6) : type;
}

// 0 when reserved.
unsigned read_sample_rate(BitReader& in) {
  constexpr std::array<unsigned, 13> kRates{96000, 88200, 64000, 48000, 44100, 32000, 24000,
                                            22050, 16000, 12000, 11025, 8000,  7350};
  constexpr unsigned kExplicit = 15;
  const unsigned index = in.bits(4);
  if (index == kExplicit) return in.bits(24);
  return index < kRates.size() ? kRates[index] : 0;
}

class BitWriter {
 public:
  void bits(std::uint32_t value, unsigned count) {
    for (; count > 0; --count) {
      if (used_ % 8 == 0) out_.push_back(std::byte{0});
      if ((value >> (count - 1) & 1U) != 0) out_.back() |= std::byte{0x80} >> (used_ % 8);
      ++used_;
    }
  }
  Bytes take() && { return std::move(out_); }

 private:
  Bytes out_;
  std::size_t used_ = 0;
};

// individual_channel_stream() (section 4.4.2.7) without one scale factor band: nothing to hear.
void write_silent_channel(BitWriter& out) {
  out.bits(0, 8);  // global_gain
  out.bits(0, 4);  // ics_reserved_bit, window_sequence (only long), window_shape
  out.bits(0, 6);  // max_sfb
  out.bits(0, 1);  // predictor_data_present
  out.bits(0, 3);  // pulse, tns and gain control data present
}

}  // namespace

Result<AudioSpecificConfig> parse_audio_specific_config(ByteView config) {
  if (config.size() > kConfigBytesMax) {
    return fail(ErrorKind::invalid, "asc-value", "The audio configuration is too long.");
  }
  BitReader in(config);
  AudioSpecificConfig parsed;
  parsed.object_type = read_object_type(in);
  parsed.sample_rate_hz = read_sample_rate(in);
  const unsigned layout = in.bits(4);
  unsigned core_type = parsed.object_type;
  if (core_type == kSpectralBandReplication || core_type == kParametricStereo) {
    parsed.extension_rate_hz = read_sample_rate(in);
    core_type = read_object_type(in);
  }
  const bool short_frames = in.flag();
  if (!in.ok())
    return fail(ErrorKind::invalid, "asc-truncated", "The audio configuration ends early.");
  if (core_type != kLowComplexity) {
    return fail(ErrorKind::unsupported_media, "audio-format",
                "Only AAC-LC and HE-AAC sound is taken.");
  }
  if (layout == 0 || layout > 7) {
    return fail(ErrorKind::unsupported_media, "audio-format",
                "The sound's channel layout is not taken.");
  }
  if (parsed.sample_rate_hz < 7'350 || parsed.sample_rate_hz > 96'000) {
    return fail(ErrorKind::invalid, "asc-value", "The sample rate is out of range.");
  }
  parsed.channels = layout == 7 ? 8 : layout;
  parsed.samples_per_frame = short_frames ? 960 : 1024;
  return parsed;
}

Result<CodecConfig> describe(ByteView config) {
  auto parsed = parse_audio_specific_config(config);
  if (!parsed) return fail_as(parsed);
  CodecConfig described;
  described.codec = Codec::aac;
  described.record.assign(config.begin(), config.end());
  described.rfc6381 = fmt::format("mp4a.40.{}", parsed->object_type);
  described.sample_rate_hz = parsed->sample_rate_hz;
  described.channels = parsed->channels;
  described.samples_per_frame = parsed->samples_per_frame;
  return described;
}

std::optional<Bytes> silent_frame(unsigned channels) {
  constexpr unsigned kSingleChannel = 0;
  constexpr unsigned kChannelPair = 1;
  constexpr unsigned kEnd = 7;
  if (channels != 1 && channels != 2) return std::nullopt;
  BitWriter out;
  out.bits(channels == 1 ? kSingleChannel : kChannelPair, 3);
  out.bits(0, 4);                     // element_instance_tag
  if (channels == 2) out.bits(0, 1);  // common_window
  for (unsigned i = 0; i < channels; ++i) write_silent_channel(out);
  out.bits(kEnd, 3);
  return std::move(out).take();
}

}  // namespace geili::media::aac
