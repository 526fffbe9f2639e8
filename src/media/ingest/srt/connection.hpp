#pragma once
// One SRT caller that was let in: its messages become units, as soon as the gate knows its key.
// Belongs to SRT's thread.

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "media/ingest/srt/seat.hpp"
#include "media/ingest/srt/socket.hpp"
#include "media/ts/demuxer.hpp"

namespace geili::media::srt {

using SteadyTime = std::chrono::steady_clock::time_point;

class Connection {
 public:
  enum class State : std::uint8_t {
    waiting,  // for the gate
    live,
    draining,  // broken, while what had come is still read in its time
    refused,   // open only for the caller to come to the end of its handshake
    over,
  };

  // Asks the gate. `seat` is the connection's own. `household`: the caller's, as household_of().
  Connection(Socket socket, std::string key, std::string household, std::shared_ptr<Seat> seat,
             const SrtSettings& settings, SteadyTime now);
  ~Connection() { close("stopping"); }
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  State state() const { return state_; }
  const Socket& socket() const { return socket_; }
  const std::string& key() const { return key_; }
  const std::string& household() const { return household_; }
  // Its key is not known to be good.
  bool is_stranger() const { return state_ == State::waiting || state_ == State::refused; }
  SteadyTime since() const { return since_; }
  // Closed for what it did or for what it was.
  bool was_refused() const { return was_refused_; }

  void admitted(SteadyTime now);
  // Reads what there is.
  void read(SteadyTime now);
  // The time-outs, and the figures.
  void tick(SteadyTime now);
  // A caller that is told of its end right behind its beginning passes it over, and waits for
  // seconds: so one that was just let in is closed a little later.
  void refuse(const std::string& reason);
  void close(const std::string& reason);

  // Of now, or of when it was last known.
  const SocketStats& stats() const { return stats_; }
  std::uint64_t damaged_units() const {
    return demuxer_.counts().damaged + demuxer_.counts().skipped;
  }

 private:
  void take(const Message& message, ByteView bytes, std::vector<SourceUnit>& units);
  void hear(SteadyTime at);
  void begin_to_drain(SteadyTime now);

  Socket socket_;
  const std::string key_;
  const std::string household_;
  const std::shared_ptr<Seat> seat_;
  const SrtSettings& settings_;
  State state_ = State::waiting;
  bool was_refused_ = false;
  bool is_paused_ = false;
  const SteadyTime since_;
  SteadyTime heard_;
  SteadyTime deadline_;  // of what the state waits for
  ts::Demuxer demuxer_;
  std::optional<std::uint32_t> last_number_;
  SocketStats stats_;
  std::array<std::byte, kMessageBytesMax> buffer_;
};

}  // namespace geili::media::srt
