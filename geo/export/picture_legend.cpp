#include "geo/export/picture_legend.h"

#include <pango/pangocairo.h>

#include <algorithm>
#include <cstring>
#include <memory>

namespace hashimichi::exporting {
namespace {

constexpr const char* font_family = "Noto Sans CJK JP";
constexpr double text_px = 14, row_px = 22, swatch_px = 18, margin_px = 12, gap_px = 8, part_gap_px = 8;
constexpr Rgb paper{255, 255, 255}, ink{28, 32, 38}, quiet_ink{98, 106, 118}, rule{214, 219, 226};

using Surface = std::unique_ptr<cairo_surface_t, decltype([](cairo_surface_t* s) { cairo_surface_destroy(s); })>;
using Cairo = std::unique_ptr<cairo_t, decltype([](cairo_t* c) { cairo_destroy(c); })>;
using Layout = std::unique_ptr<PangoLayout, decltype([](PangoLayout* l) { g_object_unref(l); })>;

void use(cairo_t* cairo, Rgb colour) {
  cairo_set_source_rgb(cairo, colour.r / 255.0, colour.g / 255.0, colour.b / 255.0);
}

Rgb inkOn(Rgb ground) {
  const double light = 0.2126 * ground.r + 0.7152 * ground.g + 0.0722 * ground.b;
  return light > 140 ? ink : paper;
}

/// Draws, or only measures: the same walk over the legend finds its size first.
class Pen {
 public:
  Pen(cairo_t* cairo, double scale) : cairo_(cairo), scale_(scale) {}

  double y = margin_px, text_width = 0, amount_width = 0;
  bool drawing = false;
  double width = 0;  ///< while drawing, at a scale of 1

  double text(double x, const std::string& words, Rgb colour, bool bold, bool to_right = false) {
    const Layout layout = layoutOf(words, bold);
    int wide = 0, high = 0;
    pango_layout_get_pixel_size(layout.get(), &wide, &high);
    if (drawing) {
      use(cairo_, colour);
      cairo_move_to(cairo_, x * scale_ - (to_right ? wide : 0), (y + row_px / 2) * scale_ - high / 2.0);
      pango_cairo_show_layout(cairo_, layout.get());
    }
    return wide / scale_;
  }
  void line(const std::string& words, Rgb colour, bool bold) {
    text_width = std::max(text_width, text(margin_px, words, colour, bold) - swatch_px - gap_px);
    y += row_px;
  }
  void entry(const PictureLegend::Entry& entry) {
    if (drawing) swatch(entry);
    text_width = std::max(text_width, text(margin_px + swatch_px + gap_px, entry.text, ink, false));
    if (!entry.amount.empty())
      amount_width = std::max(amount_width, gap_px + text(width - margin_px, entry.amount, quiet_ink, false, true));
    y += row_px;
  }

 private:
  Layout layoutOf(const std::string& words, bool bold) const {
    Layout layout(pango_cairo_create_layout(cairo_));
    PangoFontDescription* font = pango_font_description_new();
    pango_font_description_set_family(font, font_family);
    pango_font_description_set_weight(font, bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
    pango_font_description_set_absolute_size(font, text_px * scale_ * PANGO_SCALE);
    pango_layout_set_font_description(layout.get(), font);
    pango_font_description_free(font);
    pango_layout_set_text(layout.get(), words.c_str(), static_cast<int>(words.size()));
    return layout;
  }
  void swatch(const PictureLegend::Entry& entry) {
    const double x = margin_px * scale_, top = (y + (row_px - swatch_px) / 2) * scale_, side = swatch_px * scale_;
    cairo_rectangle(cairo_, x, top, side, side);
    use(cairo_, entry.colour);
    cairo_fill_preserve(cairo_);
    cairo_save(cairo_);
    cairo_clip(cairo_);
    if (entry.hatched) {
      use(cairo_, paper);
      cairo_set_line_width(cairo_, 1.5 * scale_);
      for (double at = -side; at < side; at += 5 * scale_) {
        cairo_move_to(cairo_, x + at, top + side);
        cairo_line_to(cairo_, x + at + side, top);
      }
      cairo_stroke(cairo_);
    }
    cairo_restore(cairo_);
    cairo_rectangle(cairo_, x, top, side, side);
    use(cairo_, rank_casing);
    cairo_set_line_width(cairo_, scale_);
    cairo_stroke(cairo_);
    if (entry.symbol.empty()) return;
    const Layout layout = layoutOf(entry.symbol, true);
    int wide = 0, high = 0;
    pango_layout_get_pixel_size(layout.get(), &wide, &high);
    use(cairo_, inkOn(entry.colour));
    cairo_move_to(cairo_, x + (side - wide) / 2, top + (side - high) / 2);
    pango_cairo_show_layout(cairo_, layout.get());
  }

  cairo_t* cairo_;
  double scale_;
};

void walk(Pen& pen, const PictureLegend& legend) {
  pen.y = margin_px;
  if (!legend.title.empty()) pen.line(legend.title, ink, true);
  for (const std::string& line : legend.lines) pen.line(line, quiet_ink, false);
  for (const PictureLegend::Part& part : legend.parts) {
    pen.y += part_gap_px;
    if (!part.title.empty()) pen.line(part.title, ink, true);
    for (const PictureLegend::Entry& entry : part.entries) pen.entry(entry);
  }
  pen.y += margin_px;
}

Surface surfaceOf(int width, int height) {
  return Surface(cairo_image_surface_create(CAIRO_FORMAT_RGB24, width, height));
}

}  // namespace

LegendPicture drawLegend(const PictureLegend& legend, double scale) {
  constexpr int most_px = 8192;  // a legend of thousands of lines is none
  const Surface none = surfaceOf(1, 1);
  const Cairo measuring(cairo_create(none.get()));
  Pen measured(measuring.get(), scale);
  walk(measured, legend);
  const double width = 2 * margin_px + swatch_px + gap_px + measured.text_width + measured.amount_width;
  const int wide = std::clamp(static_cast<int>(width * scale), 1, most_px),
            high = std::clamp(static_cast<int>(measured.y * scale), 1, most_px);
  const Surface surface = surfaceOf(wide, high);
  if (cairo_surface_status(surface.get()) != CAIRO_STATUS_SUCCESS) return {};
  const Cairo cairo(cairo_create(surface.get()));
  use(cairo.get(), paper);
  cairo_paint(cairo.get());
  use(cairo.get(), rule);
  cairo_rectangle(cairo.get(), 0.5, 0.5, wide - 1, high - 1);
  cairo_set_line_width(cairo.get(), 1);
  cairo_stroke(cairo.get());
  Pen pen(cairo.get(), scale);
  pen.drawing = true, pen.width = width;
  walk(pen, legend);
  cairo_surface_flush(surface.get());
  LegendPicture picture{wide, high, {}};
  const unsigned char* data = cairo_image_surface_get_data(surface.get());
  const int stride = cairo_image_surface_get_stride(surface.get());
  picture.rgba.reserve(4 * static_cast<std::size_t>(wide) * static_cast<std::size_t>(high));
  for (int y = 0; y < high; ++y)
    for (int x = 0; x < wide; ++x) {
      std::uint32_t pixel = 0;  // cairo's is one number 0x00RRGGBB
      std::memcpy(&pixel, data + static_cast<std::ptrdiff_t>(y) * stride + 4 * x, 4);
      picture.rgba.insert(picture.rgba.end(),
                          {static_cast<std::uint8_t>(pixel >> 16), static_cast<std::uint8_t>(pixel >> 8),
                           static_cast<std::uint8_t>(pixel), std::uint8_t{255}});
    }
  return picture;
}

void layOver(const LegendPicture& legend, int picture_width_px, int picture_height_px, int first_row,
             std::span<std::uint8_t> rgba) {
  if (legend.width_px <= 0 || picture_width_px <= 0) return;
  const int margin = std::min(picture_width_px, picture_height_px) / 60;
  const int left = margin, top = std::max(0, picture_height_px - margin - legend.height_px);
  const int columns = std::min(legend.width_px, picture_width_px - left);
  if (columns <= 0) return;
  const std::size_t row_bytes = 4 * static_cast<std::size_t>(picture_width_px);
  const int rows = static_cast<int>(rgba.size() / row_bytes);
  for (int row = std::max(first_row, top); row < std::min(first_row + rows, top + legend.height_px); ++row)
    std::memcpy(&rgba[static_cast<std::size_t>(row - first_row) * row_bytes + 4 * static_cast<std::size_t>(left)],
                &legend.rgba[4 * static_cast<std::size_t>(row - top) * static_cast<std::size_t>(legend.width_px)],
                4 * static_cast<std::size_t>(columns));
}

}  // namespace hashimichi::exporting
