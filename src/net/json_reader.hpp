#pragma once
// JSON bodies into typed values. Everything an input may be is said by who reads it; whatever else
// it holds is an error, and all errors of a body are told together.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <boost/json/array.hpp>
#include <boost/json/value.hpp>

#include "base/clock.hpp"
#include "base/result.hpp"
#include "base/text.hpp"

namespace geili::net {

inline constexpr int kJsonDepthMax = 16;

// RFC 8259, strictly: UTF-8, no duplicate names, at most kJsonDepthMax levels. Fails with
// json-invalid, whose detail names the byte.
Result<boost::json::value> parse_json(std::string_view text);

// Reads the members of one object. A faulty member is noted and read as an empty value, so that the
// caller reads on and asks finish() once. Made by ObjectReader::root; the value outlives it.
class ObjectReader {
 public:
  // The faults of one body, shared by the readers of its nested objects.
  using Faults = std::vector<FieldError>;

  ObjectReader(const boost::json::value& value, std::string path, Faults& faults);

  bool has(std::string_view name) const;

  std::string text(std::string_view name, const TextRule& rule);
  std::optional<std::string> optional_text(std::string_view name, const TextRule& rule);
  // Text that is kept as it is (passwords, tokens): only its size in bytes and UTF-8 are checked.
  std::string opaque(std::string_view name, std::size_t bytes_min, std::size_t bytes_max);
  std::int64_t integer(std::string_view name, std::int64_t min, std::int64_t max);
  std::optional<std::int64_t> optional_integer(std::string_view name, std::int64_t min,
                                               std::int64_t max);
  bool boolean(std::string_view name);
  std::optional<bool> optional_boolean(std::string_view name);
  Instant instant(std::string_view name);  // RFC 3339
  std::optional<Instant> optional_instant(std::string_view name);
  // An identity: decimal digits, 1 to 10^18 - 1. 0 when faulty.
  std::int64_t id(std::string_view name);
  std::optional<std::int64_t> optional_id(std::string_view name);
  // An array of short words.
  std::vector<std::string> words(std::string_view name, std::size_t count_min,
                                 std::size_t count_max);
  std::vector<std::string> texts(std::string_view name, std::size_t count_max,
                                 const TextRule& rule);
  std::vector<std::int64_t> ids(std::string_view name, std::size_t count_max);

  // `read(reader)` for a nested object, or for each object of an array.
  using Read = std::function<void(ObjectReader&)>;
  bool object(std::string_view name, const Read& read);
  bool optional_object(std::string_view name, const Read& read);
  void objects(std::string_view name, std::size_t count_min, std::size_t count_max,
               const Read& read);

  // Notes a fault that the caller found; `name` may be empty for the object itself.
  void fault(std::string_view name, std::string_view message);
  // Notes every member that was not asked for.
  void refuse_others();

 private:
  const boost::json::value* find(std::string_view name);
  const boost::json::value* require(std::string_view name);
  // The array of that name, with `count_max` items at most; none: that was noted.
  const boost::json::array* require_array(std::string_view name, std::size_t count_max);
  std::optional<std::int64_t> integer_of(const boost::json::value& value, std::string_view name,
                                         std::int64_t min, std::int64_t max);
  std::string text_of(const boost::json::value& value, const std::string& path,
                      const TextRule& rule);
  std::optional<Instant> instant_of(const boost::json::value& value, std::string_view name);
  std::optional<std::int64_t> id_of(const boost::json::value& value, const std::string& path);
  std::string path_of(std::string_view name) const;

  const boost::json::object* object_ = nullptr;
  std::string path_;
  Faults& faults_;
  std::set<std::string, std::less<>> asked_;
};

// Parses `text`, lets `read` take what it wants and answers with all faults (invalid-field), or
// json-invalid.
Result<void> read_object(std::string_view text, const ObjectReader::Read& read);

}  // namespace geili::net
