#pragma once
// Members of a bus message as they are read: none where one is missing or of another kind. Inside
// live only.

#include <charconv>
#include <cstdint>
#include <optional>
#include <string_view>

#include <boost/json.hpp>

#include "base/id.hpp"

namespace geili::live {

inline std::optional<std::string_view> text_of(const boost::json::object& object,
                                               std::string_view key) {
  const boost::json::value* value = object.if_contains(key);
  if (!value || !value->is_string()) return std::nullopt;
  const auto& text = value->get_string();
  return std::string_view(text.data(), text.size());
}

inline std::optional<std::int64_t> number_of(const boost::json::object& object,
                                             std::string_view key) {
  const boost::json::value* value = object.if_contains(key);
  if (!value || !value->is_int64()) return std::nullopt;
  return value->get_int64();
}

// Ids are decimal strings on the wire.
inline std::optional<std::int64_t> id_of(const boost::json::object& object, std::string_view key) {
  const auto text = text_of(object, key);
  if (!text) return std::nullopt;
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), value);
  if (error != std::errc() || end != text->data() + text->size()) return std::nullopt;
  return value;
}

inline std::optional<ProductId> product_id_of(const boost::json::object& object) {
  const auto id = id_of(object, "product_id");
  if (!id) return std::nullopt;
  return ProductId{*id};
}

}  // namespace geili::live
