#include "webhooks/url.hpp"

#include "base/url_host.hpp"

namespace geili::webhooks {
namespace {

constexpr int kPortHttps = 443;
constexpr int kPortHttp = 80;

}  // namespace

std::string_view to_text(UrlFault fault) {
  switch (fault) {
    case UrlFault::malformed:
      return "is not a URL such as https://example.com/hook";
    case UrlFault::not_https:
      return "does not begin with https://";
    case UrlFault::has_user:
      return "holds a user name";
    case UrlFault::bad_host:
      return "has a host that is neither a name nor an address";
    case UrlFault::not_public:
      return "is not on the public internet";
    case UrlFault::bad_port:
      return "has a port that may not be called";
  }
  return "";
}

std::optional<UrlFault> url_fault(std::string_view url, Reach reach) {
  if (!is_plain_url_text(url) || url.size() > kUrlBytesMax) return UrlFault::malformed;
  const std::size_t scheme_end = url.find("://");
  if (scheme_end == std::string_view::npos) return UrlFault::malformed;
  const std::string scheme = ascii_lower(url.substr(0, scheme_end));
  const std::string_view rest = url.substr(scheme_end + 3);
  const std::string_view authority = rest.substr(0, rest.find_first_of("/?"));
  if (authority.contains('@')) return UrlFault::has_user;
  const UrlAuthority parts = split_authority(authority);
  const auto host = parse_url_host(parts.host);
  if (scheme != "https" && scheme != "http") return UrlFault::not_https;
  if (!host) return UrlFault::bad_host;
  const bool is_here = reach == Reach::loopback_too && host->is_loopback;
  if (scheme != "https" && !is_here) return UrlFault::not_https;
  if (!is_here && !host->is_public) return UrlFault::not_public;
  const int usual = scheme == "https" ? kPortHttps : kPortHttp;
  const auto port = parts.port ? parse_url_port(*parts.port) : std::optional(usual);
  if (!port) return UrlFault::bad_port;
  const bool may_be_high = reaches_high_ports(reach);
  if (is_here || *port == kPortHttps || (may_be_high && *port >= kHighPortMin)) return std::nullopt;
  return UrlFault::bad_port;
}

}  // namespace geili::webhooks
