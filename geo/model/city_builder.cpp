#include "geo/model/city_builder.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "geo/model/bridge_join.h"
#include "geo/model/drape.h"
#include "geo/model/facility_access.h"
#include "geo/model/ground_from_points.h"
#include "geo/model/hazard_results.h"
#include "geo/model/mosaic.h"
#include "geo/model/result_match.h"
#include "geo/model/result_merge.h"
#include "geo/model/road_derive.h"
#include "geo/model/terrain_fill.h"

namespace hashimichi::model {
namespace {

template <typename Asset>
void placeById(std::vector<Asset>& assets, IdTable& ids, Asset asset) {
  const std::size_t at = ids.place(asset.id, asset.source, assets.size());
  if (at == IdTable::new_place)
    assets.push_back(std::move(asset));
  else
    assets[at] = std::move(asset);
}

template <typename Asset>
void keepIds(const std::vector<Asset>& assets, IdTable& ids) {
  for (std::size_t i = 0; i < assets.size(); ++i) ids.keep(assets[i].id, assets[i].source, i);
}

/// A register without shapes lists thousands of bridges that cannot be drawn: one line each would bury the others.
void reportMissingPositions(const std::vector<Bridge>& bridges, Problems& problems) {
  for (const Bridge& bridge : bridges)
    if (!bridge.position)
      problems.skip(
          bridge.source, bridge.id, "bridge.no_position",
          fmt::format("The bridge \"{}\" has neither a shape nor coordinates: it is ranked, but not on the map.",
                      bridge.name.empty() ? bridge.id : bridge.name));
}

bool lacksHeight(const Geometry& geometry) {
  return !geometry.has_height && !geometry.empty();
}

template <class Asset, class Drape>
void forEveryLodWithoutHeight(Asset& asset, const Drape& drape_one) {
  if (lacksHeight(asset.geometry)) drape_one(asset.geometry);
  for (Geometry& form : asset.other_lods)
    if (lacksHeight(form)) drape_one(form);
}

/// What is carried by bridges rather than lying on the bed of the river.
bool runsOverBridges(ObjectKind kind) {
  return kind == ObjectKind::railway || kind == ObjectKind::track || kind == ObjectKind::square;
}

/// "12 roads, 3 areas": what came without heights.
std::string listWithoutHeight(const CityModel& model) {
  const auto count = [](const auto& assets) {
    return std::count_if(assets.begin(), assets.end(), [](const auto& asset) { return lacksHeight(asset.geometry); });
  };
  std::string list;
  const auto append = [&](auto number, const char* kind) {
    if (number > 0) list += fmt::format("{}{} {}", list.empty() ? "" : ", ", number, kind);
  };
  append(count(model.roads), "roads");
  append(count(model.bridges), "bridges");
  append(count(model.buildings), "buildings");
  append(count(model.objects), "other objects");
  return list;
}

void reportHeights(const std::string& list, const Ground& ground, Problems& problems) {
  if (!ground.known()) {
    problems.assume({}, {}, "height.unknown",
                    fmt::format("{} have no heights and there is no terrain: they lie at height 0.", list),
                    "Import a terrain model (DEM) of the area.");
    return;
  }
  problems.assume(
      {}, {}, "height.draped",
      fmt::format("{} have no heights: they were laid on the terrain, roads {} m above it and straight over "
                  "bridges.",
                  list, road_lift_m));
  if (ground.outside() > 0)
    problems.assume({}, {}, "height.outside_terrain",
                    "Some of them reach beyond the terrain: there the height of its nearest edge was taken.",
                    "Import a terrain model that covers the whole area.");
}

void setBridgeHeights(std::vector<Bridge>& bridges, const Ground& ground) {
  for (Bridge& bridge : bridges) {
    for (Geometry& form : bridge.other_lods)
      if (lacksHeight(form)) flatten(form, groundBelow(form, ground).high_m + (ground.known() ? road_lift_m : 0));
    if (lacksHeight(bridge.geometry)) {
      // A deck is flat enough; its highest ground is that of the abutments, its lowest that of the creek.
      const double height_m = groundBelow(bridge.geometry, ground).high_m + (ground.known() ? road_lift_m : 0);
      flatten(bridge.geometry, height_m);
      for (Vec3d& p : bridge.axis) p.z = height_m;
      if (bridge.position) bridge.position->z = height_m;
    }
    if (bridge.position && bridge.position->z == 0)
      bridge.position->z = ground.heightAt(bridge.position->x, bridge.position->y);
  }
}

/// Keeps the newer of two values for the same moment.
void mergeValues(std::vector<sensors::Observation>& own, std::vector<sensors::Observation> more) {
  own.insert(own.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
  std::stable_sort(own.begin(), own.end(), [](const auto& a, const auto& b) { return a.time < b.time; });
  std::vector<sensors::Observation> unique;
  for (sensors::Observation& value : own)
    if (!unique.empty() && unique.back().time == value.time)
      unique.back() = std::move(value);
    else
      unique.push_back(std::move(value));
  own = std::move(unique);
}

}  // namespace

CityBuilder::CityBuilder(crs::LocalFrame frame) {
  model_.frame = std::move(frame);
}

CityBuilder::CityBuilder(const CityModel& base) : model_(base) {
  if (model_.terrain) terrains_.push_back(std::move(*model_.terrain));
  model_.terrain.reset();
  std::vector<Bridge> shapes;
  for (Bridge& bridge : model_.bridges) (bridge.has_register_entry ? registered_ : shapes).push_back(std::move(bridge));
  model_.bridges = std::move(shapes);
  keepIds(model_.buildings, building_ids_);
  keepIds(model_.roads, road_ids_);
  keepIds(model_.bridges, shape_ids_);
  keepIds(registered_, register_ids_);
  keepIds(model_.objects, object_ids_);
  keepIds(model_.dump_sites, site_ids_);
  keepIds(model_.pavements, pavement_ids_);
  keepIds(model_.depots, depot_ids_);
  keepIds(model_.tracks, track_ids_);
  keepIds(model_.bus_lines, bus_line_ids_);
  keepIds(model_.population, cell_ids_);
  keepIds(model_.stations, station_ids_);
  keepIds(model_.clouds, cloud_ids_);
  for (std::uint32_t i = 0; i < model_.materials.size(); ++i) materials_[model_.materials[i].texture_path].push_back(i);
  for (std::size_t i = 0; i < model_.series.size(); ++i) series_[keyOf(model_.series[i])] = i;
}

void CityBuilder::add(Building building) {
  ++counts_["Building"];
  placeById(model_.buildings, building_ids_, std::move(building));
}

void CityBuilder::add(RoadSegment road) {
  ++counts_["Road"];
  const std::size_t at = road_ids_.place(road.id, road.source, model_.roads.size());
  if (at == IdTable::new_place) {
    model_.roads.push_back(std::move(road));
    return;
  }
  // A centre line that is read again keeps the road surface that it had found.
  RoadSegment& old = model_.roads[at];
  if (road.geometry.surfaces.empty()) road.geometry.surfaces = std::move(old.geometry.surfaces);
  old = std::move(road);
}

void CityBuilder::add(Bridge bridge) {
  if (!bridge.has_register_entry) {
    ++counts_["Bridge"];
    placeById(model_.bridges, shape_ids_, std::move(bridge));
    return;
  }
  ++counts_["BridgeRegister"];
  const std::size_t at = register_ids_.place(bridge.id, bridge.source, registered_.size());
  if (at == IdTable::new_place) {
    registered_.push_back(std::move(bridge));
    return;
  }
  // A register that is read again changes facts; the shape and the inspections found before stay.
  Bridge& old = registered_[at];
  if (bridge.geometry.empty()) {
    bridge.geometry = std::move(old.geometry);
    bridge.other_lods = std::move(old.other_lods);
    bridge.axis = std::move(old.axis);
    if (!bridge.position || !bridge.geometry.empty()) bridge.position = old.position;
  }
  if (bridge.inspections.empty()) bridge.inspections = std::move(old.inspections);
  old = std::move(bridge);
}

void CityBuilder::add(CityObject object) {
  ++counts_[object.type];
  placeById(model_.objects, object_ids_, std::move(object));
}

std::uint32_t CityBuilder::addMaterial(Material material) {
  std::vector<std::uint32_t>& same_picture = materials_[material.texture_path];
  for (const std::uint32_t index : same_picture)
    if (model_.materials[index] == material) return index;
  const auto index = static_cast<std::uint32_t>(model_.materials.size());
  same_picture.push_back(index);
  model_.materials.push_back(std::move(material));
  return index;
}

void CityBuilder::add(PavementSection section) {
  ++counts_["PavementSection"];
  placeById(model_.pavements, pavement_ids_, std::move(section));
}

void CityBuilder::add(Depot depot) {
  ++counts_["Depot"];
  placeById(model_.depots, depot_ids_, std::move(depot));
}

void CityBuilder::add(PloughTrack track) {
  ++counts_["PloughTrack"];
  placeById(model_.tracks, track_ids_, std::move(track));
}

void CityBuilder::add(BusLine line) {
  ++counts_["BusLine"];
  placeById(model_.bus_lines, bus_line_ids_, std::move(line));
}

void CityBuilder::add(PopulationCell cell) {
  ++counts_["PopulationCell"];
  placeById(model_.population, cell_ids_, std::move(cell));
}

void CityBuilder::add(SnowDumpSite site) {
  ++counts_["SnowDumpSite"];
  placeById(model_.dump_sites, site_ids_, std::move(site));
}

void CityBuilder::add(Terrain terrain) {
  ++counts_["Terrain"];
  terrains_.push_back(std::move(terrain));
}

void CityBuilder::add(ImageryRef imagery) {
  ++counts_["Imagery"];
  std::erase_if(model_.imagery, [&](const ImageryRef& known) { return known.path == imagery.path; });
  model_.imagery.push_back(std::move(imagery));
}

void CityBuilder::add(PointCloud cloud) {
  ++counts_["PointCloud"];
  counts_["Point"] += cloud.point_count;
  placeById(model_.clouds, cloud_ids_, std::move(cloud));
}

void CityBuilder::add(ResultLayer layer) {
  ++counts_["Result"];
  const auto known = std::ranges::find(model_.results, layer.id, &ResultLayer::id);
  if (known == model_.results.end())
    model_.results.push_back(std::move(layer));
  else if (!mergeResult(*known, std::move(layer)))
    ++oversized_results_[known->id];
}

void CityBuilder::add(sensors::Station station) {
  ++counts_["Station"];
  placeById(model_.stations, station_ids_, std::move(station));
}

void CityBuilder::add(sensors::Series series) {
  ++counts_["Series"];
  const auto [found, is_new] = series_.try_emplace(keyOf(series), model_.series.size());
  if (is_new)
    model_.series.push_back(std::move(series));
  else
    mergeValues(model_.series[found->second].values, std::move(series.values));
}

void CityBuilder::add(InspectionRecord record) {
  ++counts_["Inspection"];
  inspections_.push_back(std::move(record));
}

std::map<std::string, std::size_t> CityBuilder::takeCounts() {
  return std::exchange(counts_, {});
}

CityBuilder::SeriesKey CityBuilder::keyOf(const sensors::Series& series) {
  return {series.station_id, series.quantity, series.issued ? series.issued->unix_s : INT64_MIN};
}

CityModelPtr CityBuilder::finish(Problems& problems) {
  reportIds(problems);
  reportResults(problems);
  setTerrain(problems);
  JoinedBridges joined = joinBridges(std::exchange(registered_, {}), std::exchange(model_.bridges, {}), problems);
  joinInspections(joined, std::exchange(inspections_, {}), problems);
  model_.bridges = std::move(joined.bridges);
  reportMissingPositions(model_.bridges, problems);
  setHeights(problems);
  checkStations(problems);
  settleResults();
  auto frozen = std::make_shared<const CityModel>(std::move(model_));
  *this = CityBuilder(frozen->frame);
  return frozen;
}

void CityBuilder::setTerrain(Problems& problems) {
  model_.terrain = mosaic(std::exchange(terrains_, {}), problems);
  if (!model_.terrain) model_.terrain = groundFromPoints(model_.clouds, problems);
  if (!model_.terrain || fill_terrain_m_ <= 0) return;
  const TerrainFill fill = fillGaps(*model_.terrain, fill_terrain_m_);
  Problem line{ProblemKind::assumption,
               model_.terrain->source,
               {},
               "terrain.filled",
               fmt::format("{} gaps in the terrain up to {:.0f} m ({} heights) were filled from their edges, as asked, "
                           "and marked; {} wider ones inside it stay open.",
                           fill.gaps, fill_terrain_m_, fill.cells, fill.left_gaps),
               {}};
  line.position = fill.widest_filled;
  problems.add(std::move(line));
}

void CityBuilder::setHeights(Problems& problems) {
  const Ground ground(model_.terrain ? &*model_.terrain : nullptr);
  const std::string without_height = listWithoutHeight(model_);
  for (Building& building : model_.buildings)
    forEveryLodWithoutHeight(building, [&](Geometry& form) { flatten(form, groundBelow(form, ground).low_m); });
  setBridgeHeights(model_.bridges, ground);
  const BridgeDecks decks(model_.bridges);
  const HeightProfile on_ground(ground, area_lift_m);
  for (CityObject& object : model_.objects)
    forEveryLodWithoutHeight(object, [&](Geometry& form) {
      if (runsOverBridges(object.kind))
        drapeAlong(form, ground, road_lift_m, decks);
      else
        drape(form, on_ground);
    });
  for (SnowDumpSite& site : model_.dump_sites)
    if (site.position.z == 0) site.position.z = ground.heightAt(site.position.x, site.position.y);
  for (sensors::Station& station : model_.stations)
    if (station.position.z == 0) station.position.z = ground.heightAt(station.position.x, station.position.y);

  const std::vector<SurfaceMatch> matches = matchSurfaces(model_.roads);
  shareDeckFlags(model_.roads, matches);
  drapeRoads(model_.roads, ground, decks);
  adoptSurfaces(model_.roads, matches, problems);
  measureRoads(model_.roads, ground, problems);
  proposeClearingClasses(model_.roads, problems);
  measureFacilityAccess(model_.roads, model_.buildings, problems);
  if (!without_height.empty()) reportHeights(without_height, ground, problems);
}

void CityBuilder::reportIds(Problems& problems) const {
  building_ids_.report("buildings", problems);
  road_ids_.report("roads", problems);
  shape_ids_.report("bridges", problems);
  register_ids_.report("register entries", problems);
  object_ids_.report("other objects", problems);
  site_ids_.report("snow dump sites", problems);
  station_ids_.report("stations", problems);
  cloud_ids_.report("point clouds", problems);
}

void CityBuilder::settleResults() {
  // What is a building of the town needs no second shape: it would only be drawn within the first.
  const ResultMatch match(model_);
  for (ResultLayer& layer : model_.results)
    for (ResultLayer::Item& item : layer.items)
      if (match.building(item.id)) item.geometry = {};
  std::erase_if(model_.results, [](const ResultLayer& layer) { return layer.id == flood_depth_result; });
  if (auto depths = floodDepths(model_)) model_.results.push_back(std::move(*depths));
}

void CityBuilder::reportResults(Problems& problems) const {
  for (const auto& [id, files] : oversized_results_)
    problems.skip({}, id, "result.too_large",
                  fmt::format("The layer \"{}\" would have more than {} values: {} files of it were left out.", id,
                              result_value_limit, files),
                  "Import fewer hours or a smaller part of the town.");
}

void CityBuilder::checkStations(Problems& problems) const {
  std::set<std::string> known, reported;
  for (const sensors::Station& station : model_.stations) known.insert(station.id);
  for (const sensors::Series& series : model_.series)
    if (!series.isForecast() && !known.count(series.station_id) && reported.insert(series.station_id).second)
      problems.assume(
          series.source, series.station_id, "station.unknown",
          fmt::format("Observations name the station \"{}\", which has no position: they are kept, but used "
                      "for no place.",
                      series.station_id),
          "Import the list of stations as well.");
}

}  // namespace hashimichi::model
