#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <mutex>
#include <set>

#include "geo/core/file.h"
#include "geo/core/version.h"
#include "geo/project/generations.h"
#include "geo/project/layout.h"
#include "geo/project/lock.h"
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

/// Rows that are made while they are written: `make(i)` for 0 ≤ i < count.
template <typename Row, typename Make>
Status writeMade(Gpkg& file, const TableInfo& table, std::size_t count, void (*columns)(Columns&, Row&), Make make) {
  Row sample{};
  std::size_t index = 0;
  return file.write(
      table, [&](Columns& definition) { columns(definition, sample); },
      [&](Columns& cells) {
        if (index == count) return false;
        Row row = make(index++);
        columns(cells, row);
        return true;
      });
}

std::int64_t fidOf(std::size_t index) {
  return static_cast<std::int64_t>(index) + 1;
}

Status writeRoads(Gpkg& file, const CityModel& city) {
  std::size_t index = 0;
  RoadSegment sample;
  bool repeats = false;
  const Status roads = file.write(
      table::roads, [&](Columns& definition) { roadColumns(definition, sample, repeats); },
      [&](Columns& cells) {
        if (index == city.roads.size()) return false;
        const RoadSegment& road = city.roads[index++];
        repeats = linesRepeatCentreline(road);
        roadColumns(cells, const_cast<RoadSegment&>(road), repeats);  // a writer only looks
        return true;
      });
  if (!roads) return roads;
  std::vector<std::size_t> with_surfaces;
  for (std::size_t i = 0; i < city.roads.size(); ++i)
    if (!city.roads[i].geometry.surfaces.empty()) with_surfaces.push_back(i);
  return writeMade(file, table::road_surfaces, with_surfaces.size(), shapeColumns, [&](std::size_t n) {
    const RoadSegment& road = city.roads[with_surfaces[n]];
    return ShapeRow{fidOf(with_surfaces[n]), road.id, road.geometry.surfaces};
  });
}

Status writeBridges(Gpkg& file, const CityModel& city) {
  if (const Status status = writeRows(file, table::bridges, city.bridges, bridgeColumns); !status) return status;
  std::vector<std::size_t> with_shape;
  for (std::size_t i = 0; i < city.bridges.size(); ++i)
    if (!city.bridges[i].geometry.surfaces.empty()) with_shape.push_back(i);
  return writeMade(file, table::bridge_shapes, with_shape.size(), shapeColumns, [&](std::size_t n) {
    const Bridge& bridge = city.bridges[with_shape[n]];
    return ShapeRow{fidOf(with_shape[n]), bridge.id, bridge.geometry.surfaces};
  });
}

Status writeInspections(Gpkg& file, const CityModel& city) {
  std::vector<InspectionRow> inspections;
  std::vector<MemberRow> members;
  std::vector<DefectRow> defects;
  for (std::size_t i = 0; i < city.bridges.size(); ++i) {
    const Bridge& bridge = city.bridges[i];
    for (const assets::Inspection& inspection : bridge.inspections) {
      inspections.push_back({fidOf(i), bridge.id, inspection});
      const std::int64_t owner = fidOf(inspections.size() - 1);
      for (const assets::MemberGrade& grade : inspection.members) members.push_back({owner, bridge.id, grade});
      for (const assets::Defect& defect : inspection.defects) defects.push_back({owner, bridge.id, defect});
    }
  }
  std::vector<RepairRow> repairs;
  for (std::size_t i = 0; i < city.bridges.size(); ++i)
    for (const assets::Repair& repair : city.bridges[i].repairs)
      repairs.push_back({fidOf(i), city.bridges[i].id, repair});
  if (const Status s = writeRows(file, table::repairs, repairs, repairColumns); !s) return s;
  if (const Status s = writeRows(file, table::inspections, inspections, inspectionColumns); !s) return s;
  if (const Status s = writeRows(file, table::members, members, memberColumns); !s) return s;
  return writeRows(file, table::defects, defects, defectColumns);
}

Status writeSensors(Gpkg& file, const CityModel& city) {
  if (const Status s = writeRows(file, table::stations, city.stations, stationColumns); !s) return s;
  const Status heads = writeMade(file, table::series, city.series.size(), seriesColumns, [&](std::size_t i) {
    const sensors::Series& from = city.series[i];
    return SeriesRow{{from.station_id, from.quantity, from.issued, {}, from.source}};
  });
  if (!heads) return heads;
  std::size_t count = 0, series = 0, next = 0;
  for (const sensors::Series& one : city.series) count += one.values.size();
  return writeMade(file, table::observations, count, observationColumns, [&](std::size_t) {
    while (next == city.series[series].values.size()) ++series, next = 0;
    const sensors::Series& from = city.series[series];
    return ObservationRow{fidOf(series), from.station_id, from.quantity, from.values[next++]};
  });
}

/// Paths become relative, samples go to caches/.
Status writeReferences(Gpkg& file, const Project& project, std::set<std::string>& caches) {
  const CityModel& city = *project.model;
  const Status imagery = writeMade(file, table::imagery, city.imagery.size(), imageryColumns, [&](std::size_t i) {
    model::ImageryRef row = city.imagery[i];
    row.path = storedPath(row.path, project.folder);
    return row;
  });
  if (!imagery) return imagery;
  std::vector<CloudRow> rows;
  for (const model::PointCloud& from : city.clouds) {
    CloudRow row{{from.id,
                  storedPath(from.path, project.folder),
                  from.source,
                  from.octree.empty() ? std::string() : storedPath(from.octree, project.folder),
                  from.surveyed,
                  from.point_count,
                  from.bounds,
                  from.count_by_class,
                  {}},
                 {}};
    if (from.sample.size() > 0) {
      Result<std::string> cache = writePointCache(cachesOf(project.folder), from.sample);
      if (!cache) return cache.error();
      caches.insert(*cache);
      row.cache = *cache;
    }
    rows.push_back(std::move(row));
  }
  return writeRows(file, table::clouds, rows, cloudColumns);
}

Status writeReport(Gpkg& file, const Project& project) {
  std::vector<import::SourceInfo> sources = project.sources;
  for (import::SourceInfo& source : sources) source.path = storedSource(source.path, project.folder);
  if (const Status s = writeRows(file, table::sources, sources, sourceColumns); !s) return s;
  const auto ofThisMoment = [](const std::string& code) { return code.starts_with(opening_code_prefix); };
  std::vector<Problem> lines = project.report.lines();
  std::erase_if(lines, [&](const Problem& line) { return ofThisMoment(line.code); });
  if (const Status s = writeRows(file, table::report, lines, problemColumns); !s) return s;
  std::vector<CountRow> counts;
  for (const ProblemKind kind : {ProblemKind::assumption, ProblemKind::skipped, ProblemKind::failed})
    for (const auto& [code, count] : project.report.byCode(kind))
      if (!ofThisMoment(code)) counts.push_back({kind, code, count});
  return writeRows(file, table::report_counts, counts, countColumns);
}

Status writeMetadata(Gpkg& file, const Project& project) {
  const CityModel& city = *project.model;
  const Vec3d origin = city.frame.origin();
  // 17 digits: the origin and the grid come back to the bit.
  const auto exact = [](double value) { return fmt::format("{:.17g}", value); };
  std::vector<MetadataRow> rows{{"schema_version", std::to_string(schema_version)},
                                {"created_by", std::string("Hashimichi ") + programVersion()},
                                {"name", project.name},
                                {"epsg", std::to_string(city.frame.epsg())},
                                {"origin_east_m", exact(origin.x)},
                                {"origin_north_m", exact(origin.y)},
                                {"origin_height_m", exact(origin.z)},
                                {"count_buildings", std::to_string(city.buildings.size())},
                                {"count_road_segments", std::to_string(city.roads.size())},
                                {"count_bridges", std::to_string(city.bridges.size())},
                                {"count_city_objects", std::to_string(city.objects.size())},
                                {"count_other_lods", std::to_string(countOtherLods(city))},
                                {"count_results", std::to_string(city.results.size())}};
  if (city.terrain && !city.terrain->empty()) {
    const model::Terrain& terrain = *city.terrain;
    rows.push_back({"terrain_west_m", exact(terrain.south_west.x)});
    rows.push_back({"terrain_south_m", exact(terrain.south_west.y)});
    rows.push_back({"terrain_z_m", exact(terrain.south_west.z)});
    rows.push_back({"terrain_spacing_m", exact(terrain.spacing_m)});
    rows.push_back({"terrain_columns", std::to_string(terrain.columns)});
    rows.push_back({"terrain_rows", std::to_string(terrain.rows)});
    rows.push_back({"terrain_source", terrain.source});
    if (!terrain.filled_cells.empty()) rows.push_back({"terrain_filled", "1"});
  }
  return writeRows(file, table::metadata, rows, metadataColumns);
}

/// Every table, in the order in which a person reads them; stops at the first failure or when cancelled.
Status writeTables(Gpkg& file, const Project& project, std::set<std::string>& caches, Progress& progress) {
  const CityModel& city = *project.model;
  const std::function<Status()> steps[] = {
      [&] { return writeMetadata(file, project); },
      [&] { return writeReport(file, project); },
      [&] { return writeRoads(file, city); },
      [&] { return writeBridges(file, city); },
      [&] { return writeInspections(file, city); },
      [&] { return writeRows(file, table::buildings, city.buildings, buildingColumns); },
      [&] { return writeRows(file, table::objects, city.objects, objectColumns); },
      [&] { return writeRows(file, table::dump_sites, city.dump_sites, dumpSiteColumns); },
      [&] { return writeRows(file, table::pavements, city.pavements, pavementColumns); },
      [&] { return writeRows(file, table::depots, city.depots, depotColumns); },
      [&] { return writeRows(file, table::tracks, city.tracks, trackColumns); },
      [&] { return writeRows(file, table::bus_lines, city.bus_lines, busLineColumns); },
      [&] { return writeRows(file, table::population, city.population, populationColumns); },
      [&] { return writeShapes(file, city, project.folder, caches); },
      [&] { return writeSensors(file, city); },
      [&] { return writeResults(file, city); },
      [&] { return writeReferences(file, project, caches); },
  };
  double fraction = 0;
  for (const auto& step : steps) {
    if (progress.cancelled()) return Error{ErrorCode::cancelled, toUtf8(project.folder), "Saving was cancelled.", ""};
    progress.report(fraction, "saving");
    if (const Status status = step(); !status) return status;
    fraction += 1.0 / static_cast<double>(std::size(steps));
  }
  return done();
}

Status writeGpkg(const fs::path& path, const Project& project, std::set<std::string>& caches, Progress& progress) {
  const CityModel& city = *project.model;
  Result<Gpkg> file = Gpkg::create(path, city.frame.epsg(), city.frame.origin());
  if (!file) return file.error();
  if (const Status status = writeTables(*file, project, caches, progress); !status) return status;
  if (const Status status = file->close(); !status) return status;
  if (!city.terrain || city.terrain->empty()) return done();
  const model::Terrain& terrain = *city.terrain;
  const Status ground = addTerrain(path, table::terrain, terrain, city.frame.epsg(), city.frame.origin());
  if (!ground || terrain.filled_cells.empty()) return ground;
  model::Terrain filled = terrain;
  std::copy(terrain.filled_cells.begin(), terrain.filled_cells.end(), filled.height_m.begin());
  return addTerrain(path, table::terrain_filled, filled, city.frame.epsg(), city.frame.origin());
}

Status flushToDisk(const fs::path& path) {
  const int handle = ::open(path.c_str(), O_RDONLY);
  const bool ok = handle >= 0 && ::fsync(handle) == 0;
  if (handle >= 0) ::close(handle);
  if (ok) return done();
  return Error{ErrorCode::write_failed, toUtf8(path), "The file did not reach the disk.", "Check free space."};
}

void removeWithSideFiles(const fs::path& gpkg) {
  std::error_code ignored;
  for (const char* suffix : {"", "-journal", "-wal", "-shm"}) fs::remove(gpkg.string() + suffix, ignored);
}

}  // namespace

Status save(const Project& project, Progress& progress) {
  if (!project.model) return Error{ErrorCode::bad_input, toUtf8(project.folder), "There is nothing to save yet.", ""};
  if (wasSalvaged(project))
    return Error{ErrorCode::write_failed, toUtf8(project.folder),
                 "Only what could still be read of this project is shown; it is not saved over the project.",
                 "Take over the previous state, or import the sources again."};
  // One save after the other: a second one would write into the first one's unfinished file.
  static std::mutex one_at_a_time;
  const std::lock_guard guard(one_at_a_time);
  std::error_code failed;
  fs::create_directories(cachesOf(project.folder), failed);
  if (failed)
    return Error{ErrorCode::write_failed, toUtf8(project.folder),
                 "The folder cannot be made: " + failed.message() + ".", "Choose a place where you may write."};
  const LockOutcome access = takeLock(project.folder);
  if (!access.lock) return access.refusal(project.folder);
  if (const Status held = access.lock->stillHeld(); !held) return held;
  removeLeftovers(project.folder);
  const fs::path target = gpkgOf(project.folder), beside = besideOf(target);
  removeWithSideFiles(beside);
  std::set<std::string> caches;
  Status status = writeGpkg(beside, project, caches, progress);
  if (status) status = flushToDisk(beside);
  if (status) status = access.lock->stillHeld();
  if (status) status = keepPrevious(project.folder);
  if (!status) {
    removeWithSideFiles(beside);
    return status;
  }
  if (const Status moved = moveIntoPlace(beside, target); !moved) return moved;
  // A write-ahead log that another program left belongs to the file that was replaced, not to this one.
  for (const char* suffix : {"-journal", "-wal", "-shm"}) fs::remove(target.string() + suffix, failed);
  removeOldCaches(project.folder, caches, *project.model);
  progress.report(1, "saved");
  return done();
}

}  // namespace hashimichi::project
