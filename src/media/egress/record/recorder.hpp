#pragma once
// Reads a stream and hands its groups of pictures to a recording. Belongs to the media thread.

#include <array>
#include <memory>
#include <optional>
#include <vector>

#include "media/egress/record/fragment_cutter.hpp"
#include "media/recordings.hpp"
#include "media/stream.hpp"
#include "media/track_settler.hpp"

namespace geili::media::record {

class Recorder {
 public:
  // Begins with the group of pictures that the stream holds.
  Recorder(const std::shared_ptr<Stream>& stream, std::unique_ptr<RecordingFeed> feed);
  ~Recorder();
  Recorder(const Recorder&) = delete;
  Recorder& operator=(const Recorder&) = delete;

  bool is_paused() const { return feed_ && feed_->is_paused(); }
  // The stream has ended and everything of it was handed on.
  bool is_over() const { return !feed_; }

 private:
  void drain();
  void take(const StreamItem& item);
  void settle(const UnitPtr& unit);
  void begin(const Beginning& beginning);
  void finish(const Beginning& beginning);
  void close(std::int64_t end_us);
  void pause(const Pause& pause);
  void push(const UnitPtr& unit);
  void hand_on(std::vector<CutFragment> fragments);

  std::unique_ptr<RecordingFeed> feed_;
  TrackSettler settler_;
  std::array<CodecConfigPtr, kTrackCount> configs_;
  std::optional<FragmentCutter> cutter_;
  bool has_paused_ = false;  // and nothing has come since
  std::shared_ptr<Reader> reader_;
};

}  // namespace geili::media::record
