#pragma once
// HTTP as handlers see it: plain values, already parsed and bounded. Beast stays inside net/*.cpp.

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include <boost/asio/awaitable.hpp>

#include "base/result.hpp"

namespace geili::net {

// ASCII only, as protocol elements are compared.
bool equal_ignoring_case(std::string_view a, std::string_view b);

enum class Method : std::uint8_t { get, head, post, put, patch, del, options };

// "GET", as RFC 9110 section 9 writes it; none when the program does not know the method.
std::string_view to_string(Method method);
std::optional<Method> parse_method(std::string_view name);

// Names are compared without regard to case (RFC 9110 section 5.1).
class Headers {
 public:
  void set(std::string_view name, std::string_view value);  // replaces
  void add(std::string_view name, std::string_view value);  // appends (Set-Cookie, Link)
  std::optional<std::string_view> find(std::string_view name) const;
  std::size_t count(std::string_view name) const;
  const std::vector<std::pair<std::string, std::string>>& all() const { return fields_; }

 private:
  std::vector<std::pair<std::string, std::string>> fields_;
};

struct Request {
  Method method = Method::get;
  std::string path;   // percent-decoded, well-formed UTF-8, starts with '/', no dot segments
  std::string query;  // raw, without '?'; read it by net/query.hpp
  Headers headers;
  std::string body;
  std::string remote_address;  // the peer's, or the last X-Forwarded-For hop of a trusted proxy
  bool is_https = false;       // as seen by the browser
  std::vector<std::pair<std::string, std::string>> path_parameters;  // from the route's {name}s

  // Asserts that the route declares `name`.
  std::string_view path_parameter(std::string_view name) const;
  std::optional<std::string_view> cookie(std::string_view name) const;  // RFC 6265 section 5.4
};

// Bytes that many responses share (a video part, a cached page); never copied on the way out.
using SharedBody = std::shared_ptr<const std::string>;
// A part of a file, sent from the page cache. net/static_files.hpp builds whole responses of it,
// with validators and ranges; a file that cannot be opened becomes a 404.
struct FileBody {
  std::string path;
  std::uint64_t offset = 0;
  std::optional<std::uint64_t> length = std::nullopt;  // none: to the end
};

struct Response {
  unsigned status = 200;
  Headers headers;
  std::variant<std::string, SharedBody, FileBody> body;
};

// A handler takes its request by value and lives as long as the server. It may throw: the server
// answers 500 with an incident number and logs what was thrown.
using Handler = std::function<boost::asio::awaitable<Response>(Request)>;

// A handler that never waits (memory only): called on the io thread, without the cost of a
// coroutine.
using DirectHandler = std::function<Response(Request)>;

}  // namespace geili::net
