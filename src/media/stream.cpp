#include "media/stream.hpp"

#include <algorithm>
#include <utility>

#include "media/aac/audio_specific_config.hpp"
#include "media/opus/packet.hpp"

namespace geili::media {
namespace {

// An audio-only publisher is believed to be one after so much sound without a picture.
constexpr std::int64_t kAudioOnlyAfterUs = 2'000'000;
constexpr std::int64_t kNoAudioAfterUs = 5'000'000;
constexpr std::int64_t kLongKeyIntervalUs = 4'000'000;
constexpr unsigned kSilentFramesAtOnceMax = 512;
// Sound that stays away longer than this while pictures come is replaced up to half of it: players
// stand still when one of two tracks ends.
constexpr std::int64_t kAudioLateUs = 1'000'000;
constexpr std::uint64_t kSilentFramesToWarn = 25;  // about half a second
// A camera that comes back within it was never seen to be gone. The slate's first part has to be
// there before LL-HLS answers a waiting reload without one (HlsLimits::reload_wait_ms_max).
constexpr std::int64_t kQuietUs = 500'000;
constexpr std::int64_t kShortestUs = 1'000;

bool is_same(const CodecConfigPtr& a, const CodecConfigPtr& b) {
  if (a == b) return true;
  return a && b && a->codec == b->codec && a->record == b->record &&
         a->samples_per_frame == b->samples_per_frame;
}

// None when the codec has no silence of this layout.
std::optional<Bytes> silent_frame(const CodecConfig& config) {
  if (config.codec == Codec::opus) {
    return opus::silent_packet(config.channels, config.samples_per_frame);
  }
  return aac::silent_frame(config.channels);
}

}  // namespace

void Publication::push(SourceUnit unit) {
  if (stream_->figures_.publications == number_ && stream_->state_ == StreamState::live) {
    stream_->accept(std::move(unit));
  }
}

void Publication::end(std::string_view reason) {
  if (stream_->figures_.publications == number_ && stream_->state_ == StreamState::live) {
    stream_->cut_ = nullptr;
    stream_->leave(reason, StreamState::away);
  }
}

void Publication::on_key_wanted(std::function<void(Layer)> wanted) {
  if (stream_->figures_.publications == number_) stream_->key_wanted_ = std::move(wanted);
}

Result<std::unique_ptr<Publication>> Stream::publish(std::function<void()> cut, Takeover takeover) {
  const Instant now = clock_.now();
  if (state_ == StreamState::ended) {
    return fail(ErrorKind::gone, "show-ended", "The show has ended.");
  }
  if (state_ == StreamState::live) {
    const bool is_silent = (now - last_arrival_).count() >= limits_.takeover_silence_us;
    if (!is_silent && takeover != Takeover::at_once) {
      return fail(ErrorKind::conflict, "already-live", "Another encoder is live on this show.");
    }
    const auto replaced = std::exchange(cut_, nullptr);
    leave("replaced", StreamState::away);
    if (replaced) replaced();
  }
  cut_ = std::move(cut);
  key_wanted_ = nullptr;
  state_ = StreamState::live;
  since_ = now;
  last_arrival_ = now;
  reason_.clear();
  started_ = false;
  saw_video_ = false;
  first_audio_us_.reset();
  ++figures_.publications;
  changed();
  return std::make_unique<Publication>(shared_from_this(), figures_.publications);
}

std::shared_ptr<Reader> Stream::read(std::size_t units_max, std::function<void()> wake,
                                     const Wanted& wanted) {
  std::optional<Pause> paused;
  const bool goes_on = started_ || slate_;
  if (!goes_on && end_us_) paused = Pause{state_, *end_us_};
  return distributor_.add(units_max, std::move(wake), wanted, paused);
}

void Stream::end() {
  if (state_ == StreamState::ended) return;
  const auto cut = std::exchange(cut_, nullptr);
  leave("ended", StreamState::ended);
  if (cut) cut();
}

void Stream::leave(std::string_view reason, StreamState state) {
  if (started_) end_us_ = close_tracks();
  state_ = state;
  since_ = clock_.now();
  reason_ = reason;
  low_waits_for_key_ = true;
  // A publisher that sent nothing leaves its viewers with what they had.
  if (started_ || state == StreamState::ended) {
    if (slate_) end_slate();
    distributor_.pause({state, end_us_.value_or(0)});
  }
  started_ = false;
  changed();
}

// Sound is filled up to the picture's end or past it, so that both tracks go on at one moment.
std::int64_t Stream::close_tracks() {
  const std::int64_t video_end_us = timeline_.end_us(Track::video).value_or(0);
  if (!pacer_ || !pacer_->end_us()) return video_end_us;
  const CodecConfigPtr& audio = config(Track::audio);
  const std::int64_t frame_us = us_of(audio->samples_per_frame, audio->sample_rate_hz);
  const std::int64_t missing_us = video_end_us - *pacer_->end_us();
  if (missing_us > 0) push_silence(static_cast<unsigned>((missing_us + frame_us - 1) / frame_us));
  return std::max(video_end_us, *pacer_->end_us());
}

bool Stream::may_start(const SourceUnit& in) {
  if (in.track == Track::video) return in.keyframe;
  if (saw_video_) return false;
  if (!first_audio_us_) first_audio_us_ = in.dts_us;
  return in.dts_us - *first_audio_us_ >= kAudioOnlyAfterUs;
}

void Stream::accept(SourceUnit in) {
  const Instant now = clock_.now();
  last_arrival_ = now;
  figures_.bytes.add(now, in.payload->size());
  const bool is_low = in.layer == Layer::low;
  if (in.track == Track::video && !is_low) {
    saw_video_ = true;
    figures_.pictures.add(now, 1);
  }
  if (exceeds_limits(now)) return;
  if (is_low) return place_low(std::move(in));
  if (!started_) {
    if (!may_start(in)) return;
    if (slate_) end_slate();
    started_ = true;
    // The one before may have been told not to send them.
    warnings_.b_frames = false;
    publication_start_us_ = end_us_.value_or(now.us);
    wall_offset_us_ = now.us - publication_start_us_;
    last_key_us_ = 0;
    timeline_.begin_publication(publication_start_us_);
    if (pacer_) pacer_->restart();
  }
  set_config(in.track, in.config);
  if (in.track == Track::video) {
    place_video(std::move(in));
  } else {
    place_audio(std::move(in));
  }
}

bool Stream::exceeds_limits(Instant now) {
  const bool bytes = figures_.bytes.per_s(now) > limits_.bytes_per_s_max;
  if (!bytes && figures_.pictures.per_s(now) <= limits_.frames_per_s_max) return false;
  figures_.bytes.forget();
  figures_.pictures.forget();
  const auto cut = std::exchange(cut_, nullptr);
  leave(bytes ? "bitrate-max" : "frame-rate-max", StreamState::away);
  if (cut) cut();
  return true;
}

void Stream::set_config(Track track, const CodecConfigPtr& config) {
  CodecConfigPtr& current = configs_[index_of(track)];
  if (is_same(current, config)) return;
  current = config;
  if (track == Track::audio) {
    const auto at_us = pacer_ ? pacer_->end_us() : std::nullopt;
    pacer_.emplace(config->sample_rate_hz, config->samples_per_frame);
    if (at_us) pacer_->skip_to(*at_us);
  }
  changed();
}

void Stream::restamped(std::int64_t dts_us) {
  ++figures_.timestamp_jumps;
  wall_offset_us_ = clock_.now().us - dts_us;
  if (!std::exchange(warnings_.timestamps_jumped, true)) changed();
}

void Stream::place_video(SourceUnit in) {
  const Timeline::Placed placed = timeline_.place(Track::video, in.dts_us);
  if (placed.jumped) restamped(placed.dts_us);
  Unit unit;
  unit.track = Track::video;
  unit.keyframe = in.keyframe;
  unit.dts_us = placed.dts_us;
  unit.pts_us = placed.dts_us + in.composition_us;
  unit.payload = std::move(in.payload);
  ++figures_.frames;
  emit(std::move(unit));
  fill_late_audio(placed.dts_us);
}

void Stream::place_low(SourceUnit in) {
  const auto dts_us = timeline_.place_low(in.dts_us);
  low_waits_for_key_ = !dts_us || (low_waits_for_key_ && !in.keyframe);
  if (low_waits_for_key_) return;
  if (!is_same(low_config_, in.config)) low_config_ = in.config;
  auto unit = std::make_shared<Unit>();
  unit->layer = Layer::low;
  unit->keyframe = in.keyframe;
  unit->dts_us = *dts_us;
  unit->pts_us = *dts_us + in.composition_us;
  unit->captured = {unit->pts_us + wall_offset_us_};
  unit->publication = figures_.publications;
  unit->config = low_config_;
  unit->payload = std::move(in.payload);
  distributor_.push(std::move(unit));
}

void Stream::fill_late_audio(std::int64_t video_us) {
  const auto end_us = pacer_ ? pacer_->end_us() : std::nullopt;
  if (!end_us || video_us - *end_us < kAudioLateUs) return;
  const CodecConfigPtr& audio = config(Track::audio);
  const std::int64_t frame_us = us_of(audio->samples_per_frame, audio->sample_rate_hz);
  push_silence(static_cast<unsigned>((video_us - *end_us - kAudioLateUs / 2) / frame_us));
}

void Stream::place_audio(SourceUnit in) {
  const Timeline::Placed placed = timeline_.place(Track::audio, in.dts_us);
  if (placed.jumped) restamped(placed.dts_us);
  // Sound from before the picture's start has nothing to belong to.
  if (placed.dts_us < publication_start_us_ && !pacer_->end_us()) return;
  const AudioPacer::Plan plan = pacer_->plan(placed.dts_us);
  if (plan.drop) return;
  if (plan.missing_frames > 0) {
    if (!push_silence(plan.missing_frames)) pacer_->skip_to(placed.dts_us);
  }
  Unit unit;
  unit.track = Track::audio;
  unit.keyframe = true;
  unit.dts_us = unit.pts_us = pacer_->next_us();
  unit.payload = std::move(in.payload);
  emit(std::move(unit));
}

bool Stream::push_silence(unsigned frames) {
  const CodecConfigPtr& audio = config(Track::audio);
  const auto frame = silent_frame(*audio);
  if (!frame) return false;
  const auto payload = std::make_shared<const Bytes>(*frame);
  for (unsigned i = 0; i < std::min(frames, kSilentFramesAtOnceMax); ++i) {
    Unit unit;
    unit.track = Track::audio;
    unit.keyframe = true;
    unit.dts_us = unit.pts_us = pacer_->next_us();
    unit.payload = payload;
    unit.slate = slate_.has_value();
    if (!unit.slate) ++figures_.silent_frames;
    emit(std::move(unit));
  }
  if (figures_.silent_frames > kSilentFramesToWarn && !std::exchange(warnings_.audio_gaps, true)) {
    changed();
  }
  return true;
}

void Stream::emit(Unit unit) {
  unit.captured = {unit.pts_us + wall_offset_us_};
  unit.publication = figures_.publications;
  if (!unit.config) unit.config = config(unit.track);
  if (!unit.slate) watch(unit);
  distributor_.push(std::make_shared<const Unit>(std::move(unit)));
}

void Stream::watch(const Unit& unit) {
  const StreamWarnings before = warnings_;
  if (unit.track == Track::video) {
    warnings_.b_frames = warnings_.b_frames || unit.pts_us != unit.dts_us || unit.config->reorders;
    if (unit.keyframe) {
      if (last_key_us_ != 0) figures_.key_interval_us = unit.dts_us - last_key_us_;
      last_key_us_ = unit.dts_us;
    }
    warnings_.long_key_interval = figures_.key_interval_us > kLongKeyIntervalUs ||
                                  unit.dts_us - last_key_us_ > kLongKeyIntervalUs;
    warnings_.no_audio =
        !config(Track::audio) && unit.dts_us - publication_start_us_ > kNoAudioAfterUs;
  } else {
    warnings_.no_audio = false;
  }
  if (warnings_ != before) changed();
}

bool Stream::is_quiet() const {
  if (slate_) return true;
  const bool was_shown = end_us_ && !started_ && state_ != StreamState::ended;
  return was_shown && (clock_.now() - last_arrival_).count() >= kQuietUs;
}

void Stream::push_slate(SourceUnit picture) {
  if (!is_quiet()) return;
  const Instant now = clock_.now();
  if (!slate_) {
    slate_ = SlateRun{.start_us = *end_us_, .began = now, .picture_us = *end_us_};
    wall_offset_us_ = now.us - *end_us_;
    timeline_.begin_publication(*end_us_);
  }
  Unit unit;
  unit.track = Track::video;
  unit.keyframe = picture.keyframe;
  unit.dts_us = unit.pts_us = timeline_.place(Track::video, picture.dts_us).dts_us;
  unit.config = std::move(picture.config);
  unit.payload = std::move(picture.payload);
  unit.slate = true;
  slate_->picture_us = unit.dts_us;
  emit(std::move(unit));
}

void Stream::push_slate_silence() {
  if (slate_) push_slate_silence(slate_->at(clock_.now()), false);
}

// Whole frames up to `until_us`, or up to the first that ends behind it.
void Stream::push_slate_silence(std::int64_t until_us, bool is_beyond) {
  if (!pacer_ || !pacer_->end_us()) return;
  const CodecConfigPtr& audio = config(Track::audio);
  const std::int64_t ticks = ticks_of(until_us - slate_->start_us, audio->sample_rate_hz);
  const std::int64_t frame = audio->samples_per_frame;
  const std::int64_t frames = (ticks + (is_beyond ? frame - 1 : 0)) / frame;
  if (frames <= slate_->silent_frames) return;
  if (push_silence(static_cast<unsigned>(frames - slate_->silent_frames))) {
    slate_->silent_frames = frames;
  }
}

void Stream::stop_slate() {
  if (!slate_) return;
  end_slate();
  distributor_.pause({state_, *end_us_});
}

// What follows begins now, though the last picture was to be shown for longer. The slate lasts
// whole frames of sound, so that without it, as in a recording, there is no seam in the sound.
void Stream::end_slate() {
  const std::int64_t least_us =
      std::max(slate_->at(clock_.now()), slate_->picture_us + kShortestUs);
  push_slate_silence(least_us, true);
  distributor_.end_slate();
  end_us_ = least_us;
  if (slate_->silent_frames > 0) {
    const CodecConfigPtr& audio = config(Track::audio);
    end_us_ = slate_->start_us +
              us_of(slate_->silent_frames * audio->samples_per_frame, audio->sample_rate_hz);
  }
  slate_.reset();
}

}  // namespace geili::media
