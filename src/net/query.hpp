#pragma once
// The query of a request (application/x-www-form-urlencoded), read once and strictly.

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.hpp"

namespace geili::net {

// A parameter of the query or a header that is not as it should be: 400 invalid-field at its name.
std::unexpected<Error> bad_parameter(std::string_view name, std::string_view message);

inline constexpr std::size_t kQueryBytesMax = 2048;
inline constexpr std::size_t kQueryParametersMax = 20;

class Query {
 public:
  // Fails with query-invalid (too long, too many, broken escapes) and invalid-field for a name that
  // comes twice.
  static Result<Query> parse(std::string_view raw);

  // Decoded, in their order.
  const std::vector<std::pair<std::string, std::string>>& all() const { return parameters_; }
  std::optional<std::string> text(std::string_view name) const;
  // Fail with invalid-field at the parameter's name; absent is nothing.
  Result<std::optional<std::int64_t>> integer(std::string_view name, std::int64_t min,
                                              std::int64_t max) const;
  Result<std::optional<std::int64_t>> id(std::string_view name) const;
  Result<bool> boolean(std::string_view name) const;  // "true", "false"; absent is false
  // Fails when a parameter is not among `known`.
  Result<void> check_names(std::span<const std::string_view> known) const;
  Result<void> check_names(std::initializer_list<std::string_view> known) const {
    return check_names(std::span(known.begin(), known.size()));
  }

 private:
  std::vector<std::pair<std::string, std::string>> parameters_;
};

}  // namespace geili::net
