#pragma once
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "geo/core/problem.h"
#include "geo/core/progress.h"
#include "geo/core/result.h"
#include "geo/measure/points.h"
#include "geo/model/city_model.h"
#include "geo/model/geometry.h"

namespace hashimichi::app::cli {

/// Points kept in memory of one survey: about 1.1 GB. Beyond it every second one goes, and the result says so.
inline constexpr std::size_t measured_points_limit = 40'000'000;

/// What is measured on: a project with clouds, or files beside (or without) one.
struct MeasureInputs {
  model::CityModelPtr model;                 ///< nullptr without a project
  std::vector<std::filesystem::path> files;  ///< LAS, LAZ in the order before, after
  std::vector<std::string> clouds;           ///< ids of the project's clouds, where no files are given
  crs::LocalFrame frame;
};

/// Sorts the inputs into a project and files and chooses the frame: the project's, else that of the first file, else
/// `crs` ("EPSG:6676"). @param surveys  how many surveys the measure needs
/// @returns not_found, bad_crs, bad_input (too few surveys)
Result<MeasureInputs> openInputs(const std::vector<std::string>& inputs, const std::vector<std::string>& clouds,
                                 const std::string& crs, std::size_t surveys, Progress& progress);

/// All points of one survey inside a box (x, y) of the local frame and of these classes (empty: all). Files through
/// their own CRS; clouds through their octree at full detail, or as their coarse sample, which is then unrefined.
Result<measure::PointStore> pointsOf(const MeasureInputs& inputs, std::size_t survey, const Bounds& box,
                                     const std::vector<int>& classes, Problems& problems, Progress& progress);

/// "E,N[,H] E,N[,H] …" in the frame's CRS, or a CSV file with the columns easting_m, northing_m and perhaps height_m.
Result<model::Polyline> lineFrom(const std::string& words, const crs::LocalFrame& frame);

}  // namespace hashimichi::app::cli
