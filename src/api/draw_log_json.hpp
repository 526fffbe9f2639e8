#pragma once
// The log of a draw as a file that anybody can check: written by GET /draws/{draw_id}/log, read by
// `geili verify-show`. Times are microseconds since 1970, as they are hashed; hashes and the seed
// are hexadecimal.

#include <cstddef>
#include <string_view>

#include <boost/json.hpp>

#include "base/result.hpp"
#include "shows/draw_rule.hpp"

namespace geili::api {

inline constexpr std::size_t kDrawLogBytesMax = 8 * 1024 * 1024;

boost::json::object to_json(const shows::DrawLog& log);
// Fails with json-invalid, invalid-field, draw-log-too-large. What it holds may be untrue: see
// shows::fault_of.
Result<shows::DrawLog> parse_draw_log(std::string_view text);

}  // namespace geili::api
