#include "media/egress/record/section_scan.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>

#include "media/byte_reader.hpp"
#include "media/egress/record/fragment_bytes.hpp"
#include "media/fmp4/init_segment.hpp"

namespace geili::media::record {
namespace {

constexpr std::size_t kHeaderBytes = 8;
constexpr std::size_t kReadBytes = 4'096;  // holds prft and moof of a usual fragment
constexpr std::size_t kInitBytesMax = std::size_t{64} * 1024;
constexpr std::size_t kMoofBytesMax = std::size_t{2} * 1024 * 1024;
constexpr std::int64_t kTicksMax = std::int64_t{1} << 50;
constexpr std::uint32_t kRateMinHz = 1'000;
constexpr std::uint32_t kRateMaxHz = 1'000'000;

struct Tracks {
  bool video = false;
  std::uint32_t audio_rate_hz = 0;  // 0: no sound
};

// One box out of `in`; none when it is not whole.
struct Inside {
  std::string_view type;
  ByteView content;
};
std::optional<Inside> next_box(ByteReader& in) {
  const std::uint32_t size = in.u32();
  Inside box;
  box.type = as_text(in.bytes(4));
  if (!in.ok() || size < kHeaderBytes) return std::nullopt;
  box.content = in.bytes(size - kHeaderBytes);
  if (!in.ok()) return std::nullopt;
  return box;
}

// The first box of the type, by its path below `content`.
std::optional<ByteView> find(ByteView content, std::string_view type) {
  ByteReader in(content);
  while (in.remaining() > 0) {
    const auto box = next_box(in);
    if (!box) return std::nullopt;
    if (box->type == type) return box->content;
  }
  return std::nullopt;
}

bool read_track(ByteView trak, Tracks& tracks) {
  const auto header = find(trak, "tkhd");
  const auto media = find(trak, "mdia");
  const auto media_header = media ? find(*media, "mdhd") : std::nullopt;
  if (!header || !media_header) return false;
  ByteReader in(*header);
  in.bytes(12);
  const std::uint32_t id = in.u32();
  ByteReader times(*media_header);
  const std::uint32_t version_and_flags = times.u32();
  times.bytes(8);
  const std::uint32_t rate = times.u32();
  const bool is_rate = rate >= kRateMinHz && rate <= kRateMaxHz;
  if (!in.ok() || !times.ok() || version_and_flags != 0 || !is_rate) return false;
  if (id == fmp4::kVideoTrackId) tracks.video = rate == fmp4::kVideoTimescale;
  if (id == fmp4::kAudioTrackId) tracks.audio_rate_hz = rate;
  return true;
}

std::optional<Tracks> read_movie(ByteView moov) {
  Tracks tracks;
  ByteReader in(moov);
  while (in.remaining() > 0) {
    const auto box = next_box(in);
    if (!box || (box->type == "trak" && !read_track(box->content, tracks))) return std::nullopt;
  }
  if (!tracks.video && tracks.audio_rate_hz == 0) return std::nullopt;
  return tracks;
}

struct TrackRun {
  std::uint32_t track = 0;
  RunSpan span;
  std::uint64_t payload_bytes = 0;
};

// As fmp4::write_fragment() writes it, and nothing else.
bool read_run(ByteView trun, TrackRun& run) {
  constexpr std::uint32_t kNeeded = 0x301;  // data offset, durations, sizes
  constexpr std::uint32_t kFlags = 0x400;
  constexpr std::uint32_t kComposition = 0x800;
  constexpr std::uint32_t kNotSync = 0x10000;
  ByteReader in(trun);
  const std::uint32_t flags = in.u32() & 0xFFFFFF;
  const std::uint32_t count = in.u32();
  in.u32();
  if (!in.ok() || (flags & ~(kFlags | kComposition)) != kNeeded || count == 0) return false;
  const std::size_t entry_bytes =
      8U + ((flags & kFlags) != 0 ? 4U : 0U) + ((flags & kComposition) != 0 ? 4U : 0U);
  if (in.remaining() != std::uint64_t{count} * entry_bytes) return false;
  for (std::uint32_t i = 0; i < count; ++i) {
    run.span.duration += in.u32();
    run.payload_bytes += in.u32();
    const bool is_key = (flags & kFlags) == 0 || (in.u32() & kNotSync) == 0;
    if (i == 0) run.span.begins_with_key = is_key;
    if ((flags & kComposition) != 0) in.u32();
  }
  return in.ok() && run.span.duration <= kTicksMax;
}

std::optional<TrackRun> read_track_fragment(ByteView traf) {
  const auto header = find(traf, "tfhd");
  const auto decode_time = find(traf, "tfdt");
  const auto trun = find(traf, "trun");
  if (!header || !decode_time || !trun) return std::nullopt;
  TrackRun run;
  ByteReader in(*header);
  in.u32();
  run.track = in.u32();
  ByteReader time(*decode_time);
  const bool is_64_bit = time.u32() == 0x01000000;
  run.span.dts = static_cast<std::int64_t>(time.u64());
  const bool fits = run.span.dts >= 0 && run.span.dts <= kTicksMax;
  if (!in.ok() || !time.ok() || !is_64_bit || !fits || !read_run(*trun, run)) return std::nullopt;
  return run;
}

struct Movement {
  std::optional<TrackRun> video;
  std::optional<TrackRun> audio;
  std::uint64_t payload_bytes() const {
    return (video ? video->payload_bytes : 0) + (audio ? audio->payload_bytes : 0);
  }
};

std::optional<Movement> read_moof(ByteView moof, const Tracks& tracks) {
  Movement movement;
  ByteReader in(moof);
  while (in.remaining() > 0) {
    const auto box = next_box(in);
    if (!box) return std::nullopt;
    if (box->type != "traf") continue;
    auto run = read_track_fragment(box->content);
    if (!run) return std::nullopt;
    const bool is_video = run->track == fmp4::kVideoTrackId && tracks.video;
    const bool is_audio = run->track == fmp4::kAudioTrackId && tracks.audio_rate_hz != 0;
    std::optional<TrackRun>& place = is_video ? movement.video : movement.audio;
    if ((!is_video && !is_audio) || place) return std::nullopt;
    place = *run;
  }
  if (!movement.video && !movement.audio) return std::nullopt;
  return movement;
}

class Scan {
 public:
  explicit Scan(const ByteSource& file) : file_(file), size_(file.size()) {}

  bool read_init();
  // False at the end, whole or torn.
  bool read_fragment();
  SectionScan result() && {
    const bool torn = index_.bytes() != size_;
    return {std::move(index_), torn};
  }

 private:
  const ByteSource& file_;
  const std::uint64_t size_;
  Tracks tracks_;
  SectionIndex index_;
};

bool Scan::read_init() {
  const Bytes head = file_.read(0, kInitBytesMax);
  ByteReader in(head);
  const auto type = next_box(in);
  if (!type || type->type != "ftyp") return false;
  const auto movie = next_box(in);
  if (!movie || movie->type != "moov") return false;
  const auto tracks = read_movie(movie->content);
  if (!tracks) return false;
  tracks_ = *tracks;
  index_.init_bytes = static_cast<std::uint32_t>(head.size() - in.remaining());
  return true;
}

bool Scan::read_fragment() {
  if (index_.fragments.size() >= kFragmentsMax) return false;
  FragmentEntry entry{.offset = index_.bytes()};
  Bytes head = file_.read(entry.offset, kReadBytes);
  ByteReader in(head);
  const auto reference = next_box(in);
  if (!reference || reference->type != "prft") return false;
  ByteReader time(reference->content);
  time.bytes(8);
  entry.captured = instant_of(time.u64());
  if (!time.ok()) return false;

  const std::size_t moof_at = head.size() - in.remaining();
  const std::size_t moof_bytes = in.u32();
  const bool is_moof = as_text(in.bytes(4)) == "moof";
  if (!in.ok() || !is_moof || moof_bytes < kHeaderBytes || moof_bytes > kMoofBytesMax) return false;
  const std::size_t mdat_at = moof_at + moof_bytes;
  if (head.size() < mdat_at + kHeaderBytes) {
    head = file_.read(entry.offset, mdat_at + kHeaderBytes);
    if (head.size() < mdat_at + kHeaderBytes) return false;
  }
  const ByteView bytes(head);
  const auto movement =
      read_moof(bytes.subspan(moof_at + kHeaderBytes, moof_bytes - kHeaderBytes), tracks_);
  ByteReader data(bytes.subspan(mdat_at, kHeaderBytes));
  const std::uint64_t mdat_bytes = data.u32();
  if (!movement || as_text(data.bytes(4)) != "mdat") return false;
  const std::uint64_t size = mdat_at + mdat_bytes;
  const bool is_whole = entry.offset + size <= size_ && size <= UINT32_MAX;
  if (mdat_bytes != kHeaderBytes + movement->payload_bytes() || !is_whole) return false;
  entry.size = static_cast<std::uint32_t>(size);
  place(entry, movement->video ? &movement->video->span : nullptr,
        movement->audio ? &movement->audio->span : nullptr, tracks_.audio_rate_hz, tracks_.video);
  index_.fragments.push_back(entry);
  return true;
}

}  // namespace

Result<SectionScan> scan_section(const ByteSource& file) {
  Scan scan(file);
  if (!scan.read_init()) {
    return fail(ErrorKind::unprocessable, "record-section",
                "The file does not begin as a recording of ours.");
  }
  while (scan.read_fragment()) continue;
  return std::move(scan).result();
}

}  // namespace geili::media::record
