#pragma once
#include <fmt/format.h>

#include <filesystem>
#include <map>

#include "geo/assess/ranking.h"
#include "geo/import/importer.h"
#include "geo/model/city_builder.h"

namespace hashimichi::tests {

/// A real network with work for one morning: the OpenStreetMap roads of Liechtenstein, three depots with twelve
/// ploughs, and a ranking in which all roads of the named kinds are due. Depots, machines and classes are made for the
/// test; the roads, their one-way directions and their kinds are the map's.
struct AlpineNetwork {
  model::CityModelPtr model;
  assess::Ranking ranking;
};

inline AlpineNetwork alpineNetwork(const std::filesystem::path& pbf, bool side_streets) {
  const Result<crs::LocalFrame> frame = crs::LocalFrame::create(32632, {539000, 5220000, 0});
  model::CityBuilder builder(*frame);
  Problems problems;
  SilentProgress silent;
  import::Context context{*frame, {}, problems, silent, builder, std::nullopt};
  if (!import::osmImporter().read(pbf, context)) return {};
  model::CityModel town = *builder.finish(problems);
  std::map<std::string, model::ClearingClass> classes{{"primary", model::ClearingClass::priority},
                                                      {"secondary", model::ClearingClass::class1},
                                                      {"tertiary", model::ClearingClass::class2}};
  if (side_streets)
    classes["unclassified"] = model::ClearingClass::class3, classes["residential"] = model::ClearingClass::residential;
  AlpineNetwork network;
  network.ranking.as_of = *parseInstant("2026-01-15T02:00+09:00");
  network.ranking.profile_id = "generic";
  for (std::size_t index = 0; index < town.roads.size(); ++index) {
    model::RoadSegment& road = town.roads[index];
    const auto kind = classes.find(model::textOf(road.attributes, "highway"));
    if (kind == classes.end()) continue;
    road.clearing_class = kind->second;
    assess::Ranked row;
    row.asset_id = road.id, row.index = index, row.rank = network.ranking.rows.size() + 1;
    row.tier = assess::Tier::dispatch;
    network.ranking.rows.push_back(std::move(row));
  }
  const std::pair<const char*, Vec3d> places[] = {
      {"Eschen", {567, 8745, 0}}, {"Vaduz", {166, 574, 0}}, {"Balzers", {-884, -7157, 0}}};
  for (const auto& [name, place] : places) {
    model::Depot depot{name, name, "test", place, "", {}};
    for (int k = 1; k <= 4; ++k) {
      model::Plough plough;
      plough.id = plough.name = fmt::format("{}-{}", name, k);
      // Two graders, a truck, and a truck that spreads as well.
      plough.type = k <= 2 ? "除雪グレーダ" : "除雪トラック";
      plough.blade_width_m = k <= 2 ? 3.7 : 3.1;
      plough.speed_kmh = k <= 2 ? 15 : 20;
      plough.spreader = k == 4;
      depot.ploughs.push_back(std::move(plough));
    }
    town.depots.push_back(std::move(depot));
  }
  network.model = std::make_shared<const model::CityModel>(std::move(town));
  return network;
}

}  // namespace hashimichi::tests
