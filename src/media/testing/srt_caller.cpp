#include "media/testing/srt_caller.hpp"

#include <algorithm>

#include <boost/asio/ip/udp.hpp>
#include <srt/srt.h>
#include <sys/socket.h>

namespace geili::media::testing {
namespace {

constexpr std::size_t kMessageBytes = std::size_t{7} * 188;
constexpr std::int64_t kPatienceMs = 20'000;

bool set_text(SRTSOCKET socket, SRT_SOCKOPT option, const std::string& text) {
  return srt_setsockflag(socket, option, text.data(), static_cast<int>(text.size())) != SRT_ERROR;
}

}  // namespace

SrtCaller::SrtCaller(std::uint16_t port, const Options& options) : socket_(srt_create_socket()) {
  const boost::asio::ip::udp::endpoint server(boost::asio::ip::address_v4::loopback(), port);
  const linger until_sent{.l_onoff = 1, .l_linger = 5};
  srt_setsockflag(socket_, SRTO_LINGER, &until_sent, sizeof(until_sent));
  bool is_set = options.stream_id.empty() || set_text(socket_, SRTO_STREAMID, options.stream_id);
  is_set = is_set &&
           (options.passphrase.empty() || set_text(socket_, SRTO_PASSPHRASE, options.passphrase));
  const bool connects =
      is_set && srt_connect(socket_, server.data(), static_cast<int>(server.size())) != SRT_ERROR;
  if (!connects) rejection_ = is_set ? srt_getrejectreason(socket_) : -1;
}

SrtCaller::~SrtCaller() {
  close();
}

void SrtCaller::close() {
  if (socket_ != SRT_INVALID_SOCK) srt_close(socket_);
  socket_ = SRT_INVALID_SOCK;
}

bool SrtCaller::send(ByteView bytes) const {
  while (!bytes.empty()) {
    const ByteView message = bytes.first(std::min(bytes.size(), kMessageBytes));
    const std::string_view text = as_text(message);
    if (srt_send(socket_, text.data(), static_cast<int>(text.size())) == SRT_ERROR) return false;
    bytes = bytes.subspan(message.size());
  }
  return true;
}

bool SrtCaller::is_open() const {
  return srt_getsockstate(socket_) == SRTS_CONNECTED;
}

bool SrtCaller::wait_for_close() const {
  const int poll = srt_epoll_create();
  const int breaks = SRT_EPOLL_ERR;
  srt_epoll_add_usock(poll, socket_, &breaks);
  SRT_EPOLL_EVENT event{};
  if (is_open()) srt_epoll_uwait(poll, &event, 1, kPatienceMs);
  srt_epoll_release(poll);
  return !is_open();
}

}  // namespace geili::media::testing
