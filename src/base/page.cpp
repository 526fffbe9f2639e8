#include "base/page.hpp"

#include "base/bytes.hpp"

namespace geili {
namespace {

// FNV-1a over the list's name and the position: tells slips and guesses from cursors. It keeps no
// secret: a position made on purpose shows nothing that another page would not.
std::uint32_t digest(std::string_view list, ByteView position) {
  std::uint32_t hash = 2'166'136'261U;
  const auto add = [&](ByteView bytes) {
    for (const std::byte b : bytes) hash = (hash ^ static_cast<std::uint32_t>(b)) * 16'777'619U;
  };
  add(as_bytes(list));
  add(position);
  return hash;
}

void put(Bytes& out, std::uint64_t value, int bytes) {
  for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8) {
    out.push_back(static_cast<std::byte>(value >> shift & 0xFFU));
  }
}

std::uint64_t get(ByteView bytes) {
  std::uint64_t value = 0;
  for (const std::byte b : bytes) value = value << 8 | static_cast<std::uint64_t>(b);
  return value;
}

}  // namespace

std::string to_cursor(std::string_view list, std::span<const std::int64_t> position) {
  Bytes bytes;
  for (const std::int64_t number : position) put(bytes, static_cast<std::uint64_t>(number), 8);
  put(bytes, digest(list, bytes), 4);
  return to_base64url(bytes);
}

Result<std::vector<std::int64_t>> from_cursor(std::string_view list, std::size_t count,
                                              std::string_view cursor) {
  const auto refuse = [] {
    return fail(ErrorKind::invalid, "bad-cursor", "The cursor is not one of this list.");
  };
  if (cursor.size() > kCursorBytesMax) return refuse();
  const auto bytes = from_base64url(cursor);
  if (!bytes || bytes->size() != 8 * count + 4) return refuse();
  const ByteView position = ByteView(*bytes).first(8 * count);
  if (get(ByteView(*bytes).last(4)) != digest(list, position)) return refuse();
  std::vector<std::int64_t> numbers;
  for (std::size_t i = 0; i < count; ++i) {
    numbers.push_back(static_cast<std::int64_t>(get(position.subspan(8 * i, 8))));
  }
  return numbers;
}

Result<std::vector<std::int64_t>> page_start(std::string_view list, const PageRequest& request,
                                             std::vector<std::int64_t> first) {
  if (request.limit < 1 || request.limit > kPageLimitMax) {
    return fail(Error::invalid_field("limit", "is not between 1 and 100"));
  }
  if (request.cursor.empty()) return first;
  return from_cursor(list, first.size(), request.cursor);
}

}  // namespace geili
