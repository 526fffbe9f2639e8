#include "ops/config_faults.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <string>

#include <arpa/inet.h>

namespace geili::ops {

std::string_view address_fault(std::string_view text) {
  const std::string address(text);
  std::array<unsigned char, sizeof(in6_addr)> parsed{};
  if (inet_pton(AF_INET, address.c_str(), parsed.data()) == 1) return {};
  if (inet_pton(AF_INET6, address.c_str(), parsed.data()) == 1) return {};
  return "must be an IPv4 or IPv6 address, for example 127.0.0.1 or ::";
}

std::string_view public_url_fault(std::string_view text) {
  constexpr std::string_view kFault =
      "must be http://HOST or https://HOST without a path, or empty";
  if (text.empty()) return {};
  const auto scheme = text.starts_with("https://") ? 8U : text.starts_with("http://") ? 7U : 0U;
  if (scheme == 0 || text.size() == scheme) return kFault;
  for (const char c : text.substr(scheme)) {
    const bool host = std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '.' || c == '-' ||
                      c == ':' || c == '[' || c == ']';
    if (!host) return kFault;
  }
  return {};
}

std::string_view not_empty_fault(std::string_view text) {
  return text.empty() ? std::string_view("must not be empty") : std::string_view();
}

// What libpq takes; whether a server is there is seen when it is opened.
std::string_view store_url_fault(std::string_view text) {
  if (text.empty() || text.starts_with("postgresql://") || text.starts_with("postgres://") ||
      text.contains("dbname=") || text.contains("service=")) {
    return {};
  }
  return "must be postgresql://USER@HOST/DATABASE or host=HOST dbname=DATABASE, or be empty";
}

// What SRT takes: AES keys are made from it.
std::string_view passphrase_fault(std::string_view text) {
  constexpr std::size_t kLeast = 10;
  constexpr std::size_t kMost = 79;
  if (text.empty() || (text.size() >= kLeast && text.size() <= kMost)) return {};
  return "must have 10 to 79 characters, or be empty";
}

// Keys and money go there: encrypted, or not further than this machine.
std::string_view provider_url_fault(std::string_view text) {
  const bool is_url = public_url_fault(text).empty() && !text.empty();
  if (is_url && (text.starts_with("https://") || text.starts_with("http://127.0.0.1:"))) return {};
  return "must be https://HOST, or http://127.0.0.1:PORT";
}

std::string_view push_contact_fault(std::string_view text) {
  constexpr std::size_t kMax = 200;
  const bool is_plain = text.size() <= kMax && std::ranges::all_of(text, [](char c) {
                          return c > ' ' && c < '\x7f' && c != '"' && c != '\\';
                        });
  const bool is_mail = text.starts_with("mailto:") && text.contains('@');
  const bool is_url = text.starts_with("https://") && text.size() > std::size("https://") - 1;
  if (text.empty() || (is_plain && (is_mail || is_url))) return {};
  return "must be mailto:NAME@HOST or https://HOST";
}

// The key goes there; a server within one's own walls may be asked as it is.
std::string_view translate_url_fault(std::string_view text) {
  return public_url_fault(text);
}

}  // namespace geili::ops
