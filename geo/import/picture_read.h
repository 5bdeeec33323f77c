#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "geo/core/result.h"
#include "geo/model/material.h"

namespace hashimichi::import {

/// A material's picture as a path that the functions below take: of the file on disk, or of one in memory where the
/// source carries it inside, as long as this object lives.
class PictureFile {
 public:
  explicit PictureFile(const model::Material& material);
  ~PictureFile();
  PictureFile(const PictureFile&) = delete;
  PictureFile& operator=(const PictureFile&) = delete;
  const std::string& path() const { return path_; }

 private:
  std::shared_ptr<const std::string> embedded_;
  std::string path_;
};

/// A picture that covers faces (JPEG, PNG, TIFF, BMP, GIF, WebP, JPEG 2000). Nothing is fetched from a network.
struct PictureSize {
  int width_px = 0, height_px = 0;
};
struct Picture : PictureSize {
  std::vector<std::uint8_t> rgba;  ///< 4 bytes a pixel, top row first
};

/// From the head of the file only. Any thread.
/// @param path  UTF-8; may lie in a zip ("/vsizip/…")
/// @returns not_found, unreadable when it is no such picture, limit above 16,384 pixels a side
Result<PictureSize> pictureSize(const std::string& path);

/// The whole picture, averaged down to the wanted size (never larger than it is). Any thread; memory follows the wanted
/// size, not the file's.
Result<Picture> readPicture(const std::string& path, int width_px, int height_px);

}  // namespace hashimichi::import
