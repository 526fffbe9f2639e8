#pragma once
// Both directions of a bad link and the flows that share it, on one thread: what one of them sends
// uses up the rate of the others, as behind one phone's antenna.

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <unordered_map>

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>

#include "base/clock.hpp"
#include "media/testing/impairment/line.hpp"
#include "media/transport_address.hpp"

namespace geili::media::testing {

enum class Direction : std::uint8_t { up, down };  // from who connects, and back
inline constexpr std::array kDirections{Direction::up, Direction::down};

// Datagrams are lost, streams stall.
enum class Cut : std::uint8_t { none, all, udp, tcp };

struct LinkSettings {
  LineSettings up;
  LineSettings down;
  Cut cut = Cut::none;

  friend bool operator==(const LinkSettings&, const LinkSettings&) = default;
};

// Single-threaded: all on the thread that runs `io`.
class Link {
 public:
  // What sends by the link.
  class Flow {
   public:
    virtual ~Flow() = default;
    virtual void deliver(Direction direction, Parcel parcel) = 0;
    // There may be room again, or the cut be over.
    virtual void resume() = 0;
  };

  // `io` outlives the link.
  Link(boost::asio::io_context& io, std::uint64_t seed, const LinkSettings& settings);

  void set(const LinkSettings& settings);
  LinkSettings settings() const;
  bool is_cut(Transport transport) const;
  const LineFigures& figures(Direction direction) const { return way(direction).line.figures(); }
  std::chrono::microseconds round_trip() const;
  Instant now() const { return clock_.now(); }

  // A flow's number, good until leave(); what is under way for it is then dropped.
  std::uint64_t join(Flow& flow);
  void leave(std::uint64_t number) { flows_.erase(number); }

  void send(Direction direction, Parcel datagram);
  void send_stream(Direction direction, Parcel segment, Line::StreamPlace& place);
  bool is_full(Direction direction) const { return way(direction).line.is_full(now()); }

 private:
  struct Way {
    Way(boost::asio::io_context& io, std::uint64_t seed, const LineSettings& settings)
        : line(seed, settings), timer(io) {}
    Line line;
    boost::asio::steady_timer timer;
    std::optional<Instant> armed_for;
  };
  Way& way(Direction direction) { return direction == Direction::up ? up_ : down_; }
  const Way& way(Direction direction) const { return direction == Direction::up ? up_ : down_; }
  void arm(Direction direction);
  void deliver(Direction direction);
  void resume_all();

  SystemClock clock_;
  Way up_;
  Way down_;
  Cut cut_ = Cut::none;
  std::unordered_map<std::uint64_t, Flow*> flows_;
  std::uint64_t next_number_ = 1;
};

}  // namespace geili::media::testing
