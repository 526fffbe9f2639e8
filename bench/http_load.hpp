#pragma once
// A closed-loop HTTP/1.1 load generator: each connection sends a request, waits for the whole
// answer, sends the next.

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "figures.hpp"

namespace geili::bench {

struct HttpAnswer {
  unsigned status = 0;
  std::string_view head;  // status line and fields
  std::string_view body;
};

struct HttpLoadSettings {
  std::string address = "127.0.0.1";
  std::uint16_t port = 0;
  unsigned connections = 64;
  std::chrono::milliseconds warm_up{500};
  std::chrono::milliseconds duration{3000};
};

struct HttpLoadResult {
  std::uint64_t answers = 0;   // within the duration, after the warm-up
  std::uint64_t failures = 0;  // `check` said no, also in the warm-up
  double seconds = 0;
  LatencyHistogram latency;
  double per_second() const { return seconds > 0 ? static_cast<double>(answers) / seconds : 0; }
};

// Appends the request that is the `number`th of all connections.
using MakeRequest = std::function<void(std::uint64_t number, std::string& out)>;
// False counts a failure.
using CheckAnswer = std::function<bool(std::uint64_t number, const HttpAnswer& answer)>;

// Runs on the calling thread. Throws std::system_error when a connection is lost,
// std::runtime_error when an answer is not HTTP with a Content-Length.
HttpLoadResult run_http_load(const HttpLoadSettings& settings, const MakeRequest& make,
                             const CheckAnswer& check);

// "http://127.0.0.1:8080" as address and port; throws std::runtime_error.
struct BaseUrl {
  std::string address;
  std::uint16_t port = 80;
};
BaseUrl parse_base_url(std::string_view url);

// One request and its answer on a connection of its own; the body is kept.
struct OwnedAnswer {
  unsigned status = 0;
  std::string head;
  std::string body;
};
OwnedAnswer ask_once(const BaseUrl& url, std::string_view request);

}  // namespace geili::bench
