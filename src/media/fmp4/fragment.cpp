#include "media/fmp4/fragment.hpp"

#include <algorithm>
#include <cassert>
#include <cstddef>

#include "media/byte_writer.hpp"
#include "media/fmp4/box.hpp"
#include "media/fmp4/init_segment.hpp"

namespace geili::media::fmp4 {
namespace {

// sample_flags (section 8.8.3.1).
constexpr std::uint32_t kSync = 0x02000000;       // depends on no other
constexpr std::uint32_t kDependent = 0x01010000;  // depends on others, is no sync sample

constexpr std::uint32_t kDataOffset = 0x1;
constexpr std::uint32_t kSampleDuration = 0x100;
constexpr std::uint32_t kSampleSize = 0x200;
constexpr std::uint32_t kSampleFlags = 0x400;
constexpr std::uint32_t kSampleComposition = 0x800;

std::size_t payload_bytes(const Run& run) {
  std::size_t bytes = 0;
  for (const Sample& sample : run.samples) bytes += sample.unit->payload->size();
  return bytes;
}

// Returns where the data offset has to be patched in.
std::size_t write_run(ByteWriter& out, const Run& run, bool is_video) {
  const bool reordered = std::ranges::any_of(
      run.samples, [](const Sample& sample) { return sample.composition != 0; });
  std::uint32_t flags = kDataOffset | kSampleDuration | kSampleSize;
  if (is_video) flags |= kSampleFlags;
  if (reordered) flags |= kSampleComposition;
  const Box box(out, "trun", 1, flags);  // version 1: signed composition offsets
  out.u32(run.samples.size());
  const std::size_t offset_at = out.size();
  out.u32(0);
  for (const Sample& sample : run.samples) {
    out.u32(sample.duration);
    out.u32(sample.unit->payload->size());
    if (is_video) out.u32(sample.unit->keyframe ? kSync : kDependent);
    if (reordered) out.u32(static_cast<std::uint32_t>(sample.composition));
  }
  return offset_at;
}

std::size_t write_track_fragment(ByteWriter& out, const Run& run, std::uint32_t track_id) {
  constexpr std::uint32_t kDefaultBaseIsMoof = 0x020000;
  constexpr std::uint32_t kDefaultFlags = 0x20;
  const Box track(out, "traf");
  {
    const Box box(out, "tfhd", 0, kDefaultBaseIsMoof | kDefaultFlags);
    out.u32(track_id);
    out.u32(track_id == kVideoTrackId ? kDependent : kSync);
  }
  {
    const Box box(out, "tfdt", 1, 0);
    out.u64(static_cast<std::uint64_t>(run.dts));
  }
  return write_run(out, run, track_id == kVideoTrackId);
}

void write_payload(ByteWriter& out, const Run& run) {
  for (const Sample& sample : run.samples) out.bytes(*sample.unit->payload);
}

}  // namespace

std::string write_fragment(std::uint32_t sequence, const Run& video, const Run& audio) {
  assert(!video.samples.empty() || !audio.samples.empty());
  constexpr std::size_t kHeadersMax = 512;
  constexpr std::size_t kPerSample = 16;
  const std::size_t video_bytes = payload_bytes(video);
  const std::size_t audio_bytes = payload_bytes(audio);
  ByteWriter out;
  out.reserve(kHeadersMax + video_bytes + audio_bytes +
              kPerSample * (video.samples.size() + audio.samples.size()));
  std::size_t video_offset_at = 0;
  std::size_t audio_offset_at = 0;
  {
    const Box moof(out, "moof");
    {
      const Box box(out, "mfhd", 0, 0);
      out.u32(sequence);
    }
    if (!video.samples.empty()) video_offset_at = write_track_fragment(out, video, kVideoTrackId);
    if (!audio.samples.empty()) audio_offset_at = write_track_fragment(out, audio, kAudioTrackId);
  }
  const std::size_t data = out.size() + 8;  // behind mdat's header
  if (video_offset_at != 0) out.patch_u32(video_offset_at, static_cast<std::uint32_t>(data));
  if (audio_offset_at != 0) {
    out.patch_u32(audio_offset_at, static_cast<std::uint32_t>(data + video_bytes));
  }
  {
    const Box mdat(out, "mdat");
    write_payload(out, video);
    write_payload(out, audio);
  }
  return std::move(out).take();
}

}  // namespace geili::media::fmp4
