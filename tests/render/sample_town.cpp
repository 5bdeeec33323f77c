#include "tests/render/sample_town.h"

#include <fmt/format.h>

#include <cmath>
#include <random>

namespace hashimichi::tests {
namespace {

using model::Surface;
using model::SurfaceKind;

Surface face(SurfaceKind kind, model::Ring ring) {
  return {{std::move(ring), {}}, kind};
}

/// A valley along the y axis with a river bed in it, hills towards east and west.
double heightOf(double x, double y, double side_m) {
  const double u = x / side_m;
  const double bed = 3 * std::exp(-std::pow(x / 14, 2));
  return 20 + 90 * u * u + 12 * std::sin(y / side_m * 5 + u * 4) * u - bed;
}

model::Terrain terrainOf(const SampleTown& town) {
  model::Terrain terrain;
  terrain.spacing_m = 10;
  terrain.columns = terrain.rows = static_cast<std::size_t>(1.2 * town.side_m / terrain.spacing_m) + 1;
  terrain.south_west = {town.centre.x - 0.6 * town.side_m, town.centre.y - 0.6 * town.side_m, 0};
  for (std::size_t r = 0; r < terrain.rows; ++r)
    for (std::size_t c = 0; c < terrain.columns; ++c) {
      const double x = terrain.south_west.x + 10.0 * static_cast<double>(c) - town.centre.x;
      const double y = terrain.south_west.y + 10.0 * static_cast<double>(r) - town.centre.y;
      terrain.height_m.push_back(town.relief ? static_cast<float>(heightOf(x, y, town.side_m)) : 20.0f);
    }
  return terrain;
}

model::Polyline draped(const model::Terrain& terrain, Vec3d from, Vec3d to) {
  model::Polyline line;
  const int pieces = std::max(1, static_cast<int>(distance2d(from, to) / 10));
  for (int i = 0; i <= pieces; ++i) {
    Vec3d p = from + (to - from) * (static_cast<double>(i) / pieces);
    p.z = terrain.heightAt(p.x, p.y).value_or(0);
    line.push_back(p);
  }
  return line;
}

model::Bridge bridgeAt(const std::string& id, Vec3d middle, double half_length_m, double half_width_m) {
  model::Bridge bridge;
  bridge.id = id;
  bridge.name = "橋 " + id;
  bridge.position = middle;
  bridge.length_m = 2 * half_length_m, bridge.width_m = 2 * half_width_m;
  const double l = middle.x - half_length_m, r = middle.x + half_length_m, s = middle.y - half_width_m,
               n = middle.y + half_width_m, top = middle.z, low = middle.z - 1.2;
  bridge.geometry.lod = 2;
  bridge.geometry.surfaces = {face(SurfaceKind::deck, {{l, s, top}, {r, s, top}, {r, n, top}, {l, n, top}}),
                              face(SurfaceKind::girder, {{l, s, low}, {l, s, top}, {l, n, top}, {l, n, low}}),
                              face(SurfaceKind::girder, {{r, s, top}, {r, s, low}, {r, n, low}, {r, n, top}}),
                              face(SurfaceKind::girder, {{l, s, low}, {r, s, low}, {r, s, top}, {l, s, top}}),
                              face(SurfaceKind::girder, {{r, n, low}, {l, n, low}, {l, n, top}, {r, n, top}})};
  bridge.axis = {{l, middle.y, top}, {r, middle.y, top}};
  return bridge;
}

void addRoads(model::CityModel& city, const SampleTown& town) {
  const double half = 0.5 * town.side_m, block = 100;
  const int lines = static_cast<int>(town.side_m / block);
  for (int i = 0; i <= lines; ++i)
    for (int k = 0; k < lines; ++k) {
      const double fixed = -half + i * block, from = -half + k * block;
      const bool main_street = i == lines / 2;
      const double width_m = main_street ? 14 : i % 3 == 0 ? 8 : 4.5;
      const Vec3d c = town.centre;
      for (const bool north : {false, true}) {
        if (north && std::abs(fixed) < 1) continue;  // the river
        const Vec3d a = north ? Vec3d{c.x + fixed, c.y + from, 0} : Vec3d{c.x + from, c.y + fixed, 0};
        const Vec3d b = north ? Vec3d{c.x + fixed, c.y + from + block, 0} : Vec3d{c.x + from + block, c.y + fixed, 0};
        auto road = roadAlong(fmt::format("r-{}-{}-{}", north ? "n" : "e", i, k), draped(*city.terrain, a, b), width_m);
        road.name = fmt::format("市道{}{}号線", north ? "南北" : "東西", i);
        city.roads.push_back(std::move(road));
      }
    }
}

/// On a lattice of 25 m that leaves the streets and the river free, in a shuffled order.
void addHouses(model::CityModel& city, const SampleTown& town) {
  std::mt19937 random(7);
  const auto uniform = [&](double low, double high) { return low + (high - low) * (random() / 4294967296.0); };
  std::vector<Vec3d> plots;
  const int half_cells = static_cast<int>(town.side_m / 50);
  for (int c = -half_cells; c < half_cells; ++c)
    for (int r = -half_cells; r < half_cells; ++r)
      if (c != 0 && c != -1) plots.push_back({25.0 * c + 12.5, 25.0 * r + 12.5, 0});
  for (std::size_t i = plots.size(); i > 1; --i) std::swap(plots[i - 1], plots[random() % i]);
  plots.resize(std::min(plots.size(), static_cast<std::size_t>(town.houses)));
  for (std::size_t i = 0; i < plots.size(); ++i) {
    Vec3d foot = town.centre + plots[i] + Vec3d{uniform(-2, 2), uniform(-2, 2), 0};
    foot.z = city.terrain->heightAt(foot.x, foot.y).value_or(0) - 0.5;
    city.buildings.push_back(houseAt(fmt::format("b-{}", i), foot, uniform(7, 12), uniform(7, 12), uniform(5, 9)));
  }
}

void addRiver(model::CityModel& city, const SampleTown& town) {
  const double half = 0.6 * town.side_m, w = 12, x = town.centre.x, y = town.centre.y;
  model::CityObject river;
  river.id = "river", river.name = "信濃川", river.kind = model::ObjectKind::water;
  river.geometry.surfaces = {
      face(SurfaceKind::unknown,
           {{x - w, y - half, 18}, {x + w, y - half, 18}, {x + w, y + half, 18}, {x - w, y + half, 18}})};
  city.objects.push_back(std::move(river));
  for (int i = 0; i <= static_cast<int>(town.side_m / 100); ++i) {
    const double at = y - 0.5 * town.side_m + i * 100;
    const double z = city.terrain->heightAt(x + 20, at).value_or(20) + 0.4;
    city.bridges.push_back(bridgeAt(fmt::format("br-{}", i), {x, at, z}, 20, i % 3 == 0 ? 6 : 4));
  }
}

}  // namespace

model::Building houseAt(const std::string& id, Vec3d foot, double width_m, double depth_m, double height_m) {
  model::Building house;
  house.id = id;
  house.geometry.lod = 2;
  const double l = foot.x - width_m / 2, r = foot.x + width_m / 2, s = foot.y - depth_m / 2, n = foot.y + depth_m / 2;
  const double z = foot.z, e = z + height_m, top = e + 2, m = foot.y;
  house.geometry.surfaces = {face(SurfaceKind::ground, {{l, s, z}, {l, n, z}, {r, n, z}, {r, s, z}}),
                             face(SurfaceKind::wall, {{l, s, z}, {r, s, z}, {r, s, e}, {l, s, e}}),
                             face(SurfaceKind::wall, {{r, n, z}, {l, n, z}, {l, n, e}, {r, n, e}}),
                             face(SurfaceKind::wall, {{r, s, z}, {r, n, z}, {r, n, e}, {r, m, top}, {r, s, e}}),
                             face(SurfaceKind::wall, {{l, n, z}, {l, s, z}, {l, s, e}, {l, m, top}, {l, n, e}}),
                             face(SurfaceKind::roof, {{l, s, e}, {r, s, e}, {r, m, top}, {l, m, top}}),
                             face(SurfaceKind::roof, {{r, n, e}, {l, n, e}, {l, m, top}, {r, m, top}})};
  house.measured_height_m = height_m + 2;
  return house;
}

model::RoadSegment roadAlong(const std::string& id, model::Polyline line, double width_m) {
  model::RoadSegment road;
  road.id = id;
  road.geometry.lines = {line};
  road.length_m = model::length2d(line);
  road.centreline = std::move(line);
  road.width_m = width_m;
  return road;
}

model::CityModelPtr makeSampleTown(const SampleTown& wanted) {
  auto city = std::make_shared<model::CityModel>();
  city->terrain = terrainOf(wanted);
  addRoads(*city, wanted);
  addHouses(*city, wanted);
  addRiver(*city, wanted);
  for (int i = 0; i < 4; ++i) {
    Vec3d place{wanted.centre.x + (i % 2 ? 160.0 : -210.0), wanted.centre.y + (i < 2 ? 130.0 : -240.0), 0};
    place.z = city->terrain->heightAt(place.x, place.y).value_or(0);
    city->stations.push_back({fmt::format("s-{}", i), fmt::format("積雪計{:02}", i + 1), "drawn", place, false});
  }
  return city;
}

render::PreparedTownPtr prepared(const model::CityModelPtr& model) {
  SilentProgress progress;
  return render::prepareTown(model, progress, {.texture_limit_px = 1024});
}

}  // namespace hashimichi::tests
