#include "datasets/town/laz_file.h"

#include <laszip/laszip_api.h>
#include <ogr_spatialref.h>

#include <cmath>
#include <cstring>

#include "geo/core/file.h"

namespace hashimichi::datasets {
namespace {

constexpr double resolution_m = 0.001;
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

}  // namespace

LazFile::~LazFile() {
  if (!handle_) return;
  if (open_) laszip_close_writer(handle_);
  laszip_destroy(handle_);
}

bool LazFile::open(const std::filesystem::path& path, const Window& w, LasDay day) {
  laszip_header_struct* header = nullptr;
  if (laszip_create(&handle_) || laszip_get_header_pointer(handle_, &header)) return false;
  header->version_major = 1, header->version_minor = 4;
  header->global_encoding = wkt_bit;
  header->header_size = header_bytes, header->offset_to_point_data = header_bytes;
  header->point_data_format = 7, header->point_data_record_length = format7_bytes;
  header->file_creation_year = static_cast<laszip_U16>(day.year);
  header->file_creation_day = static_cast<laszip_U16>(day.day_of_year);
  std::strncpy(header->system_identifier, "synthetic", sizeof header->system_identifier);
  std::strncpy(header->generating_software, "Hashimichi town", sizeof header->generating_software);
  header->x_scale_factor = header->y_scale_factor = header->z_scale_factor = resolution_m;
  header->x_offset = origin_easting_m, header->y_offset = origin_northing_m, header->z_offset = 0;
  // laszip's inventory puts the true bounds and counts in when it closes
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

bool LazFile::write(const SurveyPoint& p, std::size_t number, std::uint64_t bits) {
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

bool LazFile::close() {
  open_ = false;
  return laszip_close_writer(handle_) == 0;
}

std::string LazFile::lastError() const {
  laszip_CHAR* text = nullptr;
  if (handle_) laszip_get_error(handle_, &text);
  return text ? text : "unknown reason";
}

}  // namespace hashimichi::datasets
