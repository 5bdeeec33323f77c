#include <laszip/laszip_api.h>
#include <ogr_spatialref.h>

#include <algorithm>
#include <cmath>
#include <cstring>

#include "datasets/town/random.h"
#include "datasets/town/survey.h"
#include "geo/core/file.h"

namespace hashimichi::datasets {
namespace {

constexpr double points_per_scale = 2e6, resolution_m = 0.001;
constexpr unsigned short wkt_bit = 16, header_bytes = 375, format7_bytes = 36;

/// JGD2011 zone VIII with T.P. heights, as WKT, which LAS 1.4 demands for its newer point formats.
std::string zoneWkt() {
  OGRSpatialReference crs;
  if (crs.SetFromUserInput("EPSG:6676+6695") != OGRERR_NONE) return {};
  char* text = nullptr;
  crs.exportToWkt(&text);
  std::string wkt = text ? text : "";
  CPLFree(text);
  return wkt;
}

/// A LAZ file being written; laszip's C handle inside.
class LazFile {
 public:
  ~LazFile() {
    if (!handle_) return;
    if (open_) laszip_close_writer(handle_);
    laszip_destroy(handle_);
  }

  bool open(const std::filesystem::path& path, const Town& town) {
    laszip_header_struct* header = nullptr;
    if (laszip_create(&handle_) || laszip_get_header_pointer(handle_, &header)) return false;
    header->version_major = 1, header->version_minor = 4;
    header->global_encoding = wkt_bit;
    header->header_size = header_bytes, header->offset_to_point_data = header_bytes;
    header->point_data_format = 7, header->point_data_record_length = format7_bytes;
    header->file_creation_year = 2025, header->file_creation_day = 300;
    std::strncpy(header->system_identifier, "synthetic", sizeof header->system_identifier);
    std::strncpy(header->generating_software, "Hashimichi town", sizeof header->generating_software);
    header->x_scale_factor = header->y_scale_factor = header->z_scale_factor = resolution_m;
    header->x_offset = origin_easting_m, header->y_offset = origin_northing_m, header->z_offset = 0;
    const Window& w = town.window;  // laszip's inventory puts the true bounds and counts in when it closes
    header->min_x = origin_easting_m + w.west, header->max_x = origin_easting_m + w.east;
    header->min_y = origin_northing_m + w.south, header->max_y = origin_northing_m + w.north;
    const std::string wkt = zoneWkt();
    if (!wkt.empty() && laszip_add_vlr(handle_, "LASF_Projection", 2112, static_cast<laszip_U16>(wkt.size() + 1), "WKT",
                                       reinterpret_cast<const laszip_U8*>(wkt.c_str())))
      return false;
    if (laszip_preserve_generating_software(handle_, 1)) return false;
    if (laszip_open_writer(handle_, toUtf8(path).c_str(), 1)) return false;
    open_ = true;
    return laszip_get_point_pointer(handle_, &point_) == 0;
  }

  bool write(const SurveyPoint& p, std::size_t number, std::uint64_t bits) {
    point_->X = static_cast<laszip_I32>(std::llround(p.place.x / resolution_m));
    point_->Y = static_cast<laszip_I32>(std::llround(p.place.y / resolution_m));
    point_->Z = static_cast<laszip_I32>(std::llround(p.place.z / resolution_m));
    point_->extended_classification = p.classification;
    point_->classification = p.classification < 32 ? p.classification : 0;
    point_->return_number = point_->number_of_returns = 1;
    point_->extended_return_number = point_->extended_number_of_returns = 1;
    point_->extended_point_type = 1;
    point_->point_source_ID = 1;
    point_->intensity = static_cast<laszip_U16>(9000 + 90 * p.colour.green + (bits & 2047));
    point_->gps_time = 3.5e8 + 2.5e-6 * static_cast<double>(number);
    point_->rgb[0] = static_cast<laszip_U16>(p.colour.red * 257),
    point_->rgb[1] = static_cast<laszip_U16>(p.colour.green * 257);
    point_->rgb[2] = static_cast<laszip_U16>(p.colour.blue * 257);
    return laszip_write_point(handle_) == 0 && laszip_update_inventory(handle_) == 0;
  }

  bool close() {
    open_ = false;
    return laszip_close_writer(handle_) == 0;
  }
  std::string lastError() const {
    laszip_CHAR* text = nullptr;
    if (handle_) laszip_get_error(handle_, &text);
    return text ? text : "unknown reason";
  }

 private:
  laszip_POINTER handle_ = nullptr;
  laszip_point_struct* point_ = nullptr;
  bool open_ = false;
};

}  // namespace

Result<std::size_t> writeSurvey(const std::filesystem::path& path, const Town& town, Progress& progress) {
  LazFile file;
  const auto failed = [&] {
    return Error{ErrorCode::write_failed, toUtf8(path), "could not be written: " + file.lastError() + ".",
                 "Check free space and write permission of the folder."};
  };
  if (!file.open(path, town)) return failed();
  BuildingIndex houses(town.window);
  for (const TownBuilding& building : town.buildings) houses.add(building);
  const std::vector<Vec3d> tiles = surveyTiles(town);
  const auto wanted = static_cast<std::size_t>(std::llround(points_per_scale * town.options.scale));
  std::size_t written = 0, owed = 0;  // what water swallowed is made up for in the next tile
  for (std::size_t t = 0; t < tiles.size(); ++t) {
    if (progress.cancelled()) return Error{ErrorCode::cancelled, toUtf8(path), "cancelled.", ""};
    if (t % 32 == 0) progress.report(static_cast<double>(t) / static_cast<double>(tiles.size()), "point survey");
    const SurveyTile tile(town, houses, tiles[t].x, tiles[t].y);
    owed = wanted * (t + 1) / tiles.size() - written;
    for (std::size_t tries = 0; owed > 0 && tries < 4 * wanted / tiles.size() + 64; ++tries) {
      const std::uint64_t bits =
          hashOf(town.options.seed, 951, static_cast<std::int64_t>(t), static_cast<std::int64_t>(tries));
      const auto point = tile.sample(bits);
      if (!point) continue;
      if (!file.write(*point, written, bits)) return failed();
      ++written, --owed;
    }
  }
  if (!file.close()) return failed();
  return written;
}

}  // namespace hashimichi::datasets
