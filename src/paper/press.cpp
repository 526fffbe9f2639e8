#include "paper/press.hpp"

#include <array>

#include <cairo-pdf.h>

namespace geili::paper {
namespace {

constexpr int kPlaces = 4;  // two by two
constexpr double kCutLinePt = 0.3;

}  // namespace

Sheet sheet_of(PageSize size) {
  switch (size) {
    case PageSize::a4:
      return {210 * kPointsPerMm, 297 * kPointsPerMm};
    case PageSize::a6:
      return {105 * kPointsPerMm, 148 * kPointsPerMm};
    case PageSize::letter:
      return {612, 792};
    case PageSize::label_100x150:
      return {100 * kPointsPerMm, 150 * kPointsPerMm};
  }
  return {};
}

Press::Press(cairo_surface_t* surface, cairo_t* canvas, Imposition imposition)
    : surface_(surface), canvas_(canvas), imposition_(imposition) {
  if (several()) begin_sheet();
}

void Press::set_page(Sheet page) {
  if (!several()) cairo_pdf_surface_set_size(surface_, page.width_pt, page.height_pt);
}

void Press::end_page() {
  if (!several()) {
    cairo_show_page(canvas_);
    return;
  }
  cairo_restore(canvas_);
  place_ = (place_ + 1) % kPlaces;
  if (place_ == 0) {
    cairo_show_page(canvas_);
    begin_sheet();
  } else {
    begin_place();
  }
}

void Press::finish() {
  if (several() && place_ > 0) cairo_show_page(canvas_);
}

// Lines to cut along.
void Press::begin_sheet() {
  const Sheet sheet = sheet_of(PageSize::a4);
  cairo_pdf_surface_set_size(surface_, sheet.width_pt, sheet.height_pt);
  constexpr std::array kDashes{3.0, 4.0};
  cairo_save(canvas_);
  cairo_set_source_rgb(canvas_, 0.6, 0.6, 0.6);
  cairo_set_line_width(canvas_, kCutLinePt);
  cairo_set_dash(canvas_, kDashes.data(), static_cast<int>(kDashes.size()), 0);
  cairo_move_to(canvas_, sheet.width_pt / 2, 0);
  cairo_line_to(canvas_, sheet.width_pt / 2, sheet.height_pt);
  cairo_move_to(canvas_, 0, sheet.height_pt / 2);
  cairo_line_to(canvas_, sheet.width_pt, sheet.height_pt / 2);
  cairo_stroke(canvas_);
  cairo_restore(canvas_);
  begin_place();
}

void Press::begin_place() {
  const Sheet sheet = sheet_of(PageSize::a4);
  const Sheet page = sheet_of(PageSize::a6);
  cairo_save(canvas_);
  // The pages lie at the middle of the sheet.
  cairo_translate(canvas_, sheet.width_pt / 2 - (place_ % 2 == 0 ? page.width_pt : 0),
                  sheet.height_pt / 2 - (place_ / 2 == 0 ? page.height_pt : 0));
}

}  // namespace geili::paper
