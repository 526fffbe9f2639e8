#include "push/request.hpp"

#include <algorithm>
#include <charconv>
#include <string_view>

namespace geili::push {
namespace {

constexpr int kRequestTimeout = 408;
constexpr int kTooManyRequests = 429;

bool is_same_name(std::string_view one, std::string_view other) {
  const auto lower = [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  };
  return std::ranges::equal(one, other, {}, lower, lower);
}

// As a number of seconds (RFC 9110 section 10.2.3); a date is not looked at.
std::chrono::milliseconds asked_wait(const Headers& headers) {
  for (const auto& [name, value] : headers) {
    if (!is_same_name(name, "retry-after")) continue;
    std::int64_t wait_s = 0;
    const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), wait_s);
    if (error != std::errc() || end != value.data() + value.size() || wait_s < 0) break;
    constexpr std::int64_t kMax_s =
        std::chrono::duration_cast<std::chrono::seconds>(kRetryAfterMax).count();
    return std::chrono::seconds(std::min(wait_s, kMax_s));
  }
  return {};
}

Answer answer_of(const HttpAnswer& answer) {
  switch (answer.carried) {
    case Carried::busy:
      return Answer::not_sent;
    case Carried::forbidden:
      return Answer::refused;
    case Carried::timed_out:
    case Carried::unreachable:
      return Answer::not_now;
    case Carried::answered:
      break;
  }
  if (answer.status >= 200 && answer.status < 300) return Answer::taken;
  if (answer.status == 404 || answer.status == 410) return Answer::gone;
  const bool is_passing =
      answer.status >= 500 || answer.status == kTooManyRequests || answer.status == kRequestTimeout;
  return is_passing ? Answer::not_now : Answer::refused;
}

}  // namespace

Result<HttpRequest> make_request(const Note& note, const Target& target, const Vapid& vapid,
                                 const crypto::P256Pair& once, ByteView salt, Reach reach,
                                 Instant now) {
  auto body = encrypted(note.text, target.keys, once, salt);
  if (!body) return fail_as(body);
  return HttpRequest{.method = "POST",
                     .url = target.endpoint,
                     .headers = {{"TTL", std::to_string(note.good_for.count())},
                                 {"Urgency", note.urgency == Urgency::high ? "high" : "normal"},
                                 {"Topic", note.topic},
                                 {"Content-Encoding", "aes128gcm"},
                                 {"User-Agent", "Geili-Push/1"}},
                     .authorization = vapid.authorization(target.endpoint, now),
                     .content_type = "application/octet-stream",
                     .body = *std::move(body),
                     .answer_timeout = kPushAnswerTimeout,
                     .reach = reach,
                     .body_bytes_max = kPushAnswerMax,
                     .may_cut_body = true,
                     .may_reuse_connection = true};
}

Outcome outcome_of(const Attempt& attempt, const HttpAnswer& answer) {
  return {.delivery = attempt.delivery,
          .number = attempt.number,
          .device = attempt.device,
          .endpoint_hash = attempt.target.endpoint_hash,
          .answer = answer_of(answer),
          .wait = asked_wait(answer.headers)};
}

}  // namespace geili::push
