#include "media/egress/llhls/media_list.hpp"

#include <utility>

namespace geili::media::llhls {
namespace {

constexpr const char* kSegmentType = "video/mp4";
constexpr unsigned kBlockedPlaylistCacheS = 4;
constexpr unsigned kMediaCacheS = 60;
// How far ahead a playlist may be asked for (RFC 8216bis section 6.2.5.2).
constexpr std::uint64_t kSegmentsAheadMax = 2;
constexpr std::size_t kPartsAheadMax = 3;
constexpr double kViewerSmoothing = 0.2;

std::unexpected<Error> no_such_file() {
  return fail(ErrorKind::not_found, "hls-name", "There is no such part of this stream.");
}

}  // namespace

MediaList::~MediaList() {
  for (Wait& wait : std::exchange(waiting_, {})) {
    --room_.waiting;
    wait.answer(fail(ErrorKind::unavailable, "stopping", "The server is stopping."));
  }
}

void MediaList::show(const Window* window) {
  window_ = window;
  parts_ = window != nullptr ? window->parts_count() : 0;
  changed();
}

void MediaList::changed() {
  full_.reset();
  delta_.reset();
  answer_waiting();
  if (window_ == nullptr || window_->parts_count() == parts_) return;
  const std::uint64_t added =
      window_->parts_count() - std::exchange(parts_, window_->parts_count());
  const double answered = static_cast<double>(answered_since_part_) / static_cast<double>(added);
  viewers_ += (answered - viewers_) * kViewerSmoothing;
  answered_since_part_ = 0;
}

void MediaList::playlist(const PlaylistQuery& query, Answer answer) {
  Wait wait;
  wait.is_playlist = true;
  wait.skip = query.skip;
  wait.answer = std::move(answer);
  if (query.segment) {
    if (is_ready()) {
      const std::uint64_t last = window_->next_segment() - 1;
      const bool is_absurd = *query.segment > last + kSegmentsAheadMax ||
                             (*query.segment == last + 1 &&
                              query.part.value_or(0) > window_->next_part() + kPartsAheadMax);
      if (is_absurd) {
        return wait.answer(fail(ErrorKind::invalid, "hls-query", "That part is too far ahead."));
      }
    }
    wait.part = {FileName::Kind::part, layer_, *query.segment, query.part.value_or(0)};
    wait.whole_segment = !query.part;
  }
  if (!try_answer(wait)) wait_for(std::move(wait));
}

void MediaList::when_ready(std::function<Result<HlsBody>()> render, Answer answer) {
  Wait wait;
  wait.is_playlist = true;
  wait.render = std::move(render);
  wait.answer = std::move(answer);
  if (!try_answer(wait)) wait_for(std::move(wait));
}

void MediaList::file(const FileName& name, const Answer& answer) {
  if (window_ == nullptr) return answer(no_such_file());
  if (name.kind == FileName::Kind::init) return give_file(window_->init(name.number), answer);
  const Segment* segment = window_->find(name.number);
  if (name.kind == FileName::Kind::segment) {
    return give_file(segment ? segment->body : nullptr, answer);
  }
  if (segment != nullptr && name.part < segment->parts.size()) {
    return give_file(segment->parts[name.part].body, answer);
  }
  const bool is_hinted = name.number == window_->next_segment() &&
                         name.part == window_->next_part() && !window_->is_ended();
  if (!is_hinted) return answer(no_such_file());
  Wait wait;
  wait.part = name;
  wait.answer = answer;
  wait_for(std::move(wait));
}

void MediaList::give_file(const SharedBytes& body, const Answer& answer) {
  if (!body || body->empty()) return answer(no_such_file());
  ++room_.answers;
  answer(HlsBody{body, kSegmentType, kMediaCacheS});
}

void MediaList::wait_for(Wait wait) {
  if (room_.waiting >= room_.limits.waiting_max) {
    return wait.answer(fail(ErrorKind::unavailable, "hls-waiting", "Too many requests wait."));
  }
  ++room_.waiting;
  const bool is_reload = wait.is_playlist && is_ready();
  wait.until = std::chrono::steady_clock::now() +
               std::chrono::milliseconds(is_reload ? room_.limits.reload_wait_ms_max
                                                   : room_.limits.wait_ms_max);
  waiting_.push_back(std::move(wait));
}

void MediaList::answer_waiting() {
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

bool MediaList::has(const Wait& wait) const {
  if (window_->is_ended() || wait.part.number == 0) return true;
  if (wait.part.number < window_->next_segment()) {
    const Segment* segment = window_->find(wait.part.number);
    // A part behind a segment's last one is the first of the next segment.
    const bool is_past = segment != nullptr && wait.part.part >= segment->parts.size();
    return wait.whole_segment || !is_past || wait.part.number + 1 < window_->next_segment() ||
           window_->next_part() > 0;
  }
  if (wait.part.number > window_->next_segment()) return false;
  return !wait.whole_segment && wait.part.part < window_->next_part();
}

bool MediaList::try_answer(const Wait& wait) {
  if (!wait.is_playlist) {
    const Segment* segment = window_ != nullptr ? window_->find(wait.part.number) : nullptr;
    if (segment != nullptr && wait.part.part < segment->parts.size()) {
      give_file(segment->parts[wait.part.part].body, wait.answer);
      return true;
    }
    const bool will_not_come =
        window_ == nullptr || is_ended() || window_->next_segment() > wait.part.number;
    if (will_not_come) wait.answer(no_such_file());
    return will_not_come;
  }
  if (!is_ready()) {
    if (!is_ended()) return false;
    wait.answer(fail(ErrorKind::not_found, "not-live", "This stream has ended."));
    return true;
  }
  if (!has(wait)) return false;
  ++answered_since_part_;
  ++room_.answers;
  const unsigned cache_s = wait.part.number == 0 ? 0 : kBlockedPlaylistCacheS;
  wait.answer(wait.render ? wait.render() : media_playlist(wait.skip, cache_s));
  return true;
}

Result<HlsBody> MediaList::media_playlist(bool skip, unsigned cache_s) {
  auto& rendered = skip ? delta_ : full_;
  if (!rendered) {
    rendered = std::make_shared<const std::string>(render_media(*window_, layer_, skip, other_()));
  }
  return HlsBody{rendered, kPlaylistType, cache_s};
}

Result<HlsBody> MediaList::give_up(const Wait& wait) {
  if (!wait.is_playlist) return no_such_file();
  if (is_ready()) return media_playlist(wait.skip, 0);
  return fail(ErrorKind::unavailable, "not-ready", "The first seconds are still being recorded.");
}

void MediaList::expire(SteadyTime now) {
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
