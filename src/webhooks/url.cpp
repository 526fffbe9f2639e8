#include "webhooks/url.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include <arpa/inet.h>

#include "base/public_address.hpp"

namespace geili::webhooks {
namespace {

constexpr std::size_t kHostBytesMax = 253;
constexpr std::size_t kLabelBytesMax = 63;
constexpr int kPortHttps = 443;
constexpr int kPortHttp = 80;
constexpr int kHighPortMin = 1024;
constexpr int kPortMax = 65'535;

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

struct Address {
  std::array<std::byte, 16> bytes{};
  std::size_t size = 0;
  ByteView view() const { return ByteView(bytes).first(size); }
};

template <std::size_t Size>
std::optional<Address> parse_address(int family, std::string_view text) {
  Address address{.size = Size};
  const std::string ended(text);
  if (inet_pton(family, ended.c_str(), address.bytes.data()) != 1) return std::nullopt;
  return address;
}

bool is_label(std::string_view label) {
  if (label.empty() || label.size() > kLabelBytesMax) return false;
  if (label.front() == '-' || label.back() == '-') return false;
  return std::ranges::all_of(label, [](char c) { return is_digit(c) || is_letter(c) || c == '-'; });
}

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

// Names that never leave a network (RFC 6761, RFC 6762, RFC 8375), and names without a dot.
bool is_local_name(std::string_view host) {
  const std::string name = lower(host);
  constexpr std::array<std::string_view, 7> kEnds{".localhost", ".local", ".internal", ".home.arpa",
                                                  ".lan",       ".test",  ".invalid"};
  return !name.contains('.') ||
         std::ranges::any_of(kEnds, [&](std::string_view end) { return name.ends_with(end); });
}

struct Host {
  std::string_view text;
  std::optional<Address> address;
};

// The last label of a name never begins with a digit: 127.1, 0x7f.1 and 2130706433 are addresses to
// some readers.
std::optional<Host> parse_host(std::string_view text) {
  if (text.starts_with('[')) {
    if (!text.ends_with(']') || text.size() < 4) return std::nullopt;
    auto address = parse_address<16>(AF_INET6, text.substr(1, text.size() - 2));
    if (!address) return std::nullopt;
    return Host{text, address};
  }
  if (text.empty() || text.size() > kHostBytesMax) return std::nullopt;
  if (auto address = parse_address<4>(AF_INET, text)) return Host{text, address};
  std::string_view rest = text;
  for (;;) {
    const std::size_t dot = rest.find('.');
    const std::string_view label = rest.substr(0, dot);
    if (!is_label(label)) return std::nullopt;
    if (dot == std::string_view::npos) {
      if (is_digit(label.front())) return std::nullopt;
      return Host{text, std::nullopt};
    }
    rest.remove_prefix(dot + 1);
  }
}

bool is_loopback(const Host& host) {
  if (host.address) return is_loopback_address(host.address->view());
  return lower(host.text) == "localhost";
}

bool is_public(const Host& host) {
  return host.address ? is_public_address(host.address->view()) : !is_local_name(host.text);
}

std::optional<int> parse_port(std::string_view text) {
  int port = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
  const bool is_all = error == std::errc() && end == text.data() + text.size();
  if (!is_all || text.starts_with('0') || port < 1 || port > kPortMax) return std::nullopt;
  return port;
}

struct Authority {
  std::string_view host;
  std::optional<std::string_view> port;
};

Authority split(std::string_view authority) {
  const std::size_t from = authority.starts_with('[') ? authority.find(']') : 0;
  const std::size_t colon =
      from == std::string_view::npos ? std::string_view::npos : authority.find(':', from);
  if (colon == std::string_view::npos) return {authority, std::nullopt};
  return {authority.substr(0, colon), authority.substr(colon + 1)};
}

}  // namespace

std::string_view to_text(UrlFault fault) {
  switch (fault) {
    case UrlFault::malformed:
      return "is not a URL such as https://example.com/hook";
    case UrlFault::not_https:
      return "does not begin with https://";
    case UrlFault::has_user:
      return "holds a user name";
    case UrlFault::bad_host:
      return "has a host that is neither a name nor an address";
    case UrlFault::not_public:
      return "is not on the public internet";
    case UrlFault::bad_port:
      return "has a port that may not be called";
  }
  return "";
}

std::optional<UrlFault> url_fault(std::string_view url, Reach reach) {
  const bool is_plain = std::ranges::all_of(
      url, [](char c) { return c > ' ' && c < '\x7f' && c != '\\' && c != '"' && c != '#'; });
  if (!is_plain || url.size() > kUrlBytesMax) return UrlFault::malformed;
  const std::size_t scheme_end = url.find("://");
  if (scheme_end == std::string_view::npos) return UrlFault::malformed;
  const std::string scheme = lower(url.substr(0, scheme_end));
  const std::string_view rest = url.substr(scheme_end + 3);
  const std::string_view authority = rest.substr(0, rest.find_first_of("/?"));
  if (authority.contains('@')) return UrlFault::has_user;
  const Authority parts = split(authority);
  const auto host = parse_host(parts.host);
  if (scheme != "https" && scheme != "http") return UrlFault::not_https;
  if (!host) return UrlFault::bad_host;
  const bool is_here = reach == Reach::loopback_too && is_loopback(*host);
  if (scheme != "https" && !is_here) return UrlFault::not_https;
  if (!is_here && !is_public(*host)) return UrlFault::not_public;
  const int usual = scheme == "https" ? kPortHttps : kPortHttp;
  const auto port = parts.port ? parse_port(*parts.port) : std::optional(usual);
  if (!port) return UrlFault::bad_port;
  const bool may_be_high = reach == Reach::public_high_port || reach == Reach::loopback_too;
  if (is_here || *port == kPortHttps || (may_be_high && *port >= kHighPortMin)) return std::nullopt;
  return UrlFault::bad_port;
}

}  // namespace geili::webhooks
