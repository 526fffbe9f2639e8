#include "media/ingest/srt/connection.hpp"

#include <utility>
#include <vector>

namespace geili::media::srt {
namespace {

constexpr unsigned kDrainMarginMs = 500;
constexpr unsigned kHandshakeEndMs = 500;

SteadyTime after(SteadyTime now, unsigned ms) {
  return now + std::chrono::milliseconds(ms);
}

}  // namespace

Connection::Connection(Socket socket, std::string key, std::string household,
                       std::shared_ptr<Seat> seat, const SrtSettings& settings, SteadyTime now)
    : socket_(std::move(socket)),
      key_(std::move(key)),
      household_(std::move(household)),
      seat_(std::move(seat)),
      settings_(settings),
      since_(now),
      deadline_(after(now, settings.authorise_timeout_ms)) {
  seat_->ask(key_);
}

void Connection::admitted(SteadyTime now) {
  if (state_ != State::waiting) return;
  state_ = State::live;
  // Nothing comes before its time.
  hear(after(now, socket_.latency_ms()));
}

void Connection::hear(SteadyTime at) {
  heard_ = at;
  is_paused_ = false;
  deadline_ = after(at, settings_.silence_timeout_ms);
}

void Connection::read(SteadyTime now) {
  if (state_ != State::live && state_ != State::draining) return;
  // Asked before reading: what comes between the two is then still read.
  const SocketState socket_state = socket_.state();
  std::vector<SourceUnit> units;
  bool has_read = false;
  while (const auto message = socket_.receive(buffer_)) {
    has_read = true;
    take(*message, ByteView(buffer_).first(message->bytes), units);
    if (was_refused_) return;
  }
  if (!units.empty()) seat_->push(std::move(units));
  if (state_ == State::live && has_read) hear(now);
  if (state_ == State::live && socket_state != SocketState::open) begin_to_drain(now);
  const bool is_dry = socket_state == SocketState::gone || !socket_.has_more();
  if (state_ == State::draining && is_dry) close("disconnected");
}

void Connection::take(const Message& message, ByteView bytes, std::vector<SourceUnit>& units) {
  if (last_number_) {
    demuxer_.lost(missing_between(*last_number_, message.number) * kMessageBytesMax);
  }
  last_number_ = message.number;
  const auto pushed = demuxer_.push(bytes, units);
  if (pushed) return;
  if (!units.empty()) seat_->push(std::exchange(units, {}));
  refuse(pushed.error().code);
}

// A publisher that says goodbye, or whose network goes, has sent more than was played.
void Connection::begin_to_drain(SteadyTime now) {
  state_ = State::draining;
  deadline_ = after(now, socket_.latency_ms() + kDrainMarginMs);
}

void Connection::tick(SteadyTime now) {
  if (const auto stats = socket_.stats()) {
    stats_ = *stats;
    if (state_ == State::live) {
      seat_->tell({stats_.unique_packets, stats_.lost_packets, stats_.round_trip_us});
    }
  }
  const bool is_broken = socket_.state() != SocketState::open;
  if (state_ == State::draining) read(now);
  const bool is_late = now >= deadline_;
  switch (state_) {
    case State::waiting:
      if (is_broken) close("disconnected");
      if (!is_broken && is_late) refuse("srt-authorise-timeout");
      return;
    case State::live:
      if (is_late) return close("silent");
      if (is_paused_ || now < after(heard_, settings_.publisher_silence_ms)) return;
      is_paused_ = true;
      seat_->pause();
      return;
    case State::draining:
    case State::refused:
      if (is_late || (is_broken && state_ == State::refused)) close("disconnected");
      return;
    case State::over:
      return;
  }
}

void Connection::refuse(const std::string& reason) {
  if (state_ == State::over || state_ == State::refused) return;
  was_refused_ = true;
  deadline_ = after(since_, kHandshakeEndMs);
  if (std::chrono::steady_clock::now() >= deadline_) return close(reason);
  state_ = State::refused;
  seat_->end(reason);
}

void Connection::close(const std::string& reason) {
  if (state_ == State::over) return;
  const bool plays = !was_refused_ && (state_ == State::live || state_ == State::draining);
  state_ = State::over;
  if (plays) {
    std::vector<SourceUnit> last;
    if (demuxer_.finish(last)) seat_->push(std::move(last));
  }
  seat_->end(reason);
  socket_.close();
}

}  // namespace geili::media::srt
