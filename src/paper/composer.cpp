#include "paper/composer.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include "paper/code128.hpp"
#include "paper/qr.hpp"

namespace geili::paper {
namespace {

constexpr double kFooterPt = 18;  // room for the line at the foot
constexpr int kFooterSizePt = 8;
constexpr double kBlockGapPt = 6;
constexpr double kPageTopSlackPt = 0.01;

double points(int millimetres) {
  return millimetres * kPointsPerMm;
}

std::unexpected<Error> too_many_pages() {
  return fail(Error::make(ErrorKind::too_large, "paper-too-many-pages",
                          "The file would have too many pages.")
                  .with("pages_max", kPagesMax));
}

}  // namespace

Composer::Composer(const Document& document, const Shaper& shaper, Press* press, int pages_total,
                   int pages_left)
    : document_(document),
      shaper_(shaper),
      press_(press),
      canvas_(press == nullptr ? nullptr : press->canvas()),
      pages_total_(pages_total),
      pages_left_(pages_left),
      sheet_(sheet_of(document.size)),
      left_(points(document.margin_mm)),
      top_(left_),
      bottom_(sheet_.height_pt - left_),
      width_(sheet_.width_pt - 2 * left_),
      y_(top_) {
  if (document.page_numbers || !document.footer.empty()) bottom_ -= kFooterPt;
}

Result<int> Composer::compose() {
  if (pages_left_ < 1) return too_many_pages();
  for (const Block& block : document_.blocks) {
    auto done = std::visit([this](const auto& one) { return put(one); }, block);
    if (!done) return fail_as(done);
  }
  end_page();
  return page_;
}

Result<void> Composer::need(double height_pt) {
  if (y_ + height_pt <= bottom_) return {};
  if (height_pt > bottom_ - top_) {
    return fail(ErrorKind::unprocessable, "paper-row-too-tall",
                "A row or line is taller than a page.");
  }
  return new_page();
}

Result<void> Composer::new_page() {
  if (page_ >= pages_left_) return too_many_pages();
  end_page();
  ++page_;
  y_ = top_;
  return {};
}

void Composer::end_page() {
  if (press_ == nullptr) return;
  const double foot = bottom_ + kFooterPt - kFooterSizePt - 3;
  const double number_width = 60;
  if (!document_.footer.empty()) {
    const auto text = shaper_.set_in_line(document_.footer, {.size_pt = kFooterSizePt},
                                          width_ - (document_.page_numbers ? number_width : 0));
    draw_layout(text.get(), left_, foot, Style::muted);
  }
  if (document_.page_numbers) {
    const auto number =
        shaper_.set_in_line(std::to_string(page_) + " / " + std::to_string(pages_total_),
                            {.size_pt = kFooterSizePt, .align = Align::end}, number_width);
    draw_layout(number.get(), left_ + width_ - number_width, foot, Style::muted);
  }
  press_->end_page();
}

void Composer::use_ink(Style style) {
  const double grey = style == Style::muted ? 0.36 : 0.0;
  cairo_set_source_rgb(canvas_, grey, grey, grey);
}

void Composer::draw_layout(PangoLayout* layout, double x, double y, Style style) {
  if (canvas_ == nullptr) return;
  use_ink(style);
  cairo_move_to(canvas_, x, y);
  pango_cairo_show_layout(canvas_, layout);
}

void Composer::draw_line(double y, double width_pt, double grey) {
  if (canvas_ == nullptr) return;
  cairo_set_source_rgb(canvas_, grey, grey, grey);
  cairo_set_line_width(canvas_, width_pt);
  cairo_move_to(canvas_, left_, y);
  cairo_line_to(canvas_, left_ + width_, y);
  cairo_stroke(canvas_);
}

double Composer::aligned(Align align, double width_pt) const {
  const double spare = width_ - width_pt;
  if (align == Align::start) return left_;
  return left_ + (align == Align::end ? spare : spare / 2);
}

Result<void> Composer::put(const Heading& heading) {
  constexpr int kSizes[] = {18, 13, 11};
  const int size_pt = kSizes[heading.level - 1];
  const auto text = shaper_.set(heading.text, {.size_pt = size_pt, .style = Style::strong}, width_);
  const double before = y_ <= top_ + kPageTopSlackPt ? 0 : size_pt * 0.6;
  // A heading alone at the foot of a page would head nothing.
  const double follower = std::min(40.0, bottom_ - top_ - height_of(text.get()) - before);
  if (auto room = need(before + height_of(text.get()) + std::max(follower, 0.0)); !room) {
    return room;
  }
  if (y_ > top_ + kPageTopSlackPt) y_ += before;
  draw_layout(text.get(), left_, y_);
  y_ += height_of(text.get()) + 4;
  return {};
}

Result<void> Composer::put(const Paragraph& paragraph) {
  const auto layout = shaper_.set(
      paragraph.text,
      {.size_pt = paragraph.size_pt, .style = paragraph.style, .align = paragraph.align}, width_);
  struct IterDeleter {
    void operator()(PangoLayoutIter* iter) const { pango_layout_iter_free(iter); }
  };
  const std::unique_ptr<PangoLayoutIter, IterDeleter> iter(pango_layout_get_iter(layout.get()));
  do {
    PangoRectangle box{};
    pango_layout_iter_get_line_extents(iter.get(), nullptr, &box);
    const double height = static_cast<double>(box.height) / PANGO_SCALE;
    if (auto room = need(height); !room) return room;
    if (canvas_ != nullptr) {
      const double rise =
          static_cast<double>(pango_layout_iter_get_baseline(iter.get()) - box.y) / PANGO_SCALE;
      use_ink(paragraph.style);
      cairo_move_to(canvas_, left_ + static_cast<double>(box.x) / PANGO_SCALE, y_ + rise);
      pango_cairo_show_layout_line(canvas_, pango_layout_iter_get_line_readonly(iter.get()));
    }
    y_ += height;
  } while (pango_layout_iter_next_line(iter.get()) != FALSE);
  y_ += kBlockGapPt;
  return {};
}

Result<void> Composer::put(const BigText& big) {
  const auto text = shaper_.set_in_line(
      big.text, {.size_pt = big.size_pt, .style = Style::strong, .align = big.align}, width_);
  const InkedPart ink = inked_part(text.get());
  if (auto room = need(ink.height); !room) return room;
  draw_layout(text.get(), left_, y_ - ink.top);
  y_ += ink.height + 2 * kBlockGapPt;
  return {};
}

Result<void> Composer::put(const KeyValues& pairs) {
  const double name_width = std::min(width_ * 0.36, points(48));
  const double value_left = name_width + 8;
  const double value_width =
      pairs.align == Align::start ? width_ - value_left : std::min(width_ - value_left, points(40));
  for (const auto& [name, value] : pairs.rows) {
    const auto left = shaper_.set(name, {.size_pt = 9}, name_width);
    const auto right = shaper_.set(value, {.size_pt = 10, .align = pairs.align}, value_width);
    const double height = std::max(height_of(left.get()), height_of(right.get())) + 2;
    if (auto room = need(height); !room) return room;
    // Both stand on one line although their letters differ in size.
    const double drop = baseline_of(right.get()) - baseline_of(left.get());
    draw_layout(left.get(), left_, y_ + std::max(drop, 0.0), Style::muted);
    draw_layout(right.get(), left_ + value_left, y_);
    y_ += height;
  }
  y_ += kBlockGapPt;
  return {};
}

Result<void> Composer::put(const Rule&) {
  if (auto room = need(8); !room) return room;
  draw_line(y_ + 4, 0.6, 0.6);
  y_ += 8;
  return {};
}

Result<void> Composer::put(const Gap& gap) {
  // A gap ends with its page.
  y_ = std::min(y_ + points(gap.height_mm), bottom_);
  return {};
}

void Composer::draw_qr(std::string_view data, double x, double y, double side_pt) {
  if (canvas_ == nullptr) return;
  const auto code = qr_modules(data);
  if (!code) return;  // checked before
  const double module = side_pt / (code->side + 2 * kQrQuietModules);
  use_ink(Style::regular);
  // One path of whole runs: no hair lines between modules.
  for (int row = 0; row < code->side; ++row) {
    for (int column = 0; column < code->side;) {
      const auto dark = [&](int at) {
        return at < code->side && code->dark[static_cast<std::size_t>(row * code->side + at)];
      };
      int end = column;
      while (dark(end)) ++end;
      if (end > column) {
        cairo_rectangle(canvas_, x + (column + kQrQuietModules) * module,
                        y + (row + kQrQuietModules) * module, (end - column) * module, module);
      }
      column = end + 1;
    }
  }
  cairo_fill(canvas_);
}

Result<void> Composer::put(const QrCode& code) {
  const double side = std::min(points(code.side_mm), width_);
  if (auto room = need(side); !room) return room;
  draw_qr(code.data, aligned(code.align, side), y_, side);
  y_ += side + kBlockGapPt;
  return {};
}

Result<void> Composer::put(const Barcode& code) {
  constexpr double kQuietModules = 10;
  const auto widths = code128_widths(code.data);
  if (!widths) return {};  // checked before
  double modules = 2 * kQuietModules;
  for (const char width : *widths) modules += width - '0';
  const double module = std::min(points(1) * 0.35, width_ / modules);
  const auto text =
      shaper_.set_in_line(code.data, {.size_pt = 8, .align = Align::centre}, modules * module);
  const double bars = points(code.height_mm);
  if (auto room = need(bars + height_of(text.get()) + 2); !room) return room;
  const double left = aligned(code.align, modules * module);
  if (canvas_ != nullptr) {
    use_ink(Style::regular);
    double x = left + kQuietModules * module;
    for (std::size_t i = 0; i < widths->size(); ++i) {
      const double width = ((*widths)[i] - '0') * module;
      if (i % 2 == 0) cairo_rectangle(canvas_, x, y_, width, bars);
      x += width;
    }
    cairo_fill(canvas_);
  }
  draw_layout(text.get(), left, y_ + bars + 2);
  y_ += bars + 2 + height_of(text.get()) + kBlockGapPt;
  return {};
}

Result<void> Composer::put(const Masthead& head) {
  const double qr_side = head.qr.empty() ? 0 : std::min(points(head.qr_mm), width_ / 2);
  const double text_width = width_ - qr_side - (head.qr.empty() ? 0 : 8);
  struct Line {
    LayoutPtr layout;
    Style style;
    double rise;  // above its top that is left out
    double height;
  };
  std::vector<Line> lines;
  const auto add = [&](LayoutPtr layout, Style style) {
    const double height = height_of(layout.get());
    lines.push_back({std::move(layout), style, 0, height + 1});
  };
  if (!head.eyebrow.empty()) {
    add(shaper_.set_in_line(head.eyebrow, {.size_pt = 9}, text_width), Style::muted);
  }
  if (!head.title.empty()) {
    add(shaper_.set_in_line(head.title, {.size_pt = head.title_pt, .style = Style::strong},
                            text_width),
        Style::regular);
    const InkedPart ink = inked_part(lines.back().layout.get());
    lines.back().rise = ink.top - 4;
    lines.back().height = ink.height + 12;
  }
  for (const std::string& line : head.lines) {
    add(shaper_.set(line, {.size_pt = 10}, text_width), Style::regular);
  }
  double height = 0;
  for (const Line& line : lines) height += line.height;
  height = std::max(height, qr_side);
  if (auto room = need(height); !room) return room;
  double y = y_;
  for (const Line& line : lines) {
    draw_layout(line.layout.get(), left_, y - line.rise, line.style);
    y += line.height;
  }
  if (!head.qr.empty()) draw_qr(head.qr, left_ + width_ - qr_side, y_, qr_side);
  y_ += height + kBlockGapPt;
  return {};
}

Result<void> Composer::put(const PageBreak&) {
  return new_page();
}

}  // namespace geili::paper
