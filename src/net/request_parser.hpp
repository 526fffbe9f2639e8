#pragma once
// An incremental HTTP/1.1 request reader (RFC 9112) with the shapes that let two servers disagree
// about where a request ends refused.

#include <cstddef>
#include <cstdint>
#include <expected>
#include <memory>
#include <optional>
#include <string_view>

#include "net/http.hpp"

namespace geili::net {

// An answer to a request that no handler sees.
struct Refusal {
  unsigned status = 400;
  Error error;
};

Refusal refusal(unsigned status, std::string_view code, std::string_view detail);

// One request; not thread-safe.
class RequestParser {
 public:
  struct Limits {
    std::size_t header_bytes_max = 16 * 1024;
    std::size_t header_fields_max = 100;
  };
  enum class Progress : std::uint8_t {
    need_more,  // what is left of the input must come again, with more behind it
    header,     // told once: set_body_bytes_max(), then go on
    done,
  };

  explicit RequestParser(const Limits& limits);
  RequestParser(RequestParser&&) noexcept;
  RequestParser& operator=(RequestParser&&) noexcept;
  ~RequestParser();

  // Takes what it can use from the front of `input`.
  std::expected<Progress, Refusal> feed(std::string_view& input);

  // The functions below hold after Progress::header.
  void set_body_bytes_max(std::size_t bytes_max);
  std::optional<std::uint64_t> content_length() const;
  bool has_body() const;
  bool keep_alive() const;  // never after HTTP/1.0
  bool expects_continue() const;
  Request& request();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace geili::net
