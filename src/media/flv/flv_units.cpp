#include "media/flv/flv_units.hpp"

#include <memory>
#include <utility>

#include "media/aac/audio_specific_config.hpp"
#include "media/byte_writer.hpp"
#include "media/flv/flv_tag.hpp"
#include "media/h264/nal.hpp"
#include "media/opus/packet.hpp"

namespace geili::media::flv {
namespace {

using MaybeUnit = std::optional<SourceUnit>;

// Some encoders send only 24 bits of the timestamp, which begin again after 4.66 hours.
constexpr std::int64_t kWrap24 = 1 << 24;
constexpr std::int64_t kWrapSlackMs = 60'000;

bool near(std::int64_t value, std::int64_t target) {
  return value > target - kWrapSlackMs && value < target + kWrapSlackMs;
}

}  // namespace

std::int64_t FlvUnits::unwrap_us(std::uint32_t timestamp_ms) {
  if (!last_ms_) {
    unwrapped_ms_ = timestamp_ms;
  } else {
    std::int64_t step_ms = static_cast<std::int32_t>(timestamp_ms - *last_ms_);
    if (near(step_ms, -kWrap24))
      step_ms += kWrap24;
    else if (near(step_ms, kWrap24))
      step_ms -= kWrap24;
    unwrapped_ms_ += step_ms;
  }
  last_ms_ = timestamp_ms;
  return unwrapped_ms_ * 1'000;
}

Result<void> FlvUnits::use(h264::DecoderConfig config) {
  if (h264_ && *h264_ == config) return {};
  auto described = h264::describe(config);
  if (!described) return fail_as(described);
  // Only the length size may differ: the record that readers see does not hold it.
  if (!video_config_ || video_config_->record != described->record) {
    video_config_ = std::make_shared<const CodecConfig>(std::move(*described));
  }
  h264_ = std::move(config);
  return {};
}

Result<MaybeUnit> FlvUnits::video(ByteView tag, std::uint32_t timestamp_ms) {
  auto parsed = parse_video_tag(tag);
  if (!parsed) return fail_as(parsed);
  switch (parsed->kind) {
    case VideoTag::Kind::config: {
      auto config = h264::parse_avcc(parsed->body);
      if (!config) return fail_as(config);
      auto used = use(std::move(*config));
      if (!used) return fail_as(used);
      return MaybeUnit{};
    }
    case VideoTag::Kind::frame:
      if (!h264_) return MaybeUnit{};
      return frame(parsed->body, parsed->keyframe, parsed->composition_ms, unwrap_us(timestamp_ms));
    case VideoTag::Kind::end_of_sequence:
    case VideoTag::Kind::ignored:
      break;
  }
  return MaybeUnit{};
}

Result<MaybeUnit> FlvUnits::frame(ByteView body, bool flagged_key, std::int32_t composition_ms,
                                  std::int64_t dts_us) {
  auto nals = h264::split_length_prefixed(body, h264_->length_bytes);
  if (!nals) return fail_as(nals);
  h264::DecoderConfig config = *h264_;
  std::vector<Bytes> sps;
  std::vector<Bytes> pps;
  Bytes payload;
  payload.reserve(body.size() + 16);
  bool has_idr = false;
  bool has_slice = false;
  for (const ByteView nal : *nals) {
    const h264::NalType type = h264::type_of(nal);
    if (type == h264::NalType::filler || type == h264::NalType::access_unit_delimiter) continue;
    // MP4 keeps parameter sets beside the frames, so those within one become the configuration.
    if (type == h264::NalType::sps) {
      sps.emplace_back(nal.begin(), nal.end());
      continue;
    }
    if (type == h264::NalType::pps) {
      pps.emplace_back(nal.begin(), nal.end());
      continue;
    }
    has_idr = has_idr || type == h264::NalType::idr_slice;
    has_slice = has_slice || (static_cast<unsigned>(type) >= 1 && static_cast<unsigned>(type) <= 5);
    h264::append_length_prefixed(payload, nal);
  }
  if (!sps.empty() && !pps.empty()) {
    config.sps = std::move(sps);
    config.pps = std::move(pps);
    if (auto used = use(std::move(config)); !used) return fail_as(used);
  }
  if (!has_slice) return MaybeUnit{};
  SourceUnit unit;
  unit.track = Track::video;
  unit.keyframe = has_idr || flagged_key;
  unit.dts_us = dts_us;
  unit.composition_us = std::int64_t{composition_ms} * 1'000;
  unit.config = video_config_;
  unit.payload = std::make_shared<const Bytes>(std::move(payload));
  return MaybeUnit{std::move(unit)};
}

Result<void> FlvUnits::use_audio_config(Codec codec, ByteView record) {
  if (codec == Codec::opus) {
    // RFC 7845 section 5.1: a magic of eight bytes, the version, the number of channels.
    constexpr std::size_t kHeaderBytesMin = 19;
    constexpr std::size_t kChannelsAt = 9;
    if (record.size() < kHeaderBytesMin || !as_text(record).starts_with("OpusHead")) {
      return fail(ErrorKind::invalid, "opus-header", "The Opus header is damaged.");
    }
    const auto channels = std::to_integer<unsigned>(record[kChannelsAt]);
    if (channels < 1 || channels > 2) {
      return fail(ErrorKind::unsupported_media, "audio-format",
                  "Opus sound is taken in mono and stereo; choose one of them in the encoder.");
    }
    if (opus_channels_ != channels) audio_config_ = nullptr;
    opus_channels_ = channels;
    return {};
  }
  const bool is_known = audio_config_ && audio_config_->codec == codec &&
                        as_text(audio_config_->record) == as_text(record);
  if (is_known) return {};
  auto described = aac::describe(record);
  if (!described) return fail_as(described);
  audio_config_ = std::make_shared<const CodecConfig>(std::move(*described));
  return {};
}

Result<void> FlvUnits::fit_opus(ByteView packet) {
  if (opus_channels_ == 0) return {};
  const auto samples = opus::samples_of(packet);
  if (!samples) return fail(ErrorKind::invalid, "opus-packet", "An Opus packet is damaged.");
  const bool fits = audio_config_ && audio_config_->codec == Codec::opus &&
                    audio_config_->samples_per_frame == *samples;
  if (fits) return {};
  audio_config_ = std::make_shared<const CodecConfig>(opus::describe(opus_channels_, *samples));
  return {};
}

Result<MaybeUnit> FlvUnits::audio(ByteView tag, std::uint32_t timestamp_ms) {
  auto parsed = parse_audio_tag(tag);
  if (!parsed) return fail_as(parsed);
  if (parsed->kind == AudioTag::Kind::ignored) return MaybeUnit{};
  if (parsed->kind == AudioTag::Kind::config) {
    auto used = use_audio_config(parsed->codec, parsed->body);
    if (!used) return fail_as(used);
    return MaybeUnit{};
  }
  if (parsed->body.empty()) return MaybeUnit{};
  if (parsed->codec == Codec::opus) {
    auto fits = fit_opus(parsed->body);
    if (!fits) return fail_as(fits);
  }
  if (!audio_config_ || audio_config_->codec != parsed->codec) return MaybeUnit{};
  SourceUnit unit;
  unit.track = Track::audio;
  unit.keyframe = true;
  unit.dts_us = unwrap_us(timestamp_ms);
  unit.config = audio_config_;
  unit.payload = std::make_shared<const Bytes>(parsed->body.begin(), parsed->body.end());
  return MaybeUnit{std::move(unit)};
}

}  // namespace geili::media::flv
