#pragma once
// Comma-separated values (RFC 4180) for spreadsheets and banks: CRLF lines, quotes where needed.

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>

#include "base/money.hpp"

namespace geili {

// Spreadsheets take a table without a byte order mark for one of an older encoding of the machine,
// and spoil every letter beyond ASCII; programs take the mark for a part of the first name.
enum class CsvReader : std::uint8_t { spreadsheet, program };

// Builds a table row by row; not thread-safe.
class CsvWriter {
 public:
  explicit CsvWriter(CsvReader reader = CsvReader::spreadsheet);
  // What people typed. A cell that a spreadsheet would take for a formula (it begins with = + - @,
  // a tab, CR or LF, or a full-width form of those signs) is written with an apostrophe before it.
  CsvWriter& text(std::string_view cell);
  // What the program made itself and another program reads: digits, codes, times. Written as it is.
  CsvWriter& plain(std::string_view cell);
  CsvWriter& number(std::int64_t value) { return plain(std::to_string(value)); }
  // With the decimal point of the currency and without its code.
  CsvWriter& money(Money value) { return plain(to_decimal(value)); }
  // The names of the columns, as a row.
  void header(std::initializer_list<std::string_view> names);
  void end_row();

  std::size_t size_bytes() const { return csv_.size(); }
  std::string take() && { return std::move(csv_); }

 private:
  void cell(std::string_view prefix, std::string_view text);

  std::string csv_;
  bool row_has_cells_ = false;
};

}  // namespace geili
