#include "render/png_rows.h"

#include <png.h>

#include <cstdio>
#include <utility>

#include "geo/core/file.h"

namespace hashimichi::render {
namespace fs = std::filesystem;
namespace {

/// Towns are noisy: higher levels take three times as long for a few per cent.
constexpr int compression = 3;

void onError(png_structp png, png_const_charp) {
  png_longjmp(png, 1);
}
void onWarning(png_structp, png_const_charp) {}

}  // namespace

struct PngRows::Inside {
  fs::path path, beside;
  std::FILE* file = nullptr;
  png_structp png = nullptr;
  png_infop info = nullptr;
  std::size_t width = 0, rows_left = 0;

  // libpng leaves by longjmp: no object with a destructor may live in these.
  bool begin(int height_px) {
    if (setjmp(png_jmpbuf(png))) return false;
    png_init_io(png, file);
    png_set_compression_level(png, compression);
    png_set_IHDR(png, info, static_cast<png_uint_32>(width), static_cast<png_uint_32>(height_px), 8, PNG_COLOR_TYPE_RGB,
                 PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
    png_write_info(png, info);
    png_set_filler(png, 0, PNG_FILLER_AFTER);
    return true;
  }
  bool write(const std::uint8_t* row) {
    if (setjmp(png_jmpbuf(png))) return false;
    png_write_row(png, row);
    return true;
  }
  bool end() {
    if (setjmp(png_jmpbuf(png))) return false;
    png_write_end(png, info);
    return true;
  }
  Error failed() const {
    return {ErrorCode::write_failed, toUtf8(path), "The picture could not be written.",
            "Check the folder, its permissions and the free space."};
  }
};

Result<std::unique_ptr<PngRows>> PngRows::create(const fs::path& path, int width_px, int height_px) {
  if (width_px <= 0 || height_px <= 0)
    return Error{ErrorCode::bad_input, toUtf8(path), "An empty picture cannot be written.", ""};
  std::unique_ptr<PngRows> rows(new PngRows);
  rows->inside_ = std::make_unique<Inside>();
  Inside& in = *rows->inside_;
  in.path = path, in.beside = besideOf(path);
  in.width = static_cast<std::size_t>(width_px), in.rows_left = static_cast<std::size_t>(height_px);
  in.file = std::fopen(in.beside.c_str(), "wb");
  if (!in.file) return in.failed();
  in.png = png_create_write_struct(PNG_LIBPNG_VER_STRING, nullptr, onError, onWarning);
  in.info = in.png ? png_create_info_struct(in.png) : nullptr;
  if (!in.info || !in.begin(height_px)) return in.failed();
  return rows;
}

PngRows::~PngRows() {
  if (!inside_) return;
  if (inside_->png) png_destroy_write_struct(&inside_->png, &inside_->info);
  if (!inside_->file) return;
  std::fclose(inside_->file);
  std::error_code ignored;
  fs::remove(inside_->beside, ignored);
}

Status PngRows::append(std::span<const std::uint8_t> rgba) {
  Inside& in = *inside_;
  const std::size_t row_bytes = 4 * in.width;
  for (std::size_t at = 0; at + row_bytes <= rgba.size(); at += row_bytes) {
    if (in.rows_left == 0 || !in.write(rgba.data() + at)) return in.failed();
    --in.rows_left;
  }
  return done();
}

Status PngRows::finish() {
  Inside& in = *inside_;
  if (in.rows_left > 0) return Error{ErrorCode::bad_input, toUtf8(in.path), "Rows of the picture are missing.", ""};
  const bool written = in.end();
  std::FILE* file = std::exchange(in.file, nullptr);
  if (std::fclose(file) != 0 || !written) {
    std::error_code ignored;
    fs::remove(in.beside, ignored);
    return in.failed();
  }
  return moveIntoPlace(in.beside, in.path);
}

}  // namespace hashimichi::render
