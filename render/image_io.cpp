#include <cairo.h>

#include <cstring>
#include <memory>

#include "geo/core/file.h"
#include "render/target.h"

namespace hashimichi::render {
namespace {

// Cairo and not VTK: VTK's PNG reader ends the process when a file is cut off.
using Surface = std::unique_ptr<cairo_surface_t, decltype([](cairo_surface_t* s) { cairo_surface_destroy(s); })>;

constexpr int side_limit_px = 1 << 14;
constexpr std::string_view png_magic{"\x89PNG\r\n\x1a\n", 8};

bool good(const Surface& surface) {
  return cairo_surface_status(surface.get()) == CAIRO_STATUS_SUCCESS;
}

/// Width and height stand big-endian at byte 16 of every PNG; asked before anything is allocated for them.
bool sizeWithinLimit(std::string_view head) {
  if (head.size() < 24) return false;
  const auto number = [&](std::size_t at) {
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < 4; ++i) value = value << 8 | static_cast<unsigned char>(head[at + i]);
    return value;
  };
  const std::uint32_t width = number(16), height = number(20);
  return width > 0 && height > 0 && width <= side_limit_px && height <= side_limit_px;
}

cairo_status_t append(void* text, const unsigned char* data, unsigned length) {
  static_cast<std::string*>(text)->append(reinterpret_cast<const char*>(data), length);
  return CAIRO_STATUS_SUCCESS;
}

cairo_status_t take(void* rest, unsigned char* data, unsigned length) {
  auto& text = *static_cast<std::string_view*>(rest);
  if (text.size() < length) return CAIRO_STATUS_READ_ERROR;
  std::memcpy(data, text.data(), length);
  text.remove_prefix(length);
  return CAIRO_STATUS_SUCCESS;
}

std::uint32_t* rowOf(const Surface& surface, int y) {
  unsigned char* data = cairo_image_surface_get_data(surface.get());
  return reinterpret_cast<std::uint32_t*>(data + static_cast<std::ptrdiff_t>(y) *
                                                     cairo_image_surface_get_stride(surface.get()));
}

/// Cairo's pixel is one 32-bit number 0xAARRGGBB; our pictures are opaque.
Image fromSurface(const Surface& surface) {
  Image image{cairo_image_surface_get_width(surface.get()), cairo_image_surface_get_height(surface.get()), {}};
  image.rgba.reserve(4 * static_cast<std::size_t>(image.width) * static_cast<std::size_t>(image.height));
  for (int y = 0; y < image.height; ++y) {
    const std::uint32_t* row = rowOf(surface, y);
    for (int x = 0; x < image.width; ++x)
      image.rgba.insert(image.rgba.end(),
                        {static_cast<std::uint8_t>(row[x] >> 16), static_cast<std::uint8_t>(row[x] >> 8),
                         static_cast<std::uint8_t>(row[x]), std::uint8_t{255}});
  }
  return image;
}

}  // namespace

Status writePng(const Image& image, const std::filesystem::path& path) {
  if (image.width <= 0 || image.height <= 0)
    return Error{ErrorCode::bad_input, toUtf8(path), "An empty picture cannot be written.", ""};
  const Surface surface(cairo_image_surface_create(CAIRO_FORMAT_RGB24, image.width, image.height));
  if (!good(surface)) return Error{ErrorCode::limit, toUtf8(path), "The picture is too large for a PNG.", ""};
  const std::uint8_t* from = image.rgba.data();
  for (int y = 0; y < image.height; ++y) {
    std::uint32_t* row = rowOf(surface, y);
    for (int x = 0; x < image.width; ++x, from += 4)
      row[x] = std::uint32_t{from[0]} << 16 | std::uint32_t{from[1]} << 8 | from[2];
  }
  cairo_surface_mark_dirty(surface.get());
  std::string png;
  if (cairo_surface_write_to_png_stream(surface.get(), append, &png) != CAIRO_STATUS_SUCCESS)
    return Error{ErrorCode::write_failed, toUtf8(path), "The picture could not be encoded as PNG.", ""};
  return writeFile(path, png);
}

Result<Image> readPng(const std::filesystem::path& path) {
  const Result<std::string> content = readFile(path);
  if (!content) return content.error();
  const auto damaged = [&](const char* what) {
    return Error{ErrorCode::unreadable, toUtf8(path), what, "Give a PNG picture that an image viewer opens."};
  };
  if (!content->starts_with(png_magic)) return damaged("This is not a PNG picture: its first bytes are others.");
  if (!sizeWithinLimit(*content)) return damaged("The PNG states no size, or one above 16,384 pixels a side.");
  std::string_view rest = *content;
  const Surface surface(cairo_image_surface_create_from_png_stream(take, &rest));
  const auto format = good(surface) ? cairo_image_surface_get_format(surface.get()) : CAIRO_FORMAT_INVALID;
  if (format != CAIRO_FORMAT_RGB24 && format != CAIRO_FORMAT_ARGB32) return damaged("The PNG is damaged or cut off.");
  return fromSurface(surface);
}

}  // namespace hashimichi::render
