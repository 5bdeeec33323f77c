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
  float u = 0, v = 0, edge_u = 0, edge_v = 0, z = 0, shade = 1, hill = 0, wood = 0, lean = 0;
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
    Node n;
    for (float Node::*f : {&Node::u, &Node::v, &Node::edge_u, &Node::edge_v, &Node::z, &Node::shade, &Node::hill,
                           &Node::wood, &Node::lean})
      n.*f = lerp(f);
    return n;
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
    const PlanPoint edge = frayed(plan);
    n.edge_u = static_cast<float>(edge.u), n.edge_v = static_cast<float>(edge.v);
  }

  void shade(int i, int j) {
    const auto z = [&](int a, int b) { return node(std::clamp(a, 0, columns_ - 1), std::clamp(b, 0, rows_ - 1)).z; };
    const double dx = (z(i + 1, j) - z(i - 1, j)) / (2 * node_m), dy = (z(i, j + 1) - z(i, j - 1)) / (2 * node_m);
    // Winter noon sun from the south-south-west, 30° high.
    const double lit = (0.5 + 0.33 * dx + 0.80 * dy) / std::sqrt(1 + dx * dx + dy * dy);
    node(i, j).shade = static_cast<float>(std::clamp(0.79 + 0.42 * lit, 0.74, 1.12));
    node(i, j).lean = static_cast<float>(std::clamp(-dy, -1.0, 1.0));  // positive: faces north, keeps its snow
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
  const Colour cedar{68, 80, 64}, bare{122, 112, 98};  // planted cedar, leafless beech and oak
  const double crowns = 0.80 + 0.36 * dapple(x, y, 4.2);
  const Colour c = mix(cedar, bare, smoothStep(-0.16, 0.16, n.wood + 0.3 * (dapple(x, y, 12) - 0.5)));
  return {c.r * crowns, c.g * crowns, c.b * crowns};
}

/// Paddies after the harvest. Consolidated land: long parcels, of one width within a block of about 250 m.
Colour field(const Node& n, double x, double y) {
  constexpr double deep = 94;
  constexpr double widths[] = {24, 31, 31, 47};
  const double row = n.v / deep;
  const auto j = static_cast<std::int32_t>(std::floor(row));
  const double along = widths[cheapHash(static_cast<std::int32_t>(std::floor(n.u / 248)), j) % std::size(widths)];
  const double column = n.u / along;
  const auto i = static_cast<std::int32_t>(std::floor(column));
  constexpr Colour kinds[] = {{158, 149, 122}, {152, 144, 118}, {138, 126, 106}, {136, 136, 106},
                              {148, 142, 122}, {160, 152, 126}, {156, 147, 120}};
  const std::uint32_t luck = cheapHash(i * 31 + static_cast<std::int32_t>(along), j);
  const Colour base = kinds[luck % std::size(kinds)];
  const double edge = std::min(std::min(column - i, i + 1 - column) * along, std::min(row - j, j + 1 - row) * deep);
  if (edge < 0.7) return {118, 116, 90};  // the bund, grass
  const double furrow = 0.97 + 0.03 * std::sin(n.u * 2.1) + 0.06 * (dapple(x, y, 9) - 0.5);
  const Colour c{base.r * furrow, base.g * furrow, base.b * furrow};
  const double wet = smoothStep(0.62, 0.8, dapple(x + 500, y, 17)) * ((luck >> 8) % 3 == 0 ? 0.5 : 0);
  // What is left of the first snow: along the bunds, and on a few parcels.
  const double patch = 0.6 * dapple(x, y, 11) + 0.4 * dapple(x, y, 3);
  const double snow = 0.5 * smoothStep((luck >> 12) % 9 == 0 ? 0.45 : 0.78, 0.95, patch);
  return mix(mix(c, {124, 120, 110}, wet), {208, 211, 214}, snow);
}

Colour yards(const Node& n, double x, double y) {
  const double lot =
      cheapUnit(static_cast<std::int32_t>(std::floor(n.u / 11)), static_cast<std::int32_t>(std::floor(n.v / 14)));
  const Colour gravel{158, 154, 146}, garden{134, 132, 112}, paved{144, 143, 141};
  const Colour c = lot < 0.42 ? gravel : lot < 0.74 ? garden : paved;
  const double grain = 0.93 + 0.14 * dapple(x, y, 2.6);
  return {c.r * grain, c.g * grain, c.b * grain};
}

Colour riverside(double d, double bend, double x, double y) {
  const double channel = std::abs(d - bend);
  if (channel < channel_half_width_m) {
    const Colour shallow{122, 131, 126}, deep{88, 106, 111};
    return mix(deep, shallow, smoothStep(12, channel_half_width_m, channel) * (0.6 + 0.4 * dapple(x, y, 14)));
  }
  const Colour gravel{160, 157, 148}, reeds{146, 137, 110}, grass{138, 134, 106};
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
  switch (zoneOfFrayed({n.u, n.v}, {n.edge_u, n.edge_v})) {
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

/// In early winter the first snow stays on the hills: more with height, more where the slope faces north.
double snowShare(const Node& n, double x, double y) {
  const double high = smoothStep(55, 125, n.z) * 0.5 + 0.35 * n.lean * n.hill;
  return std::clamp(n.hill * high * (0.55 + 0.9 * dapple(x, y, 5)), 0.0, 0.65);
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
