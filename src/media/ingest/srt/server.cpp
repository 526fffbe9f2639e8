#include "media/ingest/srt/server.hpp"

#include <algorithm>
#include <bit>
#include <cstring>
#include <utility>
#include <vector>

#include <boost/asio/post.hpp>

#include "base/household.hpp"
#include "base/random.hpp"
#include "media/ingest/srt/stream_id.hpp"

namespace geili::media::srt {
namespace asio = boost::asio;
namespace {

// How long answers of the media thread may wait here; messages do not wait.
constexpr unsigned kWaitMs = 10;
constexpr auto kTick = std::chrono::milliseconds(200);

std::uint64_t random_number() {
  const Bytes bytes = random_bytes(sizeof(std::uint64_t));
  std::uint64_t number = 0;
  for (const std::byte b : bytes) number = number << 8 | std::to_integer<std::uint64_t>(b);
  return number;
}

bool is_for_a_key(const Error& error) {
  return error.kind == ErrorKind::not_found || error.kind == ErrorKind::forbidden;
}

}  // namespace

Server::Server(const SrtSettings& settings, std::uint64_t bytes_per_s_max, Io media,
               PublishGate& gate, OpenStream open_stream)
    : settings_(settings),
      bytes_per_s_max_(bytes_per_s_max),
      desk_(std::make_shared<Desk>(Desk{.media = std::move(media),
                                        .gate = gate,
                                        .open_stream = std::move(open_stream),
                                        .publishers_max = settings.publishers_max})),
      refused_keys_(random_number()),
      io_(std::make_shared<asio::io_context>(1)) {}

void Server::start() {
  library_.emplace();
  poll_.emplace();
  listener_ = Socket::listen(settings_, bytes_per_s_max_, *this);
  port_ = listener_.port();
  poll_->watch(listener_, true);
  work_.emplace(asio::make_work_guard(*io_));
  running_ = true;
  thread_ = std::thread([this] { run(); });
}

void Server::stop() {
  running_ = false;
  if (thread_.joinable()) thread_.join();
  listener_.close();
  connections_.clear();
  poll_.reset();
  library_.reset();
  work_.reset();
}

std::uint32_t Server::seconds() const {
  return static_cast<std::uint32_t>(
      std::chrono::duration_cast<std::chrono::seconds>(std::chrono::steady_clock::now() - start_)
          .count());
}

Refusal Server::look_at(std::string_view stream_id) noexcept {
  Refusal refusal = Refusal::none;
  if (connection_count_ >= settings_.connections_max) {
    refusal = Refusal::overload;
  } else if (const auto key = key_of_stream_id(stream_id); !key) {
    refusal = key.error().code == "srt-mode" ? Refusal::bad_mode : Refusal::bad_request;
  } else if (refused_keys_.has(*key, seconds())) {
    refusal = Refusal::forbidden;
  }
  if (refusal != Refusal::none) ++refused_;
  return refusal;
}

void Server::run() {
  while (running_) {
    const auto ready = poll_->wait(kWaitMs);
    const SteadyTime now = std::chrono::steady_clock::now();
    for (const SocketId id : ready) {
      if (id == listener_.id()) {
        accept_all(now);
      } else if (const auto found = connections_.find(id); found != connections_.end()) {
        Connection& connection = *found->second;
        connection.read(now);
        // A broken socket would be told of again and again.
        if (connection.socket().state() != SocketState::open) poll_->forget(connection.socket());
      }
    }
    io_->poll();
    for (const auto& [id, connection] : connections_) {
      if (connection->state() == Connection::State::draining) connection->read(now);
    }
    if (now >= next_tick_) tick(now);
    forget_those_over();
  }
}

void Server::accept_all(SteadyTime now) {
  while (true) {
    Socket socket = listener_.accept();
    if (!socket.is_valid()) return;
    take_in(std::move(socket), now);
  }
}

// Seats are few, and who finishes a handshake has one until the gate has answered: one network with
// wrong keys could have all of them.
void Server::make_room_for(const std::string& household) {
  Connection* oldest = nullptr;
  std::size_t strangers = 0;
  for (const auto& [id, other] : connections_) {
    if (!other->is_stranger() || other->household() != household) continue;
    ++strangers;
    if (oldest == nullptr || other->since() < oldest->since()) oldest = other.get();
  }
  if (strangers < settings_.strangers_per_household_max || oldest == nullptr) return;
  oldest->close("crowded-out");
  ++refused_;
}

void Server::take_in(Socket socket, SteadyTime now) {
  auto key = key_of_stream_id(socket.stream_id());
  if (!key || connections_.size() >= settings_.connections_max) {
    ++refused_;
    return;
  }
  // A publisher that comes back before all is played that it had sent takes its own place.
  for (const auto& [id, other] : connections_) {
    if (other->key() == *key && other->state() == Connection::State::draining) {
      other->close("disconnected");
    }
  }
  std::string household = household_of(socket.peer_address());
  make_room_for(household);
  const SocketId id = socket.id();
  const auto on_own_thread = [io = io_](auto work) { asio::post(*io, std::move(work)); };
  Seat::Hooks hooks;
  hooks.decided = [this, id, on_own_thread](Result<void> admitted) {
    on_own_thread([this, id, admitted = std::move(admitted)] { decided(id, admitted); });
  };
  hooks.cut = [this, id, on_own_thread] { on_own_thread([this, id] { cut(id); }); };
  poll_->watch(socket, false);
  connections_[id] =
      std::make_unique<Connection>(std::move(socket), std::move(*key), std::move(household),
                                   std::make_shared<Seat>(desk_, std::move(hooks)), settings_, now);
  connection_count_ = connections_.size();
}

void Server::decided(SocketId id, const Result<void>& admitted) {
  const auto found = connections_.find(id);
  if (found == connections_.end()) return;
  Connection& connection = *found->second;
  if (!admitted) {
    if (is_for_a_key(admitted.error())) refused_keys_.add(connection.key(), seconds());
    return connection.refuse(admitted.error().code);
  }
  connection.admitted(std::chrono::steady_clock::now());
  if (connection.socket().state() == SocketState::open) poll_->watch(connection.socket(), true);
  connection.read(std::chrono::steady_clock::now());
}

void Server::cut(SocketId id) {
  const auto found = connections_.find(id);
  if (found != connections_.end()) found->second->refuse("cut");
}

void Server::tick(SteadyTime now) {
  next_tick_ = now + kTick;
  for (const auto& [id, connection] : connections_) connection->tick(now);
  publish_figures();
}

void Server::forget_those_over() {
  for (auto at = connections_.begin(); at != connections_.end();) {
    const Connection& connection = *at->second;
    if (connection.state() != Connection::State::over) {
      ++at;
      continue;
    }
    const SocketStats& last = connection.stats();
    gone_.received_bytes += last.received_bytes;
    gone_.received_packets += last.received_packets;
    gone_.lost_packets += last.lost_packets;
    gone_.dropped_packets += last.dropped_packets;
    gone_damaged_ += connection.damaged_units();
    if (connection.was_refused()) ++refused_;
    at = connections_.erase(at);
  }
  connection_count_ = connections_.size();
}

void Server::publish_figures() {
  SocketStats sum = gone_;
  std::uint64_t damaged = gone_damaged_;
  for (const auto& [id, connection] : connections_) {
    const SocketStats& own = connection->stats();
    sum.received_bytes += own.received_bytes;
    sum.received_packets += own.received_packets;
    sum.lost_packets += own.lost_packets;
    sum.dropped_packets += own.dropped_packets;
    damaged += connection->damaged_units();
  }
  published_.received_bytes = sum.received_bytes;
  published_.received_packets = sum.received_packets;
  published_.lost_packets = sum.lost_packets;
  published_.dropped_packets = sum.dropped_packets;
  published_.damaged_units = damaged;
}

SrtFigures Server::figures() const {
  SrtFigures figures;
  figures.connections = connection_count_;
  figures.received_bytes = published_.received_bytes;
  figures.received_packets = published_.received_packets;
  figures.lost_packets = published_.lost_packets;
  figures.dropped_packets = published_.dropped_packets;
  figures.recovered_packets =
      figures.lost_packets - std::min(figures.lost_packets, figures.dropped_packets);
  figures.damaged_units = published_.damaged_units;
  figures.refused = refused_;
  return figures;
}

std::optional<LinkStats> Server::link_of(ShowId show) const {
  const auto found = desk_->links.find(show);
  if (found == desk_->links.end()) return std::nullopt;
  return found->second;
}

}  // namespace geili::media::srt
