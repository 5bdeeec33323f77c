#include "geo/export/sheet_canvas.h"

#include <cairo-pdf.h>
#include <pango/pangocairo.h>

#include <numbers>

#include "geo/core/file.h"

namespace hashimichi::exporting {
namespace {

constexpr double points_per_mm = 72 / 25.4;
constexpr const char* font_family = "Noto Sans CJK JP";
constexpr double hatch_step_mm = 0.9, hatch_line_mm = 0.25;

struct Unref {
  void operator()(gpointer object) const { g_object_unref(object); }
};
using LayoutPtr = std::unique_ptr<PangoLayout, Unref>;

void setColour(cairo_t* cairo, Rgb c) {
  cairo_set_source_rgb(cairo, c.r / 255.0, c.g / 255.0, c.b / 255.0);
}

}  // namespace

struct Canvas::Impl {
  std::filesystem::path path;
  cairo_surface_t* surface = nullptr;
  cairo_t* cairo = nullptr;

  LayoutPtr layout(const std::string& utf8, const TextStyle& style) const;
};

Canvas::Canvas(const std::filesystem::path& path) : impl_(std::make_unique<Impl>()) {
  impl_->path = path;
  impl_->surface =
      cairo_pdf_surface_create(toUtf8(path).c_str(), page_width_mm * points_per_mm, page_height_mm * points_per_mm);
  impl_->cairo = cairo_create(impl_->surface);
  cairo_scale(impl_->cairo, points_per_mm, points_per_mm);
  cairo_set_line_cap(impl_->cairo, CAIRO_LINE_CAP_ROUND);
  cairo_set_line_join(impl_->cairo, CAIRO_LINE_JOIN_ROUND);
}

Canvas::~Canvas() {
  cairo_destroy(impl_->cairo);
  cairo_surface_destroy(impl_->surface);
}

void Canvas::describe(const std::string& title, const std::string& subject, const std::string& creator) {
  cairo_pdf_surface_set_metadata(impl_->surface, CAIRO_PDF_METADATA_TITLE, title.c_str());
  cairo_pdf_surface_set_metadata(impl_->surface, CAIRO_PDF_METADATA_SUBJECT, subject.c_str());
  cairo_pdf_surface_set_metadata(impl_->surface, CAIRO_PDF_METADATA_CREATOR, creator.c_str());
}

void Canvas::nextPage() {
  cairo_show_page(impl_->cairo);
}

Status Canvas::finish() {
  cairo_show_page(impl_->cairo);
  const cairo_status_t drawing = cairo_status(impl_->cairo);
  cairo_surface_finish(impl_->surface);
  const cairo_status_t writing = cairo_surface_status(impl_->surface);
  if (drawing == CAIRO_STATUS_SUCCESS && writing == CAIRO_STATUS_SUCCESS) return done();
  const cairo_status_t reason = drawing != CAIRO_STATUS_SUCCESS ? drawing : writing;
  return Error{ErrorCode::write_failed, toUtf8(impl_->path),
               std::string("The map sheet cannot be written: ") + cairo_status_to_string(reason) + ".",
               "Check free space and whether the folder is writable."};
}

void Canvas::moveTo(PaperPoint p) {
  cairo_move_to(impl_->cairo, p.x, p.y);
}
void Canvas::lineTo(PaperPoint p) {
  cairo_line_to(impl_->cairo, p.x, p.y);
}
void Canvas::close() {
  cairo_close_path(impl_->cairo);
}
void Canvas::rectangle(const Box& box) {
  cairo_rectangle(impl_->cairo, box.x, box.y, box.width, box.height);
}
void Canvas::circle(PaperPoint centre, double radius_mm) {
  cairo_new_sub_path(impl_->cairo);
  cairo_arc(impl_->cairo, centre.x, centre.y, radius_mm, 0, 2 * std::numbers::pi);
  cairo_close_path(impl_->cairo);
}

void Canvas::fill(Rgb colour, bool keep_path) {
  setColour(impl_->cairo, colour);
  keep_path ? cairo_fill_preserve(impl_->cairo) : cairo_fill(impl_->cairo);
}

void Canvas::fillHatched(bool keep_path) {
  cairo_t* cairo = impl_->cairo;
  fill({236, 236, 236}, true);
  double left, top, right, bottom;
  cairo_fill_extents(cairo, &left, &top, &right, &bottom);
  cairo_path_t* path = cairo_copy_path(cairo);
  cairo_save(cairo);
  cairo_clip(cairo);
  const double height = bottom - top;
  for (double x = left - height; x < right; x += hatch_step_mm) {
    cairo_move_to(cairo, x, bottom);
    cairo_line_to(cairo, x + height, top);
  }
  setColour(cairo, no_data);
  cairo_set_line_width(cairo, hatch_line_mm);
  cairo_stroke(cairo);
  cairo_restore(cairo);
  if (keep_path) cairo_append_path(cairo, path);
  cairo_path_destroy(path);
}

void Canvas::stroke(Rgb colour, double width_mm, double dash_mm, bool keep_path) {
  cairo_t* cairo = impl_->cairo;
  setColour(cairo, colour);
  cairo_set_line_width(cairo, width_mm);
  cairo_set_line_cap(cairo, dash_mm > 0 ? CAIRO_LINE_CAP_BUTT : CAIRO_LINE_CAP_ROUND);
  cairo_set_dash(cairo, &dash_mm, dash_mm > 0 ? 1 : 0, 0);
  keep_path ? cairo_stroke_preserve(cairo) : cairo_stroke(cairo);
}

void Canvas::clipTo(const Box& box) {
  cairo_save(impl_->cairo);
  rectangle(box);
  cairo_clip(impl_->cairo);
}
void Canvas::endClip() {
  cairo_restore(impl_->cairo);
}

void Canvas::image(const Box& box, const GreyImage& image) {
  cairo_surface_t* pixels = cairo_image_surface_create(CAIRO_FORMAT_RGB24, image.width, image.height);
  if (cairo_surface_status(pixels) == CAIRO_STATUS_SUCCESS) {
    unsigned char* data = cairo_image_surface_get_data(pixels);
    const int stride = cairo_image_surface_get_stride(pixels);
    for (int row = 0; row < image.height; ++row)
      for (int column = 0; column < image.width; ++column) {
        const auto at =
            static_cast<std::size_t>(row) * static_cast<std::size_t>(image.width) + static_cast<std::size_t>(column);
        const auto grey = static_cast<std::uint32_t>(image.pixels[at]);
        reinterpret_cast<std::uint32_t*>(data + row * stride)[column] = grey << 16 | grey << 8 | grey;
      }
    cairo_surface_mark_dirty(pixels);
    cairo_save(impl_->cairo);
    cairo_translate(impl_->cairo, box.x, box.y);
    cairo_scale(impl_->cairo, box.width / image.width, box.height / image.height);
    cairo_set_source_surface(impl_->cairo, pixels, 0, 0);
    cairo_paint(impl_->cairo);
    cairo_restore(impl_->cairo);
  }
  cairo_surface_destroy(pixels);
}

/// In points; the caller scales.
LayoutPtr Canvas::Impl::layout(const std::string& utf8, const TextStyle& style) const {
  LayoutPtr layout(pango_cairo_create_layout(cairo));
  PangoContext* context = pango_layout_get_context(layout.get());
  pango_context_set_round_glyph_positions(context, FALSE);
  pango_context_set_language(context, pango_language_from_string("ja"));
  cairo_font_options_t* options = cairo_font_options_create();
  cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
  pango_cairo_context_set_font_options(context, options);
  cairo_font_options_destroy(options);
  PangoFontDescription* font = pango_font_description_new();
  pango_font_description_set_family(font, font_family);
  pango_font_description_set_weight(font, style.bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
  pango_font_description_set_absolute_size(font, style.size_pt * PANGO_SCALE);
  pango_layout_set_font_description(layout.get(), font);
  pango_font_description_free(font);
  pango_layout_set_text(layout.get(), utf8.c_str(), static_cast<int>(utf8.size()));
  if (style.width_mm > 0) {
    pango_layout_set_width(layout.get(), static_cast<int>(style.width_mm * points_per_mm * PANGO_SCALE));
    pango_layout_set_wrap(layout.get(), PANGO_WRAP_WORD_CHAR);
    if (style.most_lines > 0) {
      pango_layout_set_height(layout.get(), -style.most_lines);
      pango_layout_set_ellipsize(layout.get(), PANGO_ELLIPSIZE_END);
    }
  }
  pango_layout_set_alignment(layout.get(), style.align == Align::left     ? PANGO_ALIGN_LEFT
                                           : style.align == Align::centre ? PANGO_ALIGN_CENTER
                                                                          : PANGO_ALIGN_RIGHT);
  return layout;
}

TextSize Canvas::measure(const std::string& utf8, const TextStyle& style) {
  const LayoutPtr layout = impl_->layout(utf8, style);
  int width = 0, height = 0;
  pango_layout_get_size(layout.get(), &width, &height);
  return {width / (PANGO_SCALE * points_per_mm), height / (PANGO_SCALE * points_per_mm)};
}

double Canvas::text(PaperPoint anchor, const std::string& utf8, const TextStyle& style) {
  cairo_t* cairo = impl_->cairo;
  const LayoutPtr layout = impl_->layout(utf8, style);
  int width = 0, height = 0;
  pango_layout_get_size(layout.get(), &width, &height);
  // A wrapped text is aligned by Pango inside its width, an unwrapped one by its own width here.
  const double width_pt = style.width_mm > 0 ? style.width_mm * points_per_mm : width / double{PANGO_SCALE};
  const double shift = style.align == Align::left ? 0 : style.align == Align::centre ? width_pt / 2 : width_pt;
  cairo_save(cairo);
  cairo_translate(cairo, anchor.x, anchor.y);
  cairo_rotate(cairo, style.angle_rad);
  cairo_scale(cairo, 1 / points_per_mm, 1 / points_per_mm);
  cairo_translate(cairo, -shift, 0);
  if (style.halo_mm > 0) {
    cairo_move_to(cairo, 0, 0);
    pango_cairo_layout_path(cairo, layout.get());
    stroke(white, 2 * style.halo_mm * points_per_mm);
  }
  setColour(cairo, style.colour);
  cairo_move_to(cairo, 0, 0);
  pango_cairo_show_layout(cairo, layout.get());
  cairo_restore(cairo);
  cairo_new_path(cairo);
  return height / (PANGO_SCALE * points_per_mm);
}

void Canvas::textAround(PaperPoint centre, const std::string& utf8, TextStyle style) {
  style.align = Align::centre;
  const double height = measure(utf8, style).height_mm;
  const double s = std::sin(style.angle_rad), c = std::cos(style.angle_rad);
  text({centre.x + s * height / 2, centre.y - c * height / 2}, utf8, style);
}

}  // namespace hashimichi::exporting
