#pragma once
// A live stream: one publisher at a time comes in, any number of readers go out, and it outlives
// its publishers. Everything here belongs to the stream's media thread; other threads post to it.

#include <array>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "base/id.hpp"
#include "base/result.hpp"
#include "media/audio_pacer.hpp"
#include "media/distributor.hpp"
#include "media/group_cache.hpp"
#include "media/rate_meter.hpp"
#include "media/reader.hpp"
#include "media/stream_item.hpp"
#include "media/ticks.hpp"
#include "media/timeline.hpp"
#include "media/unit.hpp"

namespace geili::media {

class Stream;

// A publisher's hold on a stream; letting go of it is the publisher's leaving.
class Publication {
 public:
  Publication(std::shared_ptr<Stream> stream, std::uint32_t number)
      : stream_(std::move(stream)), number_(number) {}
  ~Publication() { end("disconnected"); }
  Publication(const Publication&) = delete;
  Publication& operator=(const Publication&) = delete;

  // Ignored once the publication is over.
  void push(SourceUnit unit);
  // `reason` is kept for the stream's status. Later calls do nothing.
  void end(std::string_view reason);
  // `wanted` is called when a viewer needs a key frame, perhaps often.
  void on_key_wanted(std::function<void(Layer)> wanted);

 private:
  std::shared_ptr<Stream> stream_;
  std::uint32_t number_;
};

// When a second publisher replaces the first.
enum class Takeover : std::uint8_t {
  when_silent,  // after takeover_silence_us without a unit
  at_once,
};

struct StreamLimits {
  std::int64_t takeover_silence_us = 2'000'000;
  double bytes_per_s_max = 2'500'000;
  double frames_per_s_max = 150;
  GroupLimits group;
};

struct StreamWarnings {
  bool b_frames = false;
  bool long_key_interval = false;
  bool no_audio = false;
  bool timestamps_jumped = false;
  bool audio_gaps = false;
  friend bool operator==(const StreamWarnings&, const StreamWarnings&) = default;
};

struct StreamFigures {
  std::uint64_t frames = 0;
  std::uint64_t silent_frames = 0;
  std::uint64_t timestamp_jumps = 0;
  std::uint32_t publications = 0;
  std::int64_t key_interval_us = 0;
  RateMeter bytes;
  RateMeter pictures;
};

class Stream : public std::enable_shared_from_this<Stream> {
 public:
  // `clock` outlives the stream.
  Stream(ShowId show, const Clock& clock, StreamLimits limits, PictureMaking making = {})
      : show_(show),
        clock_(clock),
        limits_(limits),
        since_(clock.now()),
        distributor_(limits.group, std::move(making)) {}

  ShowId show() const { return show_; }
  StreamState state() const { return state_; }
  const std::string& reason() const { return reason_; }
  const StreamWarnings& warnings() const { return warnings_; }
  const StreamFigures& figures() const { return figures_; }
  // Null while there is no such track.
  const CodecConfigPtr& config(Track track) const { return configs_[index_of(track)]; }
  // When the state last changed.
  Instant since() const { return since_; }

  // `cut` is called at most once, when another publisher takes over or the stream ends; it must not
  // call back. Errors: conflict "already-live", gone "show-ended".
  Result<std::unique_ptr<Publication>> publish(std::function<void()> cut,
                                               Takeover takeover = Takeover::when_silent);
  // Of the picture that is made here, or else of the publisher, where its protocol can.
  void want_key_frame(Layer layer = Layer::source) {
    if (!distributor_.make_key_frame(layer) && key_wanted_) key_wanted_(layer);
  }
  // Starts with the cached group of pictures of each layer. `wake` is called after each item that
  // comes in.
  std::shared_ptr<Reader> read(std::size_t units_max, std::function<void()> wake,
                               const Wanted& wanted = {});
  // Called after state, configuration or warnings changed.
  void on_change(std::function<void()> changed) { changed_ = std::move(changed); }
  void end();
  // By the readers there are now.
  std::uint64_t units_dropped() { return distributor_.units_dropped(); }
  // What is transcoded for readers, and what has been.
  const PictureMaking& making() const { return distributor_.making(); }
  video::RenditionFigures made() const { return distributor_.figures(); }
  bool is_settled() const { return distributor_.is_settled(); }

  // Nobody publishes for half a second or more, or a slate is shown.
  bool is_quiet() const;
  bool is_watched() const { return distributor_.is_watched(); }
  // A picture of the slate, in the publisher's codec and by a clock of its own that runs while the
  // slate is shown. Not while a publisher sends.
  void push_slate(SourceUnit picture);
  // Silence up to now, beside the slate.
  void push_slate_silence();
  // Nobody watches it any more.
  void stop_slate();

 private:
  friend class Publication;
  void accept(SourceUnit in);
  // Cuts a publisher that sends too much.
  bool exceeds_limits(Instant now);
  bool may_start(const SourceUnit& in);
  void place_video(SourceUnit in);
  void place_low(SourceUnit in);
  void place_audio(SourceUnit in);
  // False when there is no silence for this channel layout.
  bool push_silence(unsigned frames);
  void fill_late_audio(std::int64_t video_us);
  void emit(Unit unit);
  std::int64_t close_tracks();
  void push_slate_silence(std::int64_t until_us, bool is_beyond);
  void end_slate();
  void leave(std::string_view reason, StreamState state);
  void set_config(Track track, const CodecConfigPtr& config);
  void restamped(std::int64_t dts_us);
  void watch(const Unit& unit);
  void changed() const {
    if (changed_) changed_();
  }

  const ShowId show_;
  const Clock& clock_;
  const StreamLimits limits_;
  StreamState state_ = StreamState::away;
  std::string reason_;
  Instant since_;
  StreamWarnings warnings_;
  StreamFigures figures_;
  std::function<void()> changed_;
  std::function<void()> cut_;
  std::function<void(Layer)> key_wanted_;
  std::array<CodecConfigPtr, kTrackCount> configs_;
  CodecConfigPtr low_config_;
  Timeline timeline_;
  std::optional<AudioPacer> pacer_;
  std::optional<std::int64_t> end_us_;  // of what was sent so far
  std::int64_t wall_offset_us_ = 0;     // UTC minus stream time
  Instant last_arrival_;
  bool started_ = false;                        // this publication's first unit was sent
  bool saw_video_ = false;                      // of this publication
  std::optional<std::int64_t> first_audio_us_;  // source time, while it waits for video
  std::int64_t publication_start_us_ = 0;
  std::int64_t last_key_us_ = 0;
  struct SlateRun {
    std::int64_t start_us;  // stream time
    Instant began;
    std::int64_t picture_us;  // of the last picture, stream time
    std::int64_t silent_frames = 0;
    std::int64_t at(Instant now) const { return start_us + (now - began).count(); }
  };
  std::optional<SlateRun> slate_;
  Distributor distributor_;
  bool low_waits_for_key_ = true;
};

}  // namespace geili::media
