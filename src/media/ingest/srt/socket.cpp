#include "media/ingest/srt/socket.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <stdexcept>
#include <system_error>
#include <utility>

#include <boost/asio/ip/address.hpp>
#include <boost/asio/ip/udp.hpp>
#include <fmt/format.h>
#include <srt/access_control.h>
#include <srt/srt.h>

#include "media/ingest/srt/stream_id.hpp"

namespace geili::media::srt {
namespace {

using Endpoint = boost::asio::ip::udp::endpoint;

static_assert(kMessageBytesMax == SRT_LIVE_MAX_PLSIZE);
static_assert(static_cast<int>(Refusal::bad_request) == SRT_REJX_BAD_REQUEST);
static_assert(static_cast<int>(Refusal::overload) == SRT_REJX_OVERLOAD);
static_assert(static_cast<int>(Refusal::forbidden) == SRT_REJX_FORBIDDEN);
static_assert(static_cast<int>(Refusal::bad_mode) == SRT_REJX_BAD_MODE);

constexpr int kBacklog = 64;
constexpr std::size_t kEventsMax = 256;
// libsrt's own default; sockets for little latency need no more.
constexpr std::uint64_t kReceiveBytesMin = 8'192ULL * kMessageBytesMax;
constexpr std::uint64_t kFlightPacketsMin = 25'600;

[[noreturn]] void fail_to_listen(const SrtSettings& settings) {
  int system_error = 0;
  srt_getlasterror(&system_error);
  const std::string what = fmt::format("SRT cannot listen on {} port {}: {}", settings.address,
                                       settings.port, srt_getlasterror_str());
  if (system_error != 0) throw std::system_error(system_error, std::generic_category(), what);
  throw std::runtime_error(what);
}

template <class T>
bool set(SocketId id, SRT_SOCKOPT option, const T& value) {
  return srt_setsockflag(id, option, &value, sizeof(value)) != SRT_ERROR;
}

// 0 when it cannot be had.
int get(SocketId id, SRT_SOCKOPT option) {
  int value = 0;
  int size = sizeof(value);
  return srt_getsockflag(id, option, &value, &size) == SRT_ERROR ? 0 : value;
}

bool set_up(SocketId id, const SrtSettings& settings, std::uint64_t bytes_per_s_max) {
  constexpr unsigned kRoundTripMsMax = 2'000;
  constexpr unsigned kMsPerS = 1'000;
  const std::uint64_t held_bytes = std::max(
      kReceiveBytesMin, bytes_per_s_max * (settings.latency_ms + kRoundTripMsMax) / kMsPerS);
  const auto flight = static_cast<int>(std::max(kFlightPacketsMin, held_bytes / kMessageBytesMax));
  const std::string& secret = settings.passphrase;
  const bool has_secret =
      secret.empty() || srt_setsockflag(id, SRTO_PASSPHRASE, secret.data(),
                                        static_cast<int>(secret.size())) != SRT_ERROR;
  return has_secret && set(id, SRTO_RCVSYN, false) && set(id, SRTO_IPV6ONLY, 0) &&
         // Another program on the same port would be noticed by nobody.
         set(id, SRTO_REUSEADDR, false) &&
         set(id, SRTO_RCVLATENCY, static_cast<int>(settings.latency_ms)) &&
         set(id, SRTO_PEERIDLETIMEO, static_cast<int>(settings.silence_timeout_ms)) &&
         set(id, SRTO_FC, flight) && set(id, SRTO_RCVBUF, static_cast<int>(held_bytes));
}

int ask_door(void* door, SRTSOCKET caller, int, const sockaddr*, const char* stream_id) {
  const Refusal refusal = static_cast<Door*>(door)->look_at(stream_id);
  if (refusal == Refusal::none) return 0;
  srt_setrejectreason(caller, static_cast<int>(refusal));
  return -1;
}

}  // namespace

Socket& Socket::operator=(Socket&& other) noexcept {
  if (this != &other) {
    close();
    id_ = std::exchange(other.id_, kNone);
  }
  return *this;
}

void Socket::close() {
  if (id_ != kNone) srt_close(std::exchange(id_, kNone));
}

Socket Socket::listen(const SrtSettings& settings, std::uint64_t bytes_per_s_max, Door& door) {
  Socket socket(srt_create_socket());
  if (socket.id_ == SRT_INVALID_SOCK) fail_to_listen(settings);
  const Endpoint endpoint(boost::asio::ip::make_address(settings.address), settings.port);
  const bool listens =
      set_up(socket.id_, settings, bytes_per_s_max) &&
      srt_bind(socket.id_, endpoint.data(), static_cast<int>(endpoint.size())) != SRT_ERROR &&
      srt_listen_callback(socket.id_, ask_door, &door) != SRT_ERROR &&
      srt_listen(socket.id_, kBacklog) != SRT_ERROR;
  if (!listens) fail_to_listen(settings);
  return socket;
}

Socket Socket::accept() const {
  return Socket(srt_accept(id_, nullptr, nullptr));
}

std::uint16_t Socket::port() const {
  Endpoint endpoint;
  auto size = static_cast<int>(endpoint.capacity());
  return srt_getsockname(id_, endpoint.data(), &size) == SRT_ERROR ? 0 : endpoint.port();
}

std::string Socket::stream_id() const {
  std::array<char, kStreamIdBytesMax + 1> text{};
  int size = static_cast<int>(text.size());
  if (srt_getsockflag(id_, SRTO_STREAMID, text.data(), &size) == SRT_ERROR || size < 0) return {};
  return {text.data(), static_cast<std::size_t>(size)};
}

std::string Socket::peer_address() const {
  Endpoint endpoint;
  auto size = static_cast<int>(endpoint.capacity());
  if (srt_getpeername(id_, endpoint.data(), &size) == SRT_ERROR) return {};
  return endpoint.address().to_string();
}

unsigned Socket::latency_ms() const {
  return static_cast<unsigned>(std::max(0, get(id_, SRTO_RCVLATENCY)));
}

SocketState Socket::state() const {
  switch (srt_getsockstate(id_)) {
    case SRTS_CONNECTED:
      return SocketState::open;
    case SRTS_BROKEN:
      return SocketState::broken;
    default:
      return SocketState::gone;
  }
}

std::optional<Message> Socket::receive(std::span<std::byte> buffer) const {
  SRT_MSGCTRL control = srt_msgctrl_default;
  const int count = srt_recvmsg2(id_, static_cast<char*>(static_cast<void*>(buffer.data())),
                                 static_cast<int>(buffer.size()), &control);
  if (count <= 0) return std::nullopt;
  return Message{static_cast<std::size_t>(count), static_cast<std::uint32_t>(control.pktseq)};
}

bool Socket::has_more() const {
  return get(id_, SRTO_RCVDATA) > 0;
}

std::optional<SocketStats> Socket::stats() const {
  constexpr bool kAndClear = false;
  SRT_TRACEBSTATS raw{};
  if (srt_bstats(id_, &raw, kAndClear) == SRT_ERROR) return std::nullopt;
  const auto count = [](auto value) {
    return static_cast<std::uint64_t>(std::max<std::int64_t>(0, static_cast<std::int64_t>(value)));
  };
  return SocketStats{.received_bytes = raw.byteRecvTotal,
                     .received_packets = count(raw.pktRecvTotal),
                     .unique_packets = count(raw.pktRecvUniqueTotal),
                     .lost_packets = count(raw.pktRcvLossTotal),
                     .dropped_packets = count(raw.pktRcvDropTotal),
                     .round_trip_us = static_cast<std::int64_t>(raw.msRTT * 1e3)};
}

Poll::Poll() : id_(srt_epoll_create()) {
  if (id_ < 0) throw std::runtime_error("libsrt has no more polls");
  srt_epoll_set(id_, SRT_EPOLL_ENABLE_EMPTY);
}

Poll::~Poll() {
  srt_epoll_release(id_);
}

void Poll::watch(const Socket& socket, bool for_data) {
  const int events = SRT_EPOLL_ERR | (for_data ? SRT_EPOLL_IN : 0);
  srt_epoll_update_usock(id_, socket.id(), &events);
}

void Poll::forget(const Socket& socket) {
  srt_epoll_remove_usock(id_, socket.id());
}

std::span<const SocketId> Poll::wait(unsigned timeout_ms) {
  std::array<SRT_EPOLL_EVENT, kEventsMax> events;
  const int count = srt_epoll_uwait(id_, events.data(), static_cast<int>(events.size()),
                                    static_cast<std::int64_t>(timeout_ms));
  ready_.clear();
  for (int i = 0; i < std::min(count, static_cast<int>(events.size())); ++i) {
    ready_.push_back(events[static_cast<std::size_t>(i)].fd);
  }
  return ready_;
}

}  // namespace geili::media::srt
