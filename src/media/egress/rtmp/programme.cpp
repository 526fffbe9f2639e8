#include "media/egress/rtmp/programme.hpp"

#include <algorithm>
#include <utility>

#include "media/flv/flv_writer.hpp"

namespace geili::media::rtmp {
namespace {

constexpr std::int64_t kUsPerMs = 1'000;

ProgrammeMessage::Kind kind_of(Track track) {
  return track == Track::video ? ProgrammeMessage::Kind::video : ProgrammeMessage::Kind::audio;
}

Result<void> check_codec(const Unit& unit) {
  const bool is_video = unit.track == Track::video;
  if (unit.config->codec == (is_video ? Codec::h264 : Codec::aac)) return {};
  return fail(ErrorKind::unsupported_media, is_video ? "video-codec" : "audio-codec",
              "Other platforms take H.264 and AAC alone.");
}

}  // namespace

Result<void> Programme::take(const UnitPtr& unit, std::vector<ProgrammeMessage>& out) {
  if (auto fits = check_codec(*unit); !fits) return fits;
  if (has_begun_) return push(unit, out);
  const auto beginning = settler_.take(unit);
  if (!beginning) return {};
  has_begun_ = true;
  start_us_ = beginning->start_us;
  const auto& configs = beginning->configs;
  out.push_back({ProgrammeMessage::Kind::metadata, 0,
                 flv::metadata(configs[index_of(Track::video)].get(),
                               configs[index_of(Track::audio)].get())});
  for (const UnitPtr& first : beginning->units) {
    if (auto pushed = push(first, out); !pushed) return pushed;
  }
  return {};
}

Result<void> Programme::push(const UnitPtr& unit, std::vector<ProgrammeMessage>& out) {
  // Sound from before the picture's start has nothing to belong to.
  if (unit->dts_us < start_us_) return {};
  if (unit->config != configs_[index_of(unit->track)]) tell_config(unit, out);
  if (unit->track == Track::video) {
    waits_for_key_ = waits_for_key_ && !unit->keyframe;
    if (waits_for_key_) return {};
  }
  const std::uint32_t timestamp_ms = time_of(*unit);
  out.push_back({kind_of(unit->track), timestamp_ms, flv::unit_tag(*unit)});
  return {};
}

void Programme::tell_config(const UnitPtr& unit, std::vector<ProgrammeMessage>& out) {
  if (unit->track == Track::video && !unit->keyframe) {
    waits_for_key_ = true;
    return;
  }
  configs_[index_of(unit->track)] = unit->config;
  const std::uint32_t timestamp_ms = time_of(*unit);
  out.push_back({kind_of(unit->track), timestamp_ms, flv::config_tag(*unit->config)});
}

// Never before that of the tag before it, on the same track.
std::uint32_t Programme::time_of(const Unit& unit) {
  std::int64_t& last_ms = last_ms_[index_of(unit.track)];
  last_ms = std::max(last_ms, (unit.dts_us - start_us_ + kUsPerMs / 2) / kUsPerMs);
  return static_cast<std::uint32_t>(last_ms);
}

}  // namespace geili::media::rtmp
