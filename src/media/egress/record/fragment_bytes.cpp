#include "media/egress/record/fragment_bytes.hpp"

#include <utility>

#include "media/byte_writer.hpp"
#include "media/fmp4/box.hpp"
#include "media/fmp4/init_segment.hpp"
#include "media/ticks.hpp"

namespace geili::media::record {
namespace {

constexpr std::int64_t kNtpEpochS = 2'208'988'800;  // from 1900 to 1970

// Differences of rounded absolute ticks: sound keeps its exact count of samples, as the stream
// counts it.
std::int64_t ticks_since(std::int64_t base_us, std::int64_t at_us, std::int64_t rate_hz) {
  return ticks_of(at_us, rate_hz) - ticks_of(base_us, rate_hz);
}

fmp4::Run video_run(const CutFragment& fragment, std::int64_t base_us) {
  constexpr std::int64_t kRate = fmp4::kVideoTimescale;
  fmp4::Run run;
  for (std::size_t i = 0; i < fragment.pictures.size(); ++i) {
    const UnitPtr& unit = fragment.pictures[i];
    const bool is_last = i + 1 == fragment.pictures.size();
    const std::int64_t next_us = is_last ? fragment.end_us : fragment.pictures[i + 1]->dts_us;
    const std::int64_t dts = ticks_since(base_us, unit->dts_us, kRate);
    if (i == 0) run.dts = dts;
    run.samples.push_back(
        {unit, static_cast<std::uint32_t>(ticks_since(base_us, next_us, kRate) - dts),
         static_cast<std::int32_t>(ticks_since(base_us, unit->pts_us, kRate) - dts)});
  }
  return run;
}

fmp4::Run audio_run(const CutFragment& fragment, std::int64_t base_us) {
  fmp4::Run run;
  for (std::size_t i = 0; i < fragment.sounds.size(); ++i) {
    const UnitPtr& unit = fragment.sounds[i];
    const std::int64_t rate = unit->config->sample_rate_hz;
    const std::int64_t dts = ticks_since(base_us, unit->dts_us, rate);
    std::int64_t duration = unit->config->samples_per_frame;
    // A hole that could not be filled with silence.
    if (i + 1 < fragment.sounds.size()) {
      duration = ticks_since(base_us, fragment.sounds[i + 1]->dts_us, rate) - dts;
    }
    if (i == 0) run.dts = dts;
    run.samples.push_back({unit, static_cast<std::uint32_t>(duration), 0});
  }
  return run;
}

RunSpan span_of(const fmp4::Run& run) {
  RunSpan span{.dts = run.dts, .begins_with_key = run.samples.front().unit->keyframe};
  for (const fmp4::Sample& sample : run.samples) span.duration += sample.duration;
  return span;
}

std::string producer_reference_time(const CutFragment& fragment, std::int64_t dts) {
  ByteWriter out;
  {
    const fmp4::Box box(out, "prft", 1, 0);
    out.u32(fragment.pictures.empty() ? fmp4::kAudioTrackId : fmp4::kVideoTrackId);
    out.u64(ntp_of(fragment.captured));
    out.u64(static_cast<std::uint64_t>(dts));
  }
  return std::move(out).take();
}

}  // namespace

std::uint64_t ntp_of(Instant instant) {
  const auto s = static_cast<std::uint64_t>(instant.us / kUsPerS + kNtpEpochS);
  const auto us = static_cast<std::uint64_t>(instant.us % kUsPerS);
  return s << 32 |
         ((us << 32) + kUsPerS - 1) / kUsPerS;  // rounded up, so that cutting off is exact
}

Instant instant_of(std::uint64_t ntp) {
  const std::int64_t s = static_cast<std::int64_t>(ntp >> 32) - kNtpEpochS;
  const std::uint64_t us = (ntp & 0xFFFFFFFF) * kUsPerS >> 32;
  return {s * kUsPerS + static_cast<std::int64_t>(us)};
}

void place(FragmentEntry& entry, const RunSpan* video, const RunSpan* audio,
           std::uint32_t audio_rate_hz, bool section_has_video) {
  const RunSpan& span = video != nullptr ? *video : *audio;
  const std::int64_t rate = video != nullptr ? fmp4::kVideoTimescale : audio_rate_hz;
  entry.start_us = us_of(span.dts, rate);
  entry.duration_us = us_of(span.dts + span.duration, rate) - entry.start_us;
  entry.independent = video != nullptr ? span.begins_with_key : !section_has_video;
}

FragmentBytes write_fragment_bytes(const CutFragment& fragment, std::int64_t base_us,
                                   std::uint32_t sequence) {
  const fmp4::Run video = video_run(fragment, base_us);
  const fmp4::Run audio = audio_run(fragment, base_us);
  FragmentBytes written;
  written.bytes =
      producer_reference_time(fragment, fragment.pictures.empty() ? audio.dts : video.dts);
  written.bytes += fmp4::write_fragment(sequence, video, audio);
  written.entry.size = static_cast<std::uint32_t>(written.bytes.size());
  written.entry.captured = fragment.captured;
  const RunSpan video_span = video.samples.empty() ? RunSpan{} : span_of(video);
  const RunSpan audio_span = audio.samples.empty() ? RunSpan{} : span_of(audio);
  place(written.entry, video.samples.empty() ? nullptr : &video_span,
        audio.samples.empty() ? nullptr : &audio_span,
        fragment.audio ? fragment.audio->sample_rate_hz : 0, fragment.video != nullptr);
  return written;
}

}  // namespace geili::media::record
