#pragma once
// Sets the blocks of one document on pages: once without a press to count the pages, and once with
// one to draw them. Belongs to one thread.

#include <string>
#include <string_view>

#include <cairo.h>

#include "base/result.hpp"
#include "paper/document.hpp"
#include "paper/press.hpp"
#include "paper/shaping.hpp"

namespace geili::paper {

class Composer {
 public:
  // `press` takes the pages, or is null; `pages_total` is what the
  // footer says, `pages_left` how many there may be.
  Composer(const Document& document, const Shaper& shaper, Press* press, int pages_total,
           int pages_left);

  // How many pages it took. Fails with paper-too-many-pages, paper-row-too-tall.
  Result<int> compose();

 private:
  Result<void> put(const Heading& heading);
  Result<void> put(const Paragraph& paragraph);
  Result<void> put(const BigText& big);
  Result<void> put(const KeyValues& pairs);
  Result<void> put(const Table& table);
  Result<void> put(const Rule& rule);
  Result<void> put(const Gap& gap);
  Result<void> put(const QrCode& code);
  Result<void> put(const Barcode& code);
  Result<void> put(const Masthead& head);
  Result<void> put(const PageBreak& page_break);

  // Begins a new page unless `height_pt` fits on this one. Fails with paper-row-too-tall when no
  // page could hold it.
  Result<void> need(double height_pt);
  Result<void> new_page();
  void end_page();

  void draw_layout(PangoLayout* layout, double x, double y, Style style = Style::regular);
  void draw_line(double y, double width_pt, double grey);
  void draw_qr(std::string_view data, double x, double y, double side_pt);
  void use_ink(Style style);
  double aligned(Align align, double width_pt) const;

  struct Row;
  Row set_titles(const Table& table) const;
  Row set_row(const Table& table, const TableRow& cells) const;
  template <class Set>
  Row set_cells(const Table& table, Style style, Set set) const;
  void draw_row(const Row& row);
  void put_table_head(const Row& titles);

  const Document& document_;
  const Shaper& shaper_;
  Press* press_;
  cairo_t* canvas_;  // of the press, or null
  int pages_total_;
  int pages_left_;
  Sheet sheet_;
  double left_;
  double top_;
  double bottom_;  // of what blocks may use
  double width_;
  double y_;
  int page_ = 1;
};

}  // namespace geili::paper
