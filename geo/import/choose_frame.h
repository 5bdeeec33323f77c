#pragma once
#include <optional>
#include <string>
#include <vector>

#include "geo/import/importer.h"

namespace hashimichi::import {

/// What is known of one file before it is read.
struct PeekedFile {
  std::string path;  ///< UTF-8, as the user named it
  Peek peek;
};

/// The project's frame and where its data lie in it.
struct ChosenFrame {
  crs::LocalFrame frame;
  std::optional<Bounds> area;  ///< local; nothing when no file told its extent
};

/// Two files further apart than this are not of one town.
inline constexpr double same_town_m = 100000;

/// The CRS: the user's, else that of the first file with a projected one in metres (Web Mercator does not count: its
/// metres are not), else the plane rectangular zone (in Japan) or UTM zone (elsewhere) of the data, reported as
/// assumed. The origin: the centre of the files' extents, rounded to 100 m. A file that lies more than 100 km from the
/// middle of the others is left out of the area and reported as suspicious.
/// @returns bad_crs when the user's CRS does not serve, or no file names any
Result<ChosenFrame> chooseFrame(const std::vector<PeekedFile>& files, const Options& options, Problems& problems);

/// Where a town and the files to be added to it lie in its frame. Files further than 100 km from the town are left out
/// and reported as suspicious. @param town  empty when nothing of it has a place yet
std::optional<Bounds> areaWith(const Bounds& town, const std::vector<PeekedFile>& files, const Options& options,
                               const crs::LocalFrame& frame, Problems& problems);

/// Horizontal distance between two boxes, 0 where they touch.
double distanceBetween(const Bounds& a, const Bounds& b);

}  // namespace hashimichi::import
