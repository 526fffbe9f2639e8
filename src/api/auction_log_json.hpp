#pragma once
// The log of an auction as a file that anybody can check: written by GET
// /auctions/{auction_id}/log, read by `geili verify-show`. Times are microseconds since 1970, as
// they are hashed; hashes are hexadecimal.

#include <cstddef>
#include <string_view>

#include <boost/json.hpp>

#include "base/result.hpp"
#include "shows/auction_rule.hpp"

namespace geili::api {

inline constexpr std::size_t kAuctionLogBytesMax = 8 * 1024 * 1024;

boost::json::object to_json(const shows::AuctionLog& log);
// Fails with json-invalid, invalid-field, auction-log-too-large. What it holds may be untrue: see
// shows::fault_of.
Result<shows::AuctionLog> parse_auction_log(std::string_view text);

}  // namespace geili::api
