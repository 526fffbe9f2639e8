#pragma once
// JSON (RFC 8259) as providers send it, read by Boost.JSON with numbers kept as they are written:
// a sum of money never passes through a binary fraction.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/money.hpp"
#include "base/result.hpp"

namespace geili::payments {

inline constexpr std::size_t kJsonDepthMax = 24;
inline constexpr std::size_t kJsonValuesMax = 20'000;

struct JsonMember;

struct JsonValue {
  enum class Kind : std::uint8_t { null, boolean, number, string, array, object };
  Kind kind = Kind::null;
  std::string text;                 // of a string; a number as it was written; "true" or "false"
  std::vector<JsonMember> members;  // of an array with empty names

  // The value at a path of member names; a null value where there is none.
  const JsonValue& at(std::string_view name) const;
  // Empty, none or false where it is something else.
  std::string string() const { return kind == Kind::string ? text : std::string(); }
  std::optional<std::int64_t> integer() const;  // up to 15 digits, no fraction
  bool is_true() const { return kind == Kind::boolean && text == "true"; }
  // A string or a whole number, as text: providers write ids both ways.
  std::string id() const;
};

struct JsonMember {
  std::string name;
  JsonValue value;
};

// Fails with provider-malformed: not JSON, not an object, longer than kHttpBodyMax, deeper or more
// values than the limits, or an object that holds a name twice.
Result<JsonValue> parse_json(std::string_view text);

// A string literal.
std::string json_string(std::string_view text);

// "75.5" in a currency of two digits as 7550; exact or none: no exponent, no more digits than the
// currency has (zeros at the end may be more), no sign.
std::optional<std::int64_t> minor_from_decimal(std::string_view text, Currency currency);
// 7550 as "75.50".
std::string decimal_from_minor(Money money);

}  // namespace geili::payments
