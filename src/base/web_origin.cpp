#include "base/web_origin.hpp"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <optional>

namespace geili {
namespace {

constexpr std::size_t kLabelBytesMax = 63;
constexpr unsigned kPortMax = 65'535;
constexpr std::string_view kSecure = "https://";
constexpr std::string_view kPlain = "http://";

std::unexpected<Error> bad_origin() {
  return fail(ErrorKind::invalid, "bad-origin", "This is not the address of a web site.");
}

bool is_letter(char c) {
  return c >= 'a' && c <= 'z';
}
bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool is_label(std::string_view label) {
  return !label.empty() && label.size() <= kLabelBytesMax && label.front() != '-' &&
         label.back() != '-' &&
         std::ranges::all_of(label, [](char c) { return is_letter(c) || is_digit(c) || c == '-'; });
}

// Two labels at least; the last one begins with a letter, so that no dotted number is a name.
bool is_name(std::string_view host) {
  std::size_t labels = 0;
  std::string_view last;
  while (true) {
    const std::size_t end = host.find('.');
    last = host.substr(0, end);
    if (!is_label(last)) return false;
    ++labels;
    if (end == std::string_view::npos) break;
    host.remove_prefix(end + 1);
  }
  return labels >= 2 && is_letter(last.front());
}

bool is_this_machine(std::string_view host) {
  return host == "localhost" || host == "127.0.0.1";
}

// 1 to 65535, without zeros before it.
std::optional<unsigned> parse_port(std::string_view text) {
  unsigned port = 0;
  const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), port);
  const bool is_whole = failed == std::errc() && end == text.data() + text.size();
  if (!is_whole || port == 0 || port > kPortMax || text.front() == '0') return std::nullopt;
  return port;
}

}  // namespace

Result<std::string> parse_web_origin(std::string_view text) {
  if (text.size() > kWebOriginBytesMax) return bad_origin();
  std::string small(text);
  std::ranges::transform(small, small.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  std::string_view rest = small;
  const bool is_secure = rest.starts_with(kSecure);
  if (!is_secure && !rest.starts_with(kPlain)) return bad_origin();
  const std::string_view scheme = is_secure ? kSecure : kPlain;
  rest.remove_prefix(scheme.size());
  if (rest.ends_with('/')) rest.remove_suffix(1);
  const std::size_t colon = rest.find(':');
  const std::string_view host = rest.substr(0, colon);
  if (!is_this_machine(host) && !(is_secure && is_name(host))) return bad_origin();
  std::string origin = std::string(scheme) + std::string(host);
  if (colon == std::string_view::npos) return origin;
  const auto port = parse_port(rest.substr(colon + 1));
  if (!port) return bad_origin();
  const unsigned own = is_secure ? 443 : 80;
  if (*port != own) origin += ":" + std::to_string(*port);
  return origin;
}

}  // namespace geili
