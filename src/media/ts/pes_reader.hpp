#pragma once
// From the packets of one PID to its track: PES headers are taken off, times unwrapped, and missing
// packets told.

#include <cstddef>
#include <memory>
#include <optional>
#include <vector>

#include "media/ts/clock.hpp"
#include "media/ts/packet.hpp"
#include "media/ts/pes.hpp"
#include "media/ts/track.hpp"

namespace geili::media::ts {

// Single-threaded.
class PesReader {
 public:
  // `clock` is that of the program and outlives the reader.
  PesReader(std::unique_ptr<ElementaryTrack> track, Clock33& clock)
      : track_(std::move(track)), clock_(clock) {}

  // Errors: those of the track.
  Result<void> push(const Packet& packet, std::vector<SourceUnit>& out);
  void gap();
  Result<void> finish(std::vector<SourceUnit>& out) { return track_->finish(out); }

  Continuity& continuity() { return continuity_; }
  const TrackCounts& counts() const { return track_->counts(); }

 private:
  Result<void> take_header(std::vector<SourceUnit>& out);
  PesStart start_of(const PesHeader& header);

  std::unique_ptr<ElementaryTrack> track_;
  Clock33& clock_;
  Continuity continuity_;
  bool is_open_ = false;  // a PES packet has begun
  bool has_header_ = false;
  bool random_access_ = false;
  Bytes header_;  // the beginning of the PES packet until its header is whole
  std::optional<std::size_t> remaining_;
};

}  // namespace geili::media::ts
