#pragma once
// What translates chat messages, and how often one may ask it.

#include "base/rate_limiter.hpp"
#include "translation/interpreter.hpp"

namespace geili::api {

// Its parts outlive the server.
struct Translations {
  translation::Interpreter* interpreter = nullptr;
  RateLimiter* by_device = nullptr;
  RateLimiter* by_address = nullptr;  // device tokens cost nothing: a network has its limit, too
};

}  // namespace geili::api
