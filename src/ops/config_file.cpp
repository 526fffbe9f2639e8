#include "ops/config_file.hpp"

#include <filesystem>
#include <fstream>
#include <iterator>

#define TOML_EXCEPTIONS 0
#include <fmt/format.h>
#include <toml++/toml.h>

namespace geili::ops {
namespace {

constexpr std::uintmax_t kFileBytesMax = 1024 * 1024;

std::vector<std::string> texts_of(const toml::array& array, bool& all_texts) {
  std::vector<std::string> texts;
  for (const auto& item : array) {
    if (const auto* text = item.as_string()) {
      texts.push_back(text->get());
    } else {
      all_texts = false;
    }
  }
  return texts;
}

ConfigValue value_of(const toml::node& node) {
  if (const auto* text = node.as_string()) return text->get();
  if (const auto* number = node.as_integer()) return number->get();
  if (const auto* truth = node.as_boolean()) return truth->get();
  if (const auto* array = node.as_array()) {
    bool all_texts = true;
    auto texts = texts_of(*array, all_texts);
    if (all_texts) return texts;
  }
  return std::monostate{};
}

}  // namespace

Result<std::vector<ConfigEntry>> read_config_file(const std::string& path) {
  std::error_code ignored;
  const auto size = std::filesystem::file_size(path, ignored);
  std::ifstream stream(path, std::ios::binary);
  if (!stream || ignored || size > kFileBytesMax) {
    return fail(
        ErrorKind::not_found, "config-unreadable",
        fmt::format("The configuration file {} cannot be read: give the path of a TOML file "
                    "of at most 1 MiB.",
                    path));
  }
  const std::string text{std::istreambuf_iterator<char>(stream), {}};
  const auto name = std::filesystem::path(path).filename().string();
  const toml::parse_result parsed = toml::parse(std::string_view(text), std::string_view(name));
  if (!parsed) {
    auto error =
        Error::make(ErrorKind::invalid, "config-invalid", "The configuration is not TOML.");
    error.fields.push_back({fmt::format("{}:{}", name, parsed.error().source().begin.line),
                            std::string(parsed.error().description())});
    return fail(std::move(error));
  }

  std::vector<ConfigEntry> entries;
  const auto add = [&](std::string key, const toml::node& node) {
    entries.push_back(
        {std::move(key), fmt::format("{}:{}", name, node.source().begin.line), value_of(node)});
  };
  for (const auto& [section, node] : parsed.table()) {
    const auto* table = node.as_table();
    if (table == nullptr) {
      add(std::string(section.str()), node);
      continue;
    }
    for (const auto& [key, value] : *table) {
      add(fmt::format("{}.{}", section.str(), key.str()), value);
    }
  }
  return entries;
}

}  // namespace geili::ops
