#pragma once
// A message as an HTTP request to the push service of its browser (RFC 8030).

#include <chrono>
#include <cstdint>
#include <string>

#include "base/clock.hpp"
#include "base/http_call.hpp"
#include "base/result.hpp"
#include "crypto/p256.hpp"
#include "push/delivery.hpp"
#include "push/vapid.hpp"

namespace geili::push {

inline constexpr std::chrono::milliseconds kPushAnswerTimeout{10'000};  // 15 s with connecting
inline constexpr std::size_t kPushAnswerMax = 4'096;  // bytes that are read of an answer

enum class Urgency : std::uint8_t { normal, high };

// What a device is told, and until when it makes sense.
struct Note {
  std::string text;  // JSON that the service worker reads, at most kPlainBytesMax
  std::chrono::seconds good_for{0};
  Urgency urgency = Urgency::normal;
  std::string topic;  // one that was not taken yet gives way to a later one; RFC 8030 section 5.4
};

// `once` and `salt` are fresh; `reach` is the installation's. Pure; any thread. Fails with
// p256-point-invalid.
Result<HttpRequest> make_request(const Note& note, const Target& target, const Vapid& vapid,
                                 const crypto::P256Pair& once, ByteView salt, Reach reach,
                                 Instant now);

Outcome outcome_of(const Attempt& attempt, const HttpAnswer& answer);

}  // namespace geili::push
