#include "push/vapid.hpp"

#include <utility>

namespace geili::push {
namespace {

constexpr std::int64_t kSecond_us = 1'000'000;

// Up to its path; lower case, and without the port that goes without saying (RFC 6454 section 6.2).
std::string origin_of(std::string_view endpoint) {
  const std::size_t host = endpoint.find("://") + 3;
  std::string origin(endpoint.substr(0, endpoint.find_first_of("/?", host)));
  for (char& c : origin) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  constexpr std::string_view kUsual = ":443";
  if (origin.starts_with("https://") && origin.ends_with(kUsual)) {
    origin.resize(origin.size() - kUsual.size());
  }
  return origin;
}

}  // namespace

// A contact has no quote and no backslash (ops/config_faults.hpp), and neither has an endpoint.
Vapid::Vapid(crypto::P256Pair pair, std::string contact)
    : pair_(std::move(pair)),
      contact_(std::move(contact)),
      public_key_(to_base64url(pair_.point)) {}

Secret<std::string> Vapid::authorization(std::string_view endpoint, Instant now) const {
  const std::int64_t until_s = (now + kTokenGoodFor).us / kSecond_us;
  std::string claims =
      R"({"aud":")" + origin_of(endpoint) + R"(","exp":)" + std::to_string(until_s);
  if (!contact_.empty()) claims += R"(,"sub":")" + contact_ + '"';
  claims += '}';
  std::string token = to_base64url(as_bytes(R"({"typ":"JWT","alg":"ES256"})"));
  token += '.';
  token += to_base64url(as_bytes(claims));
  const std::string signature = to_base64url(crypto::p256_sign(pair_, token));
  return Secret<std::string>("vapid t=" + token + "." + signature + ", k=" + public_key_);
}

}  // namespace geili::push
