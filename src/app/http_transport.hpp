#pragma once
// Carries calls to servers elsewhere by HTTPS: libcurl's multi interface on a thread of its own.
// Payment providers and shops' own receivers have one each, so that neither waits for the other.

#include <chrono>
#include <cstddef>
#include <memory>

#include "base/http_call.hpp"

namespace geili::app {

// Calls that wait or are under way; more are answered Carried::busy at once.
inline constexpr std::size_t kCallsMax = 256;
inline constexpr std::size_t kConnectionsMax = 32;  // idle ones, too
// A connection that nothing went over for longer is not used again.
inline constexpr std::chrono::seconds kConnectionIdleMax{60};
inline constexpr std::size_t kHeaderBytesMax = 64 * 1024;  // of an answer; more is `unreachable`

// Certificates are verified against the machine's list, and redirects are answers like any other.
// Where the reach of a call is not Reach::chosen, the address and port of the connection itself are
// looked at, after the name was resolved: a name that leads elsewhere the next time gains nothing.
// No proxy is asked then. A connection is used twice only by calls that may, and each looks at
// where it leads anew, whoever made it.
class HttpTransport final : public Transport {
 public:
  HttpTransport();
  // Ends what is under way: each call is answered `unreachable`.
  ~HttpTransport() override;
  HttpTransport(const HttpTransport&) = delete;
  HttpTransport& operator=(const HttpTransport&) = delete;

  void send(HttpRequest request, std::function<void(HttpAnswer)> done) override;

 private:
  class Loop;
  std::unique_ptr<Loop> loop_;
};

}  // namespace geili::app
