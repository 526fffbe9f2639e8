#pragma once
// Host and port of a URL that a shop chose, more strictly than RFC 3986: what two readers could
// take for two hosts is refused. Which address a name leads to is looked at when it is called
// (Reach). Pure; any thread.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/bytes.hpp"
#include "base/http_call.hpp"

namespace geili {

// Of a URL, between "://" and the path. Both views are within the text given.
struct UrlAuthority {
  std::string_view host;
  std::optional<std::string_view> port;
};
UrlAuthority split_authority(std::string_view authority);

struct UrlHost {
  bool is_loopback = false;  // "localhost", or an address of this machine
  bool is_public = false;    // an address of the public internet, or a name that may lead there
};
// A name of labels, a dotted IPv4 address, or an IPv6 address in brackets; none when it is neither.
// The last label of a name never begins with a digit: 127.1 and 2130706433 are addresses to some.
std::optional<UrlHost> parse_url_host(std::string_view text);

// 1 to 65535, without zeros before it.
std::optional<int> parse_url_port(std::string_view text);

// Printable ASCII without what ends or quotes a URL elsewhere.
bool is_plain_url_text(std::string_view text);

std::string ascii_lower(std::string_view text);

inline constexpr int kHighPortMin = 1024;
// Ports from 1024 may be called.
constexpr bool reaches_high_ports(Reach reach) {
  return reach == Reach::public_high_port || reach == Reach::loopback_too;
}

}  // namespace geili
