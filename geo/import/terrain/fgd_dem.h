#pragma once
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "geo/core/problem.h"
#include "geo/core/result.h"

namespace hashimichi::import {

/// One mesh of GSI's Fundamental Geospatial Data, DEM (基盤地図情報 数値標高モデル, JPGIS GML): heights over a box of
/// latitude and longitude.
struct FgdDem {
  std::string mesh;  ///< "52387400": the grid square of JIS X 0410 as the file names it
  std::string type;  ///< "5mメッシュ（標高）"
  std::string crs;   ///< "EPSG:6668" for fguuid:jgd2011.bl, "EPSG:4612" for fguuid:jgd2000.bl
  double south_lat_deg = 0, west_lon_deg = 0, north_lat_deg = 0, east_lon_deg = 0;  ///< edges of the outer cells
  std::size_t columns = 0, rows = 0;
  std::vector<float> height_m;  ///< rows × columns, northern row first, T.P.; NaN = no data (−9999, not listed)
  std::size_t tuples = 0, no_data = 0, unreadable = 0, absurd = 0, surplus = 0, surface = 0;
};

/// More cells than any mesh has (1 m: 1125 × 750; 10 m: the same over a second-order mesh).
inline constexpr std::size_t most_fgd_cells = 16u << 20;

/// Reads such a file as a stream of pieces; memory follows the grid, not the file.
///
/// Order +x-y from `startPoint`, which comes after the heights; cells before it and after the last tuple have no data
/// (the sea is left out so). Not thread-safe.
class FgdDemParser {
 public:
  enum class Wish {
    everything,
    place,  ///< stops after the grid's head: no heights
  };
  explicit FgdDemParser(Wish wish = Wish::everything);
  ~FgdDemParser();
  FgdDemParser(const FgdDemParser&) = delete;
  FgdDemParser& operator=(const FgdDemParser&) = delete;

  /// Any number of bytes. @returns false when no more is wanted: enough known, broken, or over a limit
  bool feed(std::string_view piece, bool last);
  /// Once, after the last piece. What is read although the file is damaged comes with lines in `problems`.
  /// @param file  for error and report
  /// @returns bad_input or limit when there is no grid
  Result<FgdDem> finish(const std::string& file, Problems& problems);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// From the first bytes of a file.
bool isFgdDem(std::string_view head);

}  // namespace hashimichi::import
