// Tables on pages.
#include <algorithm>
#include <utility>
#include <vector>

#include "paper/composer.hpp"

namespace geili::paper {
namespace {

constexpr double kCellSidePt = 3;
constexpr double kCellEdgePt = 2.5;

}  // namespace

struct Composer::Row {
  std::vector<LayoutPtr> cells;
  std::vector<double> lefts;
  double height = 0;
  Style style = Style::regular;
};

Composer::Row Composer::set_row(const Table& table, const std::vector<std::string>& cells,
                                Style style) const {
  double shares = 0;
  for (const Column& column : table.columns) shares += column.share;
  Row row{.cells = {}, .lefts = {}, .style = style};
  double left = left_;
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    const Column& column = table.columns[i];
    const double width = width_ * column.share / shares;
    const TextStyle text{.size_pt = table.size_pt, .style = style, .align = column.align};
    const double inner = std::max(width - 2 * kCellSidePt, 1.0);
    row.cells.push_back(column.align == Align::end ? shaper_.set_in_line(cells[i], text, inner)
                                                   : shaper_.set(cells[i], text, inner));
    row.lefts.push_back(left + kCellSidePt);
    row.height = std::max(row.height, height_of(row.cells.back().get()) + 2 * kCellEdgePt);
    left += width;
  }
  return row;
}

void Composer::draw_row(const Row& row) {
  for (std::size_t i = 0; i < row.cells.size(); ++i) {
    draw_layout(row.cells[i].get(), row.lefts[i], y_ + kCellEdgePt, row.style);
  }
  y_ += row.height;
}

void Composer::put_table_head(const Row& titles) {
  draw_row(titles);
  draw_line(y_, 0.8, 0.0);
}

Result<void> Composer::put(const Table& table) {
  std::vector<std::string> titles;
  for (const Column& column : table.columns) titles.push_back(column.title);
  const Row head = set_row(table, titles, Style::strong);
  bool head_is_drawn = false;
  for (const TableRow& cells : table.rows) {
    const Row row = set_row(table, cells.cells, cells.style);
    const int page_before = page_;
    // Titles are never alone at the foot of a page.
    const bool begins = !head_is_drawn || y_ + row.height > bottom_;
    if (auto room = need(row.height + (begins ? head.height : 0)); !room) return room;
    if (!head_is_drawn || page_ != page_before) put_table_head(head);
    head_is_drawn = true;
    draw_row(row);
    draw_line(y_, cells.style == Style::strong ? 0.6 : 0.25, 0.75);
  }
  if (!head_is_drawn) {
    if (auto room = need(head.height); !room) return room;
    put_table_head(head);
  }
  y_ += kCellEdgePt * 3;
  return {};
}

}  // namespace geili::paper
