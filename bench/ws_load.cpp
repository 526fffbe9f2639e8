#include "ws_load.hpp"

#include <array>
#include <cerrno>
#include <cstring>
#include <optional>
#include <stdexcept>
#include <system_error>

#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "load_socket.hpp"
#include "net/websocket_frame.hpp"

namespace geili::bench {
namespace {

[[noreturn]] void throw_errno(const char* what) {
  throw std::system_error(errno, std::generic_category(), what);
}

struct Frame {
  net::Opcode opcode;
  std::string_view payload;
  std::size_t size;
};

// The unmasked frame at the front, when it is whole.
std::optional<Frame> read_frame(std::string_view bytes) {
  if (bytes.size() < 2) return std::nullopt;
  const auto byte = [&](std::size_t i) { return static_cast<std::uint8_t>(bytes[i]); };
  const std::size_t short_length = byte(1) & 0x7F;
  const std::size_t extended = short_length == 126 ? 2 : short_length == 127 ? 8 : 0;
  const std::size_t header = 2 + extended;
  if (bytes.size() < header) return std::nullopt;
  std::uint64_t length = short_length;
  if (extended > 0) {
    length = 0;
    for (std::size_t i = 0; i < extended; ++i) length = length << 8 | byte(2 + i);
  }
  if (bytes.size() < header + length) return std::nullopt;
  return Frame{static_cast<net::Opcode>(byte(0) & 0x0F), bytes.substr(header, length),
               header + length};
}

}  // namespace

WsLoad::WsLoad(const WsLoadSettings& settings)
    : settings_(settings),
      epoll_(::epoll_create1(EPOLL_CLOEXEC)),
      viewers_(settings.viewers),
      buffer_(512 * 1024) {
  if (epoll_ < 0) throw_errno("epoll_create1");
  raise_file_limit();
  for (std::size_t i = 0; i < viewers_.size(); ++i) {
    upgrade(viewers_[i]);
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.u64 = i;
    if (::epoll_ctl(epoll_, EPOLL_CTL_ADD, viewers_[i].fd, &event) != 0) throw_errno("epoll_ctl");
  }
}

WsLoad::~WsLoad() {
  for (const Viewer& viewer : viewers_) {
    if (viewer.fd >= 0) ::close(viewer.fd);
  }
  ::close(epoll_);
}

void WsLoad::upgrade(Viewer& viewer) {
  viewer.fd = connect_to(settings_.address, settings_.port);
  send_all(viewer.fd, "GET " + settings_.target +
                          " HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\n"
                          "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                          "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n" +
                          settings_.extra_headers + "\r\n");
  std::string& answer = viewer.partial;
  std::size_t end = std::string::npos;
  while (end == std::string::npos) {
    const ssize_t got = ::recv(viewer.fd, buffer_.data(), buffer_.size(), 0);
    if (got <= 0) throw std::runtime_error("the upgrade was not answered");
    answer.append(buffer_.data(), static_cast<std::size_t>(got));
    end = answer.find("\r\n\r\n");
  }
  if (!answer.starts_with("HTTP/1.1 101")) {
    throw std::runtime_error("the upgrade was refused: " + answer.substr(0, answer.find("\r\n")));
  }
  answer.erase(0, end + 4);
}

void WsLoad::stall(unsigned count) {
  for (std::size_t i = 0; i < count; ++i) {
    if (::epoll_ctl(epoll_, EPOLL_CTL_DEL, viewers_.at(i).fd, nullptr) != 0) {
      throw_errno("epoll_ctl");
    }
  }
}

WsLoadResult WsLoad::run_for(std::chrono::milliseconds duration) {
  WsLoadResult result;
  const std::uint64_t start_us = now_us();
  const std::uint64_t end_us = start_us + static_cast<std::uint64_t>(duration.count()) * 1000;
  std::array<epoll_event, 512> events;
  now_us_ = start_us;
  while (now_us_ < end_us) {
    const int count = ::epoll_wait(epoll_, events.data(), static_cast<int>(events.size()), 20);
    now_us_ = now_us();
    for (int i = 0; i < count; ++i) {
      receive(viewers_[events[static_cast<std::size_t>(i)].data.u64], result);
    }
  }
  result.seconds = static_cast<double>(now_us_ - start_us) / 1e6;
  return result;
}

void WsLoad::close(Viewer& viewer, WsLoadResult& result) {
  ::close(viewer.fd);
  viewer.fd = -1;
  ++result.closed;
}

void WsLoad::receive(Viewer& viewer, WsLoadResult& result) {
  const ssize_t got = ::recv(viewer.fd, buffer_.data(), buffer_.size(), MSG_DONTWAIT);
  if (got < 0 && (errno == EAGAIN || errno == EINTR)) return;
  if (got <= 0) return close(viewer, result);
  const std::string_view fresh(buffer_.data(), static_cast<std::size_t>(got));
  result.bytes += fresh.size();
  now_us_ = now_us();
  if (viewer.partial.empty()) {
    const std::size_t taken = take_frames(viewer, fresh, result);
    viewer.partial = fresh.substr(taken);
  } else {
    viewer.partial.append(fresh);
    viewer.partial.erase(0, take_frames(viewer, viewer.partial, result));
  }
}

std::size_t WsLoad::take_frames(Viewer& viewer, std::string_view bytes, WsLoadResult& result) {
  std::size_t taken = 0;
  while (const auto frame = read_frame(bytes.substr(taken))) {
    taken += frame->size;
    if (frame->opcode == net::Opcode::text) {
      ++result.frames;
      count_stamps(frame->payload, result);
    } else if (frame->opcode == net::Opcode::ping) {
      send_all(viewer.fd, net::build_masked_frame(net::Opcode::pong, frame->payload, 1));
    }
  }
  return taken;
}

void WsLoad::count_stamps(std::string_view payload, WsLoadResult& result) const {
  constexpr std::string_view kStamp = "us=";
  const char* at = payload.data();
  const char* const end = at + payload.size();
  while (true) {
    const void* found =
        ::memmem(at, static_cast<std::size_t>(end - at), kStamp.data(), kStamp.size());
    if (found == nullptr) return;
    at = static_cast<const char*>(found) + kStamp.size();
    std::uint64_t sent_us = 0;
    while (at < end && *at >= '0' && *at <= '9')
      sent_us = sent_us * 10 + static_cast<std::uint64_t>(*at++ - '0');
    ++result.deliveries;
    result.latency.record_us(now_us_ > sent_us ? now_us_ - sent_us : 0);
  }
}

}  // namespace geili::bench
