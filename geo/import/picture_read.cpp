#include "geo/import/picture_read.h"

#include <fmt/format.h>
#include <gdal_priv.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <memory>

#include "geo/import/gdal_support.h"

namespace hashimichi::import {
namespace {

constexpr int side_limit_px = 16384;
constexpr const char* in_memory = "/vsimem/hashimichi-picture/";

using Dataset = std::unique_ptr<GDALDataset, decltype([](GDALDataset* d) { GDALClose(d); })>;

Error unreadable(const std::string& path, const GdalMessages& messages) {
  const std::string reason = messages.last();
  return {ErrorCode::unreadable, path,
          reason.empty() ? "The picture cannot be read." : fmt::format("The picture cannot be read ({}).", reason),
          "Check that the file still exists and opens in a picture viewer."};
}

/// Picture formats only, and no network: a texture's path comes out of somebody else's file.
Result<Dataset> open(const std::string& path, const GdalMessages& messages) {
  if (path.starts_with("/vsi") && !path.starts_with("/vsizip/") && !path.starts_with(in_memory))
    return Error{ErrorCode::unsupported, path, "Pictures are read from disk only.", "Copy the picture to the disk."};
  startGdal();
  const char* const drivers[] = {"JPEG", "PNG", "GTiff", "BMP", "GIF", "WEBP", "JP2OpenJPEG", nullptr};
  Dataset picture(GDALDataset::Open(path.c_str(), GDAL_OF_RASTER | GDAL_OF_READONLY, drivers, nullptr, nullptr));
  if (!picture || picture->GetRasterCount() < 1 || picture->GetRasterXSize() < 1 || picture->GetRasterYSize() < 1)
    return unreadable(path, messages);
  if (picture->GetRasterXSize() > side_limit_px || picture->GetRasterYSize() > side_limit_px)
    return Error{ErrorCode::limit, path,
                 fmt::format("The picture has {} × {} pixels; {} a side are read at most.", picture->GetRasterXSize(),
                             picture->GetRasterYSize(), side_limit_px),
                 "Make the picture smaller."};
  return picture;
}

/// Numbers into a table of colours become the colours.
void lookUp(const GDALColorTable& table, std::vector<std::uint8_t>& rgba) {
  for (std::size_t i = 0; i < rgba.size(); i += 4) {
    const GDALColorEntry* entry = table.GetColorEntry(rgba[i]);
    if (!entry) continue;
    rgba[i] = static_cast<std::uint8_t>(entry->c1), rgba[i + 1] = static_cast<std::uint8_t>(entry->c2);
    rgba[i + 2] = static_cast<std::uint8_t>(entry->c3);
  }
}

}  // namespace

PictureFile::PictureFile(const model::Material& material) : embedded_(material.embedded), path_(material.texture_path) {
  if (!embedded_) return;
  static std::atomic<std::uint64_t> number = 0;
  path_ = fmt::format("{}{}", in_memory, number++);
  // GDAL reads only; the buffer stays ours.
  auto* bytes = reinterpret_cast<GByte*>(const_cast<char*>(embedded_->data()));
  VSIFCloseL(VSIFileFromMemBuffer(path_.c_str(), bytes, embedded_->size(), FALSE));
}

PictureFile::~PictureFile() {
  if (embedded_) VSIUnlink(path_.c_str());
}

Result<PictureSize> pictureSize(const std::string& path) {
  const GdalMessages messages;
  const Result<Dataset> picture = open(path, messages);
  if (!picture) return picture.error();
  return PictureSize{(*picture)->GetRasterXSize(), (*picture)->GetRasterYSize()};
}

Result<Picture> readPicture(const std::string& path, int width_px, int height_px) {
  const GdalMessages messages;
  const Result<Dataset> opened = open(path, messages);
  if (!opened) return opened.error();
  GDALDataset& file = **opened;
  Picture picture;
  picture.width_px = std::clamp(width_px, 1, file.GetRasterXSize());
  picture.height_px = std::clamp(height_px, 1, file.GetRasterYSize());
  picture.rgba.assign(4 * static_cast<std::size_t>(picture.width_px) * static_cast<std::size_t>(picture.height_px),
                      255);
  const GDALColorTable* table = file.GetRasterBand(1)->GetColorTable();
  std::array<int, 3> bands = file.GetRasterCount() >= 3 ? std::array{1, 2, 3} : std::array{1, 1, 1};
  GDALRasterIOExtraArg extra;
  INIT_RASTERIO_EXTRA_ARG(extra);
  const bool smaller = picture.width_px < file.GetRasterXSize() || picture.height_px < file.GetRasterYSize();
  extra.eResampleAlg = smaller && !table ? GRIORA_Average : GRIORA_NearestNeighbour;
  if (file.RasterIO(GF_Read, 0, 0, file.GetRasterXSize(), file.GetRasterYSize(), picture.rgba.data(), picture.width_px,
                    picture.height_px, GDT_Byte, 3, bands.data(), 4, 4 * static_cast<GSpacing>(picture.width_px), 1,
                    &extra) != CE_None)
    return unreadable(path, messages);
  if (table) lookUp(*table, picture.rgba);
  return picture;
}

}  // namespace hashimichi::import
