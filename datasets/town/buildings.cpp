#include "datasets/town/buildings.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "datasets/town/random.h"

namespace hashimichi::datasets {
namespace {

constexpr double buildings_per_scale = 2500;

/// Painted sheet metal and glazed tile, as snow country roofs are: blue, red-brown, green, grey, black.
constexpr Rgb roof_colours[] = {{92, 106, 124},  {124, 92, 82}, {98, 110, 100}, {116, 117, 118},
                                {80, 80, 83},    {70, 72, 77},  {106, 97, 89},  {130, 102, 88},
                                {100, 103, 108}, {84, 92, 106}, {88, 88, 90},   {76, 78, 82}};
constexpr Rgb wall_colours[] = {{214, 208, 196}, {196, 190, 180}, {182, 172, 158},
                                {206, 206, 204}, {168, 152, 134}, {150, 138, 124}};

struct Lot {
  double order = 0;  ///< smaller is built first
  TownBuilding building;
};

double density(Zone zone, RoadRank rank) {
  const double busy =
      rank == RoadRank::prefectural || rank == RoadRank::main || rank == RoadRank::national ? 1.25 : 1.0;
  switch (zone) {
    case Zone::centre:
      return 3.0 * busy;
    case Zone::suburb:
      return 1.5 * busy;
    case Zone::hamlet:
      return 1.6;
    case Zone::field:
      return rank == RoadRank::national ? 0.16 : 0.05;
    case Zone::hill:
      return 0.06;
  }
  return 0;
}

void chooseUse(TownBuilding& b, const Road& road, Random& random) {
  const bool high_street =
      road.zone == Zone::centre && (road.rank == RoadRank::prefectural || road.rank == RoadRank::main);
  const bool roadside = road.rank == RoadRank::national;
  const double luck = random.unit();
  if (high_street)
    b.usage = luck < 0.45 ? 413 : luck < 0.75 ? 402 : luck < 0.88 ? 401 : 411;
  else if (roadside)
    b.usage = luck < 0.45 ? 402 : luck < 0.6 ? 431 : luck < 0.7 ? 441 : 411;
  else if (road.zone == Zone::centre)
    b.usage = luck < 0.80 ? 411 : luck < 0.88 ? 412 : luck < 0.95 ? 413 : 401;
  else if (road.zone == Zone::suburb)
    b.usage = luck < 0.88 ? 411 : luck < 0.93 ? 412 : luck < 0.97 ? 441 : 431;
  else
    b.usage = luck < 0.78 ? 411 : 451;
}

void shape(TownBuilding& b, Zone zone, double width, double depth, Random& random) {
  b.storeys = b.usage == 451 || b.usage == 431   ? 1
              : b.usage == 412                   ? 2 + random.below(3)
              : b.usage == 401 || b.usage == 402 ? 1 + random.below(3)
              : random.chance(0.86)              ? 2
                                                 : 1;
  b.wooden = b.usage == 411 || b.usage == 413 || b.usage == 451;
  const double storey = b.wooden ? 2.9 : 3.4;
  b.eave_m = b.storeys * storey + (b.usage == 451 ? 0.8 : 0.2);
  const bool flat = b.wooden ? random.chance(0.07) : random.chance(0.6);
  b.roof = flat ? Roof::flat : random.chance(zone == Zone::hamlet ? 0.16 : 0.24) ? Roof::hipped : Roof::gabled;
  b.half_length = width / 2, b.half_depth = depth / 2;
  if (b.half_depth > b.half_length) {  // the long axis carries the ridge
    std::swap(b.half_length, b.half_depth);
    std::swap(b.ux, b.uy);
    b.ux = -b.ux;
  }
  const double pitch = random.range(0.40, 0.62);  // 4 to 6 sun: snow shall slide
  b.ridge_m = b.roof == Roof::flat ? b.eave_m + 0.5 : b.eave_m + std::min(4.2, pitch * b.half_depth);
  const double t = random.unit();
  b.year = t < 0.10 ? 1935 + random.below(25) : t < 0.62 ? 1960 + random.below(30) : 1990 + random.below(35);
  if (random.chance(0.06)) b.year = 0;
  b.roof_colour =
      b.roof == Roof::flat ? Rgb{138, 140, 142} : roof_colours[random.below(static_cast<int>(std::size(roof_colours)))];
  b.wall_colour = wall_colours[random.below(static_cast<int>(std::size(wall_colours)))];
}

/// On the ground of its lowest corner; nothing when a road, water or the window's edge is in the way.
bool settle(TownBuilding& b, const Land& land, double road_gap) {
  const int n = std::max(3, static_cast<int>(std::ceil(2 * b.half_length / 4.5))),
            m = std::max(3, static_cast<int>(std::ceil(2 * b.half_depth / 4.5)));
  double low = 1e9, high = -1e9;
  for (int i = 0; i <= n; ++i)
    for (int j = 0; j <= m; ++j) {
      const double along = b.half_length * (2.0 * i / n - 1), across = b.half_depth * (2.0 * j / m - 1);
      const double x = b.x + along * b.ux - across * b.uy, y = b.y + along * b.uy + across * b.ux;
      if (!land.window().contains(x, y, 3)) return false;
      if (land.roadAt(x, y, road_gap).road >= 0 || land.fromWater(x, y, 2.0) < 1.6) return false;
      if ((i == 0 || i == n) && (j == 0 || j == m)) {
        const double z = land.bank(x, y);
        low = std::min(low, z), high = std::max(high, z);
      }
    }
  b.ground_z = low;
  if (std::abs(land.valley().fromRiver(b.x, b.y)) < levee_axis_m + 14 + b.half_depth) return false;
  return high - low < 2.2;  // steeper lots stay empty
}

void lotsAlong(const Road& road, std::size_t index, const Land& land, std::uint64_t seed, std::vector<Lot>& lots) {
  const double length = lengthOf(road.line);
  if (road.water == river_crossing || road.ramp) return;
  for (const double side : {1.0, -1.0}) {
    Random random(hashOf(seed, 401, static_cast<std::int64_t>(index), side > 0));
    const bool tight = road.zone == Zone::centre;
    for (double at = random.range(3, 7); at < length - 4;) {
      const double pitch = tight ? random.range(9.0, 13.5) : random.range(13, 19);
      const OnLine place = along(road.line, std::min(at + pitch / 2, length - 1));
      TownBuilding b;
      chooseUse(b, road, random);
      double width = pitch - (tight ? random.range(1.2, 2.2) : random.range(3.0, 6.0));
      double depth = tight ? random.range(9, 14.5) : random.range(7.5, 11.5);
      if (b.usage == 402 || b.usage == 431 || b.usage == 441) width *= tight ? 1.0 : 1.5, depth *= tight ? 1.1 : 1.5;
      if (b.usage == 411 && random.chance(0.14)) width *= 0.55, depth *= 0.62, b.usage = 454;  // store or garage
      const double setback = tight ? random.range(0.9, 2.4) : random.range(2.2, 5.5);
      const double off = side * (road.width_m / 2 + setback + depth / 2);
      b.ux = place.direction.x, b.uy = place.direction.y;
      b.x = place.place.x - place.direction.y * off, b.y = place.place.y + place.direction.x * off;
      shape(b, road.zone, width, depth, random);
      if (b.usage == 454)
        b.storeys = 1, b.eave_m = 2.7, b.ridge_m = b.roof == Roof::flat ? 3.0 : 2.7 + 0.4 * b.half_depth;
      const double order = random.unit() / density(road.zone, road.rank);
      if (settle(b, land, 0.7)) lots.push_back({order, b});
      at += pitch;
    }
  }
}

struct Landmark {
  const char *use, *name;
  int usage, storeys;
  double length, depth, dx, dy;  ///< metres; offset in the block
  Roof roof;
  Rgb colour;
};
constexpr Landmark landmarks[] = {
    {"school", "橋道小学校 校舎", 422, 3, 56, 13, 0, 16, Roof::flat, {150, 150, 148}},
    {"school", "橋道小学校 体育館", 422, 2, 30, 20, 16, -14, Roof::gabled, {92, 110, 128}},
    {"hospital", "橋道中央病院", 422, 4, 50, 22, 0, 10, Roof::flat, {164, 164, 160}},
    {"office", "橋道市役所", 421, 4, 42, 20, 0, 4, Roof::flat, {156, 154, 148}},
    {"fire", "橋道消防署", 421, 2, 30, 16, 0, 6, Roof::flat, {150, 140, 136}},
    {"shop", "ショッピングセンター橋道", 402, 1, 48, 34, 0, 6, Roof::flat, {172, 172, 170}},
    {"temple", "寺院本堂", 422, 1, 19, 16, 0, 6, Roof::hipped, {62, 62, 66}},
    {"temple", "庫裏", 422, 1, 14, 9, -19, 0, Roof::gabled, {68, 68, 70}},
    {"shrine", "神社社殿", 422, 1, 11, 9, 0, 8, Roof::gabled, {84, 92, 84}},
    {"factory", "製作所", 441, 1, 56, 30, 0, 0, Roof::gabled, {120, 132, 138}},
    {"park", "橋道地区公民館", 422, 2, 24, 14, 0, 10, Roof::hipped, {104, 84, 72}},
};

TownBuilding rectangle(const Vec3d& at, double ux, double uy, double dx, double dy, double length, double depth) {
  TownBuilding b;
  b.ux = ux, b.uy = uy;
  b.x = at.x + dx * ux - dy * uy, b.y = at.y + dx * uy + dy * ux;
  b.half_length = length / 2, b.half_depth = depth / 2;
  return b;
}

TownBuilding landmarkHouse(const Landmark& mark, const OpenBlock& block, const Vec3d& at, double ux, double uy,
                           double size) {
  TownBuilding b = rectangle(at, ux, uy, size * mark.dx, size * mark.dy, size * mark.length, size * mark.depth);
  b.storeys = mark.storeys, b.usage = mark.usage, b.wooden = false, b.name = mark.name;
  b.year = 1978 + static_cast<int>(mark.length) % 30;
  b.eave_m = mark.storeys * 3.8 + (mark.storeys == 1 ? 2.5 : 0.4), b.roof = mark.roof;
  b.ridge_m = mark.roof == Roof::flat ? b.eave_m + 0.8 : b.eave_m + std::min(6.0, 0.5 * b.half_depth);
  b.roof_colour = mark.colour, b.wall_colour = {206, 202, 194};
  if (block.use == std::string("school") && withinCell(block.plan.v) < 0)
    b.name = mark.storeys == 3 ? "南町小学校 校舎" : "南町小学校 体育館";
  return b;
}

/// Playground or car park in front of the building, as large as the block allows.
void addGround(const OpenBlock& block, const Vec3d& at, double ux, double uy, const Land& land, BuildingIndex& index,
               std::vector<OpenGround>& grounds) {
  const bool school = block.use == std::string("school");
  if (!school && block.use != std::string("hospital") && block.use != std::string("shop") &&
      block.use != std::string("office"))
    return;
  for (const double size : {1.0, 0.85, 0.7, 0.55}) {
    TownBuilding b = rectangle(at, ux, uy, school ? -22 * size : 0, -20 * size, size * (school ? 36 : 46), size * 26);
    if (!settle(b, land, 0.5) || index.overlaps(b, 0.5)) continue;
    index.add(b);
    grounds.push_back({b, !school});
    return;
  }
}

/// The block may be small: then a smaller house.
void addLandmarks(const Network& network, const Land& land, BuildingIndex& index, std::vector<TownBuilding>& buildings,
                  std::vector<OpenGround>& grounds) {
  for (const OpenBlock& block : network.blocks) {
    const Vec3d at = land.valley().place(block.plan), east = land.valley().place({block.plan.u + 5, block.plan.v});
    const double length = distance2d(at, east), ux = (east.x - at.x) / length, uy = (east.y - at.y) / length;
    for (const Landmark& mark : landmarks) {
      if (block.use != mark.use) continue;
      for (const double size : {1.0, 0.85, 0.7, 0.55}) {
        TownBuilding b = landmarkHouse(mark, block, at, ux, uy, size);
        if (!settle(b, land, 1.5) || index.overlaps(b, 1.5)) continue;
        index.add(b);
        buildings.push_back(b);
        break;
      }
    }
    addGround(block, at, ux, uy, land, index, grounds);
  }
}

}  // namespace

std::vector<TownBuilding> placeBuildings(const Network& network, const Land& land, std::uint64_t seed, double scale,
                                         std::vector<OpenGround>& grounds) {
  std::vector<TownBuilding> buildings;
  BuildingIndex index(land.window());
  addLandmarks(network, land, index, buildings, grounds);
  std::vector<Lot> lots;
  for (std::size_t i = 0; i < network.roads.size(); ++i) lotsAlong(network.roads[i], i, land, seed, lots);
  std::sort(lots.begin(), lots.end(), [](const Lot& a, const Lot& b) { return a.order < b.order; });
  const auto wanted = static_cast<std::size_t>(std::llround(buildings_per_scale * scale));
  for (const Lot& lot : lots) {
    if (buildings.size() >= wanted) break;
    if (index.overlaps(lot.building, 0.6)) continue;
    index.add(lot.building);
    buildings.push_back(lot.building);
  }
  for (TownBuilding& b : buildings) {
    const PlanPoint plan = land.valley().planOf(b.x, b.y);
    b.lod2 = zoneAt(plan) == Zone::centre;
  }
  return buildings;
}

}  // namespace hashimichi::datasets
