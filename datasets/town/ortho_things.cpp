#include <algorithm>
#include <cmath>

#include "datasets/town/ortho_painter.h"

namespace hashimichi::datasets {
namespace {

bool touches(const Strip& strip, double south, double north) {
  return north >= strip.north - strip.rows * strip.pixel_m && south <= strip.north;
}

void blend(Rgb& pixel, Rgb colour, double opacity) {
  const auto mixed = [&](unsigned char a, unsigned char b) {
    return static_cast<unsigned char>(a + opacity * (b - a) + 0.5);
  };
  pixel = {mixed(pixel.red, colour.red), mixed(pixel.green, colour.green), mixed(pixel.blue, colour.blue)};
}

/// Scan-line fill (even-odd, pixel centres) of a closed or open ring; `colour_at(x, y)` gives each pixel's paint.
template <typename ColourAt>
void fill(Strip& strip, const std::vector<Vec3d>& ring, double opacity, ColourAt colour_at) {
  double south = 1e300, north = -1e300;
  for (const Vec3d& p : ring) south = std::min(south, p.y), north = std::max(north, p.y);
  if (!touches(strip, south, north)) return;
  const int first = std::max(0, static_cast<int>((strip.north - north) / strip.pixel_m) - 1);
  const int last = std::min(strip.rows - 1, static_cast<int>((strip.north - south) / strip.pixel_m) + 1);
  std::vector<double> cuts;
  for (int row = first; row <= last; ++row) {
    const double y = strip.north - (row + 0.5) * strip.pixel_m;
    cuts.clear();
    for (std::size_t i = 0; i < ring.size(); ++i) {
      const Vec3d &a = ring[i], &b = ring[(i + 1) % ring.size()];
      if ((a.y > y) != (b.y > y)) cuts.push_back(a.x + (y - a.y) / (b.y - a.y) * (b.x - a.x));
    }
    std::sort(cuts.begin(), cuts.end());
    for (std::size_t k = 0; k + 1 < cuts.size(); k += 2) {
      const int from = std::max(0, static_cast<int>(std::ceil((cuts[k] - strip.west) / strip.pixel_m - 0.5)));
      const int to =
          std::min(strip.columns - 1, static_cast<int>(std::floor((cuts[k + 1] - strip.west) / strip.pixel_m - 0.5)));
      for (int column = from; column <= to; ++column)
        blend(strip.at(column, row), colour_at(strip.west + (column + 0.5) * strip.pixel_m, y), opacity);
    }
  }
}

void fill(Strip& strip, const std::vector<Vec3d>& ring, Rgb colour, double opacity = 1) {
  fill(strip, ring, opacity, [colour](double, double) { return colour; });
}

bool lineTouches(const Strip& strip, const std::vector<Vec3d>& line, double margin) {
  double south = 1e300, north = -1e300;
  for (const Vec3d& p : line) south = std::min(south, p.y), north = std::max(north, p.y);
  return touches(strip, south - margin, north + margin);
}

void disc(Strip& strip, double x, double y, double radius, Rgb colour, double opacity) {
  std::vector<Vec3d> ring;
  for (int i = 0; i < 10; ++i)
    ring.push_back({x + radius * std::cos(0.628318 * i), y + radius * std::sin(0.628318 * i), 0});
  fill(strip, ring, colour, opacity);
}

void paintRoads(Strip& strip, const Town& town) {
  const auto paved = [](const Road& road) { return road.rank != RoadRank::farm; };
  for (const Road& road : town.network.roads)
    if (lineTouches(strip, road.line, 8) && paved(road))
      fill(strip, ribbon(road.line, road.width_m / 2 + 0.7), Rgb{142, 140, 134}, 0.85);
  for (const Road& road : town.network.roads) {
    if (!lineTouches(strip, road.line, 8)) continue;
    const Rgb asphalt = road.rank <= RoadRank::prefectural ? Rgb{92, 93, 96} : Rgb{106, 106, 107};
    fill(strip, ribbon(road.line, road.width_m / 2), paved(road) ? asphalt : Rgb{152, 145, 130});
    for (const Vec3d& end : {road.line.front(), road.line.back()})
      disc(strip, end.x, end.y, road.width_m / 2, paved(road) ? asphalt : Rgb{152, 145, 130}, 1);
    // The sprinklers' iron-red water stains the asphalt: the sign by which everyone there knows a 消雪パイプ road.
    if (road.pipe != "なし") fill(strip, ribbon(road.line, road.width_m / 2 - 0.5), Rgb{138, 92, 72}, 0.45);
  }
  for (const Road& road : town.network.roads)
    if (road.lanes == 2 && lineTouches(strip, road.line, 8))
      fill(strip, ribbon(road.line, 0.26), Rgb{206, 206, 200}, 0.75);
}

void paintBridges(Strip& strip, const Town& town) {
  for (const TownBridge& bridge : town.bridges) {
    if (!lineTouches(strip, bridge.axis, 12)) continue;
    const Road& road = town.network.roads[static_cast<std::size_t>(bridge.road)];
    fill(strip, ribbon(bridge.axis, bridge.width_m / 2), Rgb{168, 167, 162});
    fill(strip, ribbon(bridge.axis, road.width_m / 2), Rgb{112, 112, 114});
    if (road.lanes == 2) fill(strip, ribbon(bridge.axis, 0.26), Rgb{206, 206, 200}, 0.75);
  }
}

void paintTrees(Strip& strip, const Town& town) {
  for (const Tree& tree : town.trees) {
    if (!touches(strip, tree.y - 8, tree.y + 14)) continue;
    disc(strip, tree.x + 0.15 * tree.height_m, tree.y + 0.35 * tree.height_m, tree.crown_m, Rgb{60, 62, 62}, 0.35);
    disc(strip, tree.x, tree.y, tree.crown_m, tree.conifer ? Rgb{54, 68, 50} : Rgb{108, 100, 82}, 0.9);
    disc(strip, tree.x - 0.2 * tree.crown_m, tree.y - 0.3 * tree.crown_m, 0.5 * tree.crown_m,
         tree.conifer ? Rgb{74, 88, 64} : Rgb{126, 116, 94}, 0.8);
  }
}

Rgb lit(Rgb colour, double factor) {
  const auto f = [&](unsigned char v) { return static_cast<unsigned char>(std::clamp(v * factor, 0.0, 255.0)); };
  return {f(colour.red), f(colour.green), f(colour.blue)};
}

void paintBuilding(Strip& strip, const TownBuilding& b) {
  const auto corners = b.corners();
  const std::vector<Vec3d> ring(corners.begin(), corners.end());
  std::vector<Vec3d> shadow = ring;  // noon in winter: shadows lie to the north, a little east
  for (Vec3d& p : shadow) p.x += 0.22 * b.eave_m, p.y += 0.62 * b.eave_m;
  fill(strip, shadow, Rgb{52, 54, 60}, 0.38);
  const double slope = b.roof == Roof::flat ? 0 : (b.ridge_m - b.eave_m) / b.half_depth;
  fill(strip, ring, 1, [&](double x, double y) {
    const double along = (x - b.x) * b.ux + (y - b.y) * b.uy, across = -(x - b.x) * b.uy + (y - b.y) * b.ux;
    if (b.roof == Roof::flat) {
      const bool parapet = b.half_length - std::abs(along) < 0.6 || b.half_depth - std::abs(across) < 0.6;
      return parapet ? lit(b.roof_colour, 1.14) : b.roof_colour;
    }
    const bool hip = b.roof == Roof::hipped && (b.half_length - std::abs(along)) < (b.half_depth - std::abs(across));
    // Direction in which this face looks; south-facing ones are bright.
    const double sign = hip ? (along > 0 ? 1 : -1) : (across > 0 ? 1 : -1);
    const double north = sign * (hip ? b.uy : b.ux);
    const bool ridge = !hip && std::abs(across) < 0.3;
    return lit(b.roof_colour, ridge ? 1.18 : 1.0 - 0.32 * slope * north);
  });
}

}  // namespace

void paintThings(Strip& strip, const Town& town) {
  for (const Water& water : town.network.waters) {
    if (!lineTouches(strip, water.line, 12)) continue;
    const std::vector<Vec3d> bank = ribbon(water.line, water.width_m / 2 + (water.creek ? 2.0 : 0.5));
    fill(strip, bank, water.creek ? Rgb{126, 122, 92} : Rgb{160, 158, 152}, 0.9);
    fill(strip, ribbon(water.line, water.width_m / 2), Rgb{80, 94, 96});
  }
  for (const OpenGround& ground : town.grounds) {
    const auto corners = ground.outline.corners();
    fill(strip, {corners.begin(), corners.end()}, ground.paved ? Rgb{128, 128, 129} : Rgb{178, 168, 148});
  }
  paintRoads(strip, town);
  paintBridges(strip, town);
  paintTrees(strip, town);
  for (const TownBuilding& building : town.buildings)
    if (touches(strip, building.y - 45, building.y + 60)) paintBuilding(strip, building);
}

}  // namespace hashimichi::datasets
