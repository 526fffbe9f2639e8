#include "app/transfer_file.hpp"

#include <array>
#include <fstream>
#include <memory>
#include <optional>
#include <stdexcept>

#include <boost/json.hpp>
#include <openssl/evp.h>

#include "store/migrate.hpp"

namespace geili::app {
namespace {

namespace json = boost::json;
using store::Held;
using store::Kind;
using store::Table;

constexpr std::string_view kFormat = "geili-export";
constexpr std::int64_t kVersion = 1;
constexpr int kDepthMax = 4;

class Sha256 {
 public:
  Sha256() : context_(EVP_MD_CTX_new()) {
    EVP_DigestInit_ex(context_.get(), EVP_sha256(), nullptr);
  }
  void add(std::string_view text) { EVP_DigestUpdate(context_.get(), text.data(), text.size()); }
  std::string hex() {
    std::array<unsigned char, 32> digest{};
    EVP_DigestFinal_ex(context_.get(), digest.data(), nullptr);
    return to_hex(std::as_bytes(std::span(digest)));
  }

 private:
  struct Free {
    void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
  };
  std::unique_ptr<EVP_MD_CTX, Free> context_;
};

json::value to_json(Held&& held) {
  if (const auto* number = std::get_if<std::int64_t>(&held)) return *number;
  if (const auto* text = std::get_if<std::string>(&held)) return json::value(*text);
  if (const auto* bytes = std::get_if<Bytes>(&held)) {
    return json::object{{"bytes", to_base64url(*bytes)}};
  }
  return nullptr;
}

json::array column_names(const Table& table) {
  json::array names;
  for (const store::Column& column : table.columns) names.emplace_back(column.name);
  return names;
}

json::array schema() {
  json::array steps;
  for (const store::Migration& step : store::migrations()) {
    steps.push_back(json::array{step.number, std::string(step.name), store::checksum(step)});
  }
  return steps;
}

json::object head() {
  return {{"format", std::string(kFormat)}, {"version", kVersion}, {"schema", schema()}};
}

class Writer {
 public:
  explicit Writer(const std::filesystem::path& path)
      : file_(path, std::ios::binary | std::ios::trunc) {}

  void line(const json::value& value) {
    const std::string text = json::serialize(value) + "\n";
    digest_.add(text);
    file_ << text;
  }
  void row(std::vector<Held>&& values) {
    json::array row;
    for (Held& held : values) row.push_back(to_json(std::move(held)));
    line(row);
    ++rows_;
  }
  std::int64_t end() {
    line(json::object{{"end", true}, {"rows", rows_}, {"sha256", digest_.hex()}});
    file_.close();
    if (!file_) throw std::runtime_error("the file cannot be written");
    return rows_;
  }

 private:
  std::ofstream file_;
  Sha256 digest_;
  std::int64_t rows_ = 0;
};

std::unexpected<Error> invalid(std::int64_t line, std::string_view what) {
  Error error = Error::make(ErrorKind::invalid, "import-invalid", "The file cannot be imported.");
  error.fields.push_back({"line " + std::to_string(line), std::string(what)});
  return fail(std::move(error));
}

std::optional<json::value> parse(std::string_view text) {
  json::error_code error;
  json::parse_options options;
  options.max_depth = kDepthMax;
  json::value value = json::parse(text, error, {}, options);
  if (error) return std::nullopt;
  return value;
}

std::optional<Held> held_of(const json::value& value, Kind kind) {
  if (value.is_null()) return std::monostate{};
  if (kind == Kind::integer && value.is_int64()) return value.get_int64();
  if (kind == Kind::text && value.is_string()) return std::string(value.get_string());
  if (kind != Kind::bytes || !value.is_object() || value.get_object().size() != 1) {
    return std::nullopt;
  }
  const json::value* text = value.get_object().if_contains("bytes");
  if (text == nullptr || !text->is_string()) return std::nullopt;
  auto bytes = from_base64url(std::string_view(text->get_string()));
  if (!bytes) return std::nullopt;
  return *std::move(bytes);
}

// Reads the lines one by one and counts them.
class Reader {
 public:
  Reader(store::Tx& tx, const store::Catalogue& catalogue, const std::filesystem::path& path)
      : tx_(tx),
        catalogue_(catalogue),
        tables_(store::tables_of(tx, catalogue, store::migrations())),
        file_(path, std::ios::binary) {}

  Result<std::int64_t> read() {
    if (!file_) return fail(ErrorKind::not_found, "import-unreadable", "The file cannot be read.");
    for (const Table& table : tables_) {
      if (!store::is_empty(tx_, table)) {
        return fail(ErrorKind::conflict, "import-not-empty",
                    "The store holds data already: " + table.name + " has rows.");
      }
    }
    if (auto begun = read_head(); !begun) return fail_as(begun);
    for (const Table& table : tables_) {
      if (auto done = read_table(table); !done) return fail_as(done);
    }
    if (auto ended = read_end(); !ended) return fail_as(ended);
    for (std::size_t i = 0; i < tables_.size(); ++i) {
      if (last_ids_[i] > 0) store::set_last_id(tx_, catalogue_, tables_[i], last_ids_[i]);
    }
    return rows_;
  }

 private:
  // The line that comes next stays in line_ until it is taken.
  bool next() {
    if (is_waiting_) return true;
    line_.clear();
    for (int c = file_.get(); c != std::char_traits<char>::eof(); c = file_.get()) {
      if (c == '\n') {
        ++number_;
        return is_waiting_ = true;
      }
      if (line_.size() == kTransferLineBytesMax) return false;
      line_ += static_cast<char>(c);
    }
    return false;
  }
  void take() {
    digest_.add(line_);
    digest_.add("\n");
    is_waiting_ = false;
  }

  Result<void> read_head() {
    const auto value = next() ? parse(line_) : std::nullopt;
    if (!value || !value->is_object() || !value->get_object().contains("format") ||
        value->get_object().at("format") != json::value(std::string(kFormat))) {
      return invalid(1, "is not the first line of an export");
    }
    if (*value != json::value(head())) {
      return fail(ErrorKind::conflict, "import-other-schema",
                  "The file was written by another version of Geili: import it with that one, and "
                  "update then.");
    }
    take();
    return {};
  }

  Result<void> read_table(const Table& table) {
    const auto value = next() ? parse(line_) : std::nullopt;
    const json::object* said = value ? value->if_object() : nullptr;
    const json::value* id = said == nullptr ? nullptr : said->if_contains("last_id");
    if (id == nullptr || !id->is_int64() || id->get_int64() < 0 ||
        *said != json::object{
                     {"table", table.name}, {"columns", column_names(table)}, {"last_id", *id}}) {
      return invalid(number_, "is not the beginning of table " + table.name);
    }
    last_ids_.push_back(id->get_int64());
    take();
    while (next() && line_.starts_with('[')) {
      const auto row = parse_row(line_, table);
      if (!row) return invalid(number_, row.error().detail);
      store::insert_row(tx_, table, *row);
      ++rows_;
      take();
    }
    return {};
  }

  Result<void> read_end() {
    const auto value = next() ? parse(line_) : std::nullopt;
    const json::object expected{{"end", true}, {"rows", rows_}, {"sha256", digest_.hex()}};
    if (!value || *value != json::value(expected)) {
      return invalid(number_ + 1, "is not the end: the file is cut off or was changed");
    }
    is_waiting_ = false;
    if (file_.peek() != std::char_traits<char>::eof())
      return invalid(number_ + 1, "is past the end");
    return {};
  }

  store::Tx& tx_;
  const store::Catalogue& catalogue_;
  const std::vector<Table> tables_;
  std::ifstream file_;
  std::string line_;
  bool is_waiting_ = false;
  std::int64_t number_ = 0;
  std::int64_t rows_ = 0;
  std::vector<std::int64_t> last_ids_;
  Sha256 digest_;
};

}  // namespace

std::int64_t export_rows(store::Tx& tx, const store::Catalogue& catalogue,
                         const std::filesystem::path& path) {
  Writer writer(path);
  writer.line(head());
  for (const Table& table : store::tables_of(tx, catalogue, store::migrations())) {
    const std::int64_t id = table.has_ids ? store::last_id(tx, catalogue, table) : 0;
    writer.line(
        json::object{{"table", table.name}, {"columns", column_names(table)}, {"last_id", id}});
    store::each_row(tx, table, [&](std::vector<Held>&& row) { writer.row(std::move(row)); });
  }
  return writer.end();
}

Result<std::int64_t> import_rows(store::Tx& tx, const store::Catalogue& catalogue,
                                 const std::filesystem::path& path) {
  return Reader(tx, catalogue, path).read();
}

Result<std::vector<Held>> parse_row(std::string_view line, const Table& table) {
  const auto refuse = [](std::string_view what) {
    return fail(ErrorKind::invalid, "import-invalid", what);
  };
  const auto value = parse(line);
  if (!value || !value->is_array()) return refuse("is not a row");
  const json::array& cells = value->get_array();
  if (cells.size() != table.columns.size()) {
    return refuse("has not as many values as " + table.name + " has columns");
  }
  std::vector<Held> row;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    auto held = held_of(cells[i], table.columns[i].kind);
    if (!held) return refuse("has another kind of value in " + table.columns[i].name);
    row.push_back(*std::move(held));
  }
  return row;
}

}  // namespace geili::app
