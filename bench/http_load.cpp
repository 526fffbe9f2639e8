#include "http_load.hpp"

#include <array>
#include <cerrno>
#include <charconv>
#include <memory>
#include <stdexcept>
#include <system_error>
#include <utility>

#include <strings.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "load_socket.hpp"

namespace geili::bench {
namespace {

[[noreturn]] void throw_errno(const char* what) {
  throw std::system_error(errno, std::generic_category(), what);
}

std::size_t content_length(std::string_view head) {
  constexpr std::string_view kName = "content-length: ";
  for (std::size_t at = head.find("\r\n"); at != std::string_view::npos;
       at = head.find("\r\n", at + 2)) {
    const std::string_view line = head.substr(at + 2);
    if (line.size() < kName.size() || ::strncasecmp(line.data(), kName.data(), kName.size()) != 0) {
      continue;
    }
    std::size_t length = 0;
    std::from_chars(line.data() + kName.size(), line.data() + line.size(), length);
    return length;
  }
  return 0;
}

// The answer at the front of `bytes`, whole or not yet there (status 0).
std::pair<HttpAnswer, std::size_t> read_answer(std::string_view bytes) {
  const std::size_t end = bytes.find("\r\n\r\n");
  if (end == std::string_view::npos) return {};
  HttpAnswer answer;
  answer.head = bytes.substr(0, end + 2);
  if (!answer.head.starts_with("HTTP/1.1 ")) throw std::runtime_error("an answer is not HTTP/1.1");
  const std::size_t size = end + 4 + content_length(answer.head);
  if (bytes.size() < size) return {};
  std::from_chars(bytes.data() + 9, bytes.data() + 12, answer.status);
  answer.body = bytes.substr(end + 4, size - end - 4);
  return {answer, size};
}

class Load {
 public:
  Load(const HttpLoadSettings& settings, const MakeRequest& make, const CheckAnswer& check)
      : settings_(settings), make_(make), check_(check), epoll_(::epoll_create1(EPOLL_CLOEXEC)) {
    if (epoll_ < 0) throw_errno("epoll_create1");
    connections_.resize(settings.connections);
    for (std::size_t i = 0; i < connections_.size(); ++i) {
      connections_[i].fd = connect_to(settings.address, settings.port);
      epoll_event event{};
      event.events = EPOLLIN;
      event.data.u64 = i;
      if (::epoll_ctl(epoll_, EPOLL_CTL_ADD, connections_[i].fd, &event) != 0)
        throw_errno("epoll_ctl");
    }
  }
  ~Load() {
    for (const Connection& connection : connections_) ::close(connection.fd);
    ::close(epoll_);
  }
  Load(const Load&) = delete;
  Load& operator=(const Load&) = delete;

  HttpLoadResult run() {
    using std::chrono::microseconds;
    const std::uint64_t start_us = now_us();
    measure_from_us_ =
        start_us + static_cast<std::uint64_t>(microseconds(settings_.warm_up).count());
    const std::uint64_t end_us =
        measure_from_us_ + static_cast<std::uint64_t>(microseconds(settings_.duration).count());
    for (Connection& connection : connections_) ask(connection);
    std::array<epoll_event, 256> events;
    while (now_us_ < end_us) {
      const int count = ::epoll_wait(epoll_, events.data(), static_cast<int>(events.size()), 100);
      now_us_ = now_us();
      for (int i = 0; i < count; ++i) {
        receive(connections_[events[static_cast<std::size_t>(i)].data.u64]);
      }
    }
    result_.seconds = static_cast<double>(now_us_ - measure_from_us_) / 1e6;
    drain();
    return result_;
  }

 private:
  struct Connection {
    int fd = -1;
    std::uint64_t number = 0;
    std::uint64_t asked_us = 0;
    std::string partial;
  };

  // What is still under way is waited for and checked, so that afterwards nothing changes any more.
  void drain() {
    is_draining_ = true;
    std::array<epoll_event, 256> events;
    while (under_way_ > 0) {
      const int count =
          ::epoll_wait(epoll_, events.data(), static_cast<int>(events.size()), 10'000);
      if (count == 0) throw std::runtime_error("an answer did not come within 10 s");
      for (int i = 0; i < count; ++i) {
        receive(connections_[events[static_cast<std::size_t>(i)].data.u64]);
      }
    }
  }

  void ask(Connection& connection) {
    ++under_way_;
    connection.number = next_number_++;
    connection.asked_us = now_us();
    request_.clear();
    make_(connection.number, request_);
    send_all(connection.fd, request_);
  }

  void receive(Connection& connection) {
    const ssize_t got = ::recv(connection.fd, buffer_.data(), buffer_.size(), MSG_DONTWAIT);
    if (got < 0 && (errno == EAGAIN || errno == EINTR)) return;
    if (got < 0) throw_errno("recv");
    if (got == 0) throw std::runtime_error("the server closed a connection");
    std::string_view bytes(buffer_.data(), static_cast<std::size_t>(got));
    const bool had_partial = !connection.partial.empty();
    if (had_partial) {
      connection.partial.append(bytes);
      bytes = connection.partial;
    }
    const auto [answer, size] = read_answer(bytes);
    if (answer.status == 0) {
      if (!had_partial) connection.partial = bytes;
      return;
    }
    take(connection, answer);
    connection.partial.clear();
    --under_way_;
    if (!is_draining_) ask(connection);
  }

  void take(const Connection& connection, const HttpAnswer& answer) {
    const std::uint64_t done_us = now_us();
    if (!check_(connection.number, answer)) ++result_.failures;
    if (done_us < measure_from_us_ || is_draining_) return;
    ++result_.answers;
    result_.latency.record_us(done_us - connection.asked_us);
  }

  const HttpLoadSettings& settings_;
  const MakeRequest& make_;
  const CheckAnswer& check_;
  int epoll_;
  std::vector<Connection> connections_;
  std::uint64_t next_number_ = 0;
  std::size_t under_way_ = 0;
  bool is_draining_ = false;
  std::uint64_t measure_from_us_ = 0;
  std::uint64_t now_us_ = 0;
  HttpLoadResult result_;
  std::string request_;
  std::array<char, 256 * 1024> buffer_;
};

}  // namespace

HttpLoadResult run_http_load(const HttpLoadSettings& settings, const MakeRequest& make,
                             const CheckAnswer& check) {
  return std::make_unique<Load>(settings, make, check)->run();
}

BaseUrl parse_base_url(std::string_view url) {
  constexpr std::string_view kScheme = "http://";
  if (!url.starts_with(kScheme))
    throw std::runtime_error("the base URL does not start with http://");
  url.remove_prefix(kScheme.size());
  url = url.substr(0, url.find('/'));
  const std::size_t colon = url.find(':');
  BaseUrl base{std::string(url.substr(0, colon)), 80};
  if (colon == std::string_view::npos) return base;
  const std::string_view port = url.substr(colon + 1);
  if (std::from_chars(port.data(), port.data() + port.size(), base.port).ptr !=
      port.data() + port.size()) {
    throw std::runtime_error("the base URL's port is not a number");
  }
  return base;
}

OwnedAnswer ask_once(const BaseUrl& url, std::string_view request) {
  const int fd = connect_to(url.address, url.port);
  send_all(fd, request);
  std::string bytes;
  std::array<char, 64 * 1024> buffer;
  while (true) {
    const auto [answer, size] = read_answer(bytes);
    if (answer.status != 0) {
      ::close(fd);
      return {answer.status, std::string(answer.head), std::string(answer.body)};
    }
    const ssize_t got = ::recv(fd, buffer.data(), buffer.size(), 0);
    if (got <= 0) {
      ::close(fd);
      throw std::runtime_error("the server closed a connection");
    }
    bytes.append(buffer.data(), static_cast<std::size_t>(got));
  }
}

}  // namespace geili::bench
