#pragma once
#include <string>
#include <vector>

#include "geo/assets/inspection.h"
#include "geo/core/problem.h"
#include "geo/import/import_files.h"
#include "geo/model/city_model.h"
#include "geo/project/columns.h"
#include "geo/project/gpkg.h"

// The tables of project.gpkg, one function per row type. What belongs to another row names it twice: by id, for people,
// and by `owner` = the fid of that row, which is what opening goes by.
namespace hashimichi::project {

using model::Bridge;
using model::Building;
using model::CityObject;
using model::RoadSegment;
using model::SnowDumpSite;

namespace table {
inline constexpr TableInfo metadata{"metadata", Shape::none, "What this project is"};
inline constexpr TableInfo sources{"sources", Shape::none, "The files that were imported"};
inline constexpr TableInfo report{"import_report", Shape::point, "What was assumed and skipped on import"};
inline constexpr TableInfo report_counts{"import_report_counts", Shape::none, "How often, by kind and code"};
inline constexpr TableInfo buildings{"buildings", Shape::polygons, "Buildings, highest level of detail"};
inline constexpr TableInfo roads{"road_segments", Shape::line, "Road segments, centre lines"};
inline constexpr TableInfo road_surfaces{"road_surfaces", Shape::polygons, "Surfaces of road segments"};
inline constexpr TableInfo bridges{"bridges", Shape::point, "Bridges, register entry and place"};
inline constexpr TableInfo bridge_shapes{"bridge_shapes", Shape::polygons, "Shapes of bridges"};
inline constexpr TableInfo other_lods{"other_lods", Shape::polygons, "Features at their other levels of detail",
                                      "fid",        false,           false};
inline constexpr TableInfo points{"feature_points", Shape::points, "Points of features: trees, lamps, covers"};
inline constexpr TableInfo materials{"materials", Shape::none, "Colours and textures of faces"};
inline constexpr TableInfo appearances{"appearances", Shape::none, "Which face has which material and where on it"};
inline constexpr TableInfo lines{"feature_lines", Shape::lines, "Further lines of features; axes of bridges"};
inline constexpr TableInfo inspections{"inspections", Shape::none, "Inspections of bridges"};
inline constexpr TableInfo members{"member_grades", Shape::none, "Soundness of members, by inspection"};
inline constexpr TableInfo defects{"defects", Shape::point, "Defects, by inspection"};
inline constexpr TableInfo repairs{"repairs", Shape::none, "What was done to bridges and other structures"};
inline constexpr TableInfo pavements{"pavement_sections", Shape::line, "Pavement sections and their surveys"};
inline constexpr TableInfo depots{"depots", Shape::point, "Depots and their machines"};
inline constexpr TableInfo tracks{"plough_tracks", Shape::line, "Where machines drove, with the time of every fix"};
inline constexpr TableInfo bus_lines{"bus_lines", Shape::line, "Bus lines and their trips by hour"};
inline constexpr TableInfo population{"population", Shape::polygons, "People per mesh cell, aggregates only"};
inline constexpr TableInfo objects{"city_objects", Shape::polygons,
                                   "Water, vegetation, furniture, tunnels and all other city objects"};
inline constexpr TableInfo areas_v1{"areas", Shape::polygons, "City objects, as layout 1 called them"};
inline constexpr TableInfo dump_sites{"dump_sites", Shape::point, "Snow dump sites"};
inline constexpr TableInfo stations{"stations", Shape::point, "Measuring stations"};
inline constexpr TableInfo series{"series", Shape::none, "Time series of stations; a forecast has an issue time"};
inline constexpr TableInfo observations{"observations", Shape::none, "Values of the series"};
inline constexpr TableInfo imagery{"imagery", Shape::none, "Orthophotos on disk"};
inline constexpr TableInfo meshes{"meshes", Shape::none, "Dense meshes of city objects, in files of their own"};
inline constexpr TableInfo clouds{"point_clouds", Shape::none, "Point clouds on disk and their cached samples"};
inline constexpr const char* terrain = "terrain";
inline constexpr const char* terrain_filled = "terrain_filled";  ///< 1 where a height was interpolated
}  // namespace table

/// The shape of one road segment or bridge.
struct ShapeRow {
  std::int64_t owner = 0;
  std::string owner_id;
  std::vector<model::Surface> surfaces;
};
/// Which geometry of which feature a row belongs to.
struct FeatureRef {
  std::string owner_table, owner_id;
  std::int64_t owner = 0;
  std::size_t shape = 0;  ///< 0: the one that is shown; n: the n-th other level of detail
};
struct LinesRow {
  FeatureRef ref;
  std::string role;  ///< "line" or "axis"
  std::vector<model::Polyline> lines;
};
struct InspectionRow {
  std::int64_t owner = 0;
  std::string bridge_id;
  assets::Inspection inspection;  ///< without members and defects
};
struct MemberRow {
  std::int64_t owner = 0;  ///< of the inspection
  std::string bridge_id;
  assets::MemberGrade grade;
};
struct DefectRow {
  std::int64_t owner = 0;  ///< of the inspection
  std::string bridge_id;
  assets::Defect defect;
};
struct RepairRow {
  std::int64_t owner = 0;  ///< of the structure
  std::string bridge_id;
  assets::Repair repair;
};
struct SeriesRow {
  sensors::Series series;  ///< without values
};
struct ObservationRow {
  std::int64_t owner = 0;  ///< of the series
  std::string station_id;
  sensors::Quantity quantity = sensors::Quantity::snow_depth_cm;
  sensors::Observation observation;
};
struct CloudRow {
  model::PointCloud cloud;  ///< without sample
  std::string cache;        ///< file name below caches/
};
struct MeshRow {
  std::int64_t owner = 0;  ///< of the city object
  std::string object_id;
  std::string cache;  ///< file name below caches/
};
struct MetadataRow {
  std::string key, value;
};
struct CountRow {
  ProblemKind kind = ProblemKind::assumption;
  std::string code;
  std::size_t count = 0;
};

void buildingColumns(Columns& c, Building& row);
void objectColumns(Columns& c, CityObject& row);
/// Read only: the table `areas` of layout 1.
void areaColumnsV1(Columns& c, CityObject& row);
void dumpSiteColumns(Columns& c, SnowDumpSite& row);
/// The centre line is the row's geometry. `lines` of the geometry go to feature_lines unless they repeat it.
void roadColumns(Columns& c, RoadSegment& road, bool& lines_are_centreline);
bool linesRepeatCentreline(const RoadSegment& road);
void bridgeColumns(Columns& c, Bridge& row);
void shapeColumns(Columns& c, ShapeRow& row);
void linesColumns(Columns& c, LinesRow& row);
void otherLodColumns(Columns& c, FeatureRef& ref, model::Geometry& geometry);
void pointsColumns(Columns& c, FeatureRef& ref, model::Geometry& geometry);
/// @returns false when the row is damaged
bool appearanceColumns(Columns& c, FeatureRef& ref, model::Geometry& geometry);
void materialColumns(Columns& c, model::Material& row);
void inspectionColumns(Columns& c, InspectionRow& row);
void memberColumns(Columns& c, MemberRow& row);
void defectColumns(Columns& c, DefectRow& row);
void repairColumns(Columns& c, RepairRow& row);
void pavementColumns(Columns& c, model::PavementSection& row);
void depotColumns(Columns& c, model::Depot& row);
void trackColumns(Columns& c, model::PloughTrack& row);
void busLineColumns(Columns& c, model::BusLine& row);
void populationColumns(Columns& c, model::PopulationCell& row);
/// All attributes of a feature as one JSON text.
void attributesColumn(Columns& c, model::Attributes& attributes);
void stationColumns(Columns& c, sensors::Station& row);
void seriesColumns(Columns& c, SeriesRow& row);
void observationColumns(Columns& c, ObservationRow& row);
void imageryColumns(Columns& c, model::ImageryRef& row);
void cloudColumns(Columns& c, CloudRow& row);
void meshColumns(Columns& c, MeshRow& row);
void sourceColumns(Columns& c, import::SourceInfo& row);
void problemColumns(Columns& c, Problem& row);
void countColumns(Columns& c, CountRow& row);
void metadataColumns(Columns& c, MetadataRow& row);

}  // namespace hashimichi::project
