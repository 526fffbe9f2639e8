#include "media/ts/demuxer.hpp"

#include <algorithm>
#include <utility>

#include "media/ts/aac_track.hpp"
#include "media/ts/h264_track.hpp"
#include "media/ts/opus_track.hpp"
#include "media/ts/track_kind.hpp"

namespace geili::media::ts {
namespace {

// What is no transport stream is given up after so many bytes.
constexpr std::size_t kSkippedBytesMax = 64 * 1024;
// Tables come several times a second; this is some seconds at the highest bitrates.
constexpr std::size_t kBytesWithoutTracksMax = 8 * 1024 * 1024;
// A loss of so many packets of one PID goes unseen by its counter.
constexpr std::size_t kContinuityPeriod = 16;

std::unique_ptr<ElementaryTrack> make_track(const ElementaryStream& stream) {
  switch (kind_of(stream)) {
    case TrackKind::h264:
      return std::make_unique<H264Track>();
    case TrackKind::opus:
      return std::make_unique<OpusTrack>(*stream.opus_channels);
    default:
      return std::make_unique<AacTrack>();
  }
}

}  // namespace

Result<void> Demuxer::push(ByteView bytes, std::vector<SourceUnit>& out) {
  framer_.append(bytes);
  if (!video_ && !audio_) bytes_without_tracks_ += bytes.size();
  while (const auto packet_bytes = framer_.next()) {
    ++counts_.packets;
    const auto packet = parse_packet(*packet_bytes);
    if (!packet) {
      ++counts_.malformed;
      continue;
    }
    if (auto taken = take(*packet, out); !taken) return taken;
  }
  if (framer_.skipped() > kSkippedBytesMax) {
    return fail(ErrorKind::invalid, "ts-sync",
                "This is no MPEG transport stream; choose MPEG-TS in the encoder.");
  }
  if (!video_ && !audio_ && bytes_without_tracks_ > kBytesWithoutTracksMax) {
    return fail(ErrorKind::invalid, "ts-tables",
                "The transport stream does not say which pictures and sound it carries.");
  }
  return {};
}

Result<void> Demuxer::take(const Packet& packet, std::vector<SourceUnit>& out) {
  if (packet.pid == kNullPid) return {};
  if (packet.pid == kPatPid || (program_ && packet.pid == program_->pmt_pid)) {
    return take_tables(packet, out);
  }
  PesReader* reader = reader_of(packet.pid);
  if (reader == nullptr) return {};
  if (packet.scrambled) {
    return fail(ErrorKind::unsupported_media, "ts-scrambled",
                "The transport stream is scrambled; switch that off in the encoder.");
  }
  return take_pes(*reader, packet, out);
}

Result<void> Demuxer::take_pes(PesReader& reader, const Packet& packet,
                               std::vector<SourceUnit>& out) {
  switch (reader.continuity().take(packet)) {
    case Follows::again:
      return {};
    case Follows::gap:
      ++counts_.gaps;
      reader.gap();
      break;
    case Follows::next:
      break;
  }
  return packet.has_payload ? reader.push(packet, out) : Result<void>();
}

Result<void> Demuxer::take_tables(const Packet& packet, std::vector<SourceUnit>& out) {
  const bool is_pat = packet.pid == kPatPid;
  SectionReader& sections = is_pat ? pat_ : pmt_;
  const Follows follows = (is_pat ? pat_continuity_ : pmt_continuity_).take(packet);
  if (follows == Follows::again) return {};
  if (follows == Follows::gap) sections.gap();
  std::vector<Bytes> complete;
  sections.push(packet, complete);
  for (const Bytes& section : complete) {
    if (is_pat) {
      const auto programs = parse_pat(section);
      if (!programs) ++counts_.malformed;
      if (!programs || !*programs || (*programs)->empty()) continue;
      const Program& first = (*programs)->front();
      if (program_ == first) continue;
      program_ = first;
      pmt_ = {};
      pmt_continuity_.forget();
      continue;
    }
    const auto streams = parse_pmt(section, program_->number);
    if (!streams) ++counts_.malformed;
    if (!streams || !*streams) continue;
    if (auto used = use(**streams, out); !used) return used;
  }
  return {};
}

Result<void> Demuxer::use(const std::vector<ElementaryStream>& streams,
                          std::vector<SourceUnit>& out) {
  auto chosen = choose_tracks(streams);
  if (!chosen) return fail_as(chosen);
  if (auto used = use_track(video_, chosen->video, out); !used) return used;
  if (auto used = use_track(audio_, chosen->audio, out); !used) return used;
  if (video_ || audio_) bytes_without_tracks_ = 0;
  return {};
}

Result<void> Demuxer::use_track(std::optional<TrackOf>& slot, const ElementaryStream* wanted,
                                std::vector<SourceUnit>& out) {
  if (slot && wanted != nullptr && slot->stream == *wanted) return {};
  Result<void> finished;
  if (slot) {
    finished = slot->reader->finish(out);
    drop(*slot->reader);
  }
  slot.reset();
  if (wanted != nullptr) {
    slot = TrackOf{*wanted, std::make_unique<PesReader>(make_track(*wanted), clock_)};
  }
  return finished;
}

PesReader* Demuxer::reader_of(unsigned pid) {
  if (video_ && video_->stream.pid == pid) return video_->reader.get();
  if (audio_ && audio_->stream.pid == pid) return audio_->reader.get();
  return nullptr;
}

void Demuxer::lost(std::size_t bytes_max) {
  if (bytes_max < kContinuityPeriod * kPacketBytes) return;
  ++counts_.gaps;
  pat_.gap();
  pmt_.gap();
  for (auto* track : {&video_, &audio_}) {
    if (!*track) continue;
    (*track)->reader->continuity().forget();
    (*track)->reader->gap();
  }
}

Result<void> Demuxer::finish(std::vector<SourceUnit>& out) {
  for (auto* track : {&video_, &audio_}) {
    if (!*track) continue;
    if (auto finished = (*track)->reader->finish(out); !finished) return finished;
  }
  return {};
}

void Demuxer::drop(const PesReader& reader) {
  counts_.damaged += reader.counts().damaged;
  counts_.skipped += reader.counts().skipped;
}

DemuxerCounts Demuxer::counts() const {
  DemuxerCounts counts = counts_;
  for (const auto* track : {&video_, &audio_}) {
    if (!*track) continue;
    counts.damaged += (*track)->reader->counts().damaged;
    counts.skipped += (*track)->reader->counts().skipped;
  }
  return counts;
}

}  // namespace geili::media::ts
