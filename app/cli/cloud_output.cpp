#include "app/cli/cloud_output.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <nlohmann/json.hpp>

#include "geo/core/file.h"
#include "geo/crs/transform.h"
#include "geo/measure/road_line.h"
#include "geo/points/build_octree.h"

namespace hashimichi::app::cli {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using Rings = std::vector<std::vector<Vec3d>>;

constexpr std::uintmax_t geojson_limit_bytes = 16u << 20;
constexpr double any_height_m = 1e5;

/// Every ring of the polygons in an object, wherever they stand in it; `depth` ends what refers to nothing.
void gatherRings(const json& object, Rings& rings, int depth = 0) {
  constexpr int deepest = 8;
  if (!object.is_object() || depth > deepest) return;
  const std::string type = object.value("type", json()).is_string() ? object["type"].get<std::string>() : "";
  const auto addPolygon = [&](const json& polygon) {
    if (!polygon.is_array()) return;
    for (const json& ring : polygon) {
      std::vector<Vec3d>& made = rings.emplace_back();
      for (const json& at : ring)
        if (at.is_array() && at.size() >= 2 && at[0].is_number() && at[1].is_number())
          made.push_back({at[0].get<double>(), at[1].get<double>(), 0});
      if (made.size() < 3) rings.pop_back();
    }
  };
  const auto found = object.find("coordinates");
  if (type == "Polygon" && found != object.end()) addPolygon(*found);
  if (type == "MultiPolygon" && found != object.end() && found->is_array())
    for (const json& polygon : *found) addPolygon(polygon);
  for (const char* list : {"features", "geometries"})
    if (const auto items = object.find(list); items != object.end() && items->is_array())
      for (const json& item : *items) gatherRings(item, rings, depth + 1);
  if (const auto geometry = object.find("geometry"); geometry != object.end()) gatherRings(*geometry, rings, depth + 1);
}

/// "urn:ogc:def:crs:EPSG::6676" or "EPSG:6676" of the member that older GeoJSON has.
std::string statedCrs(const json& root) {
  const auto crs = root.find("crs");
  if (crs == root.end() || !crs->is_object()) return {};
  const auto properties = crs->find("properties");
  if (properties == crs->end() || !properties->is_object()) return {};
  const json name = properties->value("name", json());
  return name.is_string() ? name.get<std::string>() : std::string();
}

bool mayBeDegrees(const Rings& rings) {
  return std::all_of(rings.begin(), rings.end(), [](const auto& ring) {
    return std::all_of(ring.begin(), ring.end(), [](Vec3d p) { return std::fabs(p.x) <= 180 && std::fabs(p.y) <= 90; });
  });
}

/// Even-odd over all rings: holes are out, several polygons are in.
bool inRings(const Rings& rings, Vec3d p) {
  bool inside = false;
  for (const auto& ring : rings)
    for (std::size_t i = 0, j = ring.size() - 1; i < ring.size(); j = i++) {
      if ((ring[i].y > p.y) == (ring[j].y > p.y)) continue;
      const double x = ring[j].x + (p.y - ring[j].y) / (ring[i].y - ring[j].y) * (ring[i].x - ring[j].x);
      if (p.x < x) inside = !inside;
    }
  return inside;
}

/// Removed with all that is in it, whatever happens.
struct TemporaryFolder {
  fs::path path;
  ~TemporaryFolder() {
    std::error_code ignored;
    fs::remove_all(path, ignored);
  }
};

Result<exporting::PointFileReport> writeFromFile(const fs::path& survey, const model::PointCloud& cloud,
                                                 const crs::LocalFrame& frame, const points::Region& region,
                                                 const fs::path& path, Problems& problems, Progress& progress) {
  const auto source = points::openSource(survey, problems, progress);
  if (!source) return source.error();
  points::OctreeInfo info;
  info.crs = (*source)->info().crs, info.bounds = (*source)->info().bounds;
  const auto place = points::placeOctree(info, cloud, frame);
  if (!place) return place.error();
  return exporting::writePointFile(**source, *place, region, path, progress);
}

}  // namespace

Status clipToPolygons(points::Region& region, const fs::path& geojson, const crs::LocalFrame& frame) {
  const std::string file = toUtf8(geojson);
  const Result<std::string> text = readFile(geojson, geojson_limit_bytes);
  if (!text) return text.error();
  const json root = json::parse(*text, nullptr, false);
  auto rings = std::make_shared<Rings>();
  gatherRings(root, *rings);
  if (rings->empty())
    return Error{ErrorCode::bad_input, file, "The file holds no polygon in GeoJSON.",
                 "Draw one, for example in QGIS, and save it as GeoJSON."};
  std::string crs = statedCrs(root);
  if (crs.empty()) crs = mayBeDegrees(*rings) ? "EPSG:4326" : fmt::format("EPSG:{}", frame.epsg());
  const auto transform = crs::ToLocal::create(crs, crs::AxisOrder::east_first, frame);
  if (!transform) return transform.error();
  Bounds around;
  for (auto& ring : *rings) {
    if (transform->apply(ring) > 0)
      return Error{ErrorCode::bad_crs, file, "A corner of the polygon has no place in the project's system.",
                   "Check its coordinates: longitude comes first."};
    for (const Vec3d& p : ring) around.add(Vec3d{p.x, p.y, -any_height_m}), around.add(Vec3d{p.x, p.y, any_height_m});
  }
  if (!region.box.empty()) {
    around.low.x = std::max(around.low.x, region.box.low.x), around.low.y = std::max(around.low.y, region.box.low.y);
    around.high.x = std::min(around.high.x, region.box.high.x);
    around.high.y = std::min(around.high.y, region.box.high.y);
    if (around.low.x > around.high.x || around.low.y > around.high.y)
      return Error{ErrorCode::bad_input, file, "The polygon and the box have nothing in common.", "Give one of them."};
  }
  region.box = around;
  region.where = [rings](Vec3d p) { return inRings(*rings, p); };
  return done();
}

Result<points::Region> sectionRegion(const measure::SectionWish& wish) {
  const auto line = measure::RoadLine::create(wish.line, wish.width_m / 2, "section");
  if (!line) return line.error();
  points::Region region;
  region.box = measure::reachOf(wish);
  const auto shared = std::make_shared<measure::RoadLine>(*line);
  region.where = [shared, from = wish.from_m, to = wish.to_m](Vec3d p) {
    const auto foot = shared->footOf(p);
    return foot && foot->chainage_m >= from && foot->chainage_m <= to;
  };
  return region;
}

Result<exporting::PointFileReport> writeCloud(const model::PointCloud& cloud, const crs::LocalFrame& frame,
                                              const points::Region& region, exporting::PointFormat format,
                                              const fs::path& path, Problems& problems, Progress& progress) {
  const auto pathOf = [](const std::string& utf8) { return fs::path(std::u8string(utf8.begin(), utf8.end())); };
  fs::path octree_place = pathOf(cloud.octree);
  TemporaryFolder temporary;
  if (cloud.octree.empty()) {
    if (format == exporting::PointFormat::laz)
      return writeFromFile(pathOf(cloud.path), cloud, frame, region, path, problems, progress);
    points::IndexJob job;
    job.files = {pathOf(cloud.path)};
    job.out = octree_place = temporary.path = fs::absolute(path).concat(".octree");
    const auto built = points::buildOctree(job, problems, progress);
    if (!built) return built.error();
  }
  const auto octree = points::openOctree(octree_place, problems);
  if (!octree) return octree.error();
  const auto place = points::placeOctree((*octree)->info(), cloud, frame);
  if (!place) return place.error();
  return exporting::writePointFile(**octree, *place, region, format, path, progress);
}

}  // namespace hashimichi::app::cli
