#include "media/egress/llhls/channel.hpp"

#include <utility>
#include <vector>

#include "base/clock.hpp"

namespace geili::media::llhls {
namespace {

constexpr const char* kPlaylistType = "application/vnd.apple.mpegurl";
constexpr const char* kSegmentType = "video/mp4";
constexpr unsigned kBlockedPlaylistCacheS = 4;
constexpr unsigned kMediaCacheS = 60;
constexpr std::size_t kReaderUnitsMax = 8'192;
// How far ahead a playlist may be asked for (RFC 8216bis section 6.2.5.2).
constexpr std::uint64_t kSegmentsAheadMax = 2;
constexpr std::size_t kPartsAheadMax = 3;
constexpr double kViewerSmoothing = 0.2;

std::unexpected<Error> no_such_file() {
  return fail(ErrorKind::not_found, "hls-name", "There is no such part of this stream.");
}

}  // namespace

Channel::Channel(std::shared_ptr<Stream> stream, std::uint64_t first_number, WaitingRoom& room)
    : stream_(std::move(stream)), room_(room), packager_(first_number) {
  reader_ = stream_->read(kReaderUnitsMax, [this] { drain(); }, {.audio = Codec::aac});
  drain();
}

Channel::~Channel() {
  reader_.reset();
  for (Wait& wait : std::exchange(waiting_, {})) {
    --room_.waiting;
    wait.answer(fail(ErrorKind::unavailable, "stopping", "The server is stopping."));
  }
}

void Channel::drain() {
  // The first wake may come from inside read().
  if (!reader_) return;
  const std::uint64_t parts = window().parts_count();
  const bool was_ended = window().is_ended();
  const bool was_open = window().next_part() > 0;
  while (auto item = reader_->pop()) packager_.take(*item);
  const std::uint64_t added = window().parts_count() - parts;
  const bool closed = was_open && window().next_part() == 0;
  if (added == 0 && !closed && window().is_ended() == was_ended) return;

  full_.reset();
  delta_.reset();
  answer_waiting();
  if (added > 0) {
    const double answered = static_cast<double>(answered_since_part_) / static_cast<double>(added);
    viewers_ += (answered - viewers_) * kViewerSmoothing;
    answered_since_part_ = 0;
  }
  if (window().is_ready() && !std::exchange(was_ready_, true) && ready_) ready_();
}

void Channel::playlist(const std::string& name, const std::string& query, Answer answer) {
  auto parsed = parse_playlist_query(query);
  if (!parsed) return answer(fail_as(parsed));
  Wait wait;
  wait.is_playlist = true;
  wait.multivariant = name == kMultivariantName;
  wait.skip = parsed->skip;
  wait.answer = std::move(answer);
  if (!wait.multivariant && name != kMediaName) return wait.answer(no_such_file());
  if (parsed->segment && !wait.multivariant) {
    const std::uint64_t last = window().next_segment() - 1;
    const bool absurd = *parsed->segment > last + kSegmentsAheadMax ||
                        (*parsed->segment == last + 1 &&
                         parsed->part.value_or(0) > window().next_part() + kPartsAheadMax);
    if (absurd && window().is_ready()) {
      return wait.answer(fail(ErrorKind::invalid, "hls-query", "That part is too far ahead."));
    }
    wait.part = {FileName::Kind::part, *parsed->segment, parsed->part.value_or(0)};
    wait.whole_segment = !parsed->part;
  }
  if (!try_answer(wait)) wait_for(std::move(wait));
}

void Channel::file(const std::string& name, Answer answer) {
  const auto parsed = parse_file_name(name);
  if (!parsed) return answer(no_such_file());
  if (parsed->kind == FileName::Kind::init) return give_file(window().init(parsed->number), answer);
  const Segment* segment = window().find(parsed->number);
  if (parsed->kind == FileName::Kind::segment)
    return give_file(segment ? segment->body : nullptr, answer);
  if (segment != nullptr && parsed->part < segment->parts.size()) {
    return give_file(segment->parts[parsed->part].body, answer);
  }
  const bool hinted = parsed->number == window().next_segment() &&
                      parsed->part == window().next_part() && !window().is_ended();
  if (!hinted) return answer(no_such_file());
  Wait wait;
  wait.part = *parsed;
  wait.answer = std::move(answer);
  wait_for(std::move(wait));
}

void Channel::give_file(const SharedBytes& body, const Answer& answer) {
  if (!body || body->empty()) return answer(no_such_file());
  ++room_.answers;
  answer(HlsBody{body, kSegmentType, kMediaCacheS});
}

void Channel::wait_for(Wait wait) {
  if (room_.waiting >= room_.limits.waiting_max) {
    return wait.answer(fail(ErrorKind::unavailable, "hls-waiting", "Too many requests wait."));
  }
  ++room_.waiting;
  const bool is_reload = wait.is_playlist && window().is_ready();
  wait.until = std::chrono::steady_clock::now() +
               std::chrono::milliseconds(is_reload ? room_.limits.reload_wait_ms_max
                                                   : room_.limits.wait_ms_max);
  waiting_.push_back(std::move(wait));
}

void Channel::answer_waiting() {
  // Answers may ask anew at once, which then wait at the end of the emptied queue.
  std::vector<Wait> waiting = std::exchange(waiting_, {});
  std::vector<Wait> still;
  for (Wait& wait : waiting) {
    if (try_answer(wait))
      --room_.waiting;
    else
      still.push_back(std::move(wait));
  }
  for (Wait& wait : waiting_) still.push_back(std::move(wait));
  waiting_ = std::move(still);
}

bool Channel::has(const Wait& wait) const {
  if (window().is_ended() || wait.part.number == 0) return true;
  if (wait.part.number < window().next_segment()) {
    const Segment* segment = window().find(wait.part.number);
    // A part behind a segment's last one is the first of the next segment.
    const bool is_past = segment != nullptr && wait.part.part >= segment->parts.size();
    return wait.whole_segment || !is_past || wait.part.number + 1 < window().next_segment() ||
           window().next_part() > 0;
  }
  if (wait.part.number > window().next_segment()) return false;
  return !wait.whole_segment && wait.part.part < window().next_part();
}

bool Channel::try_answer(const Wait& wait) {
  if (!wait.is_playlist) {
    const Segment* segment = window().find(wait.part.number);
    if (segment != nullptr && wait.part.part < segment->parts.size()) {
      give_file(segment->parts[wait.part.part].body, wait.answer);
      return true;
    }
    const bool will_not_come = window().is_ended() || window().next_segment() > wait.part.number;
    if (will_not_come) wait.answer(no_such_file());
    return will_not_come;
  }
  if (!window().is_ready()) {
    if (!window().is_ended()) return false;
    wait.answer(fail(ErrorKind::not_found, "not-live", "This stream has ended."));
    return true;
  }
  if (!has(wait)) return false;
  ++answered_since_part_;
  ++room_.answers;
  const unsigned cache_s = wait.part.number == 0 ? 0 : kBlockedPlaylistCacheS;
  wait.answer(wait.multivariant ? multivariant_playlist() : media_playlist(wait.skip, cache_s));
  return true;
}

Result<HlsBody> Channel::media_playlist(bool skip, unsigned cache_s) {
  auto& rendered = skip ? delta_ : full_;
  if (!rendered) rendered = std::make_shared<const std::string>(render_media(window(), skip));
  return HlsBody{rendered, kPlaylistType, cache_s};
}

Result<HlsBody> Channel::multivariant_playlist() const {
  constexpr double kBitsPerByte = 8;
  constexpr double kPeakFactor = 1.2;  // boxes, and seconds with more motion
  std::uint64_t bytes = 0;
  std::int64_t us = 0;
  for (const Segment& segment : window().segments()) {
    if (!segment.complete) continue;
    bytes += segment.body->size();
    us += segment.duration_us;
  }
  Variant variant;
  variant.video = packager_.config(Track::video);
  variant.audio = packager_.config(Track::audio);
  const double bps =
      us > 0 ? static_cast<double>(bytes) * kBitsPerByte * 1e6 / static_cast<double>(us) : 0;
  variant.bandwidth_bps = static_cast<std::uint64_t>(bps * kPeakFactor);
  return HlsBody{std::make_shared<const std::string>(render_multivariant(variant)), kPlaylistType,
                 0};
}

Result<HlsBody> Channel::give_up(const Wait& wait) {
  if (!wait.is_playlist) return no_such_file();
  if (window().is_ready()) return media_playlist(wait.skip, 0);
  return fail(ErrorKind::unavailable, "not-ready", "The first seconds are still being recorded.");
}

void Channel::expire(SteadyTime now) {
  std::vector<Wait> late;
  std::erase_if(waiting_, [&](Wait& wait) {
    if (wait.until > now) return false;
    late.push_back(std::move(wait));
    return true;
  });
  for (const Wait& wait : late) {
    --room_.waiting;
    if (wait.is_playlist) ++answered_since_part_;
    wait.answer(give_up(wait));
  }
}

}  // namespace geili::media::llhls
