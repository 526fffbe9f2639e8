#include "media/flv/amf0.hpp"

#include <cassert>
#include <cstdint>
#include <utility>

#include "media/byte_reader.hpp"

namespace geili::media::amf0 {
namespace {

enum Marker : std::uint8_t {
  kNumber = 0,
  kBoolean = 1,
  kString = 2,
  kObject = 3,
  kNull = 5,
  kUndefined = 6,
  kEcmaArray = 8,
  kObjectEnd = 9,
  kStrictArray = 10,
  kDate = 11,
  kLongString = 12,
  kXmlDocument = 15,
  kTypedObject = 16,
};

class Decoder {
 public:
  explicit Decoder(ByteView body) : in_(body) {}

  bool at_end() const { return in_.remaining() == 0; }

  Result<Value> value(std::size_t depth) {
    if (depth > kDepthMax) return limit("Values are nested too deeply.");
    if (++values_ > kValuesMax) return limit("The message has too many values.");
    const std::uint8_t marker = in_.u8();
    Result<Value> read = of_type(marker, depth);
    if (read && !in_.ok()) return fail(ErrorKind::invalid, "amf0-truncated", "A value ends early.");
    return read;
  }

 private:
  Result<Value> of_type(std::uint8_t marker, std::size_t depth) {
    switch (marker) {
      case kNumber:
        return Value{in_.f64()};
      case kBoolean:
        return Value{in_.u8() != 0};
      case kString:
        return string(in_.u16());
      case kLongString:
      case kXmlDocument:
        return string(in_.u32());
      case kNull:
        return Value{Null{}};
      case kUndefined:
        return Value{Undefined{}};
      case kDate: {
        const double ms = in_.f64();
        in_.u16();
        return Value{ms};
      }
      case kTypedObject:
        in_.bytes(in_.u16());
        return object(depth);
      case kEcmaArray:
        in_.u32();
        return object(depth);
      case kObject:
        return object(depth);
      case kStrictArray:
        return array(depth);
      default:
        if (!in_.ok()) return fail(ErrorKind::invalid, "amf0-truncated", "A value is missing.");
        return fail(ErrorKind::invalid, "amf0-type", "The message holds a value of unknown type.");
    }
  }

  Result<Value> string(std::size_t size) {
    if (size > kStringBytesMax) return limit("A string is too long.");
    return Value{std::string(as_text(in_.bytes(size)))};
  }

  // Ends at the empty name with the end marker, or at the end of the message: some encoders leave
  // the marker of the outermost object out.
  Result<Value> object(std::size_t depth) {
    Object members;
    while (in_.ok() && in_.remaining() > 0) {
      const std::size_t size = in_.u16();
      if (size > kStringBytesMax) return limit("A name is too long.");
      std::string name(as_text(in_.bytes(size)));
      if (!in_.ok()) break;
      if (name.empty() && !in_.rest().empty() && in_.rest()[0] == std::byte{kObjectEnd}) {
        in_.u8();
        break;
      }
      auto member = value(depth + 1);
      if (!member) return member;
      members.push_back({std::move(name), std::move(*member)});
    }
    return Value{std::move(members)};
  }

  Result<Value> array(std::size_t depth) {
    const std::uint32_t count = in_.u32();
    if (count > kValuesMax) return limit("An array is too long.");
    Array items;
    for (std::uint32_t i = 0; i < count; ++i) {
      auto item = value(depth + 1);
      if (!item) return item;
      items.push_back(std::move(*item));
    }
    return Value{std::move(items)};
  }

  static std::unexpected<Error> limit(std::string_view detail) {
    return fail(ErrorKind::invalid, "amf0-limit", detail);
  }

  ByteReader in_;
  std::size_t values_ = 0;
};

void write_string(std::string_view text, ByteWriter& out) {
  assert(text.size() <= 0xFFFF);
  out.u16(text.size());
  out.text(text);
}

struct Encoder {
  ByteWriter& out;

  void operator()(Null) const { out.u8(kNull); }
  void operator()(Undefined) const { out.u8(kUndefined); }
  void operator()(double number) const {
    out.u8(kNumber);
    out.f64(number);
  }
  void operator()(bool flag) const {
    out.u8(kBoolean);
    out.u8(flag ? 1 : 0);
  }
  void operator()(const std::string& text) const {
    out.u8(kString);
    write_string(text, out);
  }
  void operator()(const Object& members) const {
    out.u8(kObject);
    for (const Member& member : members) {
      write_string(member.name, out);
      encode(member.value, out);
    }
    out.u16(0);
    out.u8(kObjectEnd);
  }
  void operator()(const Array& items) const {
    out.u8(kStrictArray);
    out.u32(items.size());
    for (const Value& item : items) encode(item, out);
  }
};

}  // namespace

const Value* Value::find(std::string_view name) const {
  const Object* members = object();
  if (members == nullptr) return nullptr;
  for (const Member& member : *members) {
    if (member.name == name) return &member.value;
  }
  return nullptr;
}

Result<std::vector<Value>> decode(ByteView body) {
  Decoder decoder(body);
  std::vector<Value> values;
  while (!decoder.at_end()) {
    auto value = decoder.value(1);
    if (!value) return fail_as(value);
    values.push_back(std::move(*value));
  }
  return values;
}

void encode(const Value& value, ByteWriter& out) {
  std::visit(Encoder{out}, value.v);
}

std::string encode(const std::vector<Value>& values) {
  ByteWriter out;
  for (const Value& value : values) encode(value, out);
  return std::move(out).take();
}

}  // namespace geili::media::amf0
