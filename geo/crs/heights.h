#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "geo/crs/local_frame.h"

namespace hashimichi::crs {

/// From where a source counts its heights.
enum class HeightDatum {
  unknown,      ///< the CRS is flat, or does not say; taken to be sea level
  jgd2011,      ///< T.P. by JGD2011 (EPSG:6695): what PLATEAU, GSI and the project itself use
  jgd2000,      ///< T.P. by JGD2000 (EPSG:6694): the same but for the levels revised after the 2011 earthquake
  jgd2024,      ///< T.P. by JGD2024 (since April 2025): up to some decimetres from JGD2011; no grid is at hand
  ellipsoidal,  ///< GNSS heights (EPSG:4979, 6667): 20 to 45 m above T.P. in Japan
  other,        ///< another country's sea level
};

/// How heights are to be read where the CRS leaves it open.
struct HeightWish {
  std::filesystem::path geoid = {};  ///< the user's grid; empty: the one in PROJ's data folder, where there is one
  double unnamed_unit_m = 1;         ///< metres in one unit of height where the CRS names none
};

/// What is done with the heights of one source.
struct HeightWay {
  HeightDatum datum = HeightDatum::unknown;
  std::string name;         ///< of the vertical CRS, empty when unknown
  double unit_m = 1;        ///< metres in one unit of height; multiplied in
  bool unit_named = false;  ///< false: HeightWish::unnamed_unit_m was taken
  bool converted = false;   ///< ellipsoidal heights are turned into sea level ones
  std::string geoid;        ///< file of the geoid that was used, or that does not cover the place; UTF-8
  std::string geoid_error;  ///< why none is used although there is one
};

/// A grid of PROJ that belongs to the best way between two systems.
struct GridUse {
  std::string name;  ///< "jp_gsi_touhokutaiheiyouoki2011.tif"
  bool installed = false;
};

/// The grids that the most accurate transformation from a CRS into a frame wants at the frame's origin; empty when it
/// needs none.
std::vector<GridUse> gridsBetween(const std::string& from, const LocalFrame& frame);

}  // namespace hashimichi::crs
