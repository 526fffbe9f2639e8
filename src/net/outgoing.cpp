#include "net/outgoing.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <cerrno>
#include <utility>

#include <sys/sendfile.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

namespace geili::net {
namespace {

constexpr std::size_t kFileStepBytes = 512 * 1024;

SendProgress progress_of_errno() {
  return errno == EAGAIN || errno == EWOULDBLOCK ? SendProgress::blocked : SendProgress::failed;
}

}  // namespace

Outgoing::~Outgoing() {
  if (file_ >= 0) ::close(file_);
}

void Outgoing::set_body(std::string body) {
  own_ = std::move(body);
}
void Outgoing::set_body(SharedBody body) {
  shared_ = std::move(body);
}

void Outgoing::set_file(int file, std::uint64_t offset, std::uint64_t length) {
  assert(file_ < 0);
  file_ = file;
  file_at_ = static_cast<off_t>(offset);
  file_end_ = static_cast<off_t>(offset + length);
}

std::string_view Outgoing::memory() const {
  return shared_ ? std::string_view(*shared_) : own_;
}

std::uint64_t Outgoing::body_bytes() const {
  return memory().size() + static_cast<std::uint64_t>(file_end_ - file_at_);
}

SendProgress Outgoing::start(int socket, std::string_view head) {
  unsent_head_ = head;
  const SendProgress progress = resume(socket);
  if (progress == SendProgress::blocked && !unsent_head_.empty()) {
    head_ = unsent_head_;
    unsent_head_ = head_;
  }
  return progress;
}

SendProgress Outgoing::resume(int socket) {
  const SendProgress progress = send_memory(socket);
  if (progress != SendProgress::done || file_ < 0) return progress;
  return send_file(socket);
}

SendProgress Outgoing::send_memory(int socket) {
  while (true) {
    const std::string_view body = memory().substr(sent_body_);
    std::array<iovec, 2> parts;
    std::size_t count = 0;
    for (const std::string_view part : {unsent_head_, body}) {
      if (part.empty()) continue;
      parts[count++] = {const_cast<char*>(part.data()), part.size()};
    }
    if (count == 0) return SendProgress::done;
    msghdr message{};
    message.msg_iov = parts.data();
    message.msg_iovlen = count;
    const int more = file_ >= 0 ? MSG_MORE : 0;
    const ssize_t sent = ::sendmsg(socket, &message, MSG_NOSIGNAL | more);
    if (sent < 0 && errno == EINTR) continue;
    if (sent < 0) return progress_of_errno();
    has_progressed_ = true;
    const auto bytes = static_cast<std::size_t>(sent);
    const std::size_t of_head = std::min(bytes, unsent_head_.size());
    unsent_head_.remove_prefix(of_head);
    sent_body_ += bytes - of_head;
  }
}

SendProgress Outgoing::send_file(int socket) {
  while (file_at_ < file_end_) {
    const auto left = static_cast<std::size_t>(file_end_ - file_at_);
    const ssize_t sent = ::sendfile(socket, file_, &file_at_, std::min(left, kFileStepBytes));
    if (sent < 0 && errno == EINTR) continue;
    if (sent < 0) return progress_of_errno();
    if (sent == 0) return SendProgress::failed;  // the file has become shorter
    has_progressed_ = true;
  }
  return SendProgress::done;
}

}  // namespace geili::net
