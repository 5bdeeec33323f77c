#pragma once
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "geo/core/geometry.h"
#include "geo/core/result.h"
#include "geo/crs/transform.h"

namespace hashimichi::find {

/// How the words name a place.
enum class PlaceKind { geographic, projected, mesh, sheet };

/// Numbers as a person typed them, before anything is known of where they lie.
struct TypedNumbers {
  PlaceKind kind = PlaceKind::geographic;
  /// "EPSG:6676"; empty: the project's own for `projected`, JGD2011 (EPSG:6668) for `geographic`.
  std::string crs;
  double east = 0, north = 0;  ///< or longitude and latitude, degrees
  /// True where the words themselves say which number is which (N, E, 北緯, X=); else the order was assumed.
  bool axes_told = false;
  bool told_by_xy = false;  ///< by X and Y: which is north depends on the CRS, X unless it lists easting first
  bool swapped = false;     ///< the first number was taken as the eastern one against the usual order
  std::string code;         ///< of the grid square or map sheet
  double south_extent = 0, west_extent = 0;  ///< half the size of the square or sheet, in the CRS's unit
};

/// "37.441, 138.85", "37°26'28\"N 138°51'E", "北緯37度26分28秒 東経138度51分", "N37.44 E138.85", "E138.85 N37.44",
/// "EPSG:6676 12345 -6789" (northing first, as the CRS itself lists its axes), "8系 X=12345 Y=-6789", "VIII系 …",
/// "X=… Y=…", "12345 -6789", grid squares ("5339-46-11"), map sheets ("08OF4060"); full width as well. Nothing for any
/// other text. Numbers only: whether the CRS exists, and whether the place is near, is not looked at.
std::optional<TypedNumbers> readNumbers(std::string_view words);

/// Why words that are coordinates lead nowhere.
enum class PlaceTrouble { none, unknown_crs, impossible, far_away };

struct TypedPlace {
  TypedNumbers numbers;
  Vec3d place;          ///< local frame, z = 0; only without trouble, and for far_away
  double extent_m = 0;  ///< the longer side of a grid square or sheet; 0 for a point
  PlaceTrouble trouble = PlaceTrouble::none;
  double away_m = 0;  ///< from the town's edge, for far_away
};

/// Turns typed coordinates into places of one town. Keeps the ways between CRSs that it was asked for. Not thread-safe;
/// the first question in a CRS costs some milliseconds (PROJ).
class PlaceReader {
 public:
  PlaceReader(const crs::LocalFrame& frame, const Bounds& town) : frame_(frame), town_(town) {}

  /// Nothing when the words are no coordinates. Where the words do not say which number is which and the usual order
  /// leads far out of the town while the other leads into it, the other is taken and `numbers.swapped` says so.
  std::optional<TypedPlace> read(std::string_view words);

 private:
  const crs::ToLocal* wayFrom(const std::string& crs);
  TypedPlace placed(const TypedNumbers& numbers);
  double away(Vec3d place) const;

  crs::LocalFrame frame_;
  Bounds town_;
  std::map<std::string, std::optional<crs::ToLocal>> ways_;
};

}  // namespace hashimichi::find
