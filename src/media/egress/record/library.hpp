#pragma once
// All recordings of this machine: a folder for each show with its sections, their indexes and the
// clips made of it. Keeps within a quota by giving up the oldest. Belongs to the disk thread.
//
//   <dir>/<show>/s0001.mp4   a section      <dir>/<show>/s0001.idx   its index, once closed
//   <dir>/<show>/clips/2_0_91210.mp4        section, offset and length of what it was made of

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "base/id.hpp"
#include "base/result.hpp"
#include "media/egress/record/disk.hpp"
#include "media/egress/record/recording.hpp"
#include "media/egress/record/section_writer.hpp"
#include "media/recordings.hpp"

namespace geili::media::record {

struct ClipPlan {
  ClipRange range;
  std::string section_path;
  std::string name;
  std::string path;  // where the clip belongs
  bool made = false;
};

class Library {
 public:
  using Told = std::function<void(const RecordingEvent&)>;

  // `clock` and `disk` outlive the library.
  Library(RecordSettings settings, const Clock& clock, Disk& disk, Told told);

  // Looks at what is there: cuts off torn ends, writes missing indexes, removes what is nothing.
  // Throws std::filesystem::filesystem_error when the folder cannot be made or read.
  std::vector<RecordingSummary> open();

  // Writes a fragment of a live show. Errors, after which the recording goes on with a later
  // fragment that decoding can begin at: unavailable "record-quota" (nothing is left to give up),
  // "record-sections", "record-disk", "record-waits" (for such a fragment).
  Result<void> append(ShowId show, const CutFragment& fragment);
  // Nothing more comes for now.
  void close(ShowId show);
  void close_all();

  // Errors: not_found "recording-not-found".
  Result<const Recording*> find(ShowId show);
  Result<RecordingSummary> summary(ShowId show) const;
  Result<std::string> section_path(ShowId show, unsigned number) const;
  // Errors: those of find() and Recording::clip_range(); conflict "recording-live".
  Result<ClipPlan> plan_clip(ShowId show, std::int64_t from_us, std::int64_t to_us);
  // Error: not_found "recording-not-found", also for what is no clip's name.
  Result<std::string> clip_path(ShowId show, const std::string& name) const;
  // Counts a clip that was made, and gives up the oldest of more than clips_max.
  void clip_made(ShowId show, const ClipPlan& plan);

  // False when there is none.
  bool remove(ShowId show, RecordingEvent::Kind why);
  // Removes what is older than the retention.
  void sweep();
  std::uint64_t bytes() const { return bytes_; }

 private:
  struct Entry {
    RecordingSummary summary;
    std::uint64_t clip_bytes = 0;
    unsigned last_section = 0;
    std::unique_ptr<Recording> recording;  // null until somebody asks
    std::uint64_t used_at = 0;             // counts the uses, for forgetting
    std::unique_ptr<SectionWriter> writer;
    bool waits_for_key = false;
    std::int64_t synced_at_us = 0;
  };

  bool take_in(ShowId show);
  void load(ShowId show, Entry& entry);
  void forget_unused();
  bool make_room(std::uint64_t bytes);
  Result<void> write(ShowId show, Entry& entry, const CutFragment& fragment);
  Result<void> open_section(ShowId show, Entry& entry, const CutFragment& fragment);
  void close_section(ShowId show, Entry& entry);
  void tell(const Entry& entry, RecordingEvent::Kind kind) const;
  std::string folder(ShowId show) const;
  std::string section_file(ShowId show, unsigned number) const;

  const RecordSettings settings_;
  const Clock& clock_;
  Disk& disk_;
  const Told told_;
  std::map<ShowId, Entry> entries_;
  std::uint64_t bytes_ = 0;  // of everything below the folder that is counted
  std::uint64_t uses_ = 0;
};

}  // namespace geili::media::record
