#include "store/postgres/testing/cutting_proxy.hpp"

#include <array>
#include <cstring>
#include <filesystem>
#include <stdexcept>
#include <string_view>

#include <poll.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace geili::store::postgres {
namespace {

constexpr const char* kSocket = "/.s.PGSQL.5432";

// How the store says it: Bind to the unnamed portal of the statement "commit" (PostgreSQL 15,
// chapter 55.7).
constexpr std::string_view kCommit{"\0commit\0", 8};

sockaddr_un address_of(const std::string& path) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  std::memcpy(address.sun_path, path.data(), std::min(path.size(), sizeof address.sun_path - 1));
  return address;
}

const sockaddr* generic(const sockaddr_un& address) {
  return static_cast<const sockaddr*>(static_cast<const void*>(&address));
}

bool send_all(int socket, std::string_view data) {
  while (!data.empty()) {
    const ssize_t sent = ::send(socket, data.data(), data.size(), MSG_NOSIGNAL);
    if (sent <= 0) return false;
    data.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

}  // namespace

CuttingProxy::CuttingProxy(const TempServer& server)
    : folder_("/tmp/geili-cut-XXXXXX"),
      server_folder_(server.folder()),
      listener_(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  if (::mkdtemp(folder_.data()) == nullptr || ::pipe(stop_) != 0) {
    throw std::runtime_error("cannot make " + folder_);
  }
  const sockaddr_un address = address_of(folder_ + kSocket);
  if (::bind(listener_, generic(address), sizeof address) != 0 || ::listen(listener_, 16) != 0) {
    throw std::runtime_error("cannot listen in " + folder_);
  }
  thread_ = std::thread(&CuttingProxy::loop, this);
}

CuttingProxy::~CuttingProxy() {
  ::close(stop_[1]);
  thread_.join();
  for (const Pair& pair : pairs_) {
    ::close(pair.client);
    ::close(pair.server);
  }
  ::close(listener_);
  ::close(stop_[0]);
  std::error_code ignored;
  std::filesystem::remove_all(folder_, ignored);
}

std::string CuttingProxy::through(std::string url) const {
  return url.replace(url.find(server_folder_), server_folder_.size(), folder_);
}

void CuttingProxy::loop() {
  for (;;) {
    std::vector<pollfd> sockets{{stop_[0], POLLIN, 0}, {listener_, POLLIN, 0}};
    for (const Pair& pair : pairs_) {
      sockets.push_back({pair.client, POLLIN, 0});
      sockets.push_back({pair.server, POLLIN, 0});
    }
    if (::poll(sockets.data(), sockets.size(), -1) < 0) continue;
    if (sockets[0].revents != 0) return;
    std::vector<Pair> kept;
    for (std::size_t i = 0; i < pairs_.size(); ++i) {
      Pair pair = pairs_[i];
      const bool is_open = (sockets[2 + 2 * i].revents == 0 || pass_on(pair, true)) &&
                           (sockets[3 + 2 * i].revents == 0 || pass_on(pair, false));
      if (is_open) {
        kept.push_back(pair);
      } else {
        ::close(pair.client);
        ::close(pair.server);
      }
    }
    pairs_ = std::move(kept);
    if (sockets[1].revents != 0) accept_one();
  }
}

void CuttingProxy::accept_one() {
  const int client = ::accept(listener_, nullptr, nullptr);
  const int server = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const sockaddr_un address = address_of(server_folder_ + kSocket);
  if (::connect(server, generic(address), sizeof address) == 0) {
    pairs_.push_back({client, server});
    return;
  }
  ::close(client);
  ::close(server);
}

// False when the connection is at its end.
bool CuttingProxy::pass_on(Pair& pair, bool from_client) {
  std::array<char, 65'536> buffer{};
  const ssize_t size =
      ::recv(from_client ? pair.client : pair.server, buffer.data(), buffer.size(), 0);
  if (size <= 0 || (!from_client && pair.is_answer_kept_back)) return false;
  const std::string_view data(buffer.data(), static_cast<std::size_t>(size));
  if (from_client && data.contains(kCommit)) {
    const Cut cut = cut_.exchange(Cut::never);
    if (cut == Cut::before_commit) return false;
    pair.is_answer_kept_back = cut == Cut::after_commit;
  }
  return send_all(from_client ? pair.server : pair.client, data);
}

}  // namespace geili::store::postgres
