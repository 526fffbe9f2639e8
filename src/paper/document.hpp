#pragma once
// What is printed, as plain data: blocks one below the other, on pages of one size. Texts are shown
// as they are; nothing in them is markup. Lengths are whole millimetres, letters whole points
// (1/72 inch).

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace geili::paper {

inline constexpr std::size_t kDocumentsMax = 1'000;  // in one file
inline constexpr std::size_t kBlocksMax = 1'000;     // of a document
inline constexpr std::size_t kCellsMax = 60'000;     // of all tables of a document
inline constexpr std::size_t kColumnsMax = 12;
inline constexpr std::size_t kTextMax = 4'000;     // code points
inline constexpr std::size_t kCodeBytesMax = 500;  // in a QR code
inline constexpr std::size_t kBarcodeMax = 40;     // characters of a Code 128
inline constexpr int kPagesMax = 2'000;            // of a file
inline constexpr std::size_t kPdfBytesMax = 64 * 1024 * 1024;

enum class PageSize : std::uint8_t { a4, a6, letter, label_100x150 };  // the last in mm
enum class Align : std::uint8_t { start, centre, end };
enum class Style : std::uint8_t { regular, strong, muted };

// Level 1 to 3. Stays on the page of what follows it.
struct Heading {
  std::string text;
  int level = 1;
};

// May go over several pages; line feeds begin new lines.
struct Paragraph {
  std::string text;
  int size_pt = 10;  // 6 to 36
  Style style = Style::regular;
  Align align = Align::start;
};

// One line as large as the width allows, up to `size_pt` (12 to 160): an order's number.
struct BigText {
  std::string text;
  int size_pt = 96;
  Align align = Align::centre;
};

// Names on the left, values beside them; aligned at their end they stand under each other as
// numbers do.
struct KeyValues {
  std::vector<std::pair<std::string, std::string>> rows;
  Align align = Align::start;  // of the values
};

struct Column {
  std::string title;
  int share = 1;  // of the width, in proportion to the other columns
  Align align = Align::start;
};

struct TableRow {
  std::vector<std::string> cells;  // one a column
  Style style = Style::regular;
};

// The titles are repeated on every page; a row is never parted, and its cells stand on one line.
// Cells of a column that is aligned at its end hold numbers: they are not broken, and made smaller
// where they are too wide.
struct Table {
  std::vector<Column> columns;
  std::vector<TableRow> rows;
  int size_pt = 9;  // 6 to 14
};

struct Rule {};

struct Gap {
  int height_mm = 4;
};

// A QR code (ISO/IEC 18004), level M, with its quiet zone inside `side_mm`.
struct QrCode {
  std::string data;
  int side_mm = 30;  // 10 to 150
  Align align = Align::start;
};

// Code 128 (ISO/IEC 15417) over its text. ASCII from space to ~.
struct Barcode {
  std::string data;
  int height_mm = 14;  // 5 to 60
  Align align = Align::start;
};

// The head of a page: lines on the left, large or small, and a code on the right.
struct Masthead {
  std::string eyebrow;  // small, above
  std::string title;
  int title_pt = 20;  // 10 to 120; made smaller where it is too wide
  std::vector<std::string> lines;
  std::string qr;  // empty: none
  int qr_mm = 26;
};

struct PageBreak {};

using Block = std::variant<Heading, Paragraph, BigText, KeyValues, Table, Rule, Gap, QrCode,
                           Barcode, Masthead, PageBreak>;

struct Document {
  PageSize size = PageSize::a4;
  int margin_mm = 18;           // 3 to 40, on all sides
  std::string language = "en";  // BCP 47: tells which forms of Chinese letters are meant
  std::string title;            // of the file, not printed
  std::string footer;           // on every page, one line
  bool page_numbers = true;     // "2 / 5", counted in the document
  std::vector<Block> blocks;
};

}  // namespace geili::paper
