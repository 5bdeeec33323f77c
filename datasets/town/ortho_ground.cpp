#include <algorithm>
#include <cmath>

#include "datasets/town/ortho_painter.h"
#include "datasets/town/random.h"

namespace hashimichi::datasets {
namespace {

constexpr double node_m = 5;  ///< spacing of the grid on which the slow facts are computed

struct Colour {
  double r = 0, g = 0, b = 0;
};
Colour mix(Colour a, Colour b, double t) {
  return {a.r + t * (b.r - a.r), a.g + t * (b.g - a.g), a.b + t * (b.b - a.b)};
}

/// What is known at a grid node.
struct Node {
  float u = 0, v = 0, z = 0, shade = 1, hill = 0, wood = 0, snow = 0;
};

class NodeGrid {
 public:
  NodeGrid(const Strip& strip, const Town& town)
      : west_(strip.west - node_m),
        south_(strip.north - strip.rows * strip.pixel_m - node_m),
        columns_(static_cast<int>(strip.columns * strip.pixel_m / node_m) + 4),
        rows_(static_cast<int>(strip.rows * strip.pixel_m / node_m) + 4),
        nodes_(static_cast<std::size_t>(columns_) * static_cast<std::size_t>(rows_)) {
    for (int j = 0; j < rows_; ++j)
      for (int i = 0; i < columns_; ++i) compute(node(i, j), west_ + i * node_m, south_ + j * node_m, town);
    for (int j = 0; j < rows_; ++j)
      for (int i = 0; i < columns_; ++i) shade(i, j);
  }

  Node at(double x, double y) const {
    const double fx = (x - west_) / node_m, fy = (y - south_) / node_m;
    const int i = std::clamp(static_cast<int>(fx), 0, columns_ - 2), j = std::clamp(static_cast<int>(fy), 0, rows_ - 2);
    const auto tx = static_cast<float>(fx - i), ty = static_cast<float>(fy - j);
    const Node &a = node(i, j), &b = node(i + 1, j), &c = node(i, j + 1), &d = node(i + 1, j + 1);
    const auto lerp = [&](float Node::*f) {
      return (a.*f * (1 - tx) + b.*f * tx) * (1 - ty) + (c.*f * (1 - tx) + d.*f * tx) * ty;
    };
    return {lerp(&Node::u),    lerp(&Node::v),   0, lerp(&Node::shade), lerp(&Node::hill),
            lerp(&Node::wood), lerp(&Node::snow)};
  }

 private:
  Node& node(int i, int j) {
    return nodes_[static_cast<std::size_t>(j) * static_cast<std::size_t>(columns_) + static_cast<std::size_t>(i)];
  }
  const Node& node(int i, int j) const {
    return nodes_[static_cast<std::size_t>(j) * static_cast<std::size_t>(columns_) + static_cast<std::size_t>(i)];
  }

  static void compute(Node& n, double x, double y, const Town& town) {
    const PlanPoint plan = town.valley.planOf(x, y);
    const std::uint64_t seed = town.options.seed;
    n.u = static_cast<float>(plan.u), n.v = static_cast<float>(plan.v);
    n.z = static_cast<float>(town.valley.ground(x, y) + town.valley.riverCut(x, y));
    n.hill = static_cast<float>(town.valley.hilliness(x, y));
    n.wood = static_cast<float>(fractalNoise(seed + 801, x / 70, y / 70));
    n.snow = static_cast<float>(fractalNoise(seed + 802, x / 45, y / 45));
  }

  void shade(int i, int j) {
    const auto z = [&](int a, int b) { return node(std::clamp(a, 0, columns_ - 1), std::clamp(b, 0, rows_ - 1)).z; };
    const double dx = (z(i + 1, j) - z(i - 1, j)) / (2 * node_m), dy = (z(i, j + 1) - z(i, j - 1)) / (2 * node_m);
    // Winter noon sun from the south-south-west, 30° high.
    const double lit = (0.5 + 0.33 * dx + 0.80 * dy) / std::sqrt(1 + dx * dx + dy * dy);
    node(i, j).shade = static_cast<float>(std::clamp(0.62 + 0.76 * lit, 0.55, 1.22));
  }

  double west_, south_;
  int columns_, rows_;
  std::vector<Node> nodes_;
};

std::uint32_t cheapHash(std::int32_t a, std::int32_t b) {
  std::uint32_t h = static_cast<std::uint32_t>(a) * 0x9e3779b1u ^ static_cast<std::uint32_t>(b) * 0x85ebca77u;
  h = (h ^ (h >> 15)) * 0x2c1b3c6du;
  h = (h ^ (h >> 12)) * 0x297a2d39u;
  return h ^ (h >> 15);
}
double cheapUnit(std::int32_t a, std::int32_t b) {
  return cheapHash(a, b) * (1.0 / 4294967296.0);
}

/// Smooth dapple of the given size, 0…1.
double dapple(double x, double y, double size) {
  const double fx = std::floor(x / size), fy = std::floor(y / size);
  const double tx = x / size - fx, ty = y / size - fy;
  const auto i = static_cast<std::int32_t>(fx), j = static_cast<std::int32_t>(fy);
  return (cheapUnit(i, j) * (1 - tx) + cheapUnit(i + 1, j) * tx) * (1 - ty) +
         (cheapUnit(i, j + 1) * (1 - tx) + cheapUnit(i + 1, j + 1) * tx) * ty;
}

Colour woods(const Node& n, double x, double y) {
  const Colour cedar{56, 70, 54}, bare{112, 102, 88};  // planted cedar, leafless beech and oak
  const double crowns = 0.72 + 0.5 * dapple(x, y, 4.2);
  const Colour c = mix(cedar, bare, smoothStep(-0.12, 0.12, n.wood));
  return {c.r * crowns, c.g * crowns, c.b * crowns};
}

Colour field(const Node& n, double x, double y) {
  constexpr double along = 31, deep = 94;
  const double row = n.v / deep, column = n.u / along + 0.37 * std::floor(row);
  const auto i = static_cast<std::int32_t>(std::floor(column)), j = static_cast<std::int32_t>(std::floor(row));
  constexpr Colour kinds[] = {{156, 145, 112}, {148, 138, 108}, {124, 110, 92},
                              {122, 124, 90},  {140, 134, 112}, {160, 150, 120}};
  const Colour base = kinds[cheapHash(i, j) % std::size(kinds)];
  const double edge = std::min(std::min(column - i, i + 1 - column) * along, std::min(row - j, j + 1 - row) * deep);
  if (edge < 0.7) return {104, 104, 76};  // the bund, grass
  const double furrow = 0.965 + 0.05 * std::sin(n.u * 2.1) + 0.05 * (dapple(x, y, 9) - 0.5);
  return {base.r * furrow, base.g * furrow, base.b * furrow};
}

Colour yards(const Node& n, double x, double y) {
  const double lot =
      cheapUnit(static_cast<std::int32_t>(std::floor(n.u / 11)), static_cast<std::int32_t>(std::floor(n.v / 14)));
  const Colour gravel{158, 153, 144}, garden{116, 116, 90}, paved{136, 136, 136};
  const Colour c = lot < 0.38 ? gravel : lot < 0.72 ? garden : paved;
  const double grain = 0.92 + 0.16 * dapple(x, y, 2.6);
  return {c.r * grain, c.g * grain, c.b * grain};
}

Colour riverside(double d, double bend, double x, double y) {
  const double channel = std::abs(d - bend);
  if (channel < channel_half_width_m) {
    const Colour shallow{118, 128, 122}, deep{78, 98, 104};
    return mix(deep, shallow, smoothStep(12, channel_half_width_m, channel) * (0.6 + 0.4 * dapple(x, y, 14)));
  }
  const Colour gravel{164, 160, 150}, reeds{142, 130, 96}, grass{134, 130, 94};
  if (std::abs(d) < 59)
    return mix(gravel, reeds,
               smoothStep(0.3, 0.6, dapple(x, y, 23) * 0.7 + 0.3 * smoothStep(channel_half_width_m, 50, channel)));
  const double streak = 0.94 + 0.12 * dapple(x, y, 6);
  return {grass.r * streak, grass.g * streak, grass.b * streak};
}

Colour groundColour(const Node& n, double x, double y) {
  const double d = withinCell(n.v) - river_v_m;
  if (std::abs(d) < 82)
    return riverside(y - Valley::bend(x) - cell_m * cellOf(n.v) - river_v_m, 9 * std::sin(x / 130), x, y);
  Colour open;
  switch (zoneAt({n.u, n.v})) {
    case Zone::centre:
    case Zone::suburb:
    case Zone::hamlet:
      open = yards(n, x, y);
      break;
    default:
      open = field(n, x, y);
  }
  const double forest = smoothStep(0.35, 0.65, n.hill + 0.25 * (dapple(x, y, 9) - 0.5));
  return forest > 0 ? mix(open, woods(n, x, y), forest) : open;
}

/// Thin snow lies in patches on the fields and more of it on the hills.
double snowShare(const Node& n, double x, double y) {
  const double patch = smoothStep(0.05, 0.5, n.snow) * (0.5 + 0.5 * dapple(x, y, 5));
  return std::min(0.6, patch * (0.30 + 0.25 * n.hill));
}

}  // namespace

void paintGround(Strip& strip, const Town& town) {
  const NodeGrid grid(strip, town);
  for (int row = 0; row < strip.rows; ++row)
    for (int column = 0; column < strip.columns; ++column) {
      const double x = strip.west + (column + 0.5) * strip.pixel_m, y = strip.north - (row + 0.5) * strip.pixel_m;
      const Node n = grid.at(x, y);
      Colour c = groundColour(n, x, y);
      const double d = withinCell(n.v) - river_v_m;
      if (std::abs(d) > 40) c = mix(c, {214, 218, 222}, snowShare(n, x, y));
      const double grain =
          n.shade + 0.05 * (cheapUnit(static_cast<std::int32_t>(x * 2), static_cast<std::int32_t>(y * 2) + 7919) - 0.5);
      const auto byte = [&](double value) { return static_cast<unsigned char>(std::clamp(value * grain, 0.0, 255.0)); };
      strip.at(column, row) = {byte(c.r), byte(c.g), byte(c.b)};
    }
}

}  // namespace hashimichi::datasets
