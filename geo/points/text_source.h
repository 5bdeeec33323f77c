#pragma once
#include "geo/points/point_source.h"

namespace hashimichi::points {

/// XYZ, CSV, TXT, PTS: one point a line. The columns are named by a head line or guessed by their number and values,
/// and told as an assumption. The file is read once when it is opened, for its extent and its digits.
Result<PointSourcePtr> openTextSource(const std::filesystem::path& path, Problems& problems, Progress& progress);
/// PLY, ascii and binary of both byte orders; faces are passed over.
Result<PointSourcePtr> openPlySource(const std::filesystem::path& path, Problems& problems, Progress& progress);
/// ".xyz", ".csv", ".txt", ".pts" …: what a survey as text is called, among other things.
bool hasPointTextEnding(const std::filesystem::path& path);
/// By its name and its first lines: coordinates without a head line, or under a head line that names them. CSV and TXT
/// are tables of many things: there the first three columns must be coordinates and all cells numbers.
bool isPointText(const std::filesystem::path& path);
/// Whether a PLY file is points alone, without faces.
bool isPointPly(const std::filesystem::path& path);

struct PointTextHead {
  std::string format;  ///< "XYZ", "PTS", "PLY"
  Bounds bounds;       ///< of some rows from all over the file
};
/// What can be told of a text or PLY file without reading all of it.
Result<PointTextHead> peekPointText(const std::filesystem::path& path);

}  // namespace hashimichi::points
