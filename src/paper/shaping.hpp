#pragma once
// Text set in type by Pango, for the files of this room. An object belongs to one thread.

#include <memory>
#include <string_view>

#include <pango/pangocairo.h>

#include "paper/document.hpp"

namespace geili::paper {

struct GObjectUnref {
  void operator()(void* object) const { g_object_unref(object); }
};
using LayoutPtr = std::unique_ptr<PangoLayout, GObjectUnref>;
using ContextPtr = std::unique_ptr<PangoContext, GObjectUnref>;

struct TextStyle {
  int size_pt = 10;
  Style style = Style::regular;
  Align align = Align::start;
};

// Makes layouts in points, with widths that do not depend on a screen.
class Shaper {
 public:
  explicit Shaper(std::string_view language);

  // `text` broken into lines of `width_pt`; where a word is too long, within it.
  LayoutPtr set(std::string_view text, const TextStyle& style, double width_pt) const;
  // On one line, made smaller (down to 6 pt) until it is no wider; cut with an ellipsis below that.
  LayoutPtr set_in_line(std::string_view text, TextStyle style, double width_pt) const;

 private:
  ContextPtr context_;
};

double height_of(PangoLayout* layout);
// From the top to the line its first letters stand on.
double baseline_of(PangoLayout* layout);
// The part of its height that is inked: very large letters bring much room above and below.
struct InkedPart {
  double top;
  double height;
};
InkedPart inked_part(PangoLayout* layout);
double width_of(PangoLayout* layout);
// How many letters no font has.
int unknown_letters(PangoLayout* layout);

}  // namespace geili::paper
