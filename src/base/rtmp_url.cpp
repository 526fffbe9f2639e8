#include "base/rtmp_url.hpp"

#include <algorithm>
#include <optional>

#include "base/public_address.hpp"
#include "base/url_host.hpp"

namespace geili {
namespace {

constexpr int kPortRtmp = 1935;
constexpr int kPortRtmps = 443;

bool is_usual_port(int port) {
  return port == kPortRtmp || port == kPortRtmps;
}

std::string_view without_slashes(std::string_view path) {
  while (path.starts_with('/')) path.remove_prefix(1);
  while (path.ends_with('/')) path.remove_suffix(1);
  return path;
}

std::string_view without_brackets(std::string_view host) {
  return host.starts_with('[') ? host.substr(1, host.size() - 2) : host;
}

}  // namespace

std::string_view to_text(RtmpUrlFault fault) {
  switch (fault) {
    case RtmpUrlFault::malformed:
      return "is not a URL such as rtmp://example.com/live";
    case RtmpUrlFault::not_rtmp:
      return "does not begin with rtmp:// or rtmps://";
    case RtmpUrlFault::has_user:
      return "holds a user name";
    case RtmpUrlFault::bad_host:
      return "has a host that is neither a name nor an address";
    case RtmpUrlFault::not_public:
      return "is not on the public internet";
    case RtmpUrlFault::bad_port:
      return "has a port that may not be called";
    case RtmpUrlFault::no_app:
      return "ends behind the host: a path such as /live is missing";
  }
  return "";
}

bool is_rtmp_reachable(Reach reach, ByteView address, int port) {
  if (reach == Reach::loopback_too && is_loopback_address(address)) return true;
  const bool is_high = reaches_high_ports(reach) && port >= kHighPortMin;
  return (is_usual_port(port) || is_high) && is_public_address(address);
}

std::expected<RtmpUrl, RtmpUrlFault> parse_rtmp_url(std::string_view url, Reach reach) {
  using Fault = std::unexpected<RtmpUrlFault>;
  if (!is_plain_url_text(url) || url.size() > kRtmpUrlBytesMax) {
    return Fault(RtmpUrlFault::malformed);
  }
  const std::size_t scheme_end = url.find("://");
  if (scheme_end == std::string_view::npos) return Fault(RtmpUrlFault::malformed);
  const std::string scheme = ascii_lower(url.substr(0, scheme_end));
  if (scheme != "rtmp" && scheme != "rtmps") return Fault(RtmpUrlFault::not_rtmp);
  const std::string_view rest = url.substr(scheme_end + 3);
  const std::size_t authority_end = std::min(rest.find_first_of("/?"), rest.size());
  const std::string_view authority = rest.substr(0, authority_end);
  if (authority.contains('@')) return Fault(RtmpUrlFault::has_user);
  const UrlAuthority parts = split_authority(authority);
  const auto host = parse_url_host(parts.host);
  if (!host) return Fault(RtmpUrlFault::bad_host);
  const bool is_here = reach == Reach::loopback_too && host->is_loopback;
  if (!is_here && !host->is_public) return Fault(RtmpUrlFault::not_public);
  const int usual = scheme == "rtmps" ? kPortRtmps : kPortRtmp;
  const auto port = parts.port ? parse_url_port(*parts.port) : std::optional(usual);
  if (!port) return Fault(RtmpUrlFault::bad_port);
  const bool is_high = reaches_high_ports(reach) && *port >= kHighPortMin;
  if (!is_here && !is_usual_port(*port) && !is_high) return Fault(RtmpUrlFault::bad_port);
  const std::string_view app = without_slashes(rest.substr(authority_end));
  if (app.empty() || app.starts_with('?')) return Fault(RtmpUrlFault::no_app);
  return RtmpUrl{.is_secure = scheme == "rtmps",
                 .host = std::string(without_brackets(parts.host)),
                 .port = static_cast<std::uint16_t>(*port),
                 .app = std::string(app),
                 .as_told = scheme + "://" + std::string(authority) + "/" + std::string(app)};
}

}  // namespace geili
