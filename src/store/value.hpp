#pragma once
// What passes between SQL and the rooms: int64, text, bytes and null. There is no floating point in
// the store, and a boolean is 0 or 1.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <variant>

#include "base/bytes.hpp"
#include "base/clock.hpp"
#include "base/id.hpp"

namespace geili::store {

// A parameter: views stay valid for the call that takes them.
using Value = std::variant<std::monostate, std::int64_t, std::string_view, ByteView>;

// A parameter that is kept.
using KeptValue = std::variant<std::monostate, std::int64_t, std::string, Bytes>;
KeptValue keep(const Value& value);
Value view(const KeptValue& value);
// The same type and the same value; two nulls, too.
bool is_same(const KeptValue& kept, const Value& value);

inline Value to_value(std::nullopt_t) {
  return std::monostate{};
}
inline Value to_value(std::string_view text) {
  return text;
}
inline Value to_value(const std::string& text) {
  return std::string_view(text);
}
inline Value to_value(const char* text) {
  return std::string_view(text);
}
inline Value to_value(ByteView bytes) {
  return bytes;
}
inline Value to_value(const Bytes& bytes) {
  return ByteView(bytes);
}
inline Value to_value(Instant instant) {
  return instant.us;
}
template <class T>
  requires std::is_integral_v<T>
Value to_value(T number) {
  return static_cast<std::int64_t>(number);
}
template <class Tag>
Value to_value(Id<Tag> id) {
  return id.value;
}
template <class T>
Value to_value(const std::optional<T>& value) {
  return value ? to_value(*value) : Value(std::monostate{});
}

// One row of a result, on a live cursor: views die with the next step. Columns count from 0. Asking
// for another type than the column holds is a programmer's mistake and asserts.
class Row {
 public:
  virtual ~Row() = default;
  virtual bool is_null(int column) const = 0;
  virtual std::int64_t integer(int column) const = 0;
  virtual std::string_view text(int column) const = 0;
  virtual ByteView bytes(int column) const = 0;

  template <class IdType>
  IdType id(int column) const {
    return IdType{integer(column)};
  }
  template <class IdType>
  std::optional<IdType> optional_id(int column) const {
    return is_null(column) ? std::nullopt : std::optional(id<IdType>(column));
  }
  bool boolean(int column) const { return integer(column) != 0; }
  Instant instant(int column) const { return Instant{integer(column)}; }
  std::string string(int column) const { return std::string(text(column)); }
  std::optional<std::int64_t> optional_integer(int column) const {
    return is_null(column) ? std::nullopt : std::optional(integer(column));
  }
  std::optional<std::string> optional_string(int column) const {
    return is_null(column) ? std::nullopt : std::optional(string(column));
  }
  std::optional<Instant> optional_instant(int column) const {
    return is_null(column) ? std::nullopt : std::optional(instant(column));
  }
};

}  // namespace geili::store
