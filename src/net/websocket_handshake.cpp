#include "net/websocket_handshake.hpp"

#include <algorithm>
#include <array>

#include <openssl/sha.h>

namespace geili::net {
namespace {

constexpr std::string_view kGuid = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
constexpr std::string_view kBase64 =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

bool has_token(const Headers& headers, std::string_view name, std::string_view token) {
  for (const auto& [key, value] : headers.all()) {
    if (!equal_ignoring_case(key, name)) continue;
    std::string_view rest = value;
    while (!rest.empty()) {
      const std::size_t end = std::min(rest.find(','), rest.size());
      std::string_view item = rest.substr(0, end);
      rest.remove_prefix(std::min(end + 1, rest.size()));
      while (!item.empty() && (item.front() == ' ' || item.front() == '\t')) item.remove_prefix(1);
      while (!item.empty() && (item.back() == ' ' || item.back() == '\t')) item.remove_suffix(1);
      if (equal_ignoring_case(item, token)) return true;
    }
  }
  return false;
}

// 16 bytes are 22 digits, the last of which carries four zero bits, and two paddings.
bool is_key(std::string_view key) {
  if (key.size() != 24 || !key.ends_with("==")) return false;
  for (const char c : key.substr(0, 22)) {
    if (kBase64.find(c) == std::string_view::npos) return false;
  }
  return kBase64.find(key[21]) % 16 == 0;
}

std::string base64_of(const std::array<unsigned char, SHA_DIGEST_LENGTH>& digest) {
  std::string text;
  for (std::size_t i = 0; i < digest.size(); i += 3) {
    const std::size_t have = std::min<std::size_t>(3, digest.size() - i);
    std::uint32_t bits = 0;
    for (std::size_t j = 0; j < 3; ++j) bits = bits << 8 | (j < have ? digest[i + j] : 0U);
    for (std::size_t j = 0; j < 4; ++j) {
      text += j <= have ? kBase64[bits >> (18 - 6 * j) & 63] : '=';
    }
  }
  return text;
}

}  // namespace

std::expected<std::string, Refusal> accept_websocket(const Request& request) {
  const Headers& headers = request.headers;
  if (!has_token(headers, "connection", "upgrade") || !has_token(headers, "upgrade", "websocket")) {
    return std::unexpected(refusal(426, "upgrade-required", "This is a WebSocket endpoint."));
  }
  if (headers.count("sec-websocket-version") != 1 ||
      headers.find("sec-websocket-version") != "13") {
    return std::unexpected(
        refusal(426, "websocket-version", "Only WebSocket version 13 is spoken."));
  }
  const auto key = headers.find("sec-websocket-key");
  if (headers.count("sec-websocket-key") != 1 || !is_key(*key)) {
    return std::unexpected(refusal(400, "websocket-key", "Sec-WebSocket-Key is not 16 bytes."));
  }
  std::string salted(*key);
  salted += kGuid;
  std::array<unsigned char, SHA_DIGEST_LENGTH> digest;
  ::SHA1(static_cast<const unsigned char*>(static_cast<const void*>(salted.data())), salted.size(),
         digest.data());
  return base64_of(digest);
}

}  // namespace geili::net
