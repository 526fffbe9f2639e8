#include "store/postgres/statement_text.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <utility>

#include "store/reserved.hpp"

namespace geili::store::postgres {
namespace {

constexpr std::size_t kParametersMax = 1'000;

struct Token {
  enum class Kind : std::uint8_t { word, parameter, literal, sign };
  Kind kind;
  std::string_view text;  // in the statement
};
using Tokens = std::span<const Token>;

bool is_word_sign(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

std::size_t end_of_word(std::string_view sql, std::size_t from) {
  while (from < sql.size() && is_word_sign(sql[from])) ++from;
  return from;
}

// A doubled quote inside a literal makes two literals of it, which does no harm here.
std::vector<Token> tokens_of(std::string_view sql) {
  std::vector<Token> tokens;
  std::size_t at = 0;
  while (at < sql.size()) {
    const char c = sql[at];
    std::size_t end = at + 1;
    auto kind = Token::Kind::sign;
    if (c == ' ' || c == '\n' || c == '\t' || c == '\r') {
      ++at;
      continue;
    }
    if (c == '\'') {
      kind = Token::Kind::literal;
      end = std::min(sql.find('\'', end), sql.size() - 1) + 1;
    } else if (c == '$') {
      kind = Token::Kind::parameter;
      end = end_of_word(sql, end);
    } else if (is_word_sign(c)) {
      kind = c >= '0' && c <= '9' ? Token::Kind::literal : Token::Kind::word;
      end = end_of_word(sql, end);
    }
    tokens.push_back({kind, sql.substr(at, end - at)});
    at = end;
  }
  return tokens;
}

// A name means the same in capitals.
std::string name_of(const Token& token) {
  std::string name(token.text);
  std::ranges::transform(name, name.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return name;
}

bool is_sign(const Token& token, char sign) {
  return token.kind == Token::Kind::sign && token.text.front() == sign;
}
bool is_word(const Token& token, std::string_view word) {
  return token.kind == Token::Kind::word && token.text == word;
}
bool is_one_of(const Token& token, std::span<const std::string_view> words) {
  return token.kind == Token::Kind::word && std::ranges::find(words, token.text) != words.end();
}

std::optional<std::size_t> parameter_of(const Token& token) {
  if (token.kind != Token::Kind::parameter) return std::nullopt;
  std::size_t number = 0;
  const std::string_view digits = token.text.substr(1);
  const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  if (read.ec != std::errc{} || read.ptr != digits.data() + digits.size()) return std::nullopt;
  if (number < 1 || number > kParametersMax) return std::nullopt;
  return number - 1;
}

StatementText::Kind kind_of(Tokens tokens) {
  if (tokens.empty()) return StatementText::Kind::other;
  if (is_word(tokens[0], "SELECT")) return StatementText::Kind::select;
  if (is_word(tokens[0], "INSERT")) return StatementText::Kind::insert;
  if (is_word(tokens[0], "UPDATE")) return StatementText::Kind::update;
  if (is_word(tokens[0], "DELETE")) return StatementText::Kind::erase;
  return StatementText::Kind::other;
}

// Reads a list of tokens from left to right.
class Reader {
 public:
  explicit Reader(Tokens tokens) : left_(tokens) {}
  bool at_end() const { return left_.empty(); }
  bool take_word(std::string_view word) { return !at_end() && is_word(left_[0], word) && skip(); }
  bool take_sign(char sign) { return !at_end() && is_sign(left_[0], sign) && skip(); }
  std::optional<Token> take(std::initializer_list<Token::Kind> kinds) {
    if (at_end() || std::ranges::find(kinds, left_[0].kind) == kinds.end()) return std::nullopt;
    const Token token = left_[0];
    skip();
    return token;
  }
  Tokens rest() const { return left_; }

 private:
  bool skip() {
    left_ = left_.subspan(1);
    return true;
  }
  Tokens left_;
};

bool read_columns(Reader& reader, RowInsert& insert) {
  if (!reader.take_sign('(')) return false;
  do {
    const auto name = reader.take({Token::Kind::word});
    if (!name) return false;
    insert.columns.push_back({name_of(*name)});
  } while (reader.take_sign(','));
  return reader.take_sign(')');
}

bool read_values(Reader& reader, RowInsert& insert) {
  if (!reader.take_word("VALUES") || !reader.take_sign('(')) return false;
  do {
    if (insert.values.size() == insert.columns.size()) return false;
    const auto value = reader.take({Token::Kind::parameter, Token::Kind::literal});
    if (!value) return false;
    if (value->kind == Token::Kind::parameter) {
      const auto parameter = parameter_of(*value);
      if (!parameter) return false;
      insert.columns[insert.values.size()].parameter = *parameter;
    }
    insert.values.push_back(value->text);
  } while (reader.take_sign(','));
  return reader.take_sign(')') && insert.values.size() == insert.columns.size();
}

// What follows the row; false when it is more than is understood.
bool read_end(const Reader& reader, RowInsert& insert) {
  Tokens rest = reader.rest();
  if (rest.size() >= 2 && is_word(rest[rest.size() - 2], "RETURNING") &&
      is_word(rest.back(), "id")) {
    insert.gives_id = true;
    rest = rest.first(rest.size() - 2);
  }
  if (rest.empty()) return true;
  const bool does_nothing = rest.size() >= 4 && is_word(rest[0], "ON") &&
                            is_word(rest[1], "CONFLICT") && is_word(rest[rest.size() - 2], "DO") &&
                            is_word(rest.back(), "NOTHING");
  const auto is_parameter = [](const Token& token) { return token.kind == Token::Kind::parameter; };
  return does_nothing && std::ranges::none_of(rest, is_parameter);
}

std::optional<RowInsert> read_row_insert(Tokens tokens) {
  Reader reader(tokens);
  if (!reader.take_word("INSERT") || !reader.take_word("INTO")) return std::nullopt;
  const auto table = reader.take({Token::Kind::word});
  if (!table) return std::nullopt;
  RowInsert insert;
  insert.table = name_of(*table);
  if (!read_columns(reader, insert) || !read_values(reader, insert) || !read_end(reader, insert)) {
    return std::nullopt;
  }
  return insert;
}

// The parts of a condition that all hold; none when it is not that simple.
std::vector<Tokens> conjuncts(Tokens condition) {
  static constexpr std::array<std::string_view, 2> kNotSimple{"OR", "BETWEEN"};
  static constexpr std::array<std::string_view, 7> kEnds{"GROUP",  "ORDER",  "LIMIT", "FOR",
                                                         "OFFSET", "HAVING", "FETCH"};
  std::vector<Tokens> parts;
  int depth = 0;
  std::size_t from = 0;
  std::size_t at = 0;
  for (; at < condition.size(); ++at) {
    if (is_sign(condition[at], '(')) ++depth;
    if (is_sign(condition[at], ')')) --depth;
    if (depth > 0) continue;
    if (is_one_of(condition[at], kNotSimple)) return {};
    if (is_one_of(condition[at], kEnds)) break;
    if (!is_word(condition[at], "AND")) continue;
    parts.push_back(condition.subspan(from, at - from));
    from = at + 1;
  }
  parts.push_back(condition.subspan(from, at - from));
  return parts;
}

struct OneTable {
  std::string table;
  std::vector<Filter> filters;
};

// "SELECT … FROM t WHERE a = $1 AND …", with no other table anywhere.
std::optional<OneTable> read_select(Tokens tokens) {
  static constexpr std::array<std::string_view, 5> kMore{"JOIN", "UNION", "EXCEPT", "INTERSECT",
                                                         "WITH"};
  const auto count = [&](std::string_view word) {
    return std::ranges::count_if(tokens, [&](const Token& token) { return is_word(token, word); });
  };
  const bool has_more =
      std::ranges::any_of(tokens, [](const Token& token) { return is_one_of(token, kMore); });
  if (has_more || count("SELECT") != 1 || count("FROM") != 1) return std::nullopt;
  const auto from =
      std::ranges::find_if(tokens, [](const Token& token) { return is_word(token, "FROM"); });
  Reader reader(tokens.subspan(static_cast<std::size_t>(from - tokens.begin()) + 1));
  const auto table = reader.take({Token::Kind::word});
  if (!table || !reader.take_word("WHERE")) return std::nullopt;
  OneTable found{.table = name_of(*table), .filters = {}};
  for (const Tokens part : conjuncts(reader.rest())) {
    if (part.size() != 3 || part[0].kind != Token::Kind::word || !is_sign(part[1], '=')) continue;
    if (const auto parameter = parameter_of(part[2])) {
      found.filters.push_back({name_of(part[0]), *parameter});
    }
  }
  return found;
}

// The names before '=' between SET and what follows it.
std::vector<std::string> columns_set(Tokens tokens) {
  static constexpr std::array<std::string_view, 3> kEnds{"WHERE", "FROM", "RETURNING"};
  std::vector<std::string> columns;
  int depth = 0;
  bool is_name = false;
  for (const Token& token : tokens) {
    if (is_sign(token, '(')) ++depth;
    if (is_sign(token, ')')) --depth;
    if (depth > 0) continue;
    if (!columns.empty() && is_one_of(token, kEnds)) break;
    if (is_name && token.kind == Token::Kind::word) columns.push_back(name_of(token));
    is_name = is_word(token, "SET") || (!columns.empty() && is_sign(token, ','));
  }
  return columns;
}

std::string target_of(StatementText::Kind kind, Tokens tokens) {
  const std::size_t at = kind == StatementText::Kind::update ? 1 : 2;
  const bool changes = kind != StatementText::Kind::select && kind != StatementText::Kind::other;
  if (!changes || tokens.size() <= at || tokens[at].kind != Token::Kind::word) return "";
  return name_of(tokens[at]);
}

// Anything but count(*).
bool asks_for_all_columns(Tokens tokens) {
  for (std::size_t i = 1; i < tokens.size(); ++i) {
    if (is_sign(tokens[i], '*') && !is_sign(tokens[i - 1], '(')) return true;
  }
  return false;
}

}  // namespace

StatementText::StatementText(std::string sql)
    : sql_(std::move(sql)), is_reserved_(store::is_reserved(sql_)) {
  const std::vector<Token> tokens = tokens_of(sql_);
  kind_ = kind_of(tokens);
  takes_all_columns_ = asks_for_all_columns(tokens);
  for (const Token& token : tokens) {
    if (token.kind == Token::Kind::word) words_.push_back(name_of(token));
  }
  std::ranges::sort(words_);
  words_.erase(std::ranges::unique(words_).begin(), words_.end());
  target_ = target_of(kind_, tokens);
  if (kind_ == Kind::update) changed_columns_ = columns_set(tokens);
  if (kind_ == Kind::insert) row_insert_ = read_row_insert(tokens);
  if (kind_ == Kind::select) {
    if (auto one = read_select(tokens)) {
      only_table_ = std::move(one->table);
      filters_ = std::move(one->filters);
    }
  }
}

bool StatementText::names(std::string_view word) const {
  return std::ranges::binary_search(words_, word, std::less<>{});
}

bool StatementText::touches(std::string_view table, std::span<const std::string> columns) const {
  if (kind_ == Kind::other) return true;
  if (!names(table)) return false;
  if (takes_all_columns_ || kind_ == Kind::insert || kind_ == Kind::erase) return true;
  return std::ranges::any_of(columns, [&](const std::string& column) { return names(column); });
}

bool StatementText::rests_on_what(const StatementText& change) const {
  if (change.target().empty()) return true;
  if (change.kind() != Kind::update || change.changed_columns().empty()) {
    return names(change.target());
  }
  return touches(change.target(), change.changed_columns());
}

std::string insert_of_many(const RowInsert& insert, std::span<const std::string_view> types) {
  std::string into = "INSERT INTO " + insert.table + " (";
  std::string select = ") SELECT ";
  if (insert.gives_id) {
    into += "id, ";
    select += "u.id, ";
  }
  for (std::size_t i = 0; i < insert.columns.size(); ++i) {
    const std::string_view value = insert.values[i];
    into += (i > 0 ? ", " : "") + insert.columns[i].name;
    select += i > 0 ? ", " : "";
    select += value.front() == '$' ? "u.p" + std::string(value.substr(1)) : std::string(value);
  }
  std::string from = " FROM unnest(";
  std::string names = ") AS u(";
  for (std::size_t i = 0; i < types.size(); ++i) {
    const std::string number = std::to_string(i + 1);
    from += (i > 0 ? ", $" : "$") + number + "::" + std::string(types[i]) + "[]";
    names += (i > 0 ? ", p" : "p") + number;
  }
  if (insert.gives_id) {
    const std::string comma = types.empty() ? "" : ", ";
    from += comma + "$" + std::to_string(types.size() + 1) + "::bigint[]";
    names += comma + "id";
  }
  return into + select + from + names + ")";
}

std::string select_for_update(std::string_view select) {
  return std::string(select) + " FOR NO KEY UPDATE";
}

}  // namespace geili::store::postgres
