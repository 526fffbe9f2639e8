#include "store/value.hpp"

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

}  // namespace geili::store
