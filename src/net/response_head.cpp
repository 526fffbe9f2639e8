#include "net/response_head.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace geili::net {
namespace {

bool is_forbidden(char c) {
  return (static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == 0x7F;
}

bool is_servers_own(std::string_view name) {
  switch (name.size()) {
    case 4:
      return equal_ignoring_case(name, "date");
    case 10:
      return equal_ignoring_case(name, "connection");
    case 14:
      return equal_ignoring_case(name, "content-length");
    case 17:
      return equal_ignoring_case(name, "transfer-encoding");
    default:
      return false;
  }
}

void append_clean(std::string& out, std::string_view text) {
  const std::size_t from = out.size();
  out.append(text);
  const auto begin = out.begin() + static_cast<std::ptrdiff_t>(from);
  std::replace_if(begin, out.end(), is_forbidden, ' ');
}

void append_number(std::string& out, std::uint64_t number) {
  std::array<char, 24> digits;
  const auto [end, failed] = std::to_chars(digits.data(), digits.data() + digits.size(), number);
  out.append(digits.data(), end);
}

}  // namespace

std::string_view reason_phrase(unsigned status) {
  switch (status) {
    case 101:
      return "Switching Protocols";
    case 200:
      return "OK";
    case 201:
      return "Created";
    case 202:
      return "Accepted";
    case 204:
      return "No Content";
    case 206:
      return "Partial Content";
    case 301:
      return "Moved Permanently";
    case 302:
      return "Found";
    case 303:
      return "See Other";
    case 304:
      return "Not Modified";
    case 307:
      return "Temporary Redirect";
    case 308:
      return "Permanent Redirect";
    case 400:
      return "Bad Request";
    case 401:
      return "Unauthorized";
    case 403:
      return "Forbidden";
    case 404:
      return "Not Found";
    case 405:
      return "Method Not Allowed";
    case 406:
      return "Not Acceptable";
    case 408:
      return "Request Timeout";
    case 409:
      return "Conflict";
    case 410:
      return "Gone";
    case 412:
      return "Precondition Failed";
    case 413:
      return "Content Too Large";
    case 415:
      return "Unsupported Media Type";
    case 416:
      return "Range Not Satisfiable";
    case 417:
      return "Expectation Failed";
    case 422:
      return "Unprocessable Content";
    case 426:
      return "Upgrade Required";
    case 428:
      return "Precondition Required";
    case 429:
      return "Too Many Requests";
    case 431:
      return "Request Header Fields Too Large";
    case 500:
      return "Internal Server Error";
    case 501:
      return "Not Implemented";
    case 503:
      return "Service Unavailable";
    case 505:
      return "HTTP Version Not Supported";
    default:
      return "Status";
  }
}

bool may_have_body(unsigned status) {
  return status >= 200 && status != 204 && status != 304;
}

void append_response_head(std::string& out, const Response& response,
                          std::optional<std::uint64_t> content_length, std::string_view date,
                          After after) {
  out += "HTTP/1.1 ";
  append_number(out, response.status);
  out += ' ';
  out += reason_phrase(response.status);
  out += "\r\nDate: ";
  out += date;
  if (content_length) {
    out += "\r\nContent-Length: ";
    append_number(out, *content_length);
  }
  if (after == After::close) out += "\r\nConnection: close";
  for (const auto& [name, value] : response.headers.all()) {
    if (is_servers_own(name)) continue;
    out += "\r\n";
    append_clean(out, name);
    out += ": ";
    append_clean(out, value);
  }
  out += "\r\n\r\n";
}

}  // namespace geili::net
