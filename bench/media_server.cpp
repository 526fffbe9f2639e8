#include "media_server.hpp"

#include <cerrno>
#include <cstdint>
#include <cstdio>
#include <optional>
#include <stdexcept>
#include <system_error>
#include <utility>

#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "load_socket.hpp"
#include "media/testing/node_bench.hpp"

namespace geili::bench {
namespace {

// A message is a letter, its length in four bytes and its text.
struct Message {
  char kind = 0;
  std::string text;
};

bool send_message(int fd, char kind, std::string_view text) {
  std::string out(1, kind);
  for (int shift = 24; shift >= 0; shift -= 8)
    out += static_cast<char>(text.size() >> shift & 0xFF);
  out += text;
  std::size_t done = 0;
  while (done < out.size()) {
    const ssize_t count = ::write(fd, out.data() + done, out.size() - done);
    if (count <= 0) return false;
    done += static_cast<std::size_t>(count);
  }
  return true;
}

bool receive_all(int fd, std::string& out) {
  std::size_t done = 0;
  while (done < out.size()) {
    const ssize_t count = ::read(fd, out.data() + done, out.size() - done);
    if (count <= 0) return false;
    done += static_cast<std::size_t>(count);
  }
  return true;
}

std::optional<Message> receive_message(int fd) {
  std::string head(5, '\0');
  if (!receive_all(fd, head)) return std::nullopt;
  std::size_t size = 0;
  for (std::size_t i = 1; i < 5; ++i) size = size << 8 | static_cast<unsigned char>(head[i]);
  Message message{head[0], std::string(size, '\0')};
  if (!receive_all(fd, message.text)) return std::nullopt;
  return message;
}

Result<std::string> answer(media::testing::NodeBench& node, const Message& question) {
  using media::SessionRole;
  if (question.kind == 'p' || question.kind == 'v') {
    const auto role = question.kind == 'p' ? SessionRole::publisher : SessionRole::viewer;
    auto closed = node.close(role, question.text);
    return closed ? Result<std::string>("") : fail_as(closed);
  }
  auto made = question.kind == 'P' ? node.publish(question.text) : node.play(question.text);
  if (!made) return fail_as(made);
  return made->name + "\n" + made->sdp;
}

}  // namespace

void serve_media(int in, int out, const MediaServer::Settings& settings) {
  media::testing::NodeBench node({.threads = settings.threads,
                                  .segmentation = settings.segmentation,
                                  .log = [](std::string_view line) {
                                    std::fprintf(stderr, "%.*s\n", static_cast<int>(line.size()),
                                                 line.data());
                                  }});
  while (const auto question = receive_message(in)) {
    const auto text = answer(node, *question);
    if (!send_message(out, text ? '+' : '-', text ? *text : text.error().detail)) return;
  }
}

MediaServer::MediaServer(const Settings& settings) {
  int ends[2];
  if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0)
    throw std::system_error(errno, std::generic_category(), "socketpair");
  process_ = ::fork();
  if (process_ < 0) throw std::system_error(errno, std::generic_category(), "fork");
  if (process_ == 0) {
    ::close(ends[0]);
    pin_to_processor(0);
    serve_media(ends[1], ends[1], settings);
    std::_Exit(0);
  }
  ::close(ends[1]);
  questions_ = ends[0];
}

MediaServer::~MediaServer() {
  ::close(questions_);
  ::waitpid(process_, nullptr, 0);
}

std::string MediaServer::publish(media::testing::ClientPeer& peer) {
  return follow(ask('P', peer.offer()), peer);
}

std::string MediaServer::play(media::testing::ClientPeer& peer) {
  return follow(ask('V', peer.offer()), peer);
}

void MediaServer::unpublish(const std::string& session) {
  (void)ask('p', session);
}

void MediaServer::leave(const std::string& session) {
  (void)ask('v', session);
}

std::string MediaServer::follow(const std::string& text, media::testing::ClientPeer& peer) {
  const std::size_t end = text.find('\n');
  const auto accepted = peer.accept(std::string_view(text).substr(end + 1));
  if (!accepted) throw std::runtime_error(accepted.error().detail);
  return text.substr(0, end);
}

std::string MediaServer::ask(char kind, std::string_view text) {
  auto answer = send_message(questions_, kind, text) ? receive_message(questions_) : std::nullopt;
  if (!answer) throw std::runtime_error("the server is gone");
  if (answer->kind != '+') throw std::runtime_error(answer->text);
  return std::move(answer->text);
}

}  // namespace geili::bench
