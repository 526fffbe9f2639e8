#pragma once
// Where a viewer's frames go: api/ wraps a WebSocket in it.

#include <cstdint>
#include <memory>
#include <string>

namespace geili::live {

// A frame as it goes onto the wire, shared by all who receive it.
using Frame = std::shared_ptr<const std::string>;

enum class CloseReason : std::uint8_t {
  too_slow,   // the sink refused a frame: come back with since=seq
  ended,      // the room was closed
  not_found,  // no such room is open
  room_full,  // the room's limit of viewers is reached
};

class Audience;

// Called on the executor that the viewer joined with, and nowhere else. Inside offer() and close()
// it may call Hub::leave for itself.
class ViewerSink {
 public:
  virtual ~ViewerSink() = default;
  ViewerSink() = default;
  ViewerSink(const ViewerSink&) = delete;
  ViewerSink& operator=(const ViewerSink&) = delete;

  // Takes the frame, or refuses it because too much waits already. Never blocks.
  virtual bool offer(const Frame& frame) = 0;
  // The last call: the viewer is out of the room.
  virtual void close(CloseReason reason) = 0;

 private:
  friend class Audience;
  friend class Hub;
  enum class Stage : std::uint8_t { outside, joining, watching, left };

  Audience* audience_ = nullptr;  // valid while watching
  std::uint32_t slot_ = 0;        // the place in it
  Stage stage_ = Stage::outside;
};

}  // namespace geili::live
