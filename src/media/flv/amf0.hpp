#pragma once
// Action Message Format 0 (Adobe, "amf0-file-format-specification"), as RTMP commands and metadata
// use it.

#include <cstddef>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/bytes.hpp"
#include "base/result.hpp"
#include "media/byte_writer.hpp"

namespace geili::media::amf0 {

struct Value;
struct Member;
struct Null {
  friend bool operator==(Null, Null) = default;
};
struct Undefined {
  friend bool operator==(Undefined, Undefined) = default;
};
using Object = std::vector<Member>;  // also what ECMA arrays and typed objects are read as
using Array = std::vector<Value>;

struct Value {
  std::variant<Null, Undefined, double, bool, std::string, Object, Array> v;

  // None when the value is of another type.
  const double* number() const { return std::get_if<double>(&v); }
  const std::string* text() const { return std::get_if<std::string>(&v); }
  const Object* object() const { return std::get_if<Object>(&v); }
  // The member `name` of an object; none when there is no such member or this is no object.
  const Value* find(std::string_view name) const;
};

struct Member {
  std::string name;
  Value value;
};

inline constexpr std::size_t kDepthMax = 8;
inline constexpr std::size_t kValuesMax = 1'024;  // in one message, at all depths
inline constexpr std::size_t kStringBytesMax = 16 * 1024;

// All values of a message body, in order. Errors (invalid): "amf0-truncated", "amf0-type"
// (references, AMF3 and what RTMP never sends), "amf0-limit".
Result<std::vector<Value>> decode(ByteView body);

// Appends one value. Strings are at most 65,535 bytes.
void encode(const Value& value, ByteWriter& out);
// A whole message body.
std::string encode(const std::vector<Value>& values);

}  // namespace geili::media::amf0
