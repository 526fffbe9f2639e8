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
  struct Cell {
    LayoutPtr layout;
    double left;
    double drop;  // below the row's top, so that all cells stand on one line
  };
  std::vector<Cell> cells;
  double height = 0;
  Style style = Style::regular;
};

// `set(i, text_style, width)` gives the layout of column i.
template <class Set>
Composer::Row Composer::set_cells(const Table& table, Style style, Set set) const {
  double shares = 0;
  for (const Column& column : table.columns) shares += column.share;
  Row row{.cells = {}, .style = style};
  double left = left_;
  double baseline = 0;
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    const Column& column = table.columns[i];
    const double width = width_ * column.share / shares;
    LayoutPtr layout =
        set(i, TextStyle{.size_pt = table.size_pt, .style = style, .align = column.align},
            std::max(width - 2 * kCellSidePt, 1.0));
    baseline = std::max(baseline, baseline_of(layout.get()));
    row.cells.push_back({std::move(layout), left + kCellSidePt, 0});
    left += width;
  }
  for (Row::Cell& cell : row.cells) {
    cell.drop = kCellEdgePt + baseline - baseline_of(cell.layout.get());
    row.height = std::max(row.height, cell.drop + height_of(cell.layout.get()) + kCellEdgePt);
  }
  return row;
}

// Titles may take several lines, and stand just above the rule below them.
Composer::Row Composer::set_titles(const Table& table) const {
  Row row =
      set_cells(table, Style::strong, [&](std::size_t i, const TextStyle& style, double width) {
        return shaper_.set(table.columns[i].title, style, width);
      });
  for (Row::Cell& cell : row.cells) {
    cell.drop = row.height - kCellEdgePt - height_of(cell.layout.get());
  }
  return row;
}

Composer::Row Composer::set_row(const Table& table, const TableRow& cells) const {
  return set_cells(table, cells.style, [&](std::size_t i, const TextStyle& style, double width) {
    return style.align == Align::end ? shaper_.set_in_line(cells.cells[i], style, width)
                                     : shaper_.set(cells.cells[i], style, width);
  });
}

void Composer::draw_row(const Row& row) {
  for (const Row::Cell& cell : row.cells) {
    draw_layout(cell.layout.get(), cell.left, y_ + cell.drop, row.style);
  }
  y_ += row.height;
}

void Composer::put_table_head(const Row& titles) {
  draw_row(titles);
  draw_line(y_, 0.8, 0.0);
}

Result<void> Composer::put(const Table& table) {
  const Row head = set_titles(table);
  bool head_is_drawn = false;
  for (const TableRow& cells : table.rows) {
    const Row row = set_row(table, cells);
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
