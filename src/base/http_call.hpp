#pragma once
// The port to servers elsewhere: a plain HTTP request, the plain answer, and who carries them.
// Rooms make the one and read the other; app/ holds the client.

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "base/secret.hpp"

namespace geili {

// Names are compared without regard to case (RFC 9110 section 5.1).
using Headers = std::vector<std::pair<std::string, std::string>>;

// A call must be over by then; what happened over there is not known when it is not.
inline constexpr std::chrono::milliseconds kConnectTimeout{5'000};
inline constexpr std::chrono::milliseconds kAnswerTimeout{20'000};
inline constexpr std::size_t kHttpBodyMax = 256 * 1024;  // of an answer

// Where a call may go.
enum class Reach : std::uint8_t {
  chosen,            // the host of this installation chose the address
  public_internet,   // somebody else did: port 443 of public addresses (base/public_address.hpp)
  public_high_port,  // likewise, and ports from 1024
  loopback_too,      // and any port of this machine, for trying things out
};

struct HttpRequest {
  std::string method;
  std::string url;
  Headers headers;
  Secret<std::string> authorization;  // the header of that name; never written to a log
  std::string content_type;           // empty without a body
  std::string body;
  std::chrono::milliseconds connect_timeout = kConnectTimeout;
  std::chrono::milliseconds answer_timeout = kAnswerTimeout;  // once connected
  Reach reach = Reach::chosen;
  std::size_t body_bytes_max = kHttpBodyMax;  // of the answer
  bool may_cut_body = false;                  // a longer one is cut, and not `unreachable`
  // Over a connection that was used before, where somebody else chose the address. One that broke
  // meanwhile is made anew and the request sent once more: for what may come twice.
  bool may_reuse_connection = false;
};

enum class Carried : std::uint8_t {
  answered,
  timed_out,    // it may have been done over there
  unreachable,  // no connection, or one that broke
  forbidden,    // the address is out of reach; nothing was sent
  busy,         // the transport has too many calls; nothing was sent
};

struct HttpAnswer {
  Carried carried = Carried::answered;
  int status = 0;
  Headers headers;
  std::string body;
};

// Carries requests. app/ fills it with an HTTPS client that follows no redirect.
class Transport {
 public:
  virtual ~Transport() = default;
  // Any thread. `done` is called once, on a thread of the transport, and must not block; also when
  // the transport stops.
  virtual void send(HttpRequest request, std::function<void(HttpAnswer)> done) = 0;
};

}  // namespace geili
