#include <fmt/format.h>

#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>

#include "geo/core/file.h"
#include "geo/core/version.h"
#include "geo/export/ranking_table.h"
#include "geo/export/writers.h"

namespace hashimichi::exporting {
namespace {

using Json = nlohmann::ordered_json;

/// Longitude and latitude with 7 decimals (1 cm). Heights are left out: RFC 7946 wants them above the ellipsoid, and
/// those of the project are above the sea (T.P.).
class PositionWriter {
 public:
  explicit PositionWriter(crs::FromLocal from_local) : from_local_(std::move(from_local)) {}

  /// false when a point has no place on the globe.
  bool position(Vec3d local, std::string& out) const {
    const std::optional<Vec3d> p = from_local_(local);
    if (!p) return false;
    out += fmt::format("[{:.7f},{:.7f}]", p->x, p->y);
    return true;
  }
  bool line(const model::Polyline& points, std::string& out) const {
    out += '[';
    for (std::size_t i = 0; i < points.size(); ++i) {
      if (i > 0) out += ',';
      if (!position(points[i], out)) return false;
    }
    out += ']';
    return true;
  }
  /// Counter-clockwise from above where `outer`, clockwise otherwise, first point repeated.
  bool ring(model::Ring points, bool outer, std::string& out) const {
    if ((model::signedArea2d(points) > 0) != outer) std::reverse(points.begin(), points.end());
    points.push_back(points.front());
    return line(points, out);
  }

 private:
  crs::FromLocal from_local_;
};

bool polygons(const std::vector<model::Surface>& surfaces, const PositionWriter& writer, std::string& out) {
  out += R"({"type":"MultiPolygon","coordinates":[)";
  bool first = true;
  for (const model::Surface& surface : surfaces) {
    if (surface.polygon.outer.size() < 3) continue;
    out += first ? "[" : ",[";
    first = false;
    if (!writer.ring(surface.polygon.outer, true, out)) return false;
    for (const model::Ring& hole : surface.polygon.holes) {
      if (hole.size() < 3) continue;
      out += ',';
      if (!writer.ring(hole, false, out)) return false;
    }
    out += ']';
  }
  out += "]}";
  return !first;
}

bool roadGeometry(const model::RoadSegment& road, const PositionWriter& writer, std::string& out) {
  if (road.centreline.size() < 2) return polygons(road.geometry.surfaces, writer, out);
  out += R"({"type":"LineString","coordinates":)";
  if (!writer.line(road.centreline, out)) return false;
  out += '}';
  return true;
}

bool bridgeGeometry(const model::Bridge& bridge, const PositionWriter& writer, std::string& out) {
  if (!bridge.position) return false;
  out += R"({"type":"Point","coordinates":)";
  if (!writer.position(*bridge.position, out)) return false;
  out += '}';
  return true;
}

std::string dumped(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string propertiesOf(const std::vector<Cell>& cells, const std::vector<Field>& fields) {
  std::string out = "{";
  for (std::size_t i = 0; i < cells.size(); ++i) {
    out += fmt::format("{}\"{}\":", i > 0 ? "," : "", fields[i].key);
    if (const auto* whole = std::get_if<std::int64_t>(&cells[i]))
      out += std::to_string(*whole);
    else if (const auto* real = std::get_if<double>(&cells[i]); real != nullptr && std::isfinite(*real))
      out += fmt::format("{:.{}f}", *real, fields[i].decimals);
    else if (const auto* text = std::get_if<std::string>(&cells[i]))
      out += dumped(*text);
    else
      out += "null";
  }
  return out + "}";
}

/// A foreign member of the collection: what this file is.
std::string decisionOf(const Snapshot& snapshot) {
  const assess::Ranking& ranking = snapshot.ranking;
  return dumped(Json{{"project", snapshot.project.name},
                     {"subject", ranking.subject == assess::Subject::snow ? "snow" : "ageing"},
                     {"as_of", formatInstant(ranking.as_of)},
                     {"valid_until", formatInstant(ranking.valid_until)},
                     {"profile", ranking.profile_id},
                     {"method_ja", ranking.method_ja},
                     {"method_en", ranking.method_en},
                     {"record_hash", recordHash(snapshot)},
                     {"created_by", std::string("Hashimichi ") + programVersion()}});
}

}  // namespace

Status writeGeoJson(const Snapshot& snapshot, const std::filesystem::path& path, Progress& progress) {
  const model::CityModel& city = *snapshot.project.model;
  Result<crs::FromLocal> from_local = crs::FromLocal::create(city.frame, "EPSG:4326");
  if (!from_local) return from_local.error();
  const PositionWriter writer(std::move(*from_local));
  const RankingTable table(snapshot);
  std::ofstream stream(path, std::ios::binary | std::ios::trunc);
  stream << "{\"type\":\"FeatureCollection\",\"hashimichi\":" << decisionOf(snapshot) << ",\"features\":[";
  for (std::size_t i = 0; i < table.size(); ++i) {
    if (progress.cancelled()) return Error{ErrorCode::cancelled, toUtf8(path), "The export was cancelled.", ""};
    const assess::Ranked& row = snapshot.ranking.rows[i];
    std::string geometry;
    const bool placed = snapshot.ranking.subject == assess::Subject::snow
                            ? roadGeometry(city.roads[row.index], writer, geometry)
                            : bridgeGeometry(city.bridges[row.index], writer, geometry);
    stream << (i > 0 ? ",\n" : "\n") << "{\"type\":\"Feature\",\"id\":" << dumped(row.asset_id)
           << ",\"geometry\":" << (placed ? geometry : "null")
           << ",\"properties\":" << propertiesOf(table.row(i), table.fields()) << "}";
  }
  stream << "\n]}\n";
  stream.close();
  if (stream) return done();
  return Error{ErrorCode::write_failed, toUtf8(path), "The file cannot be written.",
               "Check free space and whether the folder is writable."};
}

}  // namespace hashimichi::exporting
