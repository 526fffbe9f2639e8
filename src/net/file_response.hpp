#pragma once
// A file as a response: validators, conditions and one byte range (RFC 9110 sections 13 and 14).

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "net/http.hpp"

namespace geili::net {

// None: no such regular file.
struct FileFacts {
  std::uint64_t size_bytes = 0;
  std::int64_t modified_s = 0;
  std::string etag;  // strong, of size and time of change
};
std::optional<FileFacts> read_file_facts(const std::string& path);

struct FileOptions {
  std::string content_type;
  std::string cache_control = "no-cache";
};

// 200, 206, 304, 404 or 416. Stats the file on the calling thread. `path` is the caller's to have
// checked.
Response file_response(const Request& request, const std::string& path, const FileOptions& options);

struct ByteRange {
  std::uint64_t offset = 0;
  std::uint64_t length = 0;
};
struct RangeAnswer {
  enum class Kind : std::uint8_t { whole, part, unsatisfiable } kind = Kind::whole;
  ByteRange part;
};
// A Range field over `size_bytes`. Several ranges, other units and malformed ones are ignored: the
// whole.
RangeAnswer read_range(std::string_view field, std::uint64_t size_bytes);

// By the file name's extension; "application/octet-stream" when it is not known.
std::string_view content_type_of(std::string_view file_name);

}  // namespace geili::net
