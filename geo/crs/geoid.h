#pragma once
#include <filesystem>
#include <memory>
#include <optional>

#include "geo/core/result.h"

namespace hashimichi::crs {

/// Heights of the sea level above the ellipsoid, from a grid file that PROJ reads (GeoTIFF, GTX): GSIGEO2011 as
/// jp_gsi_gsigeo2011.tif. Height above the ellipsoid = height above sea level (in Japan T.P.) + undulation.
///
/// Not thread-safe (PROJ contexts are not). Move-only.
class Geoid {
 public:
  /// @returns not_found without the file, unreadable when it is no grid
  static Result<Geoid> open(const std::filesystem::path& file);
  ~Geoid();
  Geoid(Geoid&&) noexcept;
  Geoid& operator=(Geoid&&) noexcept;

  /// Metres; nothing outside the grid and where it has no value (out at sea).
  std::optional<double> undulationAt(double lat_deg, double lon_deg) const;
  const std::filesystem::path& file() const;

 private:
  struct Impl;
  explicit Geoid(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

/// Japan's geoid in PROJ's own data folders (jp_gsi_gsigeo2011.tif of proj-data); nothing where it is not installed.
std::optional<std::filesystem::path> installedGeoid();

}  // namespace hashimichi::crs
