#include "app/session/film_file.h"

#include <fmt/format.h>

#include "app/session/film.h"
#include "geo/core/file.h"

namespace hashimichi::app {
namespace fs = std::filesystem;

Result<std::unique_ptr<FilmFile>> FilmFile::create(const FilmTown& film, exporting::LegendPicture legend) {
  std::unique_ptr<FilmFile> file(new FilmFile);
  file->film_ = film, file->out_ = film.out, file->legend_ = std::move(legend);
  if (film.along == FilmTown::Path::still) return file;
  if (namesVideo(film.out)) {
    if (const std::optional<fs::path> program = Encoder::find()) {
      Result<std::unique_ptr<Encoder>> encoder =
          Encoder::start(*program, film.out, film.width_px, film.height_px, film.frames_per_second);
      if (!encoder) return encoder.error();
      file->encoder_ = std::move(*encoder);
      return file;
    }
    file->encoder_missing_ = true;
    file->out_.replace_extension();
  }
  std::error_code wrong;
  fs::create_directories(file->out_, wrong);
  if (!fs::is_directory(file->out_))
    return Error{ErrorCode::write_failed, toUtf8(file->out_), "The folder for the pictures could not be made.",
                 "Choose another place."};
  return file;
}

fs::path FilmFile::next() const {
  return film_.along == FilmTown::Path::still ? out_ : out_ / fmt::format("{:04}.png", pictures_ + 1);
}

Status FilmFile::add(render::Band band) {
  exporting::layOver(legend_, film_.width_px, film_.height_px, band.first_row, band.rgba);
  if (encoder_) return encoder_->write(band.rgba);
  if (band.first_row == 0) {
    Result<std::unique_ptr<render::PngRows>> png = render::PngRows::create(next(), film_.width_px, film_.height_px);
    if (!png) return png.error();
    png_ = std::move(*png);
  }
  if (!png_) return done();
  if (const Status written = png_->append(band.rgba); !written) return written;
  if (band.first_row + band.rows < film_.height_px) return done();
  ++pictures_;
  const Status whole = png_->finish();
  png_.reset();
  return whole;
}

Status FilmFile::finish() {
  return encoder_ ? encoder_->finish() : done();
}

}  // namespace hashimichi::app
