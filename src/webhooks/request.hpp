#pragma once
// A delivery as an HTTP request, signed by the Standard Webhooks specification (version 1,
// symmetric).

#include <string>
#include <vector>

#include "base/clock.hpp"
#include "base/http_call.hpp"
#include "base/secret.hpp"
#include "webhooks/delivery.hpp"

namespace geili::webhooks {

inline constexpr std::chrono::milliseconds kHookAnswerTimeout{10'000};  // 15 s with connecting
inline constexpr std::size_t kHookAnswerMax = 4'096;  // bytes that are read of an answer

// "v1,<base64>" of `id.timestamp.body` for each key, with a space between them.
std::string signatures(const std::vector<Secret<std::string>>& keys, const std::string& message,
                       std::int64_t timestamp_s, const std::string& body);

// `reach` is the installation's. Pure; any thread.
HttpRequest make_request(const Attempt& attempt, const std::string& url,
                         const std::vector<Secret<std::string>>& keys, Reach reach, Instant now);

Outcome outcome_of(const Attempt& attempt, const HttpAnswer& answer);

}  // namespace geili::webhooks
