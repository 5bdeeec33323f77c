#pragma once
#include <memory>
#include <optional>
#include <span>
#include <string>

#include "geo/core/geometry.h"
#include "geo/core/result.h"
#include "geo/crs/heights.h"
#include "geo/crs/local_frame.h"

namespace hashimichi::crs {

/// In which order a source writes its horizontal coordinates.
enum class AxisOrder {
  authority,   ///< as the CRS defines it: CityGML, EPSG:6697 = latitude, longitude
  east_first,  ///< as GIS files do it: GDAL, LAS, GeoJSON = longitude / easting first
};

/// What a CRS is, as far as an importer must know. `definition` is any text that PROJ reads (EPSG:6697, WKT, URN, URL).
struct CrsInfo {
  std::string definition;
  std::string name;
  int epsg = 0;             ///< 0 when the definition carries no EPSG code
  int horizontal_epsg = 0;  ///< of the horizontal part of a compound CRS
  bool geographic = false;
  bool projected = false;
  bool metres = false;              ///< horizontal axes in metres
  bool north_first = false;         ///< the CRS itself lists northing (latitude) before easting (longitude)
  bool has_vertical = false;        ///< compound with a vertical CRS (physical heights)
  bool ellipsoidal_height = false;  ///< a 3D CRS: heights above the ellipsoid
  HeightDatum heights = HeightDatum::unknown;
  std::string height_name;       ///< of the vertical part; empty when there is none
  double height_unit_m = 0;      ///< 0 when the CRS names none
  double horizontal_unit_m = 1;  ///< 1 for degrees
  std::string substitute;        ///< what was taken in place of a code that this PROJ does not know; else empty
};

/// bad_crs when PROJ does not know it. Codes that the installed PROJ lacks but whose horizontal part is known
/// (EPSG:10162–10174: plane rectangular zones I–XIII with JGD2011 heights) answer with their parts and say so in
/// `substitute`.
Result<CrsInfo> describeCrs(const std::string& definition);

/// Turns source coordinates into a LocalFrame: horizontally by PROJ; heights into metres where the CRS has another
/// unit, and from the ellipsoid to sea level where a geoid is at hand. Other heights are kept. A z of exactly 0 means
/// "no height" and stays 0. Where the geoid has no value, its value at the frame's origin is taken.
///
/// Not thread-safe (PROJ contexts are not); every job makes its own. Move-only.
class ToLocal {
 public:
  /// bad_crs when either CRS is unknown or PROJ finds no way between them.
  static Result<ToLocal> create(const std::string& source_crs, AxisOrder order, const LocalFrame& frame,
                                const HeightWish& wish = {});
  ~ToLocal();
  ToLocal(ToLocal&&) noexcept;
  ToLocal& operator=(ToLocal&&) noexcept;

  /// In place. Points that cannot be transformed (outside the projection, NaN) become NaN; returns how many.
  std::size_t apply(std::span<Vec3d> points) const;
  /// Nothing when the point cannot be transformed.
  std::optional<Vec3d> operator()(Vec3d source) const;
  const HeightWay& heights() const;

 private:
  struct Impl;
  explicit ToLocal(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

/// Local frame → a geographic or projected CRS, east first (longitude/easting x, latitude/northing y). Heights the way
/// back that ToLocal takes: into the target's unit, and above the ellipsoid where it counts so and a geoid is at hand.
class FromLocal {
 public:
  static Result<FromLocal> create(const LocalFrame& frame, const std::string& target_crs, const HeightWish& wish = {});
  ~FromLocal();
  FromLocal(FromLocal&&) noexcept;
  FromLocal& operator=(FromLocal&&) noexcept;

  std::size_t apply(std::span<Vec3d> points) const;
  std::optional<Vec3d> operator()(Vec3d local) const;

 private:
  struct Impl;
  explicit FromLocal(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace hashimichi::crs
