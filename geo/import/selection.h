#pragma once
#include <filesystem>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "geo/core/geometry.h"
#include "geo/core/result.h"

namespace hashimichi::import {

struct Peek;

/// What a person wants of a data set, said before it is read. Empty parts mean "everything".
///
/// Longitude x and latitude y in degrees of JGD2011 (EPSG:6668; WGS 84 is the same to a few decimetres).
struct Selection {
  using LonLatRing = std::vector<Vec3d>;  ///< not closed; z unused

  std::vector<LonLatRing> area;  ///< what touches any of these rings is taken
  std::set<std::string> types;   ///< as reports count them: "Building", "Road", "WaterBody", "Terrain"
  std::set<int> lods;            ///< of CityGML and CityJSON; other formats have no levels of detail

  bool empty() const { return area.empty() && types.empty() && lods.empty(); }
  /// Case does not count. A wanted Bridge brings register and inspections, a Station its series.
  bool wantsType(std::string_view type) const;
  bool wantsLod(int lod) const { return lods.empty() || lods.contains(lod); }
};

// What stands behind --area, --mesh, --types and --lods. Each answers bad_input with the part that is wrong.

/// "138.84,37.44,138.86,37.46": two opposite corners, longitude first.
Result<Selection::LonLatRing> rectangleFrom(std::string_view text);
/// All polygons of a GeoJSON file (holes are not taken out), at most 16 MiB.
Result<std::vector<Selection::LonLatRing>> polygonsFromGeoJson(const std::filesystem::path& path);
/// A rectangle, or the name of a GeoJSON file.
Result<std::vector<Selection::LonLatRing>> areaFrom(const std::string& text);
/// "53394525,53394526": JIS grid squares of any level.
Result<std::vector<Selection::LonLatRing>> squaresFrom(std::string_view mesh_codes);
/// "0,1,2"
Result<std::set<int>> lodsFrom(std::string_view text);

/// Why a whole file need not be read: nothing when it may hold something wanted.
enum class Unwanted { outside, type };
/// From the name alone.
std::optional<Unwanted> unwantedByName(const Selection& selection, const std::filesystem::path& path);
/// From the extent that the file itself names.
std::optional<Unwanted> unwantedByPeek(const Selection& selection, const Peek& peek);

/// The extent in degrees, longitude x; nothing when the file names none or it cannot be transformed.
std::optional<Bounds> boundsInDegrees(const Peek& peek);

}  // namespace hashimichi::import
