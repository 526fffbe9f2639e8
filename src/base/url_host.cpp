#include "base/url_host.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include <arpa/inet.h>

#include "base/public_address.hpp"

namespace geili {
namespace {

constexpr std::size_t kHostBytesMax = 253;
constexpr std::size_t kLabelBytesMax = 63;
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

// Names that never leave a network (RFC 6761, RFC 6762, RFC 8375), and names without a dot.
bool is_local_name(std::string_view host) {
  const std::string name = ascii_lower(host);
  constexpr std::array<std::string_view, 7> kEnds{".localhost", ".local", ".internal", ".home.arpa",
                                                  ".lan",       ".test",  ".invalid"};
  return !name.contains('.') ||
         std::ranges::any_of(kEnds, [&](std::string_view end) { return name.ends_with(end); });
}

UrlHost host_of(const Address& address) {
  return {.is_loopback = is_loopback_address(address.view()),
          .is_public = is_public_address(address.view())};
}

}  // namespace

std::string ascii_lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

bool is_plain_url_text(std::string_view text) {
  return std::ranges::all_of(
      text, [](char c) { return c > ' ' && c < '\x7f' && c != '\\' && c != '"' && c != '#'; });
}

UrlAuthority split_authority(std::string_view authority) {
  const std::size_t from = authority.starts_with('[') ? authority.find(']') : 0;
  const std::size_t colon =
      from == std::string_view::npos ? std::string_view::npos : authority.find(':', from);
  if (colon == std::string_view::npos) return {authority, std::nullopt};
  return {authority.substr(0, colon), authority.substr(colon + 1)};
}

std::optional<UrlHost> parse_url_host(std::string_view text) {
  if (text.starts_with('[')) {
    if (!text.ends_with(']') || text.size() < 4) return std::nullopt;
    const auto address = parse_address<16>(AF_INET6, text.substr(1, text.size() - 2));
    if (!address) return std::nullopt;
    return host_of(*address);
  }
  if (text.empty() || text.size() > kHostBytesMax) return std::nullopt;
  if (const auto address = parse_address<4>(AF_INET, text)) return host_of(*address);
  std::string_view rest = text;
  for (;;) {
    const std::size_t dot = rest.find('.');
    const std::string_view label = rest.substr(0, dot);
    if (!is_label(label)) return std::nullopt;
    if (dot == std::string_view::npos) {
      if (is_digit(label.front())) return std::nullopt;
      return UrlHost{.is_loopback = ascii_lower(text) == "localhost",
                     .is_public = !is_local_name(text)};
    }
    rest.remove_prefix(dot + 1);
  }
}

std::optional<int> parse_url_port(std::string_view text) {
  int port = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
  const bool is_all = error == std::errc() && end == text.data() + text.size();
  if (!is_all || text.starts_with('0') || port < 1 || port > kPortMax) return std::nullopt;
  return port;
}

}  // namespace geili
