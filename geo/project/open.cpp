#include <charconv>
#include <map>

#include "geo/core/file.h"
#include "geo/project/generations.h"
#include "geo/project/layout.h"
#include "geo/project/point_cache.h"
#include "geo/project/project.h"
#include "geo/project/results.h"
#include "geo/project/salvage.h"
#include "geo/project/schema.h"
#include "geo/project/shapes.h"

namespace hashimichi::project {
namespace fs = std::filesystem;

namespace {

using model::CityModel;
using Metadata = std::map<std::string, std::string>;

/// One opening in progress: what was read so far.
struct Opening {
  fs::path gpkg;
  Gpkg file;
  Metadata metadata;
  CityModel city;
  Project project;
  int version = 0;       ///< layout of the file
  bool lenient = false;  ///< what cannot be read is told and left out, a newer layout is tried
};

Error damaged(const fs::path& gpkg, const std::string& reason) {
  return {ErrorCode::unreadable, toUtf8(gpkg), "The project file is damaged: " + reason + ".",
          "Restore it from a backup, or import the sources again."};
}

template <typename Number>
std::optional<Number> numberOf(const Metadata& metadata, const std::string& key) {
  const auto found = metadata.find(key);
  if (found == metadata.end()) return std::nullopt;
  Number value{};
  const char* const end = found->second.data() + found->second.size();
  const auto [stopped, failed] = std::from_chars(found->second.data(), end, value);
  if (failed != std::errc() || stopped != end) return std::nullopt;
  return value;
}

Status readMetadata(Opening& o) {
  std::vector<MetadataRow> rows;
  if (const Status s = readRows(o.file, table::metadata, rows, metadataColumns); !s)
    return damaged(o.gpkg, "it is a GeoPackage, but not one of a project (" + s.error().what + ")");
  for (MetadataRow& row : rows) o.metadata[row.key] = std::move(row.value);
  const auto version = numberOf<int>(o.metadata, "schema_version");
  if (!version) return damaged(o.gpkg, "it does not name its version");
  if (*version > schema_version && !o.lenient)
    return Error{ErrorCode::unsupported, toUtf8(o.gpkg),
                 "The project was saved by a newer Hashimichi (layout " + std::to_string(*version) +
                     "; this program reads up to " + std::to_string(schema_version) + ").",
                 "Update Hashimichi."};
  o.version = *version;
  const auto epsg = numberOf<int>(o.metadata, "epsg");
  const auto east = numberOf<double>(o.metadata, "origin_east_m"),
             north = numberOf<double>(o.metadata, "origin_north_m"),
             height = numberOf<double>(o.metadata, "origin_height_m");
  if (!epsg || !east || !north || !height) return damaged(o.gpkg, "its coordinate frame is missing");
  Result<crs::LocalFrame> frame = crs::LocalFrame::create(*epsg, {*east, *north, *height});
  if (!frame) return frame.error();
  o.city.frame = *frame;
  o.project.name = o.metadata["name"];
  o.file.setOrigin(frame->origin());
  return done();
}

Status readReport(Opening& o) {
  if (const Status s = readRows(o.file, table::sources, o.project.sources, sourceColumns); !s) return s;
  for (import::SourceInfo& source : o.project.sources) source.path = resolvedSource(source.path, o.project.folder);
  std::vector<Problem> lines;
  std::vector<CountRow> counts;
  if (const Status s = readRows(o.file, table::report, lines, problemColumns); !s) return s;
  if (const Status s = readRows(o.file, table::report_counts, counts, countColumns); !s) return s;
  for (Problem& line : lines) o.project.report.add(std::move(line));
  for (const CountRow& row : counts) {
    const std::size_t kept = o.project.report.count(row.kind, row.code);
    if (row.count > kept) o.project.report.addUnkept(row.kind, row.code, row.count - kept);
  }
  return done();
}

/// Of tables that layout 3 brought.
template <typename Row>
Status readLater(Opening& o, const TableInfo& table, std::vector<Row>& rows, void (*columns)(Columns&, Row&)) {
  return o.version < 3 ? done() : readRows(o.file, table, rows, columns);
}

/// The element that a child row belongs to, by the fid of its owner.
template <typename Owner>
Owner* ownerOf(std::vector<Owner>& owners, std::int64_t fid) {
  return fid >= 1 && static_cast<std::size_t>(fid) <= owners.size() ? &owners[static_cast<std::size_t>(fid) - 1]
                                                                    : nullptr;
}

template <typename Owner>
Status readSurfaces(Opening& o, const TableInfo& table, std::vector<Owner>& owners) {
  bool lost = false;
  const Status status = o.file.read(table.name, [&](Columns& cells) {
    ShapeRow row;
    shapeColumns(cells, row);
    if (Owner* owner = ownerOf(owners, row.owner))
      owner->geometry.surfaces = std::move(row.surfaces);
    else
      lost = true;
  });
  if (status && lost) return damaged(o.gpkg, std::string(table.name) + " holds a shape that belongs to nothing");
  return status;
}

Status readRoads(Opening& o) {
  const Status roads = o.file.read(table::roads.name, [&](Columns& cells) {
    RoadSegment& road = o.city.roads.emplace_back();
    bool repeats = false;
    roadColumns(cells, road, repeats);
    if (repeats) road.geometry.lines = {road.centreline};
  });
  return roads ? readSurfaces(o, table::road_surfaces, o.city.roads) : roads;
}

Status readBridges(Opening& o) {
  const Status bridges = readRows(o.file, table::bridges, o.city.bridges, bridgeColumns);
  return bridges ? readSurfaces(o, table::bridge_shapes, o.city.bridges) : bridges;
}

Status readObjects(Opening& o) {
  if (o.version >= 2) return readRows(o.file, table::objects, o.city.objects, objectColumns);
  return readRows(o.file, table::areas_v1, o.city.objects, areaColumnsV1);
}

Status readInspections(Opening& o) {
  std::vector<InspectionRow> inspections;
  if (const Status s = readRows(o.file, table::inspections, inspections, inspectionColumns); !s) return s;
  const Status members = o.file.read(table::members.name, [&](Columns& cells) {
    MemberRow row;
    memberColumns(cells, row);
    if (InspectionRow* owner = ownerOf(inspections, row.owner))
      owner->inspection.members.push_back(std::move(row.grade));
  });
  if (!members) return members;
  const Status defects = o.file.read(table::defects.name, [&](Columns& cells) {
    DefectRow row;
    defectColumns(cells, row);
    if (InspectionRow* owner = ownerOf(inspections, row.owner))
      owner->inspection.defects.push_back(std::move(row.defect));
  });
  if (!defects) return defects;
  for (InspectionRow& row : inspections) {
    Bridge* bridge = ownerOf(o.city.bridges, row.owner);
    if (bridge == nullptr) return damaged(o.gpkg, "inspections holds one that belongs to no bridge");
    bridge->inspections.push_back(std::move(row.inspection));
  }
  std::vector<RepairRow> repairs;
  if (const Status s = readLater(o, table::repairs, repairs, repairColumns); !s) return s;
  for (RepairRow& row : repairs) {
    Bridge* bridge = ownerOf(o.city.bridges, row.owner);
    if (bridge == nullptr) return damaged(o.gpkg, "repairs holds one that belongs to no bridge");
    bridge->repairs.push_back(std::move(row.repair));
  }
  return done();
}

Status readSensors(Opening& o) {
  if (const Status s = readRows(o.file, table::stations, o.city.stations, stationColumns); !s) return s;
  const Status heads = o.file.read(table::series.name, [&](Columns& cells) {
    SeriesRow row;
    seriesColumns(cells, row);
    o.city.series.push_back(std::move(row.series));
  });
  if (!heads) return heads;
  return o.file.read(table::observations.name, [&](Columns& cells) {
    ObservationRow row;
    observationColumns(cells, row);
    if (sensors::Series* owner = ownerOf(o.city.series, row.owner)) owner->values.push_back(std::move(row.observation));
  });
}

Status readImagery(Opening& o) {
  if (const Status s = readRows(o.file, table::imagery, o.city.imagery, imageryColumns); !s) return s;
  for (model::ImageryRef& image : o.city.imagery) {
    image.path = resolvedPath(image.path, o.project.folder);
    std::error_code ignored;
    if (!image.path.starts_with("http") && !fs::exists(image.path, ignored))
      o.project.report.skip(image.path, "", "project.imagery_missing",
                            "The orthophoto of this project is not where it was; the terrain is drawn without it.",
                            "Put the file back, or import it from its new place.");
  }
  return done();
}

Status readClouds(Opening& o) {
  return o.file.read(table::clouds.name, [&](Columns& cells) {
    CloudRow row;
    cloudColumns(cells, row);
    row.cloud.path = resolvedPath(row.cloud.path, o.project.folder);
    if (!row.cloud.octree.empty()) row.cloud.octree = resolvedPath(row.cloud.octree, o.project.folder);
    if (!row.cache.empty()) {
      const fs::path cache = cachesOf(o.project.folder) / fs::path(row.cache).filename();
      if (Result<model::PointSample> sample = readPointCache(cache))
        row.cloud.sample = std::move(*sample);
      else
        o.project.report.assume(row.cloud.path, "", "project.cache_missing",
                                sample.error().what + " The survey opens without points.", sample.error().advice);
    }
    o.city.clouds.push_back(std::move(row.cloud));
  });
}

Status readTerrainGrid(Opening& o) {
  const auto columns = numberOf<std::size_t>(o.metadata, "terrain_columns"),
             rows = numberOf<std::size_t>(o.metadata, "terrain_rows");
  if (!columns) return done();
  const auto west = numberOf<double>(o.metadata, "terrain_west_m"),
             south = numberOf<double>(o.metadata, "terrain_south_m"), z = numberOf<double>(o.metadata, "terrain_z_m"),
             spacing = numberOf<double>(o.metadata, "terrain_spacing_m");
  if (!rows || !west || !south || !z || !spacing) return damaged(o.gpkg, "the place of its terrain is missing");
  model::Terrain terrain;
  terrain.south_west = {*west, *south, *z};
  terrain.spacing_m = *spacing;
  terrain.columns = *columns, terrain.rows = *rows;
  terrain.source = o.metadata["terrain_source"];
  if (const Status s = readTerrain(o.gpkg, table::terrain, terrain); !s) return s;
  if (o.metadata.contains("terrain_filled")) {
    model::Terrain filled = terrain;
    if (const Status s = readTerrain(o.gpkg, table::terrain_filled, filled); !s) return s;
    for (const float mark : filled.height_m) terrain.filled_cells.push_back(mark == 1);
  }
  o.city.terrain = std::move(terrain);
  return done();
}

/// SQLite does not always notice that pages are gone; the counts do.
Status checkCounts(const Opening& o) {
  const auto differs = [&](const char* key, std::size_t read) {
    return numberOf<std::size_t>(o.metadata, key).value_or(read) != read;
  };
  if (differs("count_buildings", o.city.buildings.size()) || differs("count_road_segments", o.city.roads.size()) ||
      differs("count_bridges", o.city.bridges.size()) || differs("count_city_objects", o.city.objects.size()) ||
      differs("count_other_lods", countOtherLods(o.city)) || differs("count_results", o.city.results.size()))
    return damaged(o.gpkg, "it holds another number of features than were saved");
  return done();
}

Status readAll(Opening& o, Progress& progress) {
  const std::function<Status()> steps[] = {
      [&] { return readMetadata(o); },
      [&] { return readReport(o); },
      [&] { return readRoads(o); },
      [&] { return readBridges(o); },
      [&] { return readInspections(o); },
      [&] { return readRows(o.file, table::buildings, o.city.buildings, buildingColumns); },
      [&] { return readObjects(o); },
      [&] { return readRows(o.file, table::dump_sites, o.city.dump_sites, dumpSiteColumns); },
      [&] { return readLater(o, table::pavements, o.city.pavements, pavementColumns); },
      [&] { return readLater(o, table::depots, o.city.depots, depotColumns); },
      [&] { return readLater(o, table::tracks, o.city.tracks, trackColumns); },
      [&] { return readLater(o, table::bus_lines, o.city.bus_lines, busLineColumns); },
      [&] { return readLater(o, table::population, o.city.population, populationColumns); },
      [&] { return readShapes(o.file, o.city, o.project.folder, o.version, o.project.report); },
      [&] { return readSensors(o); },
      [&] {
        return readResults(o.file, o.city, numberOf<std::size_t>(o.metadata, "count_results").value_or(0), o.gpkg);
      },
      [&] { return readImagery(o); },
      [&] { return readClouds(o); },
      [&] { return readTerrainGrid(o); },
      [&] { return checkCounts(o); },
  };
  double fraction = 0;
  for (const auto& step : steps) {
    if (progress.cancelled()) return Error{ErrorCode::cancelled, toUtf8(o.gpkg), "Opening was cancelled.", ""};
    progress.report(fraction, "opening");
    if (const Status status = step(); !status) {
      if (!o.lenient || &step == std::begin(steps)) return status;  // without its frame nothing has a place
      o.project.report.skip(toUtf8(o.gpkg), {}, part_damaged_code, "A part was left out: " + status.error().what);
    }
    fraction += 1.0 / static_cast<double>(std::size(steps));
  }
  return done();
}

Error noProject(const fs::path& folder) {
  std::error_code ignored;
  if (!fs::exists(folder, ignored))
    return {ErrorCode::not_found, toUtf8(folder), "The project does not exist.", "Check the path."};
  return {ErrorCode::not_found, toUtf8(folder), "This is no project: it holds no project.gpkg.",
          "Name a folder that ends in .hashimichi."};
}

bool isEmpty(const CityModel& city) {
  return city.buildings.empty() && city.roads.empty() && city.bridges.empty() && city.objects.empty() &&
         city.stations.empty() && city.clouds.empty() && !city.terrain;
}

}  // namespace

Result<Project> openFile(const fs::path& folder, const fs::path& gpkg, bool lenient, Progress& progress) {
  Result<Gpkg> file = Gpkg::open(gpkg);
  if (!file) return file.error();
  Opening opening{gpkg, std::move(*file), {}, {}, {}, 0, lenient};
  opening.project.folder = folder;
  if (const Status status = readAll(opening, progress); !status) return status.error();
  if (lenient && isEmpty(opening.city)) return damaged(gpkg, "nothing in it can be read");
  opening.project.model = std::make_shared<const CityModel>(std::move(opening.city));
  progress.report(1, "opened");
  return std::move(opening.project);
}

Result<Project> open(const fs::path& folder, Progress& progress) {
  if (!isProjectFolder(folder)) return noProject(folder);
  Result<Project> opened = openFile(folder, gpkgOf(folder), false, progress);
  std::error_code ignored;
  if (opened || opened.error().code != ErrorCode::unreadable || !fs::exists(backupOf(folder), ignored)) return opened;
  Error error = opened.error();
  error.advice = "The state before the last save lies in " + toUtf8(backupOf(folder)) +
                 "; open the project in the window to take it over, or copy that file over project.gpkg.";
  return error;
}

}  // namespace hashimichi::project
