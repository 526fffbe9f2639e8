#pragma once
// A TOML file flattened to keys with their lines.

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "base/result.hpp"

namespace geili::ops {

// monostate: a type that no setting has (a date, a number with a fraction, a nested table).
using ConfigValue =
    std::variant<std::monostate, std::string, std::int64_t, bool, std::vector<std::string>>;

struct ConfigEntry {
  std::string key;    // "server.port"
  std::string where;  // "geili.toml:12"
  ConfigValue value;
};

// Errors: config-unreadable; config-invalid when it is not TOML, with the line.
Result<std::vector<ConfigEntry>> read_config_file(const std::string& path);

}  // namespace geili::ops
