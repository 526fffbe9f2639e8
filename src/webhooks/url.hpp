#pragma once
// The URL of an endpoint, more strictly than RFC 3986: what two readers could take for two hosts is
// refused. Which address the name leads to is looked at when it is called (Reach).

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "base/http_call.hpp"

namespace geili::webhooks {

inline constexpr std::size_t kUrlBytesMax = 500;

enum class UrlFault : std::uint8_t {
  malformed,  // not https://host[:port][/path][?query] in printable ASCII
  not_https,
  has_user,    // name or password
  bad_host,    // no name of labels, no dotted address, no [IPv6]
  not_public,  // an address, or a name, of this machine or its network
  bad_port,
};
std::string_view to_text(UrlFault fault);  // for the field

// None when it may be called within `reach` (not Reach::chosen). Pure; any thread.
std::optional<UrlFault> url_fault(std::string_view url, Reach reach);

}  // namespace geili::webhooks
