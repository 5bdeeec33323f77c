#pragma once
#include <memory>
#include <string>

#include "app/session/encoder.h"
#include "app/session/look_commands.h"
#include "geo/export/picture_legend.h"
#include "render/png_rows.h"
#include "render/tiled_picture.h"

namespace hashimichi::app {

/// Takes the rows of picture after picture and writes what was asked for: one PNG, numbered PNG in a folder
/// (0001.png …), or a video. Where a video is wanted and no ffmpeg is installed, numbered pictures in a folder beside
/// it take its place. One thread at a time.
class FilmFile {
 public:
  static Result<std::unique_ptr<FilmFile>> create(const FilmTown& film, exporting::LegendPicture legend);

  /// Rows from the top; the first row of a picture begins the next one.
  Status add(render::Band band);
  Status finish();
  /// Where the result is.
  const std::filesystem::path& path() const { return out_; }
  bool encoderMissing() const { return encoder_missing_; }

 private:
  FilmFile() = default;
  std::filesystem::path next() const;

  FilmTown film_;
  exporting::LegendPicture legend_;
  std::filesystem::path out_;
  bool encoder_missing_ = false;
  std::size_t pictures_ = 0;
  std::unique_ptr<Encoder> encoder_;
  std::unique_ptr<render::PngRows> png_;
};

}  // namespace hashimichi::app
