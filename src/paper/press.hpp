#pragma once
// Pages on sheets: one each, or several small ones on a large one. Belongs to one thread.

#include <cairo.h>

#include "paper/document.hpp"
#include "paper/pdf.hpp"

namespace geili::paper {

inline constexpr double kPointsPerMm = 72.0 / 25.4;

struct Sheet {
  double width_pt;
  double height_pt;
};
Sheet sheet_of(PageSize size);

class Press {
 public:
  // Draws on a PDF surface; both live as long as this.
  Press(cairo_surface_t* surface, cairo_t* canvas, Imposition imposition);

  cairo_t* canvas() const { return canvas_; }
  // The size of the pages that follow.
  void set_page(Sheet page);
  // The page is done; what is drawn next is on another.
  void end_page();
  // Gives out a sheet that is not full yet.
  void finish();

 private:
  bool several() const { return imposition_ != Imposition::one_page; }
  void begin_sheet();
  void begin_place();

  cairo_surface_t* surface_;
  cairo_t* canvas_;
  Imposition imposition_;
  int place_ = 0;  // on the sheet
};

}  // namespace geili::paper
