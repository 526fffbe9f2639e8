#pragma once
// Frames to viewers as api/live-events.yaml says (ServerFrame). Pure.

#include <string>
#include <string_view>

#include "base/error.hpp"
#include "live/comment_order.hpp"
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
  // What the snapshot says of the viewer itself.
  struct Beholder {
    Role role = Role::viewer;
    std::string_view name = {};
    bool is_member = false;
  };
  std::string for_viewer(const Beholder& you, Instant now) const;

 private:
  std::string head_;  // up to the value of "now"
  std::string tail_;
};

// A message that its author alone is shown.
std::string own_frame(const Event& message);

// What somebody has ordered in the chat, for its author alone.
struct Wanted {
  CommentOrder order;
  ProductId product;
  std::string refused = {};  // why it is not held, a problem's code; empty: it is
};
std::string wanted_frame(const Wanted& wanted);

// The answer to a command that was refused; `ref` is the command's, or empty.
std::string refused_frame(std::string_view ref, const Error& error);

StateChange states_of(const Snapshot& snapshot);

}  // namespace geili::live
