#include "store/dialect.hpp"

#include <algorithm>
#include <cstddef>

#include "store/tx.hpp"

namespace geili::store {
namespace {

std::string_view word_of(std::string_view name, const Dialect& dialect) {
  if (name == "id") return dialect.id;
  if (name == "int") return dialect.integer;
  if (name == "bytes") return dialect.bytes;
  if (name == "strict") return dialect.strict;
  throw StoreFailure("a migration uses {{" + std::string(name) +
                     "}}, which store/dialect.hpp does not know");
}

bool is_blank(std::string_view text) {
  return text.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

}  // namespace

std::string render(std::string_view sql, const Dialect& dialect) {
  std::string out;
  out.reserve(sql.size() * 2);
  std::size_t at = 0;
  for (;;) {
    const std::size_t open = sql.find("{{", at);
    out += sql.substr(at, open - at);
    if (open == std::string_view::npos) return out;
    const std::size_t close = sql.find("}}", open);
    if (close == std::string_view::npos) throw StoreFailure("a migration leaves {{ open");
    out += word_of(sql.substr(open + 2, close - open - 2), dialect);
    at = close + 2;
  }
}

std::vector<std::string> split_statements(std::string_view script) {
  std::vector<std::string> statements;
  std::string current;
  for (std::size_t i = 0; i < script.size(); ++i) {
    const char c = script[i];
    if (c == '-' && script.substr(i, 2) == "--") {
      i = std::min(script.find('\n', i), script.size());
      current += '\n';
    } else if (c == '\'' || c == '"') {
      const std::size_t end = std::min(script.find(c, i + 1), script.size() - 1);
      current += script.substr(i, end - i + 1);
      i = end;
    } else if (c == ';') {
      if (!is_blank(current)) statements.push_back(current);
      current.clear();
    } else {
      current += c;
    }
  }
  if (!is_blank(current)) statements.push_back(current);
  return statements;
}

}  // namespace geili::store
