#include "datasets/town/survey.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "datasets/town/bridge_shape.h"
#include "datasets/town/random.h"

namespace hashimichi::datasets {
namespace {

constexpr int grid_side = static_cast<int>(SurveyTile::side_m) + 1;
constexpr double corridor_half_m = 62, corridor_south_v = -440, corridor_north_v = 420;

/// A second and third number from one draw, so that a point costs one hash.
double part(std::uint64_t bits, int shift) {
  return static_cast<double>((bits >> shift) & 0xffff) / 65536.0;
}

Rgb tinted(Rgb colour, std::uint64_t bits, double spread) {
  const double f = 1 + spread * (part(bits, 40) - 0.5);
  const auto c = [&](unsigned char v) { return static_cast<unsigned char>(std::clamp(v * f, 0.0, 255.0)); };
  return {c(colour.red), c(colour.green), c(colour.blue)};
}

}  // namespace

std::optional<Foot> footOn(const std::vector<Vec3d>& axis, double x, double y) {
  double run = 0;
  for (std::size_t i = 1; i < axis.size(); ++i) {
    const Vec3d d = axis[i] - axis[i - 1];
    const double length = std::hypot(d.x, d.y), px = x - axis[i - 1].x, py = y - axis[i - 1].y;
    const double at = (px * d.x + py * d.y) / length;
    if (at >= 0 && at <= length)
      return Foot{
          run + at, (d.x * py - d.y * px) / length, axis[i - 1].z + at / length * d.z, {d.x / length, d.y / length, 0}};
    run += length;
  }
  return std::nullopt;
}

SurveyTile::SurveyTile(const Town& town, const BuildingIndex& houses, double west, double south)
    : town_(town), west_(west), south_(south), grid_(static_cast<std::size_t>(grid_side * grid_side)) {
  for (int j = 0; j < grid_side; ++j)
    for (int i = 0; i < grid_side; ++i) {
      Ground& g = grid_[static_cast<std::size_t>(j * grid_side + i)];
      const double x = west + i, y = south + j;
      g.z = static_cast<float>(town.land->ground(x, y));
      g.clearance = static_cast<float>(town.land->roadAt(x, y, 9).clearance_m);
    }
  for (const int i : houses.within(west, south, west + side_m, south + side_m))
    buildings_.push_back(&town.buildings[static_cast<std::size_t>(i)]);
  for (const TownBridge& bridge : town.bridges) {
    Bounds box;
    for (const Vec3d& p : bridge.axis) box.add(p);
    const double reach = bridge.width_m;
    if (box.low.x - reach < west + side_m && box.high.x + reach > west && box.low.y - reach < south + side_m &&
        box.high.y + reach > south)
      bridges_.push_back(&bridge);
  }
  // Trees are planted from south to north.
  const auto by_y = [](const Tree& tree, double y) { return tree.y < y; };
  for (auto tree = std::lower_bound(town.trees.begin(), town.trees.end(), south - 8, by_y);
       tree != town.trees.end() && tree->y < south + side_m + 8; ++tree)
    if (tree->x > west - 8 && tree->x < west + side_m + 8) trees_.push_back(&*tree);
}

SurveyTile::Ground SurveyTile::groundAt(double x, double y) const {
  const double fx = std::clamp(x - west_, 0.0, side_m - 1e-6), fy = std::clamp(y - south_, 0.0, side_m - 1e-6);
  const int i = static_cast<int>(fx), j = static_cast<int>(fy);
  const auto tx = static_cast<float>(fx - i), ty = static_cast<float>(fy - j);
  const Ground* row = &grid_[static_cast<std::size_t>(j * grid_side + i)];
  const Ground &a = row[0], &b = row[1], &c = row[grid_side], &d = row[grid_side + 1];
  return {(a.z * (1 - tx) + b.z * tx) * (1 - ty) + (c.z * (1 - tx) + d.z * tx) * ty,
          (a.clearance * (1 - tx) + b.clearance * tx) * (1 - ty) + (c.clearance * (1 - tx) + d.clearance * tx) * ty};
}

std::optional<SurveyPoint> SurveyTile::onBridge(double x, double y, std::uint64_t bits, double noise) const {
  for (const TownBridge* bridge : bridges_) {
    const auto foot = footOn(bridge->axis, x, y);
    if (!foot || std::abs(foot->across) > bridge->width_m / 2) continue;
    const double luck = part(bits, 0), below = bridge->deck_thickness_m + bridge->girder_depth_m;
    const auto beside = [&](double across, double z) {
      const double shift = across - foot->across;
      return Vec3d{x - foot->direction.y * shift, y + foot->direction.x * shift, z};
    };
    if (bridge->girder_depth_m > 0 && luck < 0.22) {  // scanned from the river: the outer girders and the piers
      const double side = part(bits, 16) < 0.5 ? -1 : 1;
      for (const double pier : pierChainages(*bridge))
        if (std::abs(foot->chainage - pier) < pier_half_length_m) {
          const double z = bridge->bed_z + part(bits, 24) * (foot->z - below - bridge->bed_z);
          return SurveyPoint{beside(side * 0.36 * bridge->width_m, z), class_girder,
                             tinted({150, 148, 142}, bits, 0.2)};
        }
      const std::vector<double> offsets = girderOffsets(*bridge);
      const double z = foot->z - bridge->deck_thickness_m - part(bits, 24) * bridge->girder_depth_m;
      return SurveyPoint{beside(side * (offsets.back() + girder_half_flange_m), z), class_girder,
                         tinted({96, 122, 118}, bits, 0.3)};
    }
    const bool rail = bridge->width_m / 2 - std::abs(foot->across) < 0.25;
    const double noise_m = noise * 0.03 * (part(bits, 32) - 0.5);
    const double z = foot->z + (rail ? railing_height_m * part(bits, 24) : 0) + noise_m;
    return SurveyPoint{{x, y, z}, class_deck, tinted(rail ? Rgb{176, 178, 178} : Rgb{118, 118, 120}, bits, 0.15)};
  }
  return std::nullopt;
}

std::optional<SurveyPoint> SurveyTile::onBuilding(double x, double y, std::uint64_t bits) const {
  for (const TownBuilding* b : buildings_) {
    if (!b->covers(x, y)) continue;
    if (part(bits, 0) > 0.18) {
      const bool south = (-(x - b->x) * b->uy + (y - b->y) * b->ux) * b->ux < 0;  // the face towards the sun
      const Rgb colour = tinted(b->roof_colour, bits, 0.16);
      const double light = south ? 1.12 : 0.92;
      const auto c = [&](unsigned char v) { return static_cast<unsigned char>(std::min(255.0, v * light)); };
      return SurveyPoint{{x, y, b->ground_z + b->roofAt(x, y) + 0.04 * (part(bits, 32) - 0.5)},
                         class_building,
                         {c(colour.red), c(colour.green), c(colour.blue)}};
    }
    // The scanner on the street sees walls: push the point out to the nearest one.
    double along = (x - b->x) * b->ux + (y - b->y) * b->uy, across = -(x - b->x) * b->uy + (y - b->y) * b->ux;
    if (b->half_length - std::abs(along) < b->half_depth - std::abs(across))
      along = along < 0 ? -b->half_length : b->half_length;
    else
      across = across < 0 ? -b->half_depth : b->half_depth;
    const double z = b->ground_z + part(bits, 16) * b->eave_m;
    return SurveyPoint{{b->x + along * b->ux - across * b->uy, b->y + along * b->uy + across * b->ux, z},
                       class_building,
                       tinted(b->wall_colour, bits, 0.2)};
  }
  return std::nullopt;
}

std::optional<SurveyPoint> SurveyTile::onTree(double x, double y, std::uint64_t bits) const {
  for (const Tree* tree : trees_) {
    const double d = std::hypot(x - tree->x, y - tree->y);
    if (d > tree->crown_m || part(bits, 0) > (tree->conifer ? 0.85 : 0.5)) continue;
    const double top = tree->height_m * (tree->conifer ? 1 - 0.85 * d / tree->crown_m
                                                       : 1 - 0.4 * (d / tree->crown_m) * (d / tree->crown_m));
    const double low = tree->height_m * (tree->conifer ? 0.1 : 0.3);
    const double z = low + (top - low) * std::sqrt(part(bits, 16));
    return SurveyPoint{{x, y, tree->ground_z + std::max(0.2, z)},
                       class_vegetation,
                       tinted(tree->conifer ? Rgb{64, 80, 56} : Rgb{118, 104, 86}, bits, 0.5)};
  }
  return std::nullopt;
}

Vec3d SurveyTile::placeOf(std::uint64_t bits) const {
  return {west_ + side_m * unitFrom(scatter(bits ^ 1)), south_ + side_m * unitFrom(scatter(bits ^ 2)), 0};
}

std::optional<SurveyPoint> SurveyTile::sample(std::uint64_t bits) const {
  const Vec3d place = placeOf(bits);
  return at(place.x, place.y, bits);
}

std::optional<SurveyPoint> SurveyTile::at(double x, double y, std::uint64_t bits, double noise) const {
  if (auto point = onBridge(x, y, bits, noise)) return point;
  if (auto point = onBuilding(x, y, bits)) return point;
  if (auto point = onTree(x, y, bits)) return point;
  if (town_.land->inWater(x, y)) return std::nullopt;
  const Ground ground = groundAt(x, y);
  const bool road = ground.clearance < 0;
  const double rough = noise * (road ? 0.02 : 0.09);
  SurveyPoint point{{x, y, ground.z + rough * (part(bits, 32) - 0.5)}, road ? class_road : class_ground, {}};
  const double d = std::abs(town_.valley.fromRiver(x, y));
  const Rgb open = d < 60 ? Rgb{152, 146, 130} : d < 84 ? Rgb{136, 132, 96} : Rgb{150, 145, 134};
  point.colour = tinted(road ? Rgb{104, 104, 107} : open, bits, road ? 0.12 : 0.22);
  return point;
}

std::vector<Vec3d> surveyTiles(const Town& town) {
  std::vector<Vec3d> tiles;
  constexpr double side = SurveyTile::side_m;
  const Window& w = town.window;
  for (int row = cellOf(w.south); row <= cellOf(w.north - 1e-9); ++row)
    for (int cell = cellOf(w.west); cell <= cellOf(w.east - 1e-9); ++cell) {
      const double west = cell * cell_m - corridor_half_m - side, east = cell * cell_m + corridor_half_m + side;
      bool eastward = true;
      for (double y = row * cell_m + corridor_south_v; y < row * cell_m + corridor_north_v;
           y += side, eastward = !eastward)
        for (double k = 0; west + k < east; k += side) {
          const double x = eastward ? west + k : west + std::floor((east - west) / side) * side - k;
          const PlanPoint plan = town.valley.planOf(x + side / 2, y + side / 2);
          if (std::abs(withinCell(plan.u)) > corridor_half_m || !w.contains(x, y) || !w.contains(x + side, y + side))
            continue;
          tiles.push_back({x, y, 0});
        }
    }
  return tiles;
}

}  // namespace hashimichi::datasets
