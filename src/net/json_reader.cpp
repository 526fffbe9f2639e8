#include "net/json_reader.hpp"

#include <algorithm>
#include <cmath>

#include <boost/json.hpp>

#include "base/id.hpp"
#include "net/json_duplicates.hpp"

namespace geili::net {

namespace json = boost::json;

namespace {

// Boost.JSON reads 1e999 as infinity, which JSON cannot say. The depth is bounded by the parser.
bool all_finite(const json::value& value) {
  if (const auto* number = value.if_double()) return std::isfinite(*number);
  if (const auto* array = value.if_array()) return std::ranges::all_of(*array, all_finite);
  if (const auto* object = value.if_object()) {
    return std::ranges::all_of(*object,
                               [](const auto& member) { return all_finite(member.value()); });
  }
  return true;
}

}  // namespace

Result<json::value> parse_json(std::string_view text) {
  const auto duplicate = find_duplicate_name(text);
  json::parse_options options;
  options.max_depth = kJsonDepthMax;
  json::error_code error;
  json::stream_parser parser({}, options);
  const std::size_t read = parser.write_some(text.data(), text.size(), error);
  if (!error && read < text.size()) error = json::error::extra_data;
  if (!error) parser.finish(error);
  if (error) {
    return fail(ErrorKind::invalid, "json-invalid",
                "Not JSON at byte " + std::to_string(read) + ": " + error.message() + ".");
  }
  if (duplicate) {
    return fail(ErrorKind::invalid, "json-invalid",
                "A name comes twice in one object, at byte " + std::to_string(*duplicate) + ".");
  }
  auto value = parser.release();
  if (!all_finite(value)) {
    return fail(ErrorKind::invalid, "json-invalid", "A number is too large.");
  }
  return value;
}

Result<void> read_object(std::string_view text, const ObjectReader::Read& read) {
  auto value = parse_json(text);
  if (!value) return fail_as(value);
  ObjectReader::Faults faults;
  ObjectReader reader(*value, "", faults);
  if (faults.empty()) {
    read(reader);
    reader.refuse_others();
  }
  if (faults.empty()) return {};
  Error error = Error::invalid_field("", "");
  error.fields = std::move(faults);
  return fail(std::move(error));
}

ObjectReader::ObjectReader(const json::value& value, std::string path, Faults& faults)
    : path_(std::move(path)), faults_(faults) {
  object_ = value.if_object();
  if (!object_) faults_.push_back({path_, "is not an object"});
}

std::string ObjectReader::path_of(std::string_view name) const {
  if (name.empty()) return path_;
  std::string path = path_ + "/";
  for (const char c : name) {  // RFC 6901 section 3
    if (c == '~') {
      path += "~0";
    } else if (c == '/') {
      path += "~1";
    } else {
      path += c;
    }
  }
  return path;
}

void ObjectReader::fault(std::string_view name, std::string_view message) {
  faults_.push_back({path_of(name), std::string(message)});
}

const json::value* ObjectReader::find(std::string_view name) {
  asked_.emplace(name);
  return object_ ? object_->if_contains(name) : nullptr;
}

const json::value* ObjectReader::require(std::string_view name) {
  const json::value* value = find(name);
  if (!value && object_) fault(name, "is missing");
  return value;
}

bool ObjectReader::has(std::string_view name) const {
  return object_ && object_->contains(name);
}

std::string ObjectReader::text_of(const json::value& value, const std::string& path,
                                  const TextRule& rule) {
  const json::string* text = value.if_string();
  if (!text) {
    faults_.push_back({path, "is not a string"});
    return {};
  }
  auto checked = checked_text({text->data(), text->size()}, rule, path);
  if (checked) return std::move(*checked);
  for (FieldError& error : checked.error().fields) faults_.push_back(std::move(error));
  return {};
}

std::string ObjectReader::text(std::string_view name, const TextRule& rule) {
  const json::value* value = require(name);
  return value ? text_of(*value, path_of(name), rule) : std::string();
}

std::optional<std::string> ObjectReader::optional_text(std::string_view name,
                                                       const TextRule& rule) {
  const json::value* value = find(name);
  return value ? std::optional(text_of(*value, path_of(name), rule)) : std::nullopt;
}

std::string ObjectReader::opaque(std::string_view name, std::size_t bytes_min,
                                 std::size_t bytes_max) {
  const json::value* value = require(name);
  if (!value) return {};
  const json::string* text = value->if_string();
  if (!text) {
    fault(name, "is not a string");
    return {};
  }
  if (text->size() < bytes_min || text->size() > bytes_max) {
    fault(name, "has not between " + std::to_string(bytes_min) + " and " +
                    std::to_string(bytes_max) + " bytes");
    return {};
  }
  return {text->data(), text->size()};
}

std::optional<std::int64_t> ObjectReader::integer_of(const json::value& value,
                                                     std::string_view name, std::int64_t min,
                                                     std::int64_t max) {
  const std::int64_t* number = value.if_int64();
  if (!number && !value.is_uint64()) {
    fault(name, "is not an integer");
    return std::nullopt;
  }
  if (!number || *number < min || *number > max) {
    fault(name, "is not between " + std::to_string(min) + " and " + std::to_string(max));
    return std::nullopt;
  }
  return *number;
}

std::int64_t ObjectReader::integer(std::string_view name, std::int64_t min, std::int64_t max) {
  const json::value* value = require(name);
  return value ? integer_of(*value, name, min, max).value_or(0) : 0;
}

std::optional<std::int64_t> ObjectReader::optional_integer(std::string_view name, std::int64_t min,
                                                           std::int64_t max) {
  const json::value* value = find(name);
  return value ? integer_of(*value, name, min, max) : std::nullopt;
}

bool ObjectReader::boolean(std::string_view name) {
  return require(name) != nullptr && optional_boolean(name).value_or(false);
}

std::optional<bool> ObjectReader::optional_boolean(std::string_view name) {
  const json::value* value = find(name);
  if (!value) return std::nullopt;
  if (const bool* flag = value->if_bool()) return *flag;
  fault(name, "is not true or false");
  return std::nullopt;
}

std::optional<Instant> ObjectReader::instant_of(const json::value& value, std::string_view name) {
  const json::string* text = value.if_string();
  const auto instant =
      text ? parse_rfc3339({text->data(), text->size()}) : std::optional<Instant>();
  if (!instant) fault(name, "is not an RFC 3339 time such as 2026-11-23T20:15:00Z");
  return instant;
}

Instant ObjectReader::instant(std::string_view name) {
  const json::value* value = require(name);
  return value ? instant_of(*value, name).value_or(Instant{}) : Instant{};
}

std::optional<Instant> ObjectReader::optional_instant(std::string_view name) {
  const json::value* value = find(name);
  return value ? instant_of(*value, name) : std::nullopt;
}

std::optional<std::int64_t> ObjectReader::id_of(const json::value& value, const std::string& path) {
  const json::string* text = value.if_string();
  const auto id = text ? parse_id({text->data(), text->size()}) : std::nullopt;
  if (!id) faults_.push_back({path, "is not an identity"});
  return id;
}

std::int64_t ObjectReader::id(std::string_view name) {
  const json::value* value = require(name);
  return value ? id_of(*value, path_of(name)).value_or(0) : 0;
}

std::optional<std::int64_t> ObjectReader::optional_id(std::string_view name) {
  const json::value* value = find(name);
  return value ? id_of(*value, path_of(name)) : std::nullopt;
}

const json::array* ObjectReader::require_array(std::string_view name, std::size_t count_max) {
  const json::value* value = require(name);
  if (!value) return nullptr;
  const json::array* array = value->if_array();
  if (!array) {
    fault(name, "is not an array");
    return nullptr;
  }
  if (array->size() > count_max) {
    fault(name, "has more than " + std::to_string(count_max) + " items");
    return nullptr;
  }
  return array;
}

std::vector<std::string> ObjectReader::texts(std::string_view name, std::size_t count_max,
                                             const TextRule& rule) {
  std::vector<std::string> texts;
  const json::array* array = require_array(name, count_max);
  if (!array) return texts;
  for (std::size_t i = 0; i < array->size(); ++i) {
    texts.push_back(text_of((*array)[i], path_of(name) + "/" + std::to_string(i), rule));
  }
  return texts;
}

std::vector<std::int64_t> ObjectReader::ids(std::string_view name, std::size_t count_max) {
  std::vector<std::int64_t> ids;
  const json::array* array = require_array(name, count_max);
  if (!array) return ids;
  for (std::size_t i = 0; i < array->size(); ++i) {
    const auto id = id_of((*array)[i], path_of(name) + "/" + std::to_string(i));
    if (id) ids.push_back(*id);
  }
  return ids;
}

std::vector<std::string> ObjectReader::words(std::string_view name, std::size_t count_min,
                                             std::size_t count_max) {
  constexpr std::size_t kWordBytesMax = 40;
  std::vector<std::string> words;
  const json::value* value = require(name);
  if (!value) return words;
  const json::array* array = value->if_array();
  if (!array || array->size() < count_min || array->size() > count_max) {
    fault(name, "is not an array of " + std::to_string(count_min) + " to " +
                    std::to_string(count_max) + " words");
    return words;
  }
  for (const json::value& item : *array) {
    const json::string* word = item.if_string();
    if (word && word->size() <= kWordBytesMax) words.emplace_back(*word);
  }
  if (words.size() != array->size()) fault(name, "holds something else than words");
  return words;
}

bool ObjectReader::object(std::string_view name, const Read& read) {
  return require(name) != nullptr && optional_object(name, read);
}

bool ObjectReader::optional_object(std::string_view name, const Read& read) {
  const json::value* value = find(name);
  if (!value) return false;
  ObjectReader nested(*value, path_of(name), faults_);
  if (!nested.object_) return false;
  read(nested);
  nested.refuse_others();
  return true;
}

void ObjectReader::objects(std::string_view name, std::size_t count_min, std::size_t count_max,
                           const Read& read) {
  const json::value* value = require(name);
  if (!value) return;
  const json::array* array = value->if_array();
  if (!array) return fault(name, "is not an array");
  if (array->size() < count_min || array->size() > count_max) {
    return fault(name, "has not between " + std::to_string(count_min) + " and " +
                           std::to_string(count_max) + " items");
  }
  for (std::size_t i = 0; i < array->size(); ++i) {
    ObjectReader nested((*array)[i], path_of(name) + "/" + std::to_string(i), faults_);
    if (!nested.object_) continue;
    read(nested);
    nested.refuse_others();
  }
}

void ObjectReader::refuse_others() {
  constexpr std::size_t kFaultsMax = 50;
  if (!object_) return;
  for (const auto& member : *object_) {
    const std::string_view name(member.key().data(), member.key().size());
    if (!asked_.contains(name) && faults_.size() < kFaultsMax) fault(name, "is not known");
  }
}

}  // namespace geili::net
