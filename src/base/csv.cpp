#include "base/csv.hpp"

#include <algorithm>
#include <array>

namespace geili {
namespace {

// U+FF1D, U+FF0B, U+FF0D, U+FF20: some spreadsheets read them like their ASCII forms.
constexpr std::array<std::string_view, 11> kFormulaSigns{
    "=",           "+", "-", "@", "\t", "\r", "\n", "\xEF\xBC\x9D", "\xEF\xBC\x8B", "\xEF\xBC\x8D",
    "\xEF\xBC\xA0"};

// By which spreadsheets know UTF-8.
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

bool looks_like_formula(std::string_view cell) {
  const std::size_t first = cell.find_first_not_of(' ');
  if (first == std::string_view::npos) return false;
  return std::ranges::any_of(
      kFormulaSigns, [&](std::string_view sign) { return cell.substr(first).starts_with(sign); });
}

}  // namespace

CsvWriter::CsvWriter(CsvReader reader)
    : csv_(reader == CsvReader::spreadsheet ? kByteOrderMark : std::string_view()) {}

CsvWriter& CsvWriter::text(std::string_view cell_text) {
  cell(looks_like_formula(cell_text) ? "'" : "", cell_text);
  return *this;
}

CsvWriter& CsvWriter::plain(std::string_view cell_text) {
  cell("", cell_text);
  return *this;
}

void CsvWriter::header(std::initializer_list<std::string_view> names) {
  for (const std::string_view name : names) plain(name);
  end_row();
}

void CsvWriter::cell(std::string_view prefix, std::string_view text) {
  if (row_has_cells_) csv_.push_back(',');
  row_has_cells_ = true;
  const bool quoted = text.find_first_of(",\"\r\n") != std::string_view::npos ||
                      text.starts_with(' ') || text.ends_with(' ');
  if (quoted) csv_.push_back('"');
  csv_.append(prefix);
  for (const char c : text) {
    if (c == '"') csv_.push_back('"');
    csv_.push_back(c);
  }
  if (quoted) csv_.push_back('"');
}

void CsvWriter::end_row() {
  csv_.append("\r\n");
  row_has_cells_ = false;
}

}  // namespace geili
