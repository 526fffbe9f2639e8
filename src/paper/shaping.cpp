#include "paper/shaping.hpp"

#include <algorithm>
#include <string>

namespace geili::paper {
namespace {

// The first that has a letter writes it; the last stands for whatever the machine has.
constexpr const char* kFamilies =
    "Noto Sans,Open Sans,DejaVu Sans,Noto Sans CJK SC,WenQuanYi Micro Hei,sans-serif";
constexpr int kSmallestPt = 6;

struct FontDeleter {
  void operator()(PangoFontDescription* font) const { pango_font_description_free(font); }
};
struct AttributesDeleter {
  void operator()(PangoAttrList* attributes) const { pango_attr_list_unref(attributes); }
};
struct OptionsDeleter {
  void operator()(cairo_font_options_t* options) const { cairo_font_options_destroy(options); }
};

PangoAlignment pango_align(Align align) {
  switch (align) {
    case Align::start:
      return PANGO_ALIGN_LEFT;
    case Align::centre:
      return PANGO_ALIGN_CENTER;
    case Align::end:
      return PANGO_ALIGN_RIGHT;
  }
  return PANGO_ALIGN_LEFT;
}

void set_font(PangoLayout* layout, int size_pt, Style style) {
  const std::unique_ptr<PangoFontDescription, FontDeleter> font(pango_font_description_new());
  pango_font_description_set_family_static(font.get(), kFamilies);
  pango_font_description_set_absolute_size(font.get(), static_cast<double>(size_pt) * PANGO_SCALE);
  pango_font_description_set_weight(
      font.get(), style == Style::strong ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
  pango_layout_set_font_description(layout, font.get());
}

int to_pango(double points) {
  return static_cast<int>(points * PANGO_SCALE);
}

}  // namespace

Shaper::Shaper(std::string_view language)
    // The default map is this thread's own.
    : context_(pango_font_map_create_context(pango_cairo_font_map_get_default())) {
  pango_cairo_context_set_resolution(context_.get(), 72);
  pango_context_set_language(context_.get(),
                             pango_language_from_string(std::string(language).c_str()));
  pango_context_set_round_glyph_positions(context_.get(), FALSE);
  const std::unique_ptr<cairo_font_options_t, OptionsDeleter> options(cairo_font_options_create());
  cairo_font_options_set_hint_style(options.get(), CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics(options.get(), CAIRO_HINT_METRICS_OFF);
  cairo_font_options_set_antialias(options.get(), CAIRO_ANTIALIAS_GRAY);
  pango_cairo_context_set_font_options(context_.get(), options.get());
}

LayoutPtr Shaper::set(std::string_view text, const TextStyle& style, double width_pt) const {
  LayoutPtr layout(pango_layout_new(context_.get()));
  pango_layout_set_text(layout.get(), text.data(), static_cast<int>(text.size()));
  pango_layout_set_width(layout.get(), to_pango(width_pt));
  pango_layout_set_wrap(layout.get(), PANGO_WRAP_WORD_CHAR);
  pango_layout_set_alignment(layout.get(), pango_align(style.align));
  set_font(layout.get(), style.size_pt, style.style);
  // A hyphen put into a number or an address would be read as part of it.
  const std::unique_ptr<PangoAttrList, AttributesDeleter> attributes(pango_attr_list_new());
  pango_attr_list_insert(attributes.get(), pango_attr_insert_hyphens_new(FALSE));
  pango_layout_set_attributes(layout.get(), attributes.get());
  return layout;
}

LayoutPtr Shaper::set_in_line(std::string_view text, TextStyle style, double width_pt) const {
  LayoutPtr layout = set(text, style, -1.0 / PANGO_SCALE);
  const double natural_pt = width_of(layout.get());
  if (natural_pt > width_pt) {
    const auto fitting = static_cast<int>(style.size_pt * width_pt / natural_pt);
    set_font(layout.get(), std::max(fitting, kSmallestPt), style.style);
  }
  pango_layout_set_width(layout.get(), to_pango(width_pt));
  pango_layout_set_ellipsize(layout.get(), PANGO_ELLIPSIZE_END);
  pango_layout_set_height(layout.get(), -1);
  return layout;
}

double height_of(PangoLayout* layout) {
  int height = 0;
  pango_layout_get_size(layout, nullptr, &height);
  return static_cast<double>(height) / PANGO_SCALE;
}

double baseline_of(PangoLayout* layout) {
  return static_cast<double>(pango_layout_get_baseline(layout)) / PANGO_SCALE;
}

InkedPart inked_part(PangoLayout* layout) {
  PangoRectangle ink{};
  pango_layout_get_extents(layout, &ink, nullptr);
  return {static_cast<double>(ink.y) / PANGO_SCALE, static_cast<double>(ink.height) / PANGO_SCALE};
}

double width_of(PangoLayout* layout) {
  int width = 0;
  pango_layout_get_size(layout, &width, nullptr);
  return static_cast<double>(width) / PANGO_SCALE;
}

int unknown_letters(PangoLayout* layout) {
  return pango_layout_get_unknown_glyphs_count(layout);
}

}  // namespace geili::paper
