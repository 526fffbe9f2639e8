#include "store/reserved.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace geili::store {
namespace {

constexpr std::array<std::string_view, 22> kReserved{
    "BEGIN",   "START",  "COMMIT", "END",     "ROLLBACK", "ABORT",      "SAVEPOINT", "RELEASE",
    "PREPARE", "PRAGMA", "ATTACH", "DETACH",  "VACUUM",   "REINDEX",    "SET",       "RESET",
    "DISCARD", "COPY",   "LISTEN", "EXECUTE", "DECLARE",  "DEALLOCATE",
};

}  // namespace

std::string first_word(std::string_view sql) {
  const auto from = std::min(sql.find_first_not_of(" \t\r\n"), sql.size());
  const auto to = std::min(sql.find_first_of(" \t\r\n;", from), sql.size());
  std::string word(sql.substr(from, to - from));
  std::ranges::transform(word, word.begin(), [](char c) {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  });
  return word;
}

bool is_reserved(std::string_view sql) {
  return std::ranges::find(kReserved, first_word(sql)) != kReserved.end();
}

}  // namespace geili::store
