#include "net/query.hpp"

#include <algorithm>
#include <charconv>

#include "base/id.hpp"
#include "base/text.hpp"
#include "net/request_target.hpp"

namespace geili::net {
namespace {

std::unexpected<Error> broken(std::string_view detail) {
  return fail(ErrorKind::invalid, "query-invalid", detail);
}

// '+' is a space; NUL is refused, because no value of ours has one.
std::optional<std::string> decode_component(std::string_view text) {
  auto decoded = percent_decode(text, Plus::space);
  if (!decoded || !utf8_length(*decoded) || decoded->find('\0') != std::string::npos) {
    return std::nullopt;
  }
  return decoded;
}

}  // namespace

std::unexpected<Error> bad_parameter(std::string_view name, std::string_view message) {
  Error error = Error::invalid_field(name, message);
  error.kind = ErrorKind::invalid;
  return fail(std::move(error));
}

Result<Query> Query::parse(std::string_view raw) {
  if (raw.size() > kQueryBytesMax) return broken("The query is longer than 2048 bytes.");
  Query query;
  while (!raw.empty()) {
    const std::size_t end = raw.find('&');
    const std::string_view pair = raw.substr(0, end);
    raw = end == std::string_view::npos ? std::string_view() : raw.substr(end + 1);
    if (pair.empty()) continue;
    if (query.parameters_.size() == kQueryParametersMax) {
      return broken("The query has more than 20 parameters.");
    }
    const std::size_t equals = pair.find('=');
    auto name = decode_component(pair.substr(0, equals));
    auto value = decode_component(equals == std::string_view::npos ? std::string_view()
                                                                   : pair.substr(equals + 1));
    if (!name || !value) return broken("The query has a broken escape or is not UTF-8.");
    if (query.text(*name)) return bad_parameter(*name, "comes twice");
    query.parameters_.emplace_back(std::move(*name), std::move(*value));
  }
  return query;
}

std::optional<std::string> Query::text(std::string_view name) const {
  const auto found =
      std::ranges::find(parameters_, name, &std::pair<std::string, std::string>::first);
  return found == parameters_.end() ? std::nullopt : std::optional(found->second);
}

Result<std::optional<std::int64_t>> Query::integer(std::string_view name, std::int64_t min,
                                                   std::int64_t max) const {
  const auto value = text(name);
  if (!value) return std::nullopt;
  std::int64_t number = 0;
  const char* end = value->data() + value->size();
  const auto [stop, error] = std::from_chars(value->data(), end, number);
  if (error != std::errc() || stop != end) return bad_parameter(name, "is not an integer");
  if (number < min || number > max) {
    return bad_parameter(name,
                         "is not between " + std::to_string(min) + " and " + std::to_string(max));
  }
  return number;
}

Result<std::optional<std::int64_t>> Query::id(std::string_view name) const {
  const auto value = text(name);
  if (!value) return std::nullopt;
  const auto id = parse_id(*value);
  if (!id) return bad_parameter(name, "is not an identity");
  return *id;
}

Result<bool> Query::boolean(std::string_view name) const {
  const auto value = text(name);
  if (!value || *value == "false") return false;
  if (*value == "true") return true;
  return bad_parameter(name, "is not true or false");
}

Result<void> Query::check_names(std::span<const std::string_view> known) const {
  for (const auto& [name, value] : parameters_) {
    if (std::ranges::find(known, name) == known.end()) return bad_parameter(name, "is not known");
  }
  return {};
}

}  // namespace geili::net
