#include "api/paced.hpp"

#include <chrono>

namespace geili::api {

Result<void> check_pace(const Context* context, const net::Request& request) {
  return check_pace(context, Caller::of(request, *context->clock).device_token);
}

Result<void> check_pace(const Context* context, const std::string& device_token) {
  if (device_token.empty()) return {};
  const auto wait = context->hold_limiter->take(device_token);
  if (wait == std::chrono::microseconds::zero()) return {};
  return fail(Error::make(ErrorKind::rate_limited, "holds-too-often",
                          "Too many taps: wait before the next one.")
                  .with("retry_after_s", std::chrono::ceil<std::chrono::seconds>(wait).count()));
}

}  // namespace geili::api
