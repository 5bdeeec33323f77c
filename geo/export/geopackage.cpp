#include "geo/core/file.h"
#include "geo/core/version.h"
#include "geo/export/qgis_style.h"
#include "geo/export/ranking_table.h"
#include "geo/export/words.h"
#include "geo/export/writers.h"
#include "geo/project/gpkg.h"

namespace hashimichi::exporting {
namespace {

using project::Columns;
using project::Gpkg;
using project::Shape;
using project::TableInfo;

constexpr TableInfo road_table{"road_priority", Shape::line, "Snow-removal priority of road segments"};
constexpr TableInfo road_surface_table{"road_priority_surfaces", Shape::polygons,
                                       "Snow-removal priority of road segments without a centre line"};
constexpr TableInfo bridge_table{"bridge_priority", Shape::point, "Ageing priority of bridges"};
constexpr TableInfo decision_table{"decision", Shape::none, "What this file is and how it was made"};
constexpr TableInfo style_table{"layer_styles", Shape::none, "Styles that QGIS applies on opening", "id", true};

/// The row's cells as typed columns; NULL where unknown.
void tellCells(Columns& c, const std::vector<Field>& fields, std::vector<Cell>& cells) {
  for (std::size_t i = 0; i < fields.size(); ++i) {
    std::optional<std::int64_t> whole;
    std::optional<double> real;
    std::string none;
    if (const auto* value = std::get_if<std::int64_t>(&cells[i])) whole = *value;
    if (const auto* value = std::get_if<double>(&cells[i])) real = *value;
    switch (fields[i].type) {
      case Field::Type::whole:
        c.integer(fields[i].key, whole);
        break;
      case Field::Type::real:
        c.real(fields[i].key, real);
        break;
      case Field::Type::text:
        c.text(fields[i].key, std::holds_alternative<std::string>(cells[i]) ? std::get<std::string>(cells[i]) : none);
        break;
    }
  }
}

/// The given rows of the ranking with their geometry, told by `shape`.
template <typename TellShape>
Status writeLayer(Gpkg& file, const TableInfo& info, const RankingTable& table, const std::vector<std::size_t>& rows,
                  TellShape shape) {
  std::vector<Cell> empty(table.fields().size());
  std::size_t next = 0;
  return file.write(
      info, [&](Columns& definition) { tellCells(definition, table.fields(), empty); },
      [&](Columns& c) {
        if (next == rows.size()) return false;
        std::vector<Cell> cells = table.row(rows[next]);
        tellCells(c, table.fields(), cells);
        shape(c, rows[next++]);
        return true;
      });
}

Status writeRoads(Gpkg& file, const Snapshot& snapshot, const RankingTable& table) {
  const std::vector<model::RoadSegment>& roads = snapshot.project.model->roads;
  const auto roadOf = [&](std::size_t row) -> const model::RoadSegment& {
    return roads[snapshot.ranking.rows[row].index];
  };
  std::vector<std::size_t> all, surfaces_only;
  for (std::size_t i = 0; i < table.size(); ++i) {
    all.push_back(i);
    if (roadOf(i).centreline.size() < 2 && !roadOf(i).geometry.surfaces.empty()) surfaces_only.push_back(i);
  }
  const Status lines = writeLayer(file, road_table, table, all, [&](Columns& c, std::size_t row) {
    model::Polyline centreline = roadOf(row).centreline;
    c.line(centreline);
  });
  if (!lines || surfaces_only.empty()) return lines;
  return writeLayer(file, road_surface_table, table, surfaces_only, [&](Columns& c, std::size_t row) {
    std::vector<model::Surface> surfaces = roadOf(row).geometry.surfaces;
    c.polygons(surfaces);
  });
}

Status writeBridges(Gpkg& file, const Snapshot& snapshot, const RankingTable& table) {
  std::vector<std::size_t> all;
  for (std::size_t i = 0; i < table.size(); ++i) all.push_back(i);
  return writeLayer(file, bridge_table, table, all, [&](Columns& c, std::size_t row) {
    std::optional<Vec3d> position = snapshot.project.model->bridges[snapshot.ranking.rows[row].index].position;
    c.point(position);
  });
}

struct KeyValue {
  std::string key, value;
};
void tellKeyValue(Columns& c, KeyValue& row) {
  c.text("key", row.key);
  c.text("value", row.value);
}

Status writeDecision(Gpkg& file, const Snapshot& snapshot) {
  const assess::Ranking& ranking = snapshot.ranking;
  std::vector<KeyValue> rows{{"project", snapshot.project.name},
                             {"as_of", formatInstant(ranking.as_of)},
                             {"valid_until", formatInstant(ranking.valid_until)},
                             {"profile", ranking.profile_id},
                             {"profile_ja", ranking.profile_name_ja},
                             {"profile_en", ranking.profile_name_en},
                             {"method_ja", ranking.method_ja},
                             {"method_en", ranking.method_en},
                             {"record_hash", recordHash(snapshot)},
                             {"created_by", std::string("Hashimichi ") + programVersion()}};
  for (const import::SourceInfo& source : snapshot.project.sources)
    rows.push_back({"source", source.path + (source.sha256.empty() ? "" : " sha256:" + source.sha256)});
  return project::writeRows(file, decision_table, rows, tellKeyValue);
}

/// The columns that QGIS itself gives this table; it looks for catalogue and schema as '', not NULL.
struct StyleRow {
  std::string table, qml;
  Instant time;
};
void tellStyle(Columns& c, StyleRow& row) {
  std::string none, geometry = "geom", name = "rank", description = "Hashimichi";
  bool is_default = true;
  c.text("f_table_catalog", none);
  c.text("f_table_schema", none);
  c.text("f_table_name", row.table);
  c.text("f_geometry_column", geometry);
  c.text("styleName", name);
  c.text("styleQML", row.qml);
  c.text("styleSLD", none);
  c.flag("useAsDefault", is_default);
  c.text("description", description);
  c.text("owner", none);
  c.text("ui", none);
  c.moment("update_time", row.time);
}

Status writeStyles(Gpkg& file, const Snapshot& snapshot) {
  const assess::Subject subject = snapshot.ranking.subject;
  std::vector<StyleRow> rows;
  const auto add = [&](const TableInfo& table) {
    rows.push_back({table.name, qgisStyle(table.shape, subject, snapshot.language), snapshot.ranking.as_of});
  };
  if (subject == assess::Subject::snow)
    add(road_table), add(road_surface_table);
  else
    add(bridge_table);
  return project::writeRows(file, style_table, rows, tellStyle);
}

}  // namespace

Status writeGeoPackage(const Snapshot& snapshot, const std::filesystem::path& path, Progress& progress) {
  const crs::LocalFrame& frame = snapshot.project.model->frame;
  Result<Gpkg> file = Gpkg::create(path, frame.epsg(), frame.origin());
  if (!file) return file.error();
  const RankingTable table(snapshot);
  const std::function<Status()> steps[] = {
      [&] {
        return snapshot.ranking.subject == assess::Subject::snow ? writeRoads(*file, snapshot, table)
                                                                 : writeBridges(*file, snapshot, table);
      },
      [&] { return writeDecision(*file, snapshot); },
      [&] { return writeStyles(*file, snapshot); },
  };
  for (const auto& step : steps) {
    if (progress.cancelled()) return Error{ErrorCode::cancelled, toUtf8(path), "The export was cancelled.", ""};
    if (const Status status = step(); !status) return status;
  }
  return file->close();
}

}  // namespace hashimichi::exporting
