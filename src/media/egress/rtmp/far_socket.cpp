#include "media/egress/rtmp/far_socket.hpp"

#include <vector>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/connect.hpp>
#include <boost/asio/ssl/host_name_verification.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <openssl/ssl.h>

namespace geili::media::rtmp {
namespace asio = boost::asio;
using asio::ip::tcp;
namespace {

constexpr auto kTuple = asio::as_tuple(asio::use_awaitable);
// The kernel would let the queue grow to many seconds of video before the far side is seen to be
// slow.
constexpr int kSendBufferBytes = 512 * 1024;

bool is_reachable(const tcp::endpoint& to, Reach reach) {
  if (reach == Reach::chosen) return true;
  const asio::ip::address address = to.address();
  if (address.is_v4()) {
    const auto v4 = address.to_v4().to_bytes();
    return is_rtmp_reachable(reach, std::as_bytes(std::span(v4)), to.port());
  }
  const auto v6 = address.to_v6().to_bytes();
  return is_rtmp_reachable(reach, std::as_bytes(std::span(v6)), to.port());
}

std::unexpected<Error> unreachable() {
  return fail(ErrorKind::unavailable, "rtmp-unreachable", "The server cannot be reached.");
}

}  // namespace

asio::awaitable<Result<void>> FarSocket::connect(RtmpUrl server, Reach reach) {
  auto [unknown, found] = co_await resolver_.async_resolve(server.host, std::to_string(server.port),
                                                           tcp::resolver::numeric_service, kTuple);
  if (unknown || is_closed_) co_return unreachable();
  std::vector<tcp::endpoint> allowed;
  for (const auto& entry : found) {
    if (is_reachable(entry.endpoint(), reach)) allowed.push_back(entry.endpoint());
  }
  if (allowed.empty()) {
    co_return fail(ErrorKind::forbidden, "rtmp-address",
                   "The server's name leads to an address that is not public.");
  }
  auto [failed, to] = co_await asio::async_connect(tcp_, allowed, kTuple);
  if (failed || is_closed_) co_return unreachable();
  boost::system::error_code ignored;
  tcp_.set_option(tcp::no_delay(true), ignored);
  tcp_.set_option(asio::socket_base::send_buffer_size(kSendBufferBytes), ignored);
  if (!server.is_secure) co_return Result<void>{};
  co_return co_await encrypt(std::move(server.host));
}

asio::awaitable<Result<void>> FarSocket::encrypt(std::string host) {
  tls_.emplace(tcp_, commons_.tls());
  boost::system::error_code not_address;
  asio::ip::make_address(host, not_address);
  if (not_address) SSL_set_tlsext_host_name(tls_->native_handle(), host.c_str());
  tls_->set_verify_callback(asio::ssl::host_name_verification(host));
  auto [failed] = co_await tls_->async_handshake(asio::ssl::stream_base::client, kTuple);
  if (!failed) co_return Result<void>{};
  const bool is_doubted = SSL_get_verify_result(tls_->native_handle()) != X509_V_OK;
  if (!is_doubted) {
    co_return fail(ErrorKind::unavailable, "rtmp-tls", "The server does not speak TLS.");
  }
  co_return fail(ErrorKind::unavailable, "rtmp-certificate",
                 "The server has no certificate for its name that this machine trusts.");
}

asio::awaitable<std::size_t> FarSocket::read_some(std::span<std::byte> into) {
  const auto buffer = asio::buffer(into.data(), into.size());
  auto [failed, count] = tls_ ? co_await tls_->async_read_some(buffer, kTuple)
                              : co_await tcp_.async_read_some(buffer, kTuple);
  co_return failed ? 0 : count;
}

asio::awaitable<bool> FarSocket::write_all(std::string_view bytes) {
  const auto buffer = asio::buffer(bytes.data(), bytes.size());
  auto [failed, count] = tls_ ? co_await asio::async_write(*tls_, buffer, kTuple)
                              : co_await asio::async_write(tcp_, buffer, kTuple);
  co_return !failed;
}

void FarSocket::close() {
  is_closed_ = true;
  resolver_.cancel();
  boost::system::error_code ignored;
  tcp_.close(ignored);
}

}  // namespace geili::media::rtmp
