#pragma once
// TCP to another platform, with TLS or without.

#include <memory>
#include <optional>
#include <span>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/stream.hpp>

#include "base/result.hpp"
#include "base/rtmp_url.hpp"
#include "media/egress/rtmp/commons.hpp"

namespace geili::media::rtmp {

// Belongs to the media thread. One read and one write may be under way at once; it outlives both.
class FarSocket {
 public:
  explicit FarSocket(Commons& commons)
      : commons_(commons), resolver_(*commons.io), tcp_(*commons.io) {}

  // Errors (unavailable): "rtmp-unreachable", "rtmp-certificate", "rtmp-tls"; forbidden
  // "rtmp-address": the name leads out of `reach`. The addresses themselves are connected to, so
  // that a name that leads elsewhere the next time gains nothing.
  boost::asio::awaitable<Result<void>> connect(RtmpUrl server, Reach reach);
  // How much was read; 0 at the end or when it broke.
  boost::asio::awaitable<std::size_t> read_some(std::span<std::byte> into);
  // False when it broke.
  boost::asio::awaitable<bool> write_all(std::string_view bytes);
  // Ends what is under way.
  void close();

 private:
  boost::asio::awaitable<Result<void>> encrypt(std::string host);

  Commons& commons_;
  boost::asio::ip::tcp::resolver resolver_;
  boost::asio::ip::tcp::socket tcp_;
  std::optional<boost::asio::ssl::stream<boost::asio::ip::tcp::socket&>> tls_;
  bool is_closed_ = false;
};

}  // namespace geili::media::rtmp
