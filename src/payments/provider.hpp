#pragma once
// The port to a payment provider. A provider computes and calls nobody: it turns an Ask into a
// plain HTTP request, a plain HTTP answer into an Answer, a webhook into Events. Whoever holds a
// Transport carries them. Everything here is pure, keeps no state and may be called on any thread.

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/clock.hpp"
#include "base/money.hpp"
#include "base/result.hpp"
#include "base/secret.hpp"
#include "payments/ask.hpp"
#include "payments/method.hpp"

namespace geili::payments {

// Names are compared without regard to case (RFC 9110 section 5.1).
using Headers = std::vector<std::pair<std::string, std::string>>;

// A call must be over by then; what happened at the provider is not known when it is not.
inline constexpr std::chrono::milliseconds kConnectTimeout{5'000};
inline constexpr std::chrono::milliseconds kAnswerTimeout{20'000};
inline constexpr std::size_t kHttpBodyMax = 256 * 1024;  // of answers and webhooks

struct HttpRequest {
  std::string method;
  std::string url;
  Headers headers;
  Secret<std::string> authorization;  // the header of that name; never written to a log
  std::string content_type;           // empty without a body
  std::string body;
  std::chrono::milliseconds connect_timeout = kConnectTimeout;
  std::chrono::milliseconds answer_timeout = kAnswerTimeout;
};

enum class Carried : std::uint8_t {
  answered,
  timed_out,    // the provider may have done it
  unreachable,  // no connection, or one that broke
  busy,         // the transport has too many calls; nothing was sent
};

struct HttpAnswer {
  Carried carried = Carried::answered;
  int status = 0;
  Headers headers;
  std::string body;  // at most kHttpBodyMax; a longer one is `unreachable`
};

// Carries requests. app/ fills it with an HTTPS client that follows no redirect.
class Transport {
 public:
  virtual ~Transport() = default;
  // Any thread. `done` is called once, on a thread of the transport, and must not block; also when
  // the transport stops.
  virtual void send(HttpRequest request, std::function<void(HttpAnswer)> done) = 0;
};

// A request of a provider as it came in, before anything of it is believed.
struct Webhook {
  std::string body;  // byte for byte
  Headers headers;
  Headers query;  // decoded
};

struct Capabilities {
  std::vector<Method> methods;
  std::vector<std::string> currencies;  // empty: every one
  std::vector<Money> minimums;          // of the currencies that have one
  std::string hosted_fields_key;        // public; empty without hosted fields
  bool signs_webhooks = false;
  bool makes_calls = false;
  bool moves_real_money = false;  // may not stand beside the sandbox
  bool is_practice = false;
};

// An Ask is either carried to the provider or answered on the spot.
using Call = std::variant<HttpRequest, Answer>;

class Provider {
 public:
  virtual ~Provider() = default;
  virtual std::string_view name() const = 0;
  virtual const Capabilities& capabilities() const = 0;

  // The same Ask gives the same request. Fails with payment-method-unsupported,
  // payment-currency-unsupported, payment-amount-too-small (figure minimum_minor),
  // payment-amount-not-whole, invalid-field.
  virtual Result<Call> build(const Ask& ask) const = 0;

  // Of an answer that classify() has called done or final. Fails with provider-refused (the detail
  // is the provider's code) and provider-malformed.
  virtual Result<Answer> read(const Ask& ask, const HttpAnswer& answer) const = 0;

  // Verifies first, reads afterwards. Nothing of interest is an empty list. Fails with
  // webhook-unsigned, webhook-signature, webhook-time, webhook-malformed, webhook-unsupported.
  virtual Result<std::vector<Event>> read_webhook(const Webhook& webhook,
                                                  const Clock& clock) const = 0;
};

// What every provider checks of an Ask that creates.
Result<void> check_ask(const Capabilities& capabilities, const Ask& ask);

// The only header of that name; none when it is missing or stands there twice: one reader would
// take the first and another the last.
std::optional<std::string_view> only_header(const Headers& headers, std::string_view name);

// The providers of one installation.
class Providers {
 public:
  // Fails with sandbox-with-real-provider, provider-twice.
  static Result<Providers> make(std::vector<std::unique_ptr<Provider>> providers);

  const Provider* find(std::string_view name) const;
  const std::vector<std::unique_ptr<Provider>>& all() const { return providers_; }

 private:
  std::vector<std::unique_ptr<Provider>> providers_;
};

}  // namespace geili::payments
