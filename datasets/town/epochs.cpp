#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <numbers>

#include "datasets/town/bridge_shape.h"
#include "datasets/town/laz_file.h"
#include "datasets/town/random.h"
#include "datasets/town/survey.h"
#include "datasets/town/town_parts.h"
#include "geo/core/file.h"

namespace hashimichi::datasets {
namespace {

// What is planted. Heights change, places stay.
constexpr double girder_sag_m = 0.008, abutment_m = 0.012, backfill_m = 6;
constexpr double rut_depth_m = 0.012, rut_width_m = 0.7, wheel_gauge_m = 1.7, rut_from_m = 25, rut_to_m = 75;
constexpr double snow_m = 0.23;

constexpr double before_m = 40, beyond_m = 90, beside_m = 24, shoulder_m = 1.5, flange_share = 0.35, bank_share = 0.3;

struct Epoch {
  const char* file;
  LasDay day;
  int key;  ///< of its random numbers
  double dense_m2, sparse_m2, noise;
  bool snow, moved;
};
constexpr Epoch second_epoch{"survey_second_epoch.laz", {2026, 140}, 961, 180, 16, 0.4, false, true};
constexpr Epoch snow_epoch{"survey_snow.laz", {2026, 15}, 962, 60, 10, 1.5, true, false};

/// A vehicle in the way: nothing is seen of the road under it and in its shadow on the outer side.
struct Vehicle {
  double beyond_m, side;  ///< chainage behind the bridge of its rear; +1 left lane, −1 right lane
};
constexpr Vehicle vehicles[] = {{38, 1}, {55, -1}, {-30, -1}};
constexpr double vehicle_length_m = 4.6, vehicle_half_m = 0.9, vehicle_height_m = 1.45, shadow_m = 1.2;

double partOf(std::uint64_t bits, std::uint64_t which) {
  return unitFrom(scatter(bits ^ (which << 32)));
}

/// The street over the bridge as one line, and the deck on it.
struct Street {
  const TownBridge* bridge = nullptr;
  std::vector<Vec3d> line;    ///< before the bridge, over it, beyond it
  std::vector<Vec3d> beyond;  ///< from the far abutment on
  double bridge_at_m = 0, road_width_m = 0;

  double laneOffset(double side) const { return side * road_width_m / 4; }
};

/// From a node on along roads of the same street, without the node's own place.
void walk(const Network& network, std::size_t from_road, std::uint32_t node, double length_m,
          std::vector<Vec3d>& line) {
  double walked = 0;
  std::size_t last = from_road;
  while (walked < length_m) {
    const std::uint64_t key = network.roads[from_road].line_key;
    std::size_t next = network.roads.size();
    for (std::size_t i = 0; i < network.roads.size(); ++i)
      if (i != last && network.roads[i].line_key == key &&
          (network.roads[i].from == node || network.roads[i].to == node))
        next = i;
    if (next == network.roads.size()) return;
    std::vector<Vec3d> piece = network.roads[next].line;
    const bool turned = network.roads[next].to == node;
    if (turned) std::reverse(piece.begin(), piece.end());
    line.insert(line.end(), piece.begin() + 1, piece.end());
    walked += lengthOf(piece);
    node = turned ? network.roads[next].from : network.roads[next].to, last = next;
  }
}

std::vector<Vec3d> cutTo(const std::vector<Vec3d>& line, double length_m) {
  std::vector<Vec3d> cut{line.front()};
  double run = 0;
  for (std::size_t i = 1; i < line.size(); ++i) {
    const double step = distance2d(line[i - 1], line[i]);
    if (step <= 0) continue;
    if (run + step >= length_m) {
      cut.push_back(line[i - 1] + (line[i] - line[i - 1]) * ((length_m - run) / step));
      return cut;
    }
    cut.push_back(line[i]), run += step;
  }
  return cut;
}

Street streetOf(const Town& town) {
  Street street;
  for (const TownBridge& bridge : town.bridges)
    if (town.network.roads[static_cast<std::size_t>(bridge.road)].water == river_crossing) {
      street.bridge = &bridge;
      break;
    }
  if (!street.bridge) return street;
  const TownBridge& bridge = *street.bridge;
  const auto number = static_cast<std::size_t>(bridge.road);
  const Road& road = town.network.roads[number];
  street.road_width_m = road.width_m;
  std::vector<Vec3d> back{bridge.axis.front(), road.line.front()}, ahead{bridge.axis.back(), road.line.back()};
  walk(town.network, number, road.from, before_m, back);
  walk(town.network, number, road.to, beyond_m, ahead);
  back = cutTo(back, before_m), street.beyond = cutTo(ahead, beyond_m);
  street.bridge_at_m = lengthOf(back);
  street.line.assign(back.rbegin(), back.rend());
  street.line.insert(street.line.end(), bridge.axis.begin() + 1, bridge.axis.end());
  street.line.insert(street.line.end(), street.beyond.begin() + 1, street.beyond.end());
  return street;
}

/// How the deck and its girders moved: the far abutment sank and took its span along, the second span sags.
double deckMove(const TownBridge& bridge, double chainage) {
  const double span = bridge.length_m / bridge.spans;
  const double last = std::max(0.0, (chainage - (bridge.length_m - span)) / span);
  const double in_second = (chainage - 1.5 * span) / (span / 2);
  return -abutment_m * last - girder_sag_m * std::max(0.0, 1 - in_second * in_second);
}

double rutAt(const Street& street, double beyond, double offset) {
  if (beyond < rut_from_m || beyond > rut_to_m) return 0;
  double depth = 0;
  for (const double wheel : {-0.5, 0.5}) {
    const double off = offset - street.laneOffset(1) - wheel * wheel_gauge_m;
    if (std::abs(off) < rut_width_m / 2)
      depth = rut_depth_m * 0.5 * (1 + std::cos(2 * std::numbers::pi * off / rut_width_m));
  }
  return -depth;
}

double roadMove(const Street& street, double beyond, double offset) {
  const double backfill = beyond >= 0 ? std::max(0.0, 1 - beyond / backfill_m) : 0;
  return -abutment_m * backfill + rutAt(street, beyond, offset);
}

enum class Hidden { no, vehicle, shadow };
Hidden hiddenAt(const Street& street, double beyond, double offset) {
  for (const Vehicle& v : vehicles) {
    if (beyond < v.beyond_m || beyond > v.beyond_m + vehicle_length_m) continue;
    const double outward = (offset - street.laneOffset(v.side)) * v.side;
    if (std::abs(outward) < vehicle_half_m) return Hidden::vehicle;
    if (outward >= vehicle_half_m && outward < vehicle_half_m + shadow_m) return Hidden::shadow;
  }
  return Hidden::no;
}

/// From the river bank: undersides of the girders, and the bank below the deck.
std::optional<SurveyPoint> fromBelow(const Town& town, const TownBridge& bridge, const Foot& foot, double x, double y,
                                     std::uint64_t bits, double noise) {
  for (const double pier : pierChainages(bridge))
    if (std::abs(foot.chainage - pier) < pier_half_length_m) return std::nullopt;
  const double off = noise * 0.01 * (partOf(bits, 5) - 0.5), luck = partOf(bits, 6);
  for (const double girder : girderOffsets(bridge))
    if (std::abs(foot.across - girder) < girder_half_flange_m && luck < flange_share)
      return SurveyPoint{
          {x, y, foot.z - bridge.deck_thickness_m - bridge.girder_depth_m + off}, class_girder, {96, 122, 118}};
  if (luck < 1 - bank_share || town.land->inWater(x, y)) return std::nullopt;
  return SurveyPoint{{x, y, town.land->ground(x, y) + 2 * off}, class_ground, {140, 134, 120}};
}

std::optional<SurveyPoint> pointOf(const Town& town, const Street& street, const SurveyTile& tile, const Epoch& epoch,
                                   std::uint64_t bits) {
  const Vec3d place = tile.placeOf(bits);
  const auto foot = footOn(street.line, place.x, place.y);
  if (!foot || std::abs(foot->across) > beside_m) return std::nullopt;
  const TownBridge& bridge = *street.bridge;
  const bool road = std::abs(foot->across) < street.road_width_m / 2 + shoulder_m;
  if (!road && partOf(bits, 3) > epoch.sparse_m2 / epoch.dense_m2) return std::nullopt;
  const double on_bridge = foot->chainage - street.bridge_at_m, beyond = on_bridge - bridge.length_m;
  const auto deck = footOn(bridge.axis, place.x, place.y);
  const bool over = deck && std::abs(deck->across) <= bridge.width_m / 2;
  std::optional<SurveyPoint> point;
  if (over && epoch.moved) point = fromBelow(town, bridge, *deck, place.x, place.y, bits, epoch.noise);
  if (!point) point = tile.at(place.x, place.y, bits, epoch.noise);
  if (!point) return std::nullopt;
  const unsigned char c = point->classification;
  if (epoch.moved) {
    if (over && (c == class_deck || c == class_girder)) point->place.z += deckMove(bridge, deck->chainage);
    if (c == class_road) point->place.z += roadMove(street, beyond, foot->across);
    if (const Hidden hidden = hiddenAt(street, beyond, foot->across);
        hidden != Hidden::no && (c == class_road || c == class_deck)) {
      if (hidden == Hidden::shadow || partOf(bits, 4) > 0.3) return std::nullopt;
      return SurveyPoint{{place.x, place.y, point->place.z + vehicle_height_m}, 1, {190, 40, 36}};
    }
  }
  const bool rail = over && bridge.width_m / 2 - std::abs(deck->across) < 0.25;
  if (epoch.snow && !rail && (c == class_road || c == class_deck || c == class_ground))
    point->place.z += snow_m, point->classification = class_snow, point->colour = {236, 240, 244};
  return point;
}

Status writeEpoch(const std::filesystem::path& folder, const Town& town, const Street& street,
                  const BuildingIndex& houses, const Epoch& epoch, Progress& progress) {
  const std::filesystem::path path = folder / epoch.file;
  LazFile file;
  const auto failed = [&] {
    return Error{ErrorCode::write_failed, toUtf8(path), "could not be written: " + file.lastError() + ".",
                 "Check free space and write permission of the folder."};
  };
  if (!file.open(path, town.window, epoch.day)) return failed();
  constexpr double side = SurveyTile::side_m;
  std::size_t written = 0;
  const std::vector<Vec3d> tiles = surveyTiles(town);
  for (std::size_t t = 0; t < tiles.size(); ++t) {
    const auto near = footOn(street.line, tiles[t].x + side / 2, tiles[t].y + side / 2);
    if (!near || std::abs(near->across) > beside_m + side) continue;
    if (progress.cancelled()) return Error{ErrorCode::cancelled, toUtf8(path), "cancelled.", ""};
    progress.report(static_cast<double>(t) / static_cast<double>(tiles.size()), "later surveys");
    const SurveyTile tile(town, houses, tiles[t].x, tiles[t].y);
    const auto tries = static_cast<std::int64_t>(epoch.dense_m2 * side * side);
    for (std::int64_t k = 0; k < tries; ++k) {
      const std::uint64_t bits = hashOf(town.options.seed, epoch.key, static_cast<std::int64_t>(t), k);
      const auto point = pointOf(town, street, tile, epoch, bits);
      if (point && !file.write(*point, written++, bits)) return failed();
    }
  }
  return file.close() ? done() : Status(failed());
}

/// Lowest underside above the water between two chainages, as planted.
double clearanceOverWater(const Town& town, const TownBridge& bridge, double from, double to, double level) {
  double lowest = std::numeric_limits<double>::infinity();
  for (double s = from; s <= to; s += 0.1) {
    const OnLine at = along(bridge.axis, s);
    bool pier = false;
    for (const double p : pierChainages(bridge)) pier = pier || std::abs(s - p) < pier_half_length_m;
    for (const double across : girderOffsets(bridge)) {
      const double x = at.place.x - at.direction.y * across, y = at.place.y + at.direction.x * across;
      if (pier || town.land->ground(x, y) > level) continue;
      lowest =
          std::min(lowest, at.place.z - bridge.deck_thickness_m - bridge.girder_depth_m + deckMove(bridge, s) - level);
    }
  }
  return lowest;
}

nlohmann::json projected(const Town& town, const std::vector<Vec3d>& line) {
  nlohmann::json places = nlohmann::json::array();
  for (const Vec3d& p : line) {
    const Vec3d at = town.frame.toProjected(p);
    places.push_back({std::round(1000 * at.x) / 1000, std::round(1000 * at.y) / 1000, std::round(1000 * at.z) / 1000});
  }
  return places;
}

Status writeLine(const std::filesystem::path& path, const Town& town, const std::vector<Vec3d>& line) {
  std::string text = "easting_m,northing_m,height_m\n";
  for (const auto& p : projected(town, line))
    text += fmt::format("{:.3f},{:.3f},{:.3f}\n", p[0].get<double>(), p[1].get<double>(), p[2].get<double>());
  return writeFile(path, text);
}

Status writeTruth(const std::filesystem::path& folder, const Town& town, const Street& street) {
  const TownBridge& bridge = *street.bridge;
  const double span = bridge.length_m / bridge.spans;
  const double level = town.valley.waterLevel(along(bridge.axis, 1.5 * span).place.x);
  const double over_water = clearanceOverWater(town, bridge, 1.2 * span, 1.8 * span, level);
  nlohmann::json truth{
      {"note", synthetic_note},
      {"crs", fmt::format("EPSG:{}", plane_zone_epsg)},
      {"first_survey", "survey_bridge_mainstreet.laz"},
      {"second_survey", second_epoch.file},
      {"snow_survey", snow_epoch.file},
      {"bridge",
       {{"id", bridge.id},
        {"name", bridge.name},
        {"width_m", bridge.width_m},
        {"length_m", bridge.length_m},
        {"pier_chainages_m", pierChainages(bridge)},
        {"axis", projected(town, bridge.axis)}}},
      {"girder", {{"span", 2}, {"chainage_m", 1.5 * span}, {"change_mm", -1000 * girder_sag_m}}},
      {"abutment", {{"chainage_m", bridge.length_m}, {"change_mm", -1000 * abutment_m}, {"backfill_m", backfill_m}}},
      {"clearance",
       {{"from_m", 1.2 * span}, {"to_m", 1.8 * span}, {"water_level_m", level}, {"over_water_m", over_water}}},
      {"road", {{"line", projected(town, street.beyond)}, {"width_m", street.road_width_m}}},
      {"rut",
       {{"from_m", rut_from_m},
        {"to_m", rut_to_m},
        {"depth_mm", 1000 * rut_depth_m},
        {"width_mm", 1000 * rut_width_m},
        {"lane", "left"},
        {"offsets_m", {street.laneOffset(1) - wheel_gauge_m / 2, street.laneOffset(1) + wheel_gauge_m / 2}}}},
      {"snow", {{"depth_cm", 100 * snow_m}}},
      {"vehicles", nlohmann::json::array()}};
  for (const Vehicle& v : vehicles)
    truth["vehicles"].push_back(
        {{"behind_bridge_m", v.beyond_m}, {"length_m", vehicle_length_m}, {"offset_m", street.laneOffset(v.side)}});
  if (Status s = writeLine(folder / "bridge_axis.csv", town, bridge.axis); !s) return s;
  if (Status s = writeLine(folder / "road_line.csv", town, street.beyond); !s) return s;
  return writeFile(folder / "planted_changes.json", truth.dump(1) + "\n");
}

}  // namespace

Status writeEpochs(const std::filesystem::path& folder, const Town& town, Progress& progress) {
  std::error_code failed;
  std::filesystem::create_directories(folder, failed);
  if (failed)
    return Error{ErrorCode::write_failed, toUtf8(folder), "the folder cannot be made: " + failed.message() + ".", ""};
  const Street street = streetOf(town);
  if (!street.bridge) return done();  // no river in this piece of land
  BuildingIndex houses(town.window);
  for (const TownBuilding& building : town.buildings) houses.add(building);
  for (const Epoch& epoch : {second_epoch, snow_epoch})
    if (Status status = writeEpoch(folder, town, street, houses, epoch, progress); !status) return status;
  return writeTruth(folder, town, street);
}

}  // namespace hashimichi::datasets
