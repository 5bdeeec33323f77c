#include "tests/geo/project/same_city.h"

#include <cmath>

namespace hashimichi::tests {
namespace {

constexpr double tolerance_m = 1e-4;

class Comparison {
 public:
  std::vector<std::string> found;

  template <typename T>
  void same(const char* field, const T& a, const T& b) {
    if (!(a == b)) differs(field);
  }
  void same(const char* field, double a, double b) {
    if (!(a == b) && !(std::isnan(a) && std::isnan(b))) differs(field);
  }
  void near(const char* field, Vec3d a, Vec3d b) {
    if (!(norm(a - b) <= tolerance_m)) differs(field);
  }
  void near(const char* field, const std::vector<Vec3d>& a, const std::vector<Vec3d>& b) {
    if (a.size() != b.size()) return differs(field);
    for (std::size_t i = 0; i < a.size(); ++i) near(field, a[i], b[i]);
  }
  void near(const char* field, const std::optional<Vec3d>& a, const std::optional<Vec3d>& b) {
    same(field, a.has_value(), b.has_value());
    if (a && b) near(field, *a, *b);
  }
  void near(const char* field, const Bounds& a, const Bounds& b) {
    same(field, a.empty(), b.empty());
    if (!a.empty()) near(field, a.low, b.low), near(field, a.high, b.high);
  }
  /// Compares element by element, telling the index.
  template <typename T, typename Compare>
  void each(const char* name, const std::vector<T>& a, const std::vector<T>& b, Compare compare) {
    same((std::string(name) + " (count)").c_str(), a.size(), b.size());
    const std::string outer = place_;
    for (std::size_t i = 0; i < std::min(a.size(), b.size()); ++i) {
      place_ = outer + name + "[" + std::to_string(i) + "].";
      compare(a[i], b[i]);
    }
    place_ = outer;
  }
  void geometry(const model::Geometry& a, const model::Geometry& b) {
    same("lod", a.lod, b.lod), same("has_height", a.has_height, b.has_height);
    near("points", a.points, b.points);
    each("appearance", a.appearance, b.appearance,
         [&](const model::SurfaceAppearance& x, const model::SurfaceAppearance& y) {
           same("surface", x.surface, y.surface), same("material", x.material, y.material), same("uv", x.uv, y.uv);
         });
    each("lines", a.lines, b.lines, [&](const auto& x, const auto& y) { near("points", x, y); });
    each("surfaces", a.surfaces, b.surfaces, [&](const model::Surface& x, const model::Surface& y) {
      same("kind", static_cast<int>(x.kind), static_cast<int>(y.kind));
      near("outer", x.polygon.outer, y.polygon.outer);
      each("holes", x.polygon.holes, y.polygon.holes, [&](const auto& h, const auto& g) { near("points", h, g); });
    });
  }
  template <typename Feature>
  void shapes(const Feature& a, const Feature& b) {
    geometry(a.geometry, b.geometry);
    each("other_lods", a.other_lods, b.other_lods, [&](const auto& x, const auto& y) { geometry(x, y); });
  }

 private:
  void differs(const char* field) {
    if (found.size() < 20) found.push_back(place_ + field);
  }
  std::string place_;
};

void compareRoads(Comparison& c, const model::RoadSegment& a, const model::RoadSegment& b) {
  c.same("id", a.id, b.id), c.same("name", a.name, b.name), c.same("source", a.source, b.source);
  c.same("attributes", a.attributes, b.attributes);
  c.shapes(a, b), c.near("centreline", a.centreline, b.centreline);
  c.same("length_m", a.length_m, b.length_m), c.same("width_m", a.width_m, b.width_m),
      c.same("lanes", a.lanes, b.lanes);
  c.same("clearing_class", a.clearing_class, b.clearing_class),
      c.same("administrator", a.administrator, b.administrator);
  c.same("district", a.district, b.district), c.same("sprinkler_pipe", a.sprinkler_pipe, b.sprinkler_pipe);
  c.same("snow_gutter", a.snow_gutter, b.snow_gutter), c.same("road_heating", a.road_heating, b.road_heating);
  c.same("on_bridge", a.on_bridge, b.on_bridge), c.same("aadt", a.aadt, b.aadt);
  c.same("emergency_route", a.emergency_route, b.emergency_route),
      c.same("bus", a.bus_trips_per_day, b.bus_trips_per_day);
  c.same("school_route", a.school_route, b.school_route),
      c.same("facility_access", a.facility_access, b.facility_access);
  c.same("direction", a.direction, b.direction), c.same("in_tunnel", a.in_tunnel, b.in_tunnel);
  c.same("parent", a.parent, b.parent), c.same("chainage_m", a.chainage_m, b.chainage_m);
  c.same("footway_width_m", a.footway_width_m, b.footway_width_m),
      c.same("heating_failed", a.heating_failed, b.heating_failed);
  c.same("storage_left_m", a.storage_left_m, b.storage_left_m),
      c.same("storage_right_m", a.storage_right_m, b.storage_right_m);
  c.same("snow_gutter_hours", a.snow_gutter_hours, b.snow_gutter_hours),
      c.same("grade_percent", a.grade_percent, b.grade_percent);
}

void compareInspections(Comparison& c, const assets::Inspection& a, const assets::Inspection& b) {
  c.same("date", a.date, b.date), c.same("fiscal_year", a.fiscal_year, b.fiscal_year);
  c.same("soundness", a.soundness, b.soundness), c.same("status", a.status, b.status);
  c.same("events", a.specific_events, b.specific_events), c.same("note", a.note, b.note),
      c.same("source", a.source, b.source);
  c.each("members", a.members, b.members, [&](const assets::MemberGrade& x, const assets::MemberGrade& y) {
    c.same("member", x.member, y.member), c.same("soundness", x.soundness, y.soundness),
        c.same("measure", x.measure, y.measure);
  });
  c.same("sub_grade", a.sub_grade, b.sub_grade), c.same("nbi", a.nbi == b.nbi, true);
  c.each("defects", a.defects, b.defects, [&](const assets::Defect& x, const assets::Defect& y) {
    c.same("id", x.id, y.id), c.same("photo", x.photo, y.photo);
    c.same("type", x.type, y.type), c.same("member", x.member, y.member), c.same("grade", x.grade, y.grade);
    c.same("size_mm", x.size_mm, y.size_mm), c.near("position", x.position, y.position), c.same("note", x.note, y.note);
  });
}

void compareBridges(Comparison& c, const model::Bridge& a, const model::Bridge& b) {
  c.same("id", a.id, b.id), c.same("name", a.name, b.name), c.same("kana", a.kana, b.kana),
      c.same("source", a.source, b.source);
  c.same("attributes", a.attributes, b.attributes), c.shapes(a, b);
  c.near("position", a.position, b.position), c.near("axis", a.axis, b.axis);
  c.same("kind", a.kind, b.kind), c.same("spans", a.spans, b.spans), c.same("heritage", a.heritage, b.heritage);
  c.same("restriction", a.restriction, b.restriction);
  c.each("repairs", a.repairs, b.repairs, [&](const assets::Repair& x, const assets::Repair& y) {
    c.same("date", x.date, y.date), c.same("fiscal_year", x.fiscal_year, y.fiscal_year);
    c.same("measure", x.measure, y.measure), c.same("member", x.member, y.member);
    c.same("cost_yen", x.cost_yen, y.cost_yen), c.same("note", x.note, y.note), c.same("source", x.source, y.source);
  });
  c.same("route_name", a.route_name, b.route_name), c.same("administrator", a.administrator, b.administrator);
  c.same("structure_type", a.structure_type, b.structure_type), c.same("material", a.material, b.material);
  c.same("crosses", a.crosses, b.crosses), c.same("length_m", a.length_m, b.length_m),
      c.same("width_m", a.width_m, b.width_m);
  c.same("year_built", a.year_built, b.year_built), c.same("over_railway", a.over_railway, b.over_railway);
  c.same("over_road", a.over_road, b.over_road), c.same("emergency_route", a.emergency_route, b.emergency_route);
  c.same("detour_km", a.detour_km, b.detour_km), c.same("aadt", a.aadt, b.aadt),
      c.same("bus_route", a.bus_route, b.bus_route);
  c.same("facility_access", a.facility_access, b.facility_access);
  c.same("has_register_entry", a.has_register_entry, b.has_register_entry);
  c.each("inspections", a.inspections, b.inspections,
         [&](const auto& x, const auto& y) { compareInspections(c, x, y); });
}

void comparePavements(Comparison& c, const model::CityModel& a, const model::CityModel& b) {
  c.each("pavements", a.pavements, b.pavements, [&](const model::PavementSection& x, const model::PavementSection& y) {
    c.same("id", x.id, y.id), c.same("route_name", x.route_name, y.route_name), c.same("source", x.source, y.source);
    c.same("direction", x.direction, y.direction), c.same("surface", x.surface, y.surface);
    c.same("from_m", x.from_m, y.from_m), c.same("to_m", x.to_m, y.to_m), c.same("width_m", x.width_m, y.width_m);
    c.near("line", x.line, y.line), c.same("attributes", x.attributes, y.attributes);
    c.each("surveys", x.surveys, y.surveys, [&](const model::PavementSurvey& v, const model::PavementSurvey& w) {
      c.same("date", v.date, w.date), c.same("fiscal_year", v.fiscal_year, w.fiscal_year);
      c.same("crack_percent", v.crack_percent, w.crack_percent), c.same("rut_mm", v.rut_mm, w.rut_mm);
      c.same("iri_mm_per_m", v.iri_mm_per_m, w.iri_mm_per_m), c.same("mci", v.mci, w.mci);
      c.same("roughness_mm", v.roughness_mm, w.roughness_mm), c.same("source", v.source, w.source);
    });
  });
}

void compareWinter(Comparison& c, const model::CityModel& a, const model::CityModel& b) {
  c.each("depots", a.depots, b.depots, [&](const model::Depot& x, const model::Depot& y) {
    c.same("id", x.id, y.id), c.same("name", x.name, y.name), c.same("source", x.source, y.source);
    c.near("position", x.position, y.position), c.same("district", x.district, y.district);
    c.same("ploughs", x.ploughs == y.ploughs, true);
  });
  c.each("tracks", a.tracks, b.tracks, [&](const model::PloughTrack& x, const model::PloughTrack& y) {
    c.same("id", x.id, y.id), c.same("vehicle", x.vehicle, y.vehicle), c.same("source", x.source, y.source);
    c.each("fixes", x.fixes, y.fixes, [&](const model::PloughTrack::Fix& v, const model::PloughTrack::Fix& w) {
      c.same("time", v.time, w.time), c.same("blade_down", v.blade_down, w.blade_down);
      c.near("position", v.position, w.position);
    });
  });
  c.each("bus_lines", a.bus_lines, b.bus_lines, [&](const model::BusLine& x, const model::BusLine& y) {
    c.same("id", x.id, y.id), c.same("name", x.name, y.name), c.same("source", x.source, y.source);
    c.near("path", x.path, y.path), c.same("path_is_shape", x.path_is_shape, y.path_is_shape);
    c.same("trips", x.trips_by_hour == y.trips_by_hour, true);
  });
  c.each("population", a.population, b.population, [&](const model::PopulationCell& x, const model::PopulationCell& y) {
    c.same("id", x.id, y.id), c.same("source", x.source, y.source), c.same("people", x.people, y.people);
    c.same("elderly", x.elderly, y.elderly), c.same("households", x.households, y.households);
    c.near("area", x.area.polygon.outer, y.area.polygon.outer);
  });
}

void compareSensors(Comparison& c, const model::CityModel& a, const model::CityModel& b) {
  c.each("stations", a.stations, b.stations, [&](const sensors::Station& x, const sensors::Station& y) {
    c.same("id", x.id, y.id), c.same("name", x.name, y.name), c.same("source", x.source, y.source);
    c.near("position", x.position, y.position), c.same("on_bridge", x.on_bridge, y.on_bridge);
  });
  c.each("series", a.series, b.series, [&](const sensors::Series& x, const sensors::Series& y) {
    c.same("station_id", x.station_id, y.station_id), c.same("quantity", x.quantity, y.quantity);
    c.same("issued", x.issued, y.issued), c.same("source", x.source, y.source);
    c.each("values", x.values, y.values, [&](const sensors::Observation& v, const sensors::Observation& w) {
      c.same("time", v.time, w.time), c.same("value", v.value, w.value), c.same("flag", v.flag, w.flag);
      c.same("reason", v.reason, w.reason);
    });
  });
}

void compareTerrain(Comparison& c, const model::Terrain& a, const model::Terrain& b) {
  c.same("terrain.south_west", a.south_west, b.south_west), c.same("terrain.spacing_m", a.spacing_m, b.spacing_m);
  c.same("terrain.columns", a.columns, b.columns), c.same("terrain.rows", a.rows, b.rows);
  c.same("terrain.source", a.source, b.source), c.same("terrain.heights", a.height_m.size(), b.height_m.size());
  for (std::size_t i = 0; i < std::min(a.height_m.size(), b.height_m.size()); ++i)
    c.same("terrain.height_m", static_cast<double>(a.height_m[i]), static_cast<double>(b.height_m[i]));
}

void compareResults(Comparison& c, const model::CityModel& a, const model::CityModel& b) {
  c.each("results", a.results, b.results, [&](const model::ResultLayer& x, const model::ResultLayer& y) {
    c.same("id", x.id, y.id), c.same("name", x.name, y.name), c.same("quantity", x.quantity, y.quantity);
    c.same("unit", x.unit, y.unit), c.same("source", x.source, y.source), c.same("times", x.times, y.times);
    c.same("class_limits", x.class_limits, y.class_limits), c.same("class_names", x.class_names, y.class_names);
    c.each("items", x.items, y.items, [&](const model::ResultLayer::Item& i, const model::ResultLayer::Item& k) {
      c.same("id", i.id, k.id), c.same("name", i.name, k.name), c.geometry(i.geometry, k.geometry);
    });
    c.each("values", x.values, y.values,
           [&](float v, float w) { c.same("value", static_cast<double>(v), static_cast<double>(w)); });
  });
}

void compareReferences(Comparison& c, const model::CityModel& a, const model::CityModel& b) {
  c.each("imagery", a.imagery, b.imagery, [&](const model::ImageryRef& x, const model::ImageryRef& y) {
    c.same("path", x.path, y.path), c.same("source", x.source, y.source), c.near("extent", x.extent, y.extent);
  });
  c.each("clouds", a.clouds, b.clouds, [&](const model::PointCloud& x, const model::PointCloud& y) {
    c.same("id", x.id, y.id), c.same("path", x.path, y.path), c.same("source", x.source, y.source);
    c.same("point_count", x.point_count, y.point_count), c.near("bounds", x.bounds, y.bounds);
    c.same("octree", x.octree, y.octree);
    c.same("surveyed", x.surveyed.value_or(Instant{}).unix_s, y.surveyed.value_or(Instant{}).unix_s);
    c.same("count_by_class", x.count_by_class, y.count_by_class);
    c.same("xyz", x.sample.xyz, y.sample.xyz), c.same("rgb", x.sample.rgb, y.sample.rgb);
    c.same("classification", x.sample.classification, y.sample.classification);
  });
}

}  // namespace

std::vector<std::string> differences(const model::CityModel& a, const model::CityModel& b) {
  Comparison c;
  c.same("epsg", a.frame.epsg(), b.frame.epsg()), c.same("origin", a.frame.origin(), b.frame.origin());
  c.each("buildings", a.buildings, b.buildings, [&](const model::Building& x, const model::Building& y) {
    c.same("id", x.id, y.id), c.same("name", x.name, y.name), c.same("source", x.source, y.source);
    c.same("attributes", x.attributes, y.attributes), c.shapes(x, y);
    c.same("height", x.measured_height_m, y.measured_height_m), c.same("year_built", x.year_built, y.year_built);
  });
  c.each("roads", a.roads, b.roads, [&](const auto& x, const auto& y) { compareRoads(c, x, y); });
  c.each("bridges", a.bridges, b.bridges, [&](const auto& x, const auto& y) { compareBridges(c, x, y); });
  c.each("objects", a.objects, b.objects, [&](const model::CityObject& x, const model::CityObject& y) {
    c.same("id", x.id, y.id), c.same("name", x.name, y.name), c.same("source", x.source, y.source);
    c.same("kind", x.kind, y.kind), c.same("type", x.type, y.type);
    c.same("attributes", x.attributes, y.attributes), c.shapes(x, y);
  });
  c.each("dump_sites", a.dump_sites, b.dump_sites, [&](const model::SnowDumpSite& x, const model::SnowDumpSite& y) {
    c.same("id", x.id, y.id), c.same("name", x.name, y.name), c.same("source", x.source, y.source);
    c.near("position", x.position, y.position), c.same("capacity_m3", x.capacity_m3, y.capacity_m3);
    c.same("fill_ratio", x.fill_ratio, y.fill_ratio), c.same("attributes", x.attributes, y.attributes);
  });
  c.same("materials", a.materials, b.materials);
  compareSensors(c, a, b);
  comparePavements(c, a, b);
  compareWinter(c, a, b);
  c.same("terrain", a.terrain.has_value(), b.terrain.has_value());
  if (a.terrain && b.terrain) compareTerrain(c, *a.terrain, *b.terrain);
  compareReferences(c, a, b);
  compareResults(c, a, b);
  return c.found;
}

}  // namespace hashimichi::tests
