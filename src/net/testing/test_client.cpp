#include "net/testing/test_client.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <stdexcept>
#include <system_error>

#include <arpa/inet.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

namespace geili::net::testing {
namespace {

constexpr int kSilenceMax_s = 10;
constexpr std::string_view kKey = "dGhlIHNhbXBsZSBub25jZQ==";
constexpr std::string_view kAccept = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";

[[noreturn]] void throw_errno(const char* what) {
  throw std::system_error(errno, std::generic_category(), what);
}

void append_headers(std::string& out, const HeaderList& headers) {
  for (const auto& [name, value] : headers) out += fmt::format("{}: {}\r\n", name, value);
  out += "\r\n";
}

std::string upgrade_request(std::string_view target, const HeaderList& headers) {
  std::string bytes = fmt::format(
      "GET {} HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
      "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {}\r\n",
      target, kKey);
  append_headers(bytes, headers);
  return bytes;
}

Answer read_head(TestSocket& socket) {
  Answer answer;
  const std::string status = socket.read_line();
  if (!status.starts_with("HTTP/1.1 ") || status.size() < 12) {
    throw std::runtime_error("not a status line: '" + status + "'");
  }
  answer.status = static_cast<unsigned>(std::stoul(status.substr(9, 3)));
  for (std::string line = socket.read_line(); !line.empty(); line = socket.read_line()) {
    const std::size_t colon = line.find(": ");
    if (colon == std::string::npos) throw std::runtime_error("not a header field: " + line);
    answer.headers.add(line.substr(0, colon), line.substr(colon + 2));
  }
  return answer;
}

Answer read_whole(TestSocket& socket, bool is_head) {
  Answer answer = read_head(socket);
  if (answer.status == 100) answer = read_head(socket);
  const bool has_body = answer.status >= 200 && answer.status != 204 && answer.status != 304;
  if (is_head || !has_body) return answer;
  answer.body = socket.read_exactly(std::stoul("0" + answer.header("Content-Length")));
  return answer;
}

}  // namespace

TestSocket::TestSocket(std::uint16_t port) {
  fd_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (fd_ < 0) throw_errno("socket");
  bound_silence();
  const int on = 1;
  ::setsockopt(fd_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  sockaddr_in to{};
  to.sin_family = AF_INET;
  to.sin_port = htons(port);
  to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (::connect(fd_, static_cast<sockaddr*>(static_cast<void*>(&to)), sizeof to) != 0) {
    ::close(fd_);
    throw_errno("connect");
  }
}

TestSocket::TestSocket(Server& server, std::string address) {
  std::array<int, 2> ends{};
  if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0) {
    throw_errno("socketpair");
  }
  fd_ = ends[0];
  bound_silence();
  ::fcntl(ends[1], F_SETFL, O_NONBLOCK);
  server.adopt(ends[1], std::move(address));
}

void TestSocket::bound_silence() const {
  const timeval silence{.tv_sec = kSilenceMax_s, .tv_usec = 0};
  ::setsockopt(fd_, SOL_SOCKET, SO_RCVTIMEO, &silence, sizeof silence);
  ::setsockopt(fd_, SOL_SOCKET, SO_SNDTIMEO, &silence, sizeof silence);
}

TestSocket::~TestSocket() {
  ::close(fd_);
}

bool TestSocket::try_send(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t sent = ::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

void TestSocket::send(std::string_view bytes) {
  if (!try_send(bytes)) throw_errno("send");
}

bool TestSocket::fill() {
  std::array<char, 16 * 1024> chunk;
  const ssize_t got = ::recv(fd_, chunk.data(), chunk.size(), 0);
  if (got < 0 && errno == ECONNRESET) return false;
  if (got < 0) throw_errno("recv");
  buffer_.append(chunk.data(), static_cast<std::size_t>(got));
  return got > 0;
}

std::string TestSocket::read_exactly(std::size_t count) {
  while (buffer_.size() < count) {
    if (!fill()) throw std::runtime_error("the connection ended early");
  }
  std::string bytes = buffer_.substr(0, count);
  buffer_.erase(0, count);
  return bytes;
}

std::string TestSocket::read_line() {
  std::size_t end = buffer_.find("\r\n");
  while (end == std::string::npos) {
    if (!fill()) throw std::runtime_error("the connection ended within a line");
    end = buffer_.find("\r\n");
  }
  std::string line = read_exactly(end + 2);
  line.resize(end);
  return line;
}

std::string TestSocket::read_to_end() {
  while (fill()) {
  }
  return std::exchange(buffer_, {});
}

bool TestSocket::is_quiet() {
  char byte;
  const ssize_t got = ::recv(fd_, &byte, 1, MSG_PEEK | MSG_DONTWAIT);
  return buffer_.empty() && got < 0 && errno == EAGAIN;
}

Answer TestClient::get(std::string_view target, const HeaderList& headers) {
  return request("GET", target, {}, headers);
}

Answer TestClient::post(std::string_view target, std::string_view json, const HeaderList& headers) {
  HeaderList all = headers;
  all.emplace_back("Content-Type", "application/json");
  return request("POST", target, json, all);
}

Answer TestClient::request(std::string_view method, std::string_view target, std::string_view body,
                           const HeaderList& headers) {
  std::string bytes = fmt::format("{} {} HTTP/1.1\r\nHost: localhost\r\n", method, target);
  const bool is_bodiless = method == "GET" || method == "HEAD" || method == "DELETE";
  if (!body.empty() || !is_bodiless) bytes += fmt::format("Content-Length: {}\r\n", body.size());
  append_headers(bytes, headers);
  bytes += body;
  socket_.send(bytes);
  return read_answer(method == "HEAD");
}

Answer TestClient::read_answer(bool is_head) {
  return read_whole(socket_, is_head);
}

std::uint16_t TestFrame::close_code() const {
  if (opcode != Opcode::close) throw std::runtime_error("not a close frame");
  if (payload.size() < 2) return 1005;
  return static_cast<std::uint16_t>(static_cast<std::uint8_t>(payload[0]) << 8 |
                                    static_cast<std::uint8_t>(payload[1]));
}

TestWebSocket::TestWebSocket(std::uint16_t port, std::string_view target, const HeaderList& headers)
    : socket_(port) {
  socket_.send(upgrade_request(target, headers));
  const Answer answer = read_head(socket_);
  if (answer.status != 101 || answer.header("Connection") != "Upgrade" ||
      answer.header("Sec-WebSocket-Accept") != kAccept) {
    throw std::runtime_error(fmt::format("the upgrade was answered {}", answer.status));
  }
}

void TestWebSocket::send_frame(Opcode opcode, std::string_view payload, bool is_final) {
  socket_.send(build_masked_frame(opcode, payload, 0xA1B2C3D4, is_final));
}

TestFrame TestWebSocket::next_frame() {
  const std::string head = socket_.read_exactly(2);
  const auto first = static_cast<std::uint8_t>(head[0]);
  std::uint64_t size = static_cast<std::uint8_t>(head[1]) & 0x7F;
  if (size >= 126) {
    const std::string extended = socket_.read_exactly(size == 126 ? 2 : 8);
    size = 0;
    for (const char byte : extended) size = size << 8 | static_cast<std::uint8_t>(byte);
  }
  return {static_cast<Opcode>(first & 0x0F), socket_.read_exactly(size)};
}

std::string TestWebSocket::next_text() {
  while (true) {
    TestFrame frame = next_frame();
    if (frame.opcode == Opcode::text) return std::move(frame.payload);
    if (frame.opcode == Opcode::ping) send_frame(Opcode::pong, frame.payload);
    if (frame.opcode == Opcode::close) {
      throw std::runtime_error(fmt::format("closed with {}", frame.close_code()));
    }
  }
}

std::uint16_t TestWebSocket::wait_closed() {
  while (true) {
    const TestFrame frame = next_frame();
    if (frame.opcode == Opcode::ping) send_frame(Opcode::pong, frame.payload);
    if (frame.opcode != Opcode::close) continue;
    socket_.try_send(build_masked_frame(Opcode::close, frame.payload, 1));
    return frame.close_code();
  }
}

Answer try_upgrade(std::uint16_t port, std::string_view target, const HeaderList& headers) {
  TestSocket socket(port);
  socket.send(upgrade_request(target, headers));
  return read_whole(socket, false);
}

}  // namespace geili::net::testing
