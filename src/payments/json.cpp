#include "payments/json.hpp"

#include <algorithm>
#include <utility>

#include <boost/json/basic_parser_impl.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/string.hpp>

#include "payments/provider.hpp"
#include "payments/signature.hpp"

namespace geili::payments {
namespace {

namespace json = boost::json;

// Builds the tree. Numbers come with the text they were written as; the converted values are passed
// over.
class TreeHandler {
 public:
  static constexpr std::size_t max_object_size = kJsonValuesMax;
  static constexpr std::size_t max_array_size = kJsonValuesMax;
  static constexpr std::size_t max_key_size = 1'000;
  static constexpr std::size_t max_string_size = kHttpBodyMax;

  JsonValue take() { return std::move(root_); }

  bool on_document_begin(json::error_code&) { return true; }
  bool on_document_end(json::error_code&) { return true; }
  bool on_object_begin(json::error_code& error) { return open(JsonValue::Kind::object, error); }
  bool on_object_end(std::size_t, json::error_code& error) {
    JsonValue& object = open_.back();
    std::vector<std::string_view> names;
    names.reserve(object.members.size());
    for (const JsonMember& member : object.members) names.emplace_back(member.name);
    std::ranges::sort(names);
    if (std::ranges::adjacent_find(names) != names.end()) return refuse(error);
    return close(error);
  }
  bool on_array_begin(json::error_code& error) { return open(JsonValue::Kind::array, error); }
  bool on_array_end(std::size_t, json::error_code& error) { return close(error); }
  bool on_key_part(json::string_view part, std::size_t, json::error_code&) { return gather(part); }
  bool on_key(json::string_view part, std::size_t, json::error_code&) {
    gather(part);
    names_.back() = std::exchange(text_, {});
    return true;
  }
  bool on_string_part(json::string_view part, std::size_t, json::error_code&) {
    return gather(part);
  }
  bool on_string(json::string_view part, std::size_t, json::error_code& error) {
    return leaf(JsonValue::Kind::string, part, error);
  }
  bool on_number_part(json::string_view part, json::error_code&) { return gather(part); }
  bool on_int64(auto, json::string_view part, json::error_code& error) {
    return leaf(JsonValue::Kind::number, part, error);
  }
  bool on_uint64(auto, json::string_view part, json::error_code& error) {
    return leaf(JsonValue::Kind::number, part, error);
  }
  bool on_double(auto, json::string_view part, json::error_code& error) {
    return leaf(JsonValue::Kind::number, part, error);
  }
  bool on_bool(bool value, json::error_code& error) {
    return leaf(JsonValue::Kind::boolean, value ? "true" : "false", error);
  }
  bool on_null(json::error_code& error) { return leaf(JsonValue::Kind::null, "", error); }
  bool on_comment_part(json::string_view, json::error_code&) { return true; }
  bool on_comment(json::string_view, json::error_code&) { return true; }

 private:
  static bool refuse(json::error_code& error) {
    error = json::error::extra_data;  // any error stops the parser here
    return false;
  }
  bool gather(json::string_view part) {
    text_.append(part.data(), part.size());
    return true;
  }
  bool open(JsonValue::Kind kind, json::error_code& error) {
    if (++values_ > kJsonValuesMax) return refuse(error);
    open_.push_back({.kind = kind});
    names_.emplace_back();
    return true;
  }
  bool close(json::error_code& error) {
    JsonValue done = std::move(open_.back());
    open_.pop_back();
    names_.pop_back();
    return add(std::move(done), error);
  }
  bool leaf(JsonValue::Kind kind, json::string_view part, json::error_code& error) {
    gather(part);
    if (++values_ > kJsonValuesMax) return refuse(error);
    return add({.kind = kind, .text = std::exchange(text_, {})}, error);
  }
  bool add(JsonValue value, json::error_code&) {
    if (open_.empty()) {
      root_ = std::move(value);
    } else {
      open_.back().members.push_back({std::exchange(names_.back(), {}), std::move(value)});
    }
    return true;
  }

  JsonValue root_;
  std::vector<JsonValue> open_;
  std::vector<std::string> names_;  // of the member that comes next, one for each that is open
  std::string text_;
  std::size_t values_ = 0;
};

bool is_digits(std::string_view text) {
  return text.find_first_not_of("0123456789") == std::string_view::npos;
}

}  // namespace

const JsonValue& JsonValue::at(std::string_view name) const {
  static const JsonValue kNull;
  if (kind != Kind::object) return kNull;
  for (const auto& [key, value] : members) {
    if (key == name) return value;
  }
  return kNull;
}

std::optional<std::int64_t> JsonValue::integer() const {
  return kind == Kind::number ? parse_unsigned(text) : std::nullopt;
}

std::string JsonValue::id() const {
  if (kind == Kind::string) return text;
  return kind == Kind::number && is_digits(text) ? text : std::string();
}

Result<JsonValue> parse_json(std::string_view text) {
  const auto malformed = [](std::string_view detail) {
    return fail(ErrorKind::invalid, "provider-malformed", detail);
  };
  if (text.size() > kHttpBodyMax) return malformed("The text is longer than 262144 bytes.");
  json::parse_options options;
  options.max_depth = kJsonDepthMax;
  json::basic_parser<TreeHandler> parser(options);
  json::error_code error;
  const std::size_t read = parser.write_some(false, text.data(), text.size(), error);
  if (error || !parser.done()) return malformed("The text is not JSON within the limits.");
  if (text.find_first_not_of(" \t\r\n", read) != std::string_view::npos) {
    return malformed("Something follows the JSON.");
  }
  JsonValue value = parser.handler().take();
  if (value.kind != JsonValue::Kind::object) return malformed("The JSON is not an object.");
  return value;
}

std::string json_string(std::string_view text) {
  return json::serialize(json::string(json::string_view(text.data(), text.size())));
}

std::optional<std::int64_t> minor_from_decimal(std::string_view text, Currency currency) {
  const std::size_t point = text.find('.');
  const std::string_view whole = text.substr(0, point);
  std::string_view fraction = point == std::string_view::npos ? "" : text.substr(point + 1);
  if (whole.empty() || (point != std::string_view::npos && fraction.empty())) return std::nullopt;
  if (!is_digits(fraction)) return std::nullopt;
  while (fraction.ends_with('0')) fraction.remove_suffix(1);
  const auto places = static_cast<std::size_t>(currency.exponent());
  if (fraction.size() > places) return std::nullopt;
  std::string digits = std::string(whole) + std::string(fraction);
  digits.append(places - fraction.size(), '0');
  return parse_unsigned(digits);
}

std::string decimal_from_minor(Money money) {
  const std::string text = to_string(money);  // "75.50 MXN"
  return text.substr(0, text.find(' '));
}

}  // namespace geili::payments
