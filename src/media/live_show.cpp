#include "media/live_show.hpp"

#include <utility>

#include <boost/asio/post.hpp>

namespace geili::media {
namespace {

constexpr std::size_t kCoverReaderUnitsMax = 4'096;
constexpr unsigned kCoverWidthMax = 1'280;
// 2026-01-01T00:00:00Z: media sequence numbers count the seconds since.
constexpr std::int64_t kFirstNumberEpochS = 1'767'225'600;

std::uint64_t first_number(Instant now) {
  const std::int64_t s = now.us / 1'000'000 - kFirstNumberEpochS;
  return s > 0 ? static_cast<std::uint64_t>(s) : 1;
}

StreamLimits limits_of(const EngineSettings& settings) {
  constexpr double kBitsPerByte = 8;
  StreamLimits limits;
  limits.takeover_silence_us = std::int64_t{settings.takeover_silence_ms} * 1'000;
  limits.bytes_per_s_max = static_cast<double>(settings.bitrate_bps_max) / kBitsPerByte;
  limits.frames_per_s_max = settings.frames_per_s_max;
  return limits;
}

std::vector<std::string> names_of(const StreamWarnings& warnings) {
  std::vector<std::string> names;
  if (warnings.b_frames) names.emplace_back("b-frames");
  if (warnings.long_key_interval) names.emplace_back("long-key-interval");
  if (warnings.no_audio) names.emplace_back("no-audio");
  if (warnings.timestamps_jumped) names.emplace_back("timestamps-jumped");
  if (warnings.audio_gaps) names.emplace_back("audio-gaps");
  return names;
}

}  // namespace

std::shared_ptr<LiveShow> LiveShow::create(ShowId show, const Surroundings& around) {
  std::shared_ptr<LiveShow> created(new LiveShow(show, around));
  created->attach();
  return created;
}

LiveShow::LiveShow(ShowId show, const Surroundings& around)
    : around_(around),
      stream_(std::make_shared<Stream>(
          show, around.clock, limits_of(around.settings),
          PictureMaking{&around.pictures, around.io, around.settings.low_rendition,
                        around.settings.reencode_b_frames})),
      channel_(
          std::make_unique<llhls::Channel>(stream_, first_number(around.clock.now()), around.room)),
      stills_(Stills::create(around.covers, around.clock, around.io)),
      slate_(std::make_shared<SlateSource>(stream_, around.clock, around.pictures, around.io)),
      restreams_(around.restreams, stream_) {}

void LiveShow::attach() {
  const auto weak = weak_from_this();
  const auto tell_later = [weak] {
    if (const auto self = weak.lock()) self->tell();
  };
  stream_->on_change([weak] {
    const auto self = weak.lock();
    if (!self) return;
    self->channel_->stream_changed();
    self->tell();
  });
  channel_->on_ready(tell_later);
  auto drain = [weak] {
    if (const auto self = weak.lock()) self->drain_for_cover();
  };
  cover_reader_ = stream_->read(kCoverReaderUnitsMax, std::move(drain), {.slate = false});
}

void LiveShow::drain_for_cover() {
  while (auto item = cover_reader_ ? cover_reader_->pop() : std::nullopt) {
    const UnitPtr* unit = std::get_if<UnitPtr>(&*item);
    if (unit == nullptr || (*unit)->track != Track::video || !(*unit)->keyframe) continue;
    slate_->on_key_frame(*unit);
    stills_->take(*unit);
    const Instant now = around_.clock.now();
    const std::int64_t interval_us = std::int64_t{around_.settings.cover_interval_s} * 1'000'000;
    if (cover_at_.us != 0 && (now - cover_at_).count() < interval_us) continue;
    auto made = [weak = weak_from_this(), io = around_.io](Result<std::string> jpeg) {
      auto shared = jpeg ? std::make_shared<const std::string>(std::move(*jpeg)) : nullptr;
      boost::asio::post(*io, [weak, shared] {
        if (const auto self = weak.lock()) self->use_cover(shared);
      });
    };
    if (around_.covers.submit(*unit, kCoverWidthMax, std::move(made))) cover_at_ = now;
  }
}

// Null when the picture could not be made: the next key frame is tried.
void LiveShow::use_cover(const std::shared_ptr<const std::string>& jpeg) {
  if (jpeg)
    cover_ = jpeg;
  else
    cover_at_ = {};
}

void LiveShow::tell() {
  if (around_.told) around_.told(status());
}

Result<HlsBody> LiveShow::cover() const {
  if (!cover_)
    return fail(ErrorKind::not_found, "no-cover", "There is no picture of this show yet.");
  constexpr unsigned kCacheS = 30;
  return HlsBody{cover_, "image/jpeg", kCacheS};
}

StreamStatus LiveShow::status() const {
  StreamStatus status;
  status.show = stream_->show();
  status.state = stream_->state();
  status.playable = channel_->is_playable();
  status.reason = stream_->reason();
  if (const CodecConfigPtr& video = stream_->config(Track::video)) {
    status.video = {video->rfc6381, video->width, video->height};
  }
  if (const CodecConfigPtr& audio = stream_->config(Track::audio)) {
    status.audio = {audio->rfc6381, audio->sample_rate_hz, audio->channels};
  }
  status.recording = recorder_ && !recorder_->is_over();
  status.warnings = warnings();
  return status;
}

std::vector<std::string> LiveShow::warnings() const {
  std::vector<std::string> names = names_of(stream_->warnings());
  if (is_recording_paused()) names.emplace_back("recording-paused");
  return names;
}

void LiveShow::record(Recordings& recordings) {
  if (recorder_ || stream_->state() == StreamState::ended) return;
  recorder_ = std::make_unique<record::Recorder>(stream_, recordings.feed(stream_->show()));
  tell();
}

StreamStats LiveShow::stats() {
  constexpr double kBitsPerByte = 8;
  const Instant now = around_.clock.now();
  const StreamFigures& figures = stream_->figures();
  StreamStats stats;
  stats.state = stream_->state();
  stats.reason = stream_->reason();
  stats.bitrate_bps = static_cast<std::uint64_t>(figures.bytes.per_s(now) * kBitsPerByte);
  stats.frames_per_s = figures.pictures.per_s(now);
  stats.key_interval_s = static_cast<double>(figures.key_interval_us) / 1e6;
  if (const CodecConfigPtr& video = stream_->config(Track::video)) {
    stats.width = video->width;
    stats.height = video->height;
  }
  stats.frames = figures.frames;
  stats.units_dropped = stream_->units_dropped();
  stats.silent_frames = figures.silent_frames;
  stats.timestamp_jumps = figures.timestamp_jumps;
  stats.publications = figures.publications;
  stats.viewers = channel_->viewers();
  stats.parts = channel_->window().parts_count();
  stats.warnings = warnings();
  return stats;
}

bool LiveShow::tick(llhls::SteadyTime now) {
  channel_->expire(now);
  slate_->tick();
  restreams_.tick(now);
  if (told_paused_ != is_recording_paused()) {
    told_paused_ = !told_paused_;
    tell();
  }
  if (stream_->state() == StreamState::live) return false;
  const std::int64_t age_s = (around_.clock.now() - stream_->since()).count() / 1'000'000;
  if (stream_->state() == StreamState::ended) return age_s >= around_.settings.ended_s_max;
  if (age_s >= around_.settings.away_s_max) stream_->end();
  return false;
}

}  // namespace geili::media
