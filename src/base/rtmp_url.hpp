#pragma once
// Where another platform takes a live picture in: what streamers know as the server URL (Adobe,
// "RTMP specification 1.0"; rtmps is the same over TLS). Pure; any thread.

#include <cstddef>
#include <cstdint>
#include <expected>
#include <string>
#include <string_view>

#include "base/bytes.hpp"
#include "base/http_call.hpp"

namespace geili {

inline constexpr std::size_t kRtmpUrlBytesMax = 300;

struct RtmpUrl {
  bool is_secure = false;
  std::string host;  // a name, or an address without brackets
  std::uint16_t port = 0;
  std::string app;      // all behind the host, without the slashes around it
  std::string as_told;  // the URL as a server is told it: "tcUrl"
  friend bool operator==(const RtmpUrl&, const RtmpUrl&) = default;
};

enum class RtmpUrlFault : std::uint8_t {
  malformed,  // not rtmp://host[:port]/app in printable ASCII
  not_rtmp,
  has_user,    // name or password
  bad_host,    // no name of labels, no dotted address, no [IPv6]
  not_public,  // an address, or a name, of this machine or its network
  bad_port,
  no_app,
};
std::string_view to_text(RtmpUrlFault fault);  // for the field

// Within `reach` (not Reach::chosen): ports 443 and 1935 of the public internet, and more where the
// host of this installation allows it.
std::expected<RtmpUrl, RtmpUrlFault> parse_rtmp_url(std::string_view url, Reach reach);

// Whether an address that a name has led to may be connected to.
bool is_rtmp_reachable(Reach reach, ByteView address, int port);

}  // namespace geili
