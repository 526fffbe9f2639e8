#pragma once
// The face of recordings: shows that are kept while they are live, and played again afterwards.
//
// One thread does everything that touches the disk, another makes clips. The functions may be
// called from any thread; awaitables come back on the caller's executor, which outlives the call.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include <boost/asio/awaitable.hpp>

#include "base/clock.hpp"
#include "base/id.hpp"
#include "base/result.hpp"

namespace geili::media {

namespace record {
class Disk;
struct CutFragment;
}  // namespace record

struct RecordSettings {
  std::string dir;
  std::uint64_t quota_bytes = 20'000'000'000;
  std::uint64_t free_bytes_min = 1'000'000'000;  // left free on the disk
  std::int64_t retention_s = 30 * 86'400;        // after a recording's end
  std::size_t queue_bytes_max = 64'000'000;      // waiting for the disk, of all shows
  unsigned sections_max = 1'000;                 // of one recording
  std::size_t clips_max = 24;                    // kept of one recording
  std::size_t clips_waiting_max = 8;
};

struct RecordingSummary {
  ShowId show;
  Instant started_at;
  Instant ended_at;  // of the last frame kept so far
  std::int64_t duration_us = 0;
  std::uint64_t bytes = 0;
  bool live = false;  // is being written
};

struct RecordingEvent {
  enum class Kind : std::uint8_t {
    begun,
    closed,
    removed,  // as remove() was called
    expired,  // too old, or the oldest when there was no room
  } kind = Kind::begun;
  RecordingSummary recording;
};

struct RecordingView {
  RecordingSummary summary;
  std::vector<std::int64_t> offsets_us;  // of the moments asked for, on the recording's timeline
};

struct RecordingClip {
  std::string name;  // for clip_file(): "2_800_91210.mp4"
  std::string path;  // an MP4 file, there until the recording is removed or clips_max is reached
  std::int64_t from_us = 0;
  std::int64_t to_us = 0;
};

struct RecordingFigures {
  std::uint64_t bytes = 0;              // on disk, clips included
  std::size_t queued_bytes = 0;         // waiting for the disk
  std::uint64_t fragments = 0;          // written
  std::uint64_t fragments_dropped = 0;  // the disk was full or too slow
};

// One live show's way to the disk. Used on the media thread.
class RecordingFeed {
 public:
  virtual ~RecordingFeed() = default;  // the recording is closed
  // Takes the fragment, or drops it when the disk is behind; never blocks.
  virtual void push(record::CutFragment fragment) = 0;
  // Whether the newest fragment was dropped.
  virtual bool is_paused() const = 0;
};

class Recordings {
 public:
  using Told = std::function<void(const RecordingEvent&)>;
  static constexpr std::int64_t kClipUsMax = 10 * 60 * std::int64_t{1'000'000};

  // `clock` outlives the recordings, as does `disk`, which tests fill up; null: the real one.
  static std::unique_ptr<Recordings> create(RecordSettings settings, const Clock& clock,
                                            record::Disk* disk = nullptr);
  virtual ~Recordings() = default;

  // Called on the disk thread, must not block. Set before start().
  virtual void on_event(Told told) = 0;
  // Mends what the last run left, returns all that is there and starts the threads. Throws
  // std::filesystem::filesystem_error when the folder cannot be used.
  virtual std::vector<RecordingSummary> start() = 0;
  // Writes what waits, closes the recordings, answers every call that waits.
  virtual void stop() = 0;

  virtual std::unique_ptr<RecordingFeed> feed(ShowId show) = 0;

  // Errors of all: not_found "recording-not-found"; unavailable "stopping".
  virtual boost::asio::awaitable<Result<RecordingView>> view(ShowId show,
                                                             std::vector<Instant> moments) = 0;
  // The VOD playlist of what is there now.
  virtual boost::asio::awaitable<Result<std::shared_ptr<const std::string>>> playlist(
      ShowId show) = 0;
  // The path of a file that the playlist names.
  virtual boost::asio::awaitable<Result<std::string>> section(ShowId show, std::string name) = 0;
  // Without re-encoding: from the key frame at or before `from_us` to the end of the group that
  // holds `to_us`, of one section. 0 <= from_us < to_us <= from_us + kClipUsMax. Further errors:
  // unprocessable "clip-outside", conflict "recording-live", unavailable "clips-waiting",
  // "clip-failed".
  virtual boost::asio::awaitable<Result<RecordingClip>> clip(ShowId show, std::int64_t from_us,
                                                             std::int64_t to_us) = 0;
  // The path of a clip that was made, by its name.
  virtual boost::asio::awaitable<Result<std::string>> clip_file(ShowId show, std::string name) = 0;
  // Removes it with its clips. Error: conflict "recording-live".
  virtual boost::asio::awaitable<Result<void>> remove(ShowId show) = 0;
  // Does not wait: for metrics.
  virtual RecordingFigures figures() const = 0;
};

}  // namespace geili::media
