#include "datasets/town/town.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>

#include "datasets/town/town_parts.h"
#include "geo/core/file.h"

namespace hashimichi::datasets {
namespace {

constexpr double smallest_scale = 0.01, largest_scale = 100;

Status build(Town& town, Progress& progress) {
  auto frame = crs::LocalFrame::create(plane_zone_epsg, {origin_easting_m, origin_northing_m, 0});
  if (!frame) return frame.error();
  town.frame = *frame;
  progress.report(0, "roads");
  const std::uint64_t seed = town.options.seed;
  town.network = planNetwork(town.valley, town.window, seed);
  describeRoads(town.network, town.valley, seed);
  town.land = std::make_unique<Land>(town.valley, town.window, town.network);
  progress.report(0.3, "bridges");
  town.bridges = makeBridges(town.network, *town.land, seed);
  inspectBridges(town.bridges, seed);
  if (progress.cancelled()) return Error{ErrorCode::cancelled, "town", "cancelled.", ""};
  progress.report(0.5, "buildings");
  town.buildings = placeBuildings(town.network, *town.land, seed, town.options.scale, town.grounds);
  town.trees = plantTrees(town.network, *town.land, town.buildings, town.grounds, seed);
  std::sort(town.trees.begin(), town.trees.end(),
            [](const Tree& a, const Tree& b) { return a.y < b.y || (a.y == b.y && a.x < b.x); });
  town.weather = makeWeather(town.bridges, *town.land, seed);
  return done();
}

std::vector<std::filesystem::path> gmlFilesBelow(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> files;
  std::error_code ignored;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder, ignored))
    if (entry.path().extension() == ".gml") files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  return files;
}

/// Data files below the folder, by name: what an importer would be given.
std::vector<std::filesystem::path> dataFiles(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> files;
  for (const char* name :
       {"dem_5m.tif", "ortho.tif", "roads_cp932.shp", "roads.gpkg", "bridge_register.csv", "bridge_inspections.csv",
        "stations.csv", "observations.csv", "forecast_48h.csv", "survey_bridge_mainstreet.laz"})
    files.push_back(folder / name);
  for (std::filesystem::path& file : gmlFilesBelow(folder / "udx")) files.push_back(std::move(file));
  std::sort(files.begin(), files.end());
  return files;
}

}  // namespace

Result<TownSummary> makeTown(const std::filesystem::path& folder, const TownOptions& options, Progress& progress) {
  if (!(options.scale >= smallest_scale && options.scale <= largest_scale))
    return Error{ErrorCode::bad_input, "--scale",
                 fmt::format("{} is not between {} and {}.", options.scale, smallest_scale, largest_scale),
                 "Use 1 for the usual town."};
  std::error_code failed;
  std::filesystem::remove_all(folder / "udx", failed);  // meshes of an earlier, larger town
  std::filesystem::create_directories(folder, failed);
  if (failed)
    return Error{ErrorCode::write_failed, toUtf8(folder), "the folder cannot be made: " + failed.message() + ".", ""};
  Town town(options);
  if (Status status = build(town, progress); !status) return status.error();
  for (const auto& write : {std::function<Status()>([&] { return writeTables(folder, town); }),
                            std::function<Status()>([&] { return writeVectors(folder, town); }),
                            std::function<Status()>([&] { return writeCodeLists(folder / "codelists"); }),
                            std::function<Status()>([&] { return writeCityGml(folder, town, progress); }),
                            std::function<Status()>([&] { return writeDem(folder / "dem_5m.tif", town, progress); }),
                            std::function<Status()>([&] { return writeOrtho(folder / "ortho.tif", town, progress); })})
    if (Status status = write(); !status) return status.error();
  const auto points = writeSurvey(folder / "survey_bridge_mainstreet.laz", town, progress);
  if (!points) return points.error();
  if (!options.epochs_folder.empty())
    if (Status status = writeEpochs(options.epochs_folder, town, progress); !status) return status.error();
  TownSummary summary{
      dataFiles(folder), town.buildings.size(), town.network.roads.size(), town.bridges.size(), *points, 0};
  for (const Road& road : town.network.roads) summary.road_km += lengthOf(road.line) / 1000;
  progress.report(1, "town");
  return summary;
}

Result<std::vector<std::filesystem::path>> makeCity(const std::filesystem::path& folder, const CityOptions& options,
                                                    Progress& progress) {
  constexpr double buildings_per_scale = 2400;  // 2,500 at scale 1; a few less in some towns
  const double scale = static_cast<double>(options.buildings) / buildings_per_scale;
  if (!(scale >= smallest_scale && scale <= 1.1 * largest_scale))
    return Error{ErrorCode::bad_input, "city", fmt::format("{} buildings cannot be made.", options.buildings),
                 "Ask for 25 to 250,000."};
  std::error_code failed;
  std::filesystem::remove_all(folder / "udx", failed);
  std::filesystem::create_directories(folder / "udx" / "bldg", failed);
  if (failed) return Error{ErrorCode::write_failed, toUtf8(folder), "the folder cannot be made.", ""};
  Town town({options.seed, scale});
  if (Status status = build(town, progress); !status) return status.error();
  if (town.buildings.size() > options.buildings) town.buildings.resize(options.buildings);
  for (TownBuilding& building : town.buildings) building.lod2 = options.lod2;
  if (Status status = writeCodeLists(folder / "codelists"); !status) return status.error();
  if (Status status = writeBuildings(folder / "udx" / "bldg", town, options.one_file, progress); !status)
    return status.error();
  return gmlFilesBelow(folder / "udx");
}

}  // namespace hashimichi::datasets
