#pragma once
// Carries the calls of payment providers by HTTPS: libcurl's multi interface on a thread of its
// own.

#include <cstddef>
#include <memory>

#include "payments/provider.hpp"

namespace geili::app {

// Calls that wait or are under way; more are answered Carried::busy at once.
inline constexpr std::size_t kCallsMax = 256;
inline constexpr std::size_t kConnectionsMax = 32;
inline constexpr std::size_t kHeaderBytesMax = 64 * 1024;  // of an answer; more is `unreachable`

// Certificates are verified against the machine's list, redirects are answers like any other, and a
// body longer than payments::kHttpBodyMax is `unreachable`.
class HttpTransport final : public payments::Transport {
 public:
  HttpTransport();
  // Ends what is under way: each call is answered `unreachable`.
  ~HttpTransport() override;
  HttpTransport(const HttpTransport&) = delete;
  HttpTransport& operator=(const HttpTransport&) = delete;

  void send(payments::HttpRequest request, std::function<void(payments::HttpAnswer)> done) override;

 private:
  class Loop;
  std::unique_ptr<Loop> loop_;
};

}  // namespace geili::app
