#include <algorithm>
#include <cmath>

#include "datasets/town/random.h"
#include "datasets/town/town_parts.h"

namespace hashimichi::datasets {
namespace {

bool isFree(const Land& land, const BuildingIndex& houses, const std::vector<TownBuilding>& buildings, double x,
            double y) {
  if (!land.window().contains(x, y, 3) || land.inWater(x, y) || land.roadAt(x, y, 1.5).road >= 0) return false;
  if (houses.at(x, y) >= 0) return false;
  for (const int i : houses.within(x - 2, y - 2, x + 2, y + 2))
    if (buildings[static_cast<std::size_t>(i)].covers(x, y, 1.2)) return false;
  return true;
}

/// Share of the 9 m squares that hold a tree.
double treeShare(Zone zone) {
  switch (zone) {
    case Zone::centre:
      return 0.05;
    case Zone::suburb:
      return 0.08;
    case Zone::hamlet:
      return 0.16;
    case Zone::field:
      return 0.004;
    case Zone::hill:
      return 0.0;  // forest is painted, not counted tree by tree
  }
  return 0;
}

}  // namespace

std::vector<Tree> plantTrees(const Network& network, const Land& land, const std::vector<TownBuilding>& buildings,
                             const std::vector<OpenGround>& grounds, std::uint64_t seed) {
  BuildingIndex houses(land.window());
  for (const TownBuilding& building : buildings) houses.add(building);
  std::vector<Tree> trees;
  const auto plant = [&](double x, double y, Random& random, bool conifer) {
    if (!isFree(land, houses, buildings, x, y)) return;
    const auto open = [&](const OpenGround& ground) { return ground.outline.covers(x, y, 1); };
    if (std::any_of(grounds.begin(), grounds.end(), open)) return;
    const double height = conifer ? random.range(9, 19) : random.range(3.5, 9);
    trees.push_back({x, y, land.bank(x, y), height, conifer ? 0.16 * height + 0.8 : 0.3 * height + 0.4, conifer});
  };
  constexpr double square = 9;
  const Window& w = land.window();
  for (double y = w.south; y < w.north; y += square)
    for (double x = w.west; x < w.east; x += square) {
      Random random(hashOf(seed, 701, std::llround(x), std::llround(y)));
      const double luck = random.unit();
      if (luck > 0.16) continue;  // the largest share: most squares need no look at the plan
      const PlanPoint plan{x, y - Valley::bend(x)};
      if (luck < treeShare(zoneAt(plan)) && std::abs(land.valley().fromRiver(x, y)) > levee_axis_m + 14)
        plant(x + random.range(0, square), y + random.range(0, square), random, random.chance(0.25));
    }
  for (const OpenBlock& block : network.blocks) {  // shrine woods, and cherries around a school
    const Vec3d at = land.valley().place(block.plan);
    const bool woods = block.use == "shrine" || block.use == "temple";
    Random random(hashOf(seed, 702, std::llround(at.x), std::llround(at.y)));
    for (int i = 0; i < (woods ? 60 : 22); ++i)
      plant(at.x + random.range(-38, 38), at.y + random.range(-36, 36), random, woods && random.chance(0.8));
  }
  return trees;
}

}  // namespace hashimichi::datasets
