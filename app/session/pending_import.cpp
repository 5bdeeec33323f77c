#include "app/session/pending_import.h"

#include <algorithm>
#include <array>
#include <iterator>

#include "geo/core/text.h"

namespace hashimichi::app {
namespace {

/// What files may hold that do not say so beforehand: tables, maps, rasters, point clouds.
constexpr std::array untold_types{"Building", "Road",    "Bridge",  "BridgeRegister", "Inspection", "Station",
                                  "Series",   "Terrain", "Imagery", "PointCloud",     "Area",       "SnowDumpSite"};

}  // namespace

std::set<std::string> PendingImport::types() const {
  std::set<std::string> all;
  for (const import::SurveyedFile& file : survey.files) all.insert(file.types.begin(), file.types.end());
  return all;
}

std::set<int> PendingImport::lods() const {
  std::set<int> all;
  for (const import::SurveyedFile& file : survey.files) all.insert(file.lods.begin(), file.lods.end());
  return all;
}

bool PendingImport::hasUntold() const {
  return std::ranges::any_of(survey.files, [](const import::SurveyedFile& file) { return file.types.empty(); });
}

import::Options optionsOf(const PendingImport& pending,
                          const ImportChoice& choice){import::Options options = pending.options;
if (!choice.source_crs.empty()) options.source_crs = choice.source_crs;
if (!choice.encoding.empty()) options.encoding = choice.encoding;
if (!choice.geoid.empty()) options.geoid = choice.geoid;
if (choice.fill_terrain_m > 0) options.fill_terrain_m = choice.fill_terrain_m;
return options;
}  // namespace hashimichi::app

Result<import::Selection> selectionOf(const PendingImport& pending, const ImportChoice& choice) {
  import::Selection selection;
  if (!trim(choice.area).empty()) {
    Result<std::vector<import::Selection::LonLatRing>> area = import::areaFrom(std::string(trim(choice.area)));
    if (!area) return area.error();
    selection.area = std::move(*area);
  }
  if (!trim(choice.mesh_codes).empty()) {
    Result<std::vector<import::Selection::LonLatRing>> squares = import::squaresFrom(trim(choice.mesh_codes));
    if (!squares) return squares.error();
    std::ranges::move(*squares, std::back_inserter(selection.area));
  }
  // Nothing left out means everything, also what nobody foresaw.
  if (!choice.unwanted_types.empty()) {
    selection.types = pending.types();
    if (pending.hasUntold()) selection.types.insert(untold_types.begin(), untold_types.end());
    for (const std::string& type : choice.unwanted_types) selection.types.erase(type);
  }
  if (!choice.unwanted_lods.empty()) {
    selection.lods = pending.lods();
    for (const int lod : choice.unwanted_lods) selection.lods.erase(lod);
  }
  return selection;
}

}  // namespace hashimichi::app
