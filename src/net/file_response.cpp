#include "net/file_response.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include <fmt/format.h>
#include <sys/stat.h>

#include "net/etag.hpp"
#include "net/http_date.hpp"

namespace geili::net {
namespace {

constexpr std::array<std::pair<std::string_view, std::string_view>, 30> kTypes = {{
    {".avif", "image/avif"},
    {".css", "text/css; charset=utf-8"},
    {".gif", "image/gif"},
    {".html", "text/html; charset=utf-8"},
    {".ico", "image/x-icon"},
    {".jpeg", "image/jpeg"},
    {".jpg", "image/jpeg"},
    {".js", "text/javascript; charset=utf-8"},
    {".json", "application/json"},
    {".m3u8", "application/vnd.apple.mpegurl"},
    {".m4s", "video/iso.segment"},
    {".map", "application/json"},
    {".md", "text/markdown; charset=utf-8"},
    {".mjs", "text/javascript; charset=utf-8"},
    {".mp3", "audio/mpeg"},
    {".mp4", "video/mp4"},
    {".pdf", "application/pdf"},
    {".png", "image/png"},
    {".svg", "image/svg+xml"},
    {".txt", "text/plain; charset=utf-8"},
    {".ttf", "font/ttf"},
    {".vtt", "text/vtt; charset=utf-8"},
    {".wasm", "application/wasm"},
    {".webm", "video/webm"},
    {".webmanifest", "application/manifest+json"},
    {".webp", "image/webp"},
    {".woff", "font/woff"},
    {".woff2", "font/woff2"},
    {".xml", "application/xml"},
    {".yaml", "application/yaml"},
}};

std::optional<std::uint64_t> number(std::string_view text) {
  std::uint64_t value = 0;
  const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (failed != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

// If-Range holds (or is absent): strong for a tag, equal for a date.
bool if_range_holds(const Headers& headers, const FileFacts& facts) {
  const auto field = headers.find("if-range");
  if (!field) return true;
  if (const auto date = parse_http_date(*field)) return *date == facts.modified_s;
  return etag_list_has(*field, facts.etag, EtagComparison::strong) && *field != "*";
}

bool is_unchanged(const Headers& headers, const FileFacts& facts) {
  if (headers.find("if-none-match")) return is_not_modified(headers, facts.etag);
  const auto since = parse_http_date(headers.find("if-modified-since").value_or(""));
  return since && facts.modified_s <= *since;
}

Response plain(unsigned status) {
  Response response{.status = status, .headers = {}, .body = {}};
  response.headers.set("Content-Type", "text/plain; charset=utf-8");
  return response;
}

}  // namespace

std::string_view content_type_of(std::string_view file_name) {
  const std::size_t dot = file_name.rfind('.');
  if (dot != std::string_view::npos) {
    for (const auto& [extension, type] : kTypes) {
      if (equal_ignoring_case(file_name.substr(dot), extension)) return type;
    }
  }
  return "application/octet-stream";
}

std::optional<FileFacts> read_file_facts(const std::string& path) {
  struct stat facts{};
  if (::stat(path.c_str(), &facts) != 0 || !S_ISREG(facts.st_mode)) return std::nullopt;
  const auto size = static_cast<std::uint64_t>(facts.st_size);
  const std::int64_t modified_ns = facts.st_mtim.tv_sec * 1'000'000'000 + facts.st_mtim.tv_nsec;
  return FileFacts{size, facts.st_mtim.tv_sec,
                   strong_etag(fmt::format("{:x}-{:x}", modified_ns, size))};
}

RangeAnswer read_range(std::string_view field, std::uint64_t size_bytes) {
  using Kind = RangeAnswer::Kind;
  constexpr std::string_view kUnit = "bytes=";
  if (!field.starts_with(kUnit)) return {};
  field.remove_prefix(kUnit.size());
  const std::size_t dash = field.find('-');
  if (dash == std::string_view::npos || field.find(',') != std::string_view::npos) return {};
  const std::string_view first_text = field.substr(0, dash);
  const std::string_view last_text = field.substr(dash + 1);
  const auto last = number(last_text);
  if (!last_text.empty() && !last) return {};
  if (first_text.empty()) {
    if (!last) return {};
    if (*last == 0 || size_bytes == 0) return {Kind::unsatisfiable, {}};
    const std::uint64_t length = std::min(*last, size_bytes);
    return {Kind::part, {size_bytes - length, length}};
  }
  const auto first = number(first_text);
  if (!first || (last && *last < *first)) return {};
  if (*first >= size_bytes) return {Kind::unsatisfiable, {}};
  const std::uint64_t end = last ? std::min(*last, size_bytes - 1) : size_bytes - 1;
  return {Kind::part, {*first, end - *first + 1}};
}

Response file_response(const Request& request, const std::string& path,
                       const FileOptions& options) {
  const auto facts = read_file_facts(path);
  if (!facts) return plain(404);
  const Headers& asked = request.headers;
  Response response;
  response.headers.add("ETag", facts->etag);
  response.headers.add("Last-Modified", to_http_date(facts->modified_s));
  response.headers.add("Cache-Control", options.cache_control);
  response.headers.add("Accept-Ranges", "bytes");
  if (is_unchanged(asked, *facts)) {
    response.status = 304;
    return response;
  }
  response.headers.add("Content-Type", options.content_type);
  FileBody body{.path = path, .offset = 0, .length = facts->size_bytes};
  const auto range = asked.find("range");
  if (range && if_range_holds(asked, *facts)) {
    const RangeAnswer answer = read_range(*range, facts->size_bytes);
    if (answer.kind == RangeAnswer::Kind::unsatisfiable) {
      Response refused = plain(416);
      refused.headers.add("Content-Range", fmt::format("bytes */{}", facts->size_bytes));
      return refused;
    }
    if (answer.kind == RangeAnswer::Kind::part) {
      response.status = 206;
      body.offset = answer.part.offset;
      body.length = answer.part.length;
      response.headers.add("Content-Range",
                           fmt::format("bytes {}-{}/{}", body.offset,
                                       body.offset + *body.length - 1, facts->size_bytes));
    }
  }
  response.body = std::move(body);
  return response;
}

}  // namespace geili::net
