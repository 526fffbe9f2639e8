#pragma once
// The contract as it was when the program was built: api/openapi.yaml and api/live-events.yaml,
// embedded by cmake/EmbedText.cmake.

#include <string_view>

namespace geili::api {

std::string_view openapi_yaml();
std::string_view live_events_yaml();

}  // namespace geili::api
