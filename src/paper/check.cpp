#include "paper/check.hpp"

#include <cassert>
#include <string>

#include "base/field_errors.hpp"
#include "paper/code128.hpp"
#include "paper/qr.hpp"

namespace geili::paper {
namespace {

class Checker {
 public:
  void number(int value, int least, int most, const std::string& path) {
    if (value < least || value > most) {
      errors_.add(path, "is not between " + std::to_string(least) + " and " + std::to_string(most));
    }
  }
  void text(std::string_view value, const std::string& path, Lines lines = Lines::multiple) {
    errors_.text(value, {.max_length = kTextMax, .lines = lines}, path);
  }
  void qr(std::string_view data, const std::string& path) {
    if (!qr_modules(data)) errors_.add(path, "is empty, or too long for a QR code");
  }

  void check(const Heading& heading, const std::string& path) {
    text(heading.text, path + "/text");
    number(heading.level, 1, 3, path + "/level");
  }
  void check(const Paragraph& paragraph, const std::string& path) {
    text(paragraph.text, path + "/text");
    number(paragraph.size_pt, 6, 36, path + "/size_pt");
  }
  void check(const BigText& big, const std::string& path) {
    text(big.text, path + "/text", Lines::single);
    number(big.size_pt, 12, 160, path + "/size_pt");
  }
  void check(const KeyValues& pairs, const std::string& path) {
    for (std::size_t i = 0; i < pairs.rows.size(); ++i) {
      const std::string row = path + "/rows/" + std::to_string(i);
      text(pairs.rows[i].first, row + "/0");
      text(pairs.rows[i].second, row + "/1");
    }
    cells_ += 2 * pairs.rows.size();
  }
  void check(const Table& table, const std::string& path) {
    assert(!table.columns.empty() && table.columns.size() <= kColumnsMax);
    number(table.size_pt, 6, 14, path + "/size_pt");
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
      text(table.columns[i].title, path + "/columns/" + std::to_string(i));
      number(table.columns[i].share, 1, 1'000, path + "/columns/" + std::to_string(i) + "/share");
    }
    cells_ += table.rows.size() * table.columns.size();
    if (cells_ > kCellsMax) return;
    for (std::size_t i = 0; i < table.rows.size(); ++i) {
      assert(table.rows[i].cells.size() == table.columns.size());
      for (std::size_t j = 0; j < table.columns.size(); ++j) {
        text(table.rows[i].cells[j], path + "/rows/" + std::to_string(i) + "/" + std::to_string(j));
      }
    }
  }
  void check(const Rule&, const std::string&) {}
  void check(const Gap& gap, const std::string& path) {
    number(gap.height_mm, 0, 300, path + "/height_mm");
  }
  void check(const QrCode& code, const std::string& path) {
    qr(code.data, path + "/data");
    number(code.side_mm, 10, 150, path + "/side_mm");
  }
  void check(const Barcode& code, const std::string& path) {
    if (!code128_widths(code.data)) errors_.add(path + "/data", "is not 1 to 40 ASCII characters");
    number(code.height_mm, 5, 60, path + "/height_mm");
  }
  void check(const Masthead& head, const std::string& path) {
    text(head.eyebrow, path + "/eyebrow", Lines::single);
    text(head.title, path + "/title", Lines::single);
    number(head.title_pt, 10, 120, path + "/title_pt");
    for (std::size_t i = 0; i < head.lines.size(); ++i) {
      text(head.lines[i], path + "/lines/" + std::to_string(i));
    }
    if (!head.qr.empty()) qr(head.qr, path + "/qr");
    number(head.qr_mm, 10, 150, path + "/qr_mm");
  }
  void check(const PageBreak&, const std::string&) {}

  std::size_t cells() const { return cells_; }
  Result<void> done() && { return std::move(errors_).check(); }

 private:
  FieldErrors errors_;
  std::size_t cells_ = 0;
};

}  // namespace

Result<void> check_document(const Document& document, std::string_view path) {
  const std::string here(path);
  if (document.blocks.size() > kBlocksMax) {
    return fail(ErrorKind::too_large, "paper-too-many-blocks", "A document has too many blocks.");
  }
  Checker checker;
  checker.number(document.margin_mm, 3, 40, here + "/margin_mm");
  checker.text(document.title, here + "/title", Lines::single);
  checker.text(document.footer, here + "/footer", Lines::single);
  checker.text(document.language, here + "/language", Lines::single);
  for (std::size_t i = 0; i < document.blocks.size(); ++i) {
    const std::string block_path = here + "/blocks/" + std::to_string(i);
    std::visit([&](const auto& block) { checker.check(block, block_path); }, document.blocks[i]);
    if (checker.cells() > kCellsMax) {
      return fail(ErrorKind::too_large, "paper-too-many-cells",
                  "A document's tables are too large.");
    }
  }
  return std::move(checker).done();
}

}  // namespace geili::paper
