#pragma once
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "geo/core/geometry.h"
#include "geo/core/result.h"
#include "geo/core/text.h"
#include "geo/crs/transform.h"

namespace hashimichi::datasets {

/// One CityGML 2.0 file in EPSG:6697, written as it comes. Places go in as local frame and out as lat lon T.P.
class GmlFile {
 public:
  GmlFile(const std::filesystem::path& path, const crs::FromLocal& geographic);
  ~GmlFile();
  GmlFile(const GmlFile&) = delete;
  GmlFile& operator=(const GmlFile&) = delete;

  /// @param extent  local frame; becomes the gml:Envelope
  void begin(const Bounds& extent);
  void text(std::string_view xml);
  void polygon(const std::vector<Vec3d>& ring, std::string_view id = {});
  /// <gml:MultiSurface> of polygons.
  void multiSurface(const std::vector<std::vector<Vec3d>>& rings);
  /// " lat lon z …" of places.
  void posList(const std::vector<Vec3d>& places);
  /// write_failed when anything could not be written.
  Status end();

 private:
  void flush();
  std::filesystem::path path_;
  const crs::FromLocal& geographic_;
  std::FILE* file_ = nullptr;
  bool failed_ = false;
  std::string buffer_;
  std::vector<Vec3d> scratch_;
};

/// A deterministic UUID (version 4 in form).
std::string uuidFor(std::uint64_t seed, std::int64_t kind, std::int64_t index);
/// JIS X 0410 mesh code: 6 digits (about 10 km) or 8 (about 1 km).
std::string meshCode(double lat_deg, double lon_deg, int digits);
/// <tag codeSpace="../../codelists/list.xml">code</tag>
std::string coded(std::string_view tag, std::string_view list, std::string_view code);

}  // namespace hashimichi::datasets
