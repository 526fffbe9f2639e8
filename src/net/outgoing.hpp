#pragma once
// A response on its way into a non-blocking socket.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include <sys/types.h>

#include "net/http.hpp"

namespace geili::net {

enum class SendProgress : std::uint8_t { done, blocked, failed };

// Owns what is not sent yet: the rest of the head, then of the body.
class Outgoing {
 public:
  Outgoing() = default;
  ~Outgoing();
  Outgoing(const Outgoing&) = delete;
  Outgoing& operator=(const Outgoing&) = delete;

  void set_body(std::string body);
  void set_body(SharedBody body);
  // Takes over the descriptor.
  void set_file(int file, std::uint64_t offset, std::uint64_t length);
  std::uint64_t body_bytes() const;

  // Sends `head` and the body as far as the socket takes them; keeps a copy of what is left of the
  // head.
  SendProgress start(int socket, std::string_view head);
  SendProgress resume(int socket);
  // Whether anything was sent since the last call, which the first call answers with yes.
  bool take_progress() { return std::exchange(has_progressed_, false); }

 private:
  std::string_view memory() const;
  SendProgress send_memory(int socket);
  SendProgress send_file(int socket);

  std::string head_;
  std::string own_;
  SharedBody shared_;
  std::string_view unsent_head_;
  std::size_t sent_body_ = 0;
  int file_ = -1;
  off_t file_at_ = 0;
  off_t file_end_ = 0;
  bool has_progressed_ = true;
};

}  // namespace geili::net
