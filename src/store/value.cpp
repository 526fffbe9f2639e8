#include "store/value.hpp"

#include <algorithm>

namespace geili::store {

KeptValue keep(const Value& value) {
  struct Keep {
    KeptValue operator()(std::monostate) const { return std::monostate{}; }
    KeptValue operator()(std::int64_t number) const { return number; }
    KeptValue operator()(std::string_view text) const { return std::string(text); }
    KeptValue operator()(ByteView bytes) const { return Bytes(bytes.begin(), bytes.end()); }
  };
  return std::visit(Keep{}, value);
}

Value view(const KeptValue& value) {
  struct View {
    Value operator()(std::monostate) const { return std::monostate{}; }
    Value operator()(std::int64_t number) const { return number; }
    Value operator()(const std::string& text) const { return std::string_view(text); }
    Value operator()(const Bytes& bytes) const { return ByteView(bytes); }
  };
  return std::visit(View{}, value);
}

bool is_same(const KeptValue& kept, const Value& value) {
  if (kept.index() != value.index()) return false;
  if (const auto* number = std::get_if<std::int64_t>(&kept)) {
    return *number == std::get<std::int64_t>(value);
  }
  if (const auto* text = std::get_if<std::string>(&kept)) {
    return *text == std::get<std::string_view>(value);
  }
  if (const auto* bytes = std::get_if<Bytes>(&kept)) {
    return std::ranges::equal(*bytes, std::get<ByteView>(value));
  }
  return true;
}

}  // namespace geili::store
