#pragma once
// Frames to viewers as api/live-events.yaml says (ServerFrame). Pure.

#include <string>
#include <string_view>

#include "base/error.hpp"
#include "live/events.hpp"

namespace geili::live {

// Appends one Event.
void append_event(std::string& out, const Event& event);
// Appends one State, with the members that are set.
void append_state(std::string& out, const StateChange& change);

// A snapshot frame but for what it says of the viewer itself and of the time, so that many share
// its making.
class SnapshotFrame {
 public:
  explicit SnapshotFrame(const Snapshot& snapshot);
  std::string for_viewer(Role role, std::string_view name, Instant now) const;

 private:
  std::string head_;  // up to the value of "now"
  std::string tail_;
};

// The answer to a command that was refused; `ref` is the command's, or empty.
std::string refused_frame(std::string_view ref, const Error& error);

StateChange states_of(const Snapshot& snapshot);

}  // namespace geili::live
