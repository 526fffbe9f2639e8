#pragma once
// TLS in front of a Server, for phones on the same network: one thread decrypts and hands the plain
// bytes to the server through a socket pair. Meant for tens of visitors; a public server stands
// behind a proxy.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

#include "net/server.hpp"

namespace geili::net {

struct TlsSettings {
  std::string address = "0.0.0.0";
  std::uint16_t port = 0;  // 0: the kernel chooses; ask port()
  std::string certificate_pem;
  std::string key_pem;
  std::size_t connections_max = 512;  // beyond it connections are closed unanswered
  unsigned handshake_timeout_ms = 10'000;
  unsigned write_timeout_ms = 30'000;  // for a visitor to take the next 16 kB
};

class TlsFront {
 public:
  // Binds and begins; `server`, which was started, outlives it. Throws boost::system::system_error
  // when the address cannot be had or the certificate is none.
  static std::unique_ptr<TlsFront> start(const TlsSettings& settings, Server& server);
  // Cuts every connection.
  virtual ~TlsFront() = default;
  virtual std::uint16_t port() const = 0;
};

}  // namespace geili::net
