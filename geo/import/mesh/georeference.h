#pragma once
#include <filesystem>
#include <optional>
#include <string>

#include "geo/core/geometry.h"
#include "geo/core/result.h"

namespace hashimichi::import::mesh {

/// Where a model stands and how it is turned: what its own format cannot say.
struct Georeference {
  std::string crs;    ///< any text that PROJ reads
  Vec3d origin;       ///< of the model, in `crs`: easting or longitude (x), northing or latitude (y), height (z)
  bool y_up = false;  ///< the model's y axis points up and −z north (glTF's custom); else z up and y north
  double metres_per_unit = 1;
  double heading_deg = 0;  ///< the model's north axis turned clockwise from the CRS's north
  std::filesystem::path file;

  /// The model's coordinates turned, scaled and with east, north, up as axes; relative to the origin, metres.
  Vec3d turned(Vec3d model) const;
};

/// Looks beside the model: `NAME.georef.json`, then `metadata.xml` (SRS and SRSOrigin, as photogrammetric software
/// writes it). @param y_up_by_custom  what the model's format does when the file is silent
///
/// NAME.georef.json: {"crs": "EPSG:6676", "origin": [east, north, height], "up": "y" or "z", "scale": metres per unit,
/// "heading_deg": 0}; crs and origin are needed, a geographic crs takes [longitude, latitude, height].
/// @returns nothing when there is no such file; bad_input with the place when it cannot be understood
Result<std::optional<Georeference>> findGeoreference(const std::filesystem::path& model, bool y_up_by_custom);

/// The file's content alone, for tests and fuzzing.
Result<Georeference> parseGeoreference(std::string_view json, const std::string& file, bool y_up_by_custom);
Result<Georeference> parseModelMetadata(std::string_view xml, const std::string& file, bool y_up_by_custom);

}  // namespace hashimichi::import::mesh
