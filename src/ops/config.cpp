#include "ops/config.hpp"

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <numeric>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <unistd.h>

#include "ops/config_file.hpp"

namespace geili::ops {
namespace {

constexpr std::size_t kFaultsMax = 50;

template <class... Ts>
struct Overloaded : Ts... {
  using Ts::operator()...;
};

// The number of single-character edits between two keys (Levenshtein).
std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 0; i < a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i + 1;
    for (std::size_t j = 0; j < b.size(); ++j) {
      const std::size_t change = diagonal + (a[i] == b[j] ? 0 : 1);
      diagonal = row[j + 1];
      row[j + 1] = std::min({change, row[j] + 1, diagonal + 1});
    }
  }
  return row.back();
}

template <class Name>
const Setting& nearest(std::string_view text, Name name) {
  return *std::ranges::min_element(
      settings(), {}, [&](const Setting& setting) { return distance(text, name(setting)); });
}

const Setting* find_setting(std::string_view key) {
  const auto found = std::ranges::find(settings(), key, &Setting::key);
  return found == settings().end() ? nullptr : &*found;
}

std::string text_fault(const Setting& setting, const std::string& text) {
  if (!setting.choices.empty() &&
      std::ranges::find(setting.choices, text) == setting.choices.end()) {
    return fmt::format("{} must be one of {}", setting.key, fmt::join(setting.choices, ", "));
  }
  const auto fault = setting.fault == nullptr ? std::string_view() : setting.fault(text);
  return fault.empty() ? std::string() : fmt::format("{} {}", setting.key, fault);
}

// Puts `value` into the config; returns what is wrong with it, or nothing.
std::string assign(const Setting& setting, const ConfigValue& value, Config& config) {
  const auto mistyped = [&](std::string_view type) {
    return fmt::format("{} must be {}", setting.key, type);
  };
  return std::visit(Overloaded{
                        [&](std::string* target) {
                          const auto* text = std::get_if<std::string>(&value);
                          if (text == nullptr) return mistyped("a text");
                          *target = *text;
                          return text_fault(setting, *text);
                        },
                        [&](Secret<std::string>* target) {
                          const auto* text = std::get_if<std::string>(&value);
                          if (text == nullptr) return mistyped("a text");
                          *target = Secret(*text);
                          return text_fault(setting, *text);
                        },
                        [&](std::int64_t* target) {
                          const auto* number = std::get_if<std::int64_t>(&value);
                          if (number == nullptr) return mistyped("a whole number");
                          if (*number < setting.min || *number > setting.max) {
                            return fmt::format("{} must be between {} and {}", setting.key,
                                               setting.min, setting.max);
                          }
                          *target = *number;
                          return std::string();
                        },
                        [&](bool* target) {
                          const auto* truth = std::get_if<bool>(&value);
                          if (truth == nullptr) return mistyped("true or false");
                          *target = *truth;
                          return std::string();
                        },
                        [&](std::vector<std::string>* target) {
                          const auto* texts = std::get_if<std::vector<std::string>>(&value);
                          if (texts == nullptr) return mistyped("a list of texts");
                          *target = *texts;
                          for (const auto& text : *texts) {
                            if (auto fault = text_fault(setting, text); !fault.empty())
                              return fault;
                          }
                          return std::string();
                        },
                    },
                    setting.at(config));
}

std::vector<std::string> split_list(std::string_view text) {
  std::vector<std::string> items;
  while (!text.empty()) {
    const auto comma = text.find(',');
    auto item = text.substr(0, comma);
    while (item.starts_with(' ')) item.remove_prefix(1);
    while (item.ends_with(' ')) item.remove_suffix(1);
    if (!item.empty()) items.emplace_back(item);
    text = comma == std::string_view::npos ? std::string_view() : text.substr(comma + 1);
  }
  return items;
}

// Reads a flag's or a variable's text as the type the setting has.
ConfigValue typed(const Setting& setting, const std::string& text) {
  Config scratch;
  return std::visit(Overloaded{
                        [&](std::string*) -> ConfigValue { return text; },
                        [&](Secret<std::string>*) -> ConfigValue { return text; },
                        [&](std::int64_t*) -> ConfigValue {
                          std::int64_t number = 0;
                          const auto* end = text.data() + text.size();
                          const auto [stop, error] = std::from_chars(text.data(), end, number);
                          if (error != std::errc() || stop != end) return std::monostate{};
                          return number;
                        },
                        [&](bool*) -> ConfigValue {
                          if (text == "true") return true;
                          if (text == "false") return false;
                          return std::monostate{};
                        },
                        [&](std::vector<std::string>*) -> ConfigValue { return split_list(text); },
                    },
                    setting.at(scratch));
}

class Loader {
 public:
  Config config;
  std::vector<FieldError> faults;

  void file(const std::vector<ConfigEntry>& entries) {
    for (const auto& entry : entries) {
      if (const auto* setting = find_setting(entry.key)) {
        set(*setting, entry.value, entry.where);
      } else {
        fault(entry.where, fmt::format("unknown key {}; did you mean {}?", entry.key,
                                       nearest(entry.key, [](const Setting& s) {
                                         return std::string(s.key);
                                       }).key));
      }
    }
  }

  void environment(const std::vector<std::string>& variables) {
    for (const auto& variable : variables) {
      const auto equals = variable.find('=');
      if (equals == std::string::npos || !in_a_section(variable.substr(0, equals))) continue;
      const auto name = variable.substr(0, equals);
      const auto found = std::ranges::find(settings(), name, environment_name);
      if (found == settings().end()) {
        fault(name, fmt::format("unknown variable; did you mean {}?",
                                environment_name(nearest(name, environment_name))));
      } else {
        set(*found, typed(*found, variable.substr(equals + 1)), name);
      }
    }
  }

  void flag(const std::string& key, const std::string& text) {
    const auto* setting = find_setting(key);
    if (setting == nullptr) {
      fault(key, "unknown setting");
      return;
    }
    set(*setting, typed(*setting, text), "--" + flag_name(*setting));
  }

 private:
  void set(const Setting& setting, const ConfigValue& value, const std::string& where) {
    if (auto wrong = assign(setting, value, config); !wrong.empty()) fault(where, std::move(wrong));
  }

  void fault(std::string where, std::string what) {
    if (faults.size() < kFaultsMax) faults.push_back({std::move(where), std::move(what)});
  }

  static bool in_a_section(std::string_view name) {
    return std::ranges::any_of(settings(), [&](const Setting& setting) {
      const auto whole = environment_name(setting);
      const auto section = setting.key.substr(0, setting.key.find('.'));
      return name.starts_with(std::string_view(whole).substr(0, 6 + section.size() + 1));
    });
  }
};

std::string default_url(const Config::Server& server) {
  const bool any = server.address == "0.0.0.0" || server.address == "::";
  const auto host = any                            ? std::string("localhost")
                    : server.address.contains(':') ? fmt::format("[{}]", server.address)
                                                   : server.address;
  return fmt::format("http://{}:{}", host, server.port);
}

// Where `cp -r web/build …/share/geili/web` of docs/host-guide.md puts it, beside …/bin/geili.
std::string installed_web_root() {
  std::error_code ignored;
  const auto program = std::filesystem::read_symlink("/proc/self/exe", ignored);
  return (program.parent_path().parent_path() / "share/geili/web").string();
}

}  // namespace

std::vector<std::string> process_environment() {
  std::vector<std::string> variables;
  for (char** variable = environ; variable != nullptr && *variable != nullptr; ++variable) {
    variables.emplace_back(*variable);
  }
  return variables;
}

Result<Config> load_config(const ConfigSources& sources) {
  Loader loader;
  if (sources.file) {
    auto entries = read_config_file(*sources.file);
    if (!entries) return fail_as(entries);
    loader.file(*entries);
  }
  loader.environment(sources.environment);
  for (const auto& [key, text] : sources.flags) loader.flag(key, text);

  if (!loader.faults.empty()) {
    auto error =
        Error::make(ErrorKind::invalid, "config-invalid", "The configuration does not fit.");
    error.fields = std::move(loader.faults);
    return fail(std::move(error));
  }
  auto& server = loader.config.server;
  if (server.public_url.empty()) server.public_url = default_url(server);
  if (server.web_root.empty()) server.web_root = installed_web_root();
  return std::move(loader.config);
}

std::string describe(const Error& error) {
  std::string text = error.detail;
  for (const auto& field : error.fields)
    text += fmt::format("\n  {}: {}", field.path, field.message);
  return text;
}

std::string example_config() {
  std::string text =
      "# Every setting of Geili with its default. A setting is overruled by its environment "
      "variable,\n"
      "# and that by its flag: server.port, GEILI_SERVER_PORT, --server-port.\n";
  Config defaults;
  std::string_view section;
  for (const auto& setting : settings()) {
    const auto dot = setting.key.find('.');
    if (setting.key.substr(0, dot) != section) {
      section = setting.key.substr(0, dot);
      text += fmt::format("\n[{}]\n", section);
    }
    const auto value =
        std::visit(Overloaded{
                       [](const std::string* t) { return fmt::format("\"{}\"", *t); },
                       [](const Secret<std::string>*) { return std::string("\"\""); },
                       [](const std::int64_t* n) { return fmt::format("{}", *n); },
                       [](const bool* b) { return std::string(*b ? "true" : "false"); },
                       [](const std::vector<std::string>* list) {
                         return list->empty() ? std::string("[]")
                                              : fmt::format("[\"{}\"]", fmt::join(*list, "\", \""));
                       },
                   },
                   setting.at(defaults));
    text += fmt::format("# {}\n", setting.help);
    if (!setting.choices.empty())
      text += fmt::format("# One of: {}.\n", fmt::join(setting.choices, ", "));
    if (setting.max != 0) text += fmt::format("# From {} to {}.\n", setting.min, setting.max);
    text += fmt::format("# {} = {}\n", setting.key.substr(dot + 1), value);
  }
  return text;
}

}  // namespace geili::ops
