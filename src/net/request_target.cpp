#include "net/request_target.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "net/http.hpp"

namespace geili::net {
namespace {

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

std::unexpected<Error> bad_target(std::string_view detail) {
  return fail(ErrorKind::invalid, "bad-target", detail);
}

bool is_control(char c) {
  return static_cast<unsigned char>(c) < 0x20 || c == 0x7F;
}

bool has_dot_segment(std::string_view path) {
  while (!path.empty()) {
    path.remove_prefix(1);
    const std::size_t end = std::min(path.find('/'), path.size());
    const std::string_view segment = path.substr(0, end);
    if (segment == "." || segment == "..") return true;
    path.remove_prefix(end);
  }
  return false;
}

bool has_encoded_slash(std::string_view raw) {
  for (std::size_t at = raw.find("%2"); at != std::string_view::npos; at = raw.find("%2", at + 1)) {
    if (at + 2 < raw.size() && (raw[at + 2] == 'f' || raw[at + 2] == 'F')) return true;
  }
  return false;
}

// Strips "http://host" of the absolute form.
std::string_view without_authority(std::string_view target) {
  for (const std::string_view scheme : {"http://", "https://"}) {
    if (target.size() < scheme.size() ||
        !equal_ignoring_case(target.substr(0, scheme.size()), scheme)) {
      continue;
    }
    target.remove_prefix(scheme.size());
    target.remove_prefix(std::min(target.find_first_of("/?"), target.size()));
    return target;
  }
  return target;
}

}  // namespace

std::optional<std::string> percent_decode(std::string_view text, Plus plus) {
  std::string decoded;
  decoded.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '+' && plus == Plus::space) {
      decoded += ' ';
    } else if (text[i] != '%') {
      decoded += text[i];
    } else {
      if (i + 2 >= text.size()) return std::nullopt;
      const int high = hex_value(text[i + 1]);
      const int low = hex_value(text[i + 2]);
      if (high < 0 || low < 0) return std::nullopt;
      decoded += static_cast<char>(high * 16 + low);
      i += 2;
    }
  }
  return decoded;
}

std::string percent_encode(std::string_view text) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  std::string encoded;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
        c == '.' || c == '_' || c == '~') {
      encoded += c;
    } else {
      encoded += {'%', kHex[byte >> 4], kHex[byte & 15]};
    }
  }
  return encoded;
}

Result<RequestTarget> parse_request_target(std::string_view target) {
  if (std::any_of(target.begin(), target.end(), is_control)) {
    return bad_target("The request target has a control character.");
  }
  if (target.find('#') != std::string_view::npos) {
    return bad_target("The request target has a fragment.");
  }
  const std::string_view local = without_authority(target);
  const bool is_absolute = local.size() != target.size();
  const std::size_t question = std::min(local.find('?'), local.size());
  std::string_view raw = local.substr(0, question);
  if (is_absolute && raw.empty()) raw = "/";
  if (!raw.starts_with('/')) return bad_target("The request target does not start with '/'.");
  if (has_encoded_slash(raw)) return bad_target("The path has an encoded '/'.");

  auto path = percent_decode(raw);
  if (!path) return bad_target("The path has a broken percent-encoding.");
  if (std::any_of(path->begin(), path->end(), is_control)) {
    return bad_target("The path has a control character.");
  }
  if (!utf8_length(*path)) return bad_target("The path is not UTF-8.");
  if (has_dot_segment(*path)) return bad_target("The path has a dot segment.");
  std::string query(local.substr(std::min(question + 1, local.size())));
  return RequestTarget{std::move(*path), std::move(query)};
}

}  // namespace geili::net
