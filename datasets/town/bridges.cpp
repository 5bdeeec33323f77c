#include "datasets/town/bridges.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "datasets/town/random.h"

namespace hashimichi::datasets {
namespace {

struct Name {
  const char *kanji, *kana;
};
constexpr Name first_parts[] = {
    {"新田", "シンデン"},   {"中江", "ナカエ"},   {"宮前", "ミヤマエ"},   {"学校", "ガッコウ"},   {"稲荷", "イナリ"},
    {"本町", "ホンチョウ"}, {"上沢", "カミサワ"}, {"川原", "カワラ"},     {"南沢", "ミナミサワ"}, {"北山", "キタヤマ"},
    {"地蔵", "ジゾウ"},     {"水車", "スイシャ"}, {"杉の木", "スギノキ"}, {"弁天", "ベンテン"},   {"寺前", "テラマエ"},
    {"柳", "ヤナギ"},       {"観音", "カンノン"}, {"大門", "ダイモン"},   {"石原", "イシハラ"},   {"横町", "ヨコマチ"}};

void nameBridge(TownBridge& bridge, int number_in_cell, int cell_number, bool river) {
  const Name part = first_parts[static_cast<std::size_t>(number_in_cell) % std::size(first_parts)];
  const int round = number_in_cell / static_cast<int>(std::size(first_parts));
  const char* prefix[] = {"", "東", "西", "南"};
  const char* prefix_kana[] = {"", "ヒガシ", "ニシ", "ミナミ"};
  bridge.name = river ? "橋道大橋" : fmt::format("{}{}橋", prefix[round % 4], part.kanji);
  bridge.kana = river ? "ハシミチオオハシ" : fmt::format("{}{}ハシ", prefix_kana[round % 4], part.kana);
  if (cell_number > 0) bridge.name += fmt::format("（{}）", cell_number + 1);
}

BridgeKind kindFor(double length, double luck, int year) {
  if (length < 4.2 && luck < 0.3) return BridgeKind::box_culvert;
  if (length < 6) return year > 1985 && luck > 0.6 ? BridgeKind::pc_slab : BridgeKind::rc_slab;
  if (year < 1960 && length < 20) return BridgeKind::rc_t_girder;  // prestressing came later
  if (length < 9) return year > 1970 ? BridgeKind::pc_slab : BridgeKind::rc_t_girder;
  if (length < 20)
    return luck < 0.3 ? BridgeKind::steel_h_girder : luck < 0.75 ? BridgeKind::pc_t_girder : BridgeKind::pc_slab;
  return BridgeKind::steel_plate_girder;
}

double girderDepth(BridgeKind kind, double span) {
  switch (kind) {
    case BridgeKind::box_culvert:
    case BridgeKind::rc_slab:
    case BridgeKind::pc_slab:
      return 0;
    case BridgeKind::rc_t_girder:
      return span / 12;
    case BridgeKind::pc_t_girder:
      return span / 16;
    case BridgeKind::steel_h_girder:
      return span / 20;
    case BridgeKind::steel_plate_girder:
      return span / 17;
  }
  return 0;
}

/// Most municipal bridges date from the growth years; about one in eight is after 2000.
int builtYear(Random& random) {
  const double t = random.unit();
  if (t < 0.1) return 1934 + random.below(20);
  if (t < 0.7) return 1958 + random.below(24);
  return t < 0.88 ? 1982 + random.below(18) : 2000 + random.below(20);
}

void layAxis(TownBridge& bridge, const Road& road) {
  const int pieces = bridge.length_m > 60 ? 16 : 2;
  for (int i = 0; i <= pieces; ++i)
    bridge.axis.push_back(along(road.line, bridge.start_m + bridge.length_m * i / pieces).place);
}

void size(TownBridge& bridge, const Road& road, const Network& network, Random& random) {
  const double whole = lengthOf(road.line);
  if (road.water == river_crossing) {
    bridge.length_m = std::round(10 * (whole - 10)) / 10;
    bridge.spans = 4, bridge.kind = BridgeKind::steel_plate_girder, bridge.width_m = road.width_m + 4.3;
    bridge.year = 1968, bridge.month = 11, bridge.crosses = "橋川";
    return;
  }
  const Water& water = network.waters[static_cast<std::size_t>(road.water)];
  const OnLine at = along(road.line, road.water_at_m);
  double cosine = 0, nearest = 1e9;  // between the road and the square across the water
  for (std::size_t i = 1; i < water.line.size(); ++i) {
    const double d = distance2d(water.line[i], at.place);
    const Vec3d w = water.line[i] - water.line[i - 1];
    if (d < nearest) nearest = d, cosine = std::abs(w.x * at.direction.y - w.y * at.direction.x) / std::hypot(w.x, w.y);
  }
  const double opening = (water.width_m + (water.creek ? 4.6 : 0.9)) / std::max(cosine, 0.5);
  bridge.length_m = std::round(10 * std::min(opening + random.range(0, 0.8), whole - 4)) / 10;
  bridge.width_m = std::round(10 * (road.width_m + random.range(0.6, 1.4))) / 10;
  bridge.year = builtYear(random), bridge.month = 1 + random.below(12);
  bridge.kind = kindFor(bridge.length_m, random.unit(), bridge.year);
  bridge.crosses = water.name;
}

}  // namespace

const char* structureName(BridgeKind kind) {
  switch (kind) {
    case BridgeKind::box_culvert:
      return "ボックスカルバート";
    case BridgeKind::rc_slab:
      return "RC床版橋";
    case BridgeKind::pc_slab:
      return "PCプレテン床版橋";
    case BridgeKind::rc_t_girder:
      return "RC単純T桁橋";
    case BridgeKind::pc_t_girder:
      return "PC単純T桁橋";
    case BridgeKind::steel_h_girder:
      return "単純H形鋼橋";
    case BridgeKind::steel_plate_girder:
      return "4径間連続鋼鈑桁橋";
  }
  return "";
}

const char* materialName(BridgeKind kind) {
  return kind >= BridgeKind::steel_h_girder                               ? "鋼橋"
         : kind == BridgeKind::pc_slab || kind == BridgeKind::pc_t_girder ? "PC橋"
                                                                          : "RC橋";
}

int materialCode(BridgeKind kind) {
  if (kind == BridgeKind::steel_h_girder) return 8;
  if (kind == BridgeKind::steel_plate_girder) return 1;
  return kind == BridgeKind::pc_slab || kind == BridgeKind::pc_t_girder ? 4 : 3;
}

std::vector<TownBridge> makeBridges(Network& network, const Land& land, std::uint64_t seed) {
  std::vector<TownBridge> bridges;
  std::vector<std::pair<std::pair<int, int>, int>> counted;
  for (std::size_t i = 0; i < network.roads.size(); ++i) {
    Road& road = network.roads[i];
    if (road.water < 0) continue;
    Random random(hashOf(seed, 301, static_cast<std::int64_t>(i)));
    TownBridge bridge;
    bridge.road = static_cast<int>(i), bridge.route = road.route;
    bridge.id = fmt::format("B{:04}", bridges.size() + 1);
    size(bridge, road, network, random);
    bridge.start_m = std::clamp(road.water_at_m - bridge.length_m / 2, 0.0, lengthOf(road.line) - bridge.length_m);
    layAxis(bridge, road);
    const Vec3d middle = bridge.axis[bridge.axis.size() / 2];
    bridge.bed_z = land.ground(middle.x, middle.y);
    bridge.girder_depth_m = girderDepth(bridge.kind, bridge.length_m / bridge.spans);
    bridge.deck_thickness_m = bridge.girder_depth_m > 0 ? 0.24 : std::clamp(bridge.length_m / 14, 0.28, 0.7);
    bridge.detour_km =
        road.water == river_crossing
            ? 7.8
            : std::round(10 * random.range(0.1, road.zone == Zone::field || road.zone == Zone::hill ? 2.8 : 0.9)) / 10;
    const std::pair<int, int> cell{cellOf(middle.x), cellOf(middle.y - Valley::bend(middle.x))};
    auto found = std::find_if(counted.begin(), counted.end(), [&](const auto& c) { return c.first == cell; });
    if (found == counted.end()) counted.push_back({cell, 0}), found = std::prev(counted.end());
    const bool river = road.water == river_crossing;
    nameBridge(bridge, river ? 0 : found->second++, static_cast<int>(found - counted.begin()), river);
    road.bridge = static_cast<int>(bridges.size());
    bridges.push_back(std::move(bridge));
  }
  if (bridges.size() > 20) bridges[17].year = 0;  // one age has been lost, as in every register
  return bridges;
}

}  // namespace hashimichi::datasets
