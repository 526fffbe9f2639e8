#include "media/flv/flv_units.hpp"

#include <memory>
#include <utility>

#include "media/aac/audio_specific_config.hpp"
#include "media/byte_writer.hpp"
#include "media/flv/flv_tag.hpp"
#include "media/h264/nal.hpp"

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

Result<MaybeUnit> FlvUnits::audio(ByteView tag, std::uint32_t timestamp_ms) {
  auto parsed = parse_audio_tag(tag);
  if (!parsed) return fail_as(parsed);
  if (parsed->kind == AudioTag::Kind::config) {
    if (audio_config_ && as_text(audio_config_->record) == as_text(parsed->body))
      return MaybeUnit{};
    auto described = aac::describe(parsed->body);
    if (!described) return fail_as(described);
    audio_config_ = std::make_shared<const CodecConfig>(std::move(*described));
    return MaybeUnit{};
  }
  if (!audio_config_ || parsed->body.empty()) return MaybeUnit{};
  SourceUnit unit;
  unit.track = Track::audio;
  unit.keyframe = true;
  unit.dts_us = unwrap_us(timestamp_ms);
  unit.config = audio_config_;
  unit.payload = std::make_shared<const Bytes>(parsed->body.begin(), parsed->body.end());
  return MaybeUnit{std::move(unit)};
}

}  // namespace geili::media::flv
