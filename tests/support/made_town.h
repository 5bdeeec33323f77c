#pragma once
#include <cmath>
#include <memory>

#include "geo/model/city_model.h"

namespace hashimichi::tests {

/// How large a made town is; the default is as large as the demo town.
struct MadeTownSize {
  std::size_t streets = 28;  ///< in each direction; segments ≈ 2 × streets²
  std::size_t buildings = 2500, bridges = 40, points = 0, terrain_side = 400;
};

/// A town drawn by arithmetic, with every field of every type set somewhere and left empty elsewhere. Zone VIII.
class MadeTown {
 public:
  explicit MadeTown(MadeTownSize size) : size_(size) {}

  std::shared_ptr<model::CityModel> make() {
    auto city = std::make_shared<model::CityModel>();
    city->frame = *crs::LocalFrame::create(6676, {31000.25, 160500.5, 0});
    addTerrain(*city);
    addRoads(*city);
    addBuildings(*city);
    addBridges(*city);
    addSensors(*city);
    addRest(*city);
    return city;
  }

 private:
  /// What layout 3 of a project brought, with and without its optional parts.
  void addLaterLists(model::CityModel& city) {
    model::PavementSection section{"P1", "市道中央線", "pavement.csv", "上り", "アスファルト", 0.0, 100.0, {},
                                   {},   {},           {{"a", "b"}}};
    section.line = {ground(0, 0), ground(100, 3)};
    section.surveys = {{{2023, 10, 4}, 2023, 12.5, 8.0, 3.25, std::nullopt, 6.1, "pavement.csv"},
                       {{0, 0, 0}, 2018, std::nullopt, 6.0, std::nullopt, 2.2, std::nullopt, ""}};
    city.pavements = {section, {"P2", "", "", "", "", {}, {}, {}, {}, {}, {}}};
    city.depots = {
        {"N", "北基地", "depots.csv", ground(5, 5), "北工区", {{"G1", "1号", "グレーダ", 3.7, 18.0, {}, false}, {}}},
        {"S", "南基地", "", ground(-5, -5), "", {}}};
    city.tracks = {
        {"T1", "G1", "gps.csv", {{{1'768'500'000}, ground(1, 1), true}, {{1'768'500'010}, ground(30, 1), {}}}},
        {"T2", "G2", "gps.csv", {{{1'768'500'000}, ground(1, 1), {}}, {{1'768'500'060}, ground(9, 1), {}}}}};
    model::BusLine line{"B", "循環", "gtfs.zip", {ground(0, 0), ground(50, 0)}, true, {}};
    line.trips_by_hour[7] = 4, line.trips_by_hour[23] = 0.5;
    city.bus_lines = {line};
    model::PopulationCell cell{"5438234511", "mesh.csv", {}, 120.0, std::nullopt, 48.0};
    cell.area.polygon.outer = {{0, 0, 0}, {250, 0, 0}, {250, 250, 0}, {0, 250, 0}};
    city.population = {cell};
    if (city.bridges.empty()) return;
    model::Bridge& bridge = city.bridges.front();
    bridge.kind = assets::StructureKind::tunnel, bridge.spans = 3, bridge.heritage = true;
    bridge.restriction = "重量制限 14 t";
    bridge.repairs = {{{2019, 7, 1}, 2019, "塗替え", "主桁", 12'500'000.0, "", "repairs.csv"},
                      {{0, 0, 0}, 2021, "断面修復", "", {}, "", ""}};
    if (bridge.inspections.empty()) return;
    bridge.inspections.front().sub_grade = "IIa";
    bridge.inspections.front().nbi = assets::NbiRatings{7, 6, std::nullopt, std::nullopt};
  }

  static constexpr double half_m = 900;

  /// 0…1, the same on every machine.
  double random() {
    state_ += 0x9E3779B97F4A7C15u;
    std::uint64_t z = state_;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return static_cast<double>((z ^ (z >> 31)) >> 11) * 0x1.0p-53;
  }
  static double heightAt(double x, double y) {
    return 40 + 25 * std::cos(x / 700) * std::cos(y / 500) + 0.02 * y + 3 * std::sin(x / 90);
  }
  static Vec3d ground(double x, double y) { return {x, y, heightAt(x, y)}; }
  static double riverY(double x) { return 120 * std::sin(x / 400) - 150; }

  void addTerrain(model::CityModel& city) {
    model::Terrain terrain;
    terrain.columns = size_.terrain_side, terrain.rows = size_.terrain_side - 3;
    terrain.spacing_m = 2400.0 / static_cast<double>(size_.terrain_side);
    terrain.south_west = {-1200.125, -1180.75, 0};
    terrain.source = "made_dem.tif";
    for (std::size_t row = 0; row < terrain.rows; ++row)
      for (std::size_t column = 0; column < terrain.columns; ++column)
        terrain.height_m.push_back(
            row < 3 && column < 5
                ? std::nanf("")
                : static_cast<float>(heightAt(terrain.south_west.x + terrain.spacing_m * static_cast<double>(column),
                                              terrain.south_west.y + terrain.spacing_m * static_cast<double>(row))));
    city.terrain = std::move(terrain);
  }

  void addRoad(model::CityModel& city, std::size_t street, bool east, Vec3d a, Vec3d b) {
    const std::size_t n = city.roads.size();
    model::RoadSegment road;
    road.id = "R" + std::to_string(10000 + n);
    road.name = (east ? "市道東" : "市道南") + std::to_string(street + 1) + "号線";
    road.source = "道路_髙﨑.shp";
    road.centreline = {a, (a + b) * 0.5 + Vec3d{1.5, 1.0, 0.1}, b};
    road.length_m = model::length2d(road.centreline);
    road.geometry.lod = 1;
    road.geometry.lines = {road.centreline};
    road.width_m = 4 + 4 * random();
    road.attributes = {{"区間ID", road.id}, {"備考", "槗の手前 \"仮\" 𠮷田"}, {"備考", "二度目"}, {"空", ""}};
    using enum model::ClearingClass;
    constexpr model::ClearingClass classes[] = {priority, class1, class2, class3, residential, none, unknown};
    road.clearing_class = classes[n % 7];
    constexpr model::RoadAdministrator administrators[] = {
        model::RoadAdministrator::city,       model::RoadAdministrator::nation,
        model::RoadAdministrator::prefecture, model::RoadAdministrator::expressway_company,
        model::RoadAdministrator::other,      model::RoadAdministrator::unknown};
    road.administrator = administrators[n % 6];
    road.sprinkler_pipe = static_cast<model::SprinklerPipe>(n % 4);
    road.district = "第" + std::to_string(1 + n % 4) + "工区";
    road.lanes = static_cast<int>(n % 3);
    road.snow_gutter = n % 5 == 0, road.road_heating = n % 11 == 0, road.on_bridge = n % 13 == 0;
    if (n % 2 == 0) road.aadt = 100 + 5000 * random();
    if (n % 3 == 0) road.emergency_route = static_cast<int>(n % 4);
    if (n % 3 == 0) {
      road.direction = model::TrafficDirection::backward, road.in_tunnel = true, road.parent = "long",
      road.chainage_m = 120.0;
      road.footway_width_m = 2.5, road.storage_left_m = 1.25, road.storage_right_m = 0.0;
      road.snow_gutter_hours = "06:00-09:00", road.heating_failed = true;
    }
    if (n % 4 == 0) road.bus_trips_per_day = 12.5;
    if (n % 5 == 0) road.school_route = n % 2 == 0;
    if (n % 6 == 0) road.facility_access = 0.25;
    if (n % 2 == 1) road.grade_percent = 3.25;
    if (n % 10 == 7) {  // only a surface is known
      const Vec3d along = b - a, side = Vec3d{-along.y, along.x, 0} * (3 / norm(along));
      road.geometry.surfaces = {{{{a - side, b - side, b + side, a + side}, {}}, model::SurfaceKind::carriageway}};
      road.geometry.lines.clear(), road.centreline.clear();
    }
    if (n % 10 == 8) road.geometry.lines.push_back({a, b});
    city.roads.push_back(std::move(road));
  }

  void addRoads(model::CityModel& city) {
    const auto streets = static_cast<double>(size_.streets);
    const double cell = 2 * half_m / (streets - 1);
    const auto node = [&](std::size_t i, std::size_t j) {
      const double x = -half_m + cell * static_cast<double>(i), y = -half_m + cell * static_cast<double>(j);
      return ground(x + 12 * std::sin(y / 130), y + 15 * std::sin(x / 170));
    };
    for (std::size_t i = 0; i < size_.streets; ++i)
      for (std::size_t j = 0; j < size_.streets; ++j) {
        if (i + 1 < size_.streets) addRoad(city, j, true, node(i, j), node(i + 1, j));
        if (j + 1 < size_.streets) addRoad(city, i, false, node(i, j), node(i, j + 1));
      }
  }

  static model::Surface face(model::Ring ring, model::SurfaceKind kind) { return {{std::move(ring), {}}, kind}; }

  void addBuildings(model::CityModel& city) {
    for (std::size_t n = 0; n < size_.buildings; ++n) {
      const double x = (random() - 0.5) * 1.9 * half_m, y = (random() - 0.5) * 1.9 * half_m;
      const double w = 4 + 5 * random(), d = 4 + 4 * random(), low = heightAt(x, y), top = low + 4 + 6 * random();
      model::Building building;
      building.id = "bldg_" + std::to_string(n);
      building.source = "53394611_bldg_6697_op.gml";
      building.geometry.lod = n % 3 == 0 ? 2 : 1;
      const Vec3d c[] = {{x - w, y - d, low}, {x + w, y - d, low}, {x + w, y + d, low}, {x - w, y + d, low}};
      const auto up = [&](int i) { return Vec3d{c[i].x, c[i].y, top}; };
      auto& faces = building.geometry.surfaces;
      faces.push_back(face({c[3], c[2], c[1], c[0]}, model::SurfaceKind::ground));
      for (int i = 0; i < 4; ++i)
        faces.push_back(face({c[i], c[(i + 1) % 4], up((i + 1) % 4), up(i)}, model::SurfaceKind::wall));
      faces.push_back(face({up(0), up(1), up(2), up(3)}, model::SurfaceKind::roof));
      if (n % 50 == 0) faces.back().polygon.holes = {{{x - 1, y - 1, top}, {x - 1, y + 1, top}, {x + 1, y + 1, top}}};
      if (n % 2 == 0) building.measured_height_m = top - low;
      if (n % 3 == 0) building.year_built = 1950 + static_cast<int>(n % 70);
      building.attributes = {{"bldg:usage", "411"},
                             {"uro:buildingID", "15202-bldg-" + std::to_string(n)},
                             {"gen:名称", n % 9 == 0 ? "𠮷田ビル" : ""}};
      if (n % 100 == 0) building.name = "公民館";
      city.buildings.push_back(std::move(building));
    }
  }

  void addInspections(model::Bridge& bridge, std::size_t n) {
    for (int cycle = 0; cycle < 3 - static_cast<int>(n % 3); ++cycle) {
      assets::Inspection inspection;
      inspection.date = cycle == 0 ? Date{2016, 0, 0} : Date{2016 + 5 * cycle, 10, 1 + static_cast<int>(n % 28)};
      inspection.fiscal_year = inspection.date.year;
      inspection.soundness = static_cast<assets::Soundness>(n % 13 == 0 ? 4 : n % 7 == 0 ? 3 : 1 + n % 2);
      inspection.status = static_cast<assets::MeasureStatus>(n % 5);
      inspection.members = {{"主桁", inspection.soundness, "C2"}, {"床版", assets::Soundness::unknown, ""}};
      inspection.defects = {{"D1", "", "腐食", "主桁", 'c', 12.5, bridge.position, "端部に板厚減少"},
                            {"D2", "photos/d2.jpg", "ひびわれ", "橋台", 0, std::nullopt, std::nullopt, ""}};
      if (n % 2 == 0) inspection.specific_events = {"疲労", "塩害"};
      inspection.note = "所見,\"引用\"\n改行";
      inspection.source = "bridge_inspections.csv";
      bridge.inspections.push_back(std::move(inspection));
    }
  }

  void addBridges(model::CityModel& city) {
    for (std::size_t n = 0; n < size_.bridges; ++n) {
      const double x = -850 + 1700 * (static_cast<double>(n) + 0.5) / static_cast<double>(size_.bridges);
      const double y = riverY(x), z = heightAt(x, y) + 3;
      model::Bridge bridge;
      bridge.id = "B" + std::to_string(100 + n);
      bridge.name = n % 8 == 3 ? "髙﨑槗" : "第" + std::to_string(n + 1) + "橋道橋";
      bridge.kana = "ハシミチバシ";
      bridge.route_name = "市道東3号線", bridge.administrator = "市", bridge.structure_type = "単純鈑桁橋";
      bridge.material = "鋼", bridge.crosses = "橋道川", bridge.source = "bridge_register.csv";
      bridge.has_register_entry = n % 9 != 0;
      bridge.attributes = {{"施設ID", bridge.id}};
      bridge.geometry.lod = 2;
      if (n != 5) bridge.position = Vec3d{x, y, z};
      if (n % 4 != 1) {
        bridge.geometry.surfaces = {
            face({{x - 3, y - 15, z}, {x + 3, y - 15, z}, {x + 3, y + 15, z}, {x - 3, y + 15, z}},
                 model::SurfaceKind::deck),
            face({{x - 2, y - 15, z - 1}, {x - 2, y + 15, z - 1}, {x - 2, y + 15, z}}, model::SurfaceKind::girder)};
        bridge.axis = {{x, y - 15, z}, {x, y + 15, z}};
      }
      if (n % 5 != 2) bridge.length_m = 30.5, bridge.width_m = 6.25, bridge.year_built = 1960 + static_cast<int>(n);
      if (n % 3 == 0) bridge.over_railway = false, bridge.over_road = true, bridge.emergency_route = 2;
      if (n % 3 == 1)
        bridge.detour_km = -1, bridge.aadt = 1234.5, bridge.bus_route = true, bridge.facility_access = false;
      addInspections(bridge, n);
      city.bridges.push_back(std::move(bridge));
    }
  }

  void addSensors(model::CityModel& city) {
    const Instant begin = *parseInstant("2026-01-12T00:00+09:00"), issued = *parseInstant("2026-01-15T03:00+09:00");
    for (int s = 0; s < 6; ++s) {
      const std::string id = "S" + std::to_string(s + 1);
      city.stations.push_back({id, "観測局" + id, "stations.csv", ground(-700 + 280 * s, 300 - 100 * s), s == 2});
      sensors::Series depth{id, sensors::Quantity::snow_depth_cm, std::nullopt, {}, "observations.csv"};
      for (int hour = 0; hour < 76; ++hour)
        depth.values.push_back({begin.plusHours(hour), hour % 17 == 5 ? std::nan("") : 30 + 0.5 * hour,
                                hour % 17 == 5 ? sensors::Flag::missing : sensors::Flag::good,
                                hour % 17 == 5 ? "欠測" : ""});
      city.series.push_back(std::move(depth));
    }
    sensors::Series forecast{"", sensors::Quantity::new_snow_cm, issued, {}, "forecast_48h.csv"};
    for (int hour = 1; hour <= 48; ++hour) forecast.values.push_back({issued.plusHours(hour), 0.7, {}, ""});
    city.series.push_back(std::move(forecast));
    city.series.push_back({"S1", sensors::Quantity::wind_speed_ms, std::nullopt, {}, "empty"});
  }

  void addRest(model::CityModel& city) {
    model::CityObject river;
    river.id = "W1", river.name = "橋道川", river.source = "roads.gpkg", river.kind = model::ObjectKind::water;
    river.attributes = {{"種別", "河川"}};
    river.geometry.has_height = false;
    model::Ring north, south;
    for (double x = -1150; x <= 1150; x += 50)
      north.push_back({x, riverY(x) + 11, heightAt(x, riverY(x))}),
          south.push_back({x, riverY(x) - 11, heightAt(x, riverY(x))});
    model::Ring ring = south;
    ring.insert(ring.end(), north.rbegin(), north.rend());
    river.geometry.surfaces = {{{ring, {}}, model::SurfaceKind::unknown}};
    city.objects.push_back(river);
    city.dump_sites.push_back(
        {"D1", "河川敷雪堆積場", "roads.gpkg", ground(200, -300), 12000.0, std::nullopt, {{"a", "b"}}});
    addLaterLists(city);
    model::PointCloud cloud;
    cloud.id = "survey", cloud.path = "/nowhere/survey.laz", cloud.source = "survey.laz",
    cloud.point_count = 9'000'000'000;
    cloud.count_by_class.assign(256, 0);
    cloud.count_by_class[2] = 5'000'000'000, cloud.count_by_class[17] = 12;
    for (std::size_t i = 0; i < size_.points; ++i) {
      const Vec3d p = ground((random() - 0.5) * 600, (random() - 0.5) * 600);
      cloud.sample.xyz.insert(cloud.sample.xyz.end(),
                              {static_cast<float>(p.x), static_cast<float>(p.y), static_cast<float>(p.z)});
      const auto grey = static_cast<unsigned char>(255 * random());
      cloud.sample.rgb.insert(cloud.sample.rgb.end(), {grey, grey, 10});
      cloud.sample.classification.push_back(static_cast<unsigned char>(i % 20));
      cloud.bounds.add(p);
    }
    city.clouds.push_back(std::move(cloud));
  }

  MadeTownSize size_;
  std::uint64_t state_ = 20260115;
};

inline std::shared_ptr<model::CityModel> madeTown(MadeTownSize size = {}) {
  return MadeTown(size).make();
}

}  // namespace hashimichi::tests
