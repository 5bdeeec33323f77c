#include "geo/project/json_text.h"
#include "geo/project/schema.h"

namespace hashimichi::project {
namespace {

using assets::MeasureStatus;
using assets::Soundness;
using sensors::Quantity;

constexpr Soundness soundnesses[] = {Soundness::unknown, Soundness::I, Soundness::II, Soundness::III, Soundness::IV};
constexpr MeasureStatus statuses[] = {MeasureStatus::unknown, MeasureStatus::not_needed, MeasureStatus::done,
                                      MeasureStatus::started, MeasureStatus::not_started};
constexpr Quantity quantities[] = {
    Quantity::snow_depth_cm,         Quantity::new_snow_cm,      Quantity::air_temperature_c,
    Quantity::road_temperature_c,    Quantity::precipitation_mm, Quantity::wind_speed_ms,
    Quantity::relative_humidity_pct, Quantity::dew_point_c,      Quantity::solar_wm2,
    Quantity::water_level_m,         Quantity::tilt_deg,         Quantity::displacement_mm,
    Quantity::frequency_hz};
constexpr ProblemKind problem_kinds[] = {ProblemKind::assumption, ProblemKind::skipped, ProblemKind::failed};

/// Empty bounds are six NULLs.
void boundsColumns(Columns& c, Bounds& bounds) {
  const bool empty = bounds.empty();
  const auto cell = [&](const char* name, double& value) {
    std::optional<double> number = empty ? std::nullopt : std::optional<double>(value);
    c.real(name, number);
    if (c.reading() && number) value = *number;
  };
  cell("min_x", bounds.low.x), cell("min_y", bounds.low.y), cell("min_z", bounds.low.z);
  cell("max_x", bounds.high.x), cell("max_y", bounds.high.y), cell("max_z", bounds.high.z);
}

/// The day as text for people ("2019-03", where the day is unknown) and as numbers.
void dateColumns(Columns& c, Date& date) {
  std::string text = date.year > 0 ? formatDate(date) : std::string();
  c.text("date", text);
  c.whole("date_year", date.year);
  c.whole("date_month", date.month);
  c.whole("date_day", date.day);
}

}  // namespace

void inspectionColumns(Columns& c, InspectionRow& row) {
  assets::Inspection& inspection = row.inspection;
  c.whole("owner", row.owner);
  c.text("bridge_id", row.bridge_id);
  dateColumns(c, inspection.date);
  c.whole("fiscal_year", inspection.fiscal_year);
  c.word<Soundness>("soundness", inspection.soundness, soundnesses);
  c.word<MeasureStatus>("measure_status", inspection.status, statuses);
  std::string events = c.reading() ? std::string() : jsonFromTexts(inspection.specific_events);
  c.text("specific_events", events);
  if (c.reading()) inspection.specific_events = textsFromJson(events);
  c.text("sub_grade", inspection.sub_grade);
  assets::NbiRatings nbi = inspection.nbi.value_or(assets::NbiRatings{});
  c.wholeOrEmpty("nbi_deck", nbi.deck);
  c.wholeOrEmpty("nbi_superstructure", nbi.superstructure);
  c.wholeOrEmpty("nbi_substructure", nbi.substructure);
  c.wholeOrEmpty("nbi_culvert", nbi.culvert);
  if (c.reading() && nbi != assets::NbiRatings{}) inspection.nbi = nbi;
  c.text("note", inspection.note);
  c.text("source", inspection.source);
}

void memberColumns(Columns& c, MemberRow& row) {
  c.whole("owner", row.owner);
  c.text("bridge_id", row.bridge_id);
  c.text("member", row.grade.member);
  c.word<Soundness>("soundness", row.grade.soundness, soundnesses);
  c.text("measure_class", row.grade.measure);
}

void defectColumns(Columns& c, DefectRow& row) {
  assets::Defect& defect = row.defect;
  c.whole("owner", row.owner);
  c.text("bridge_id", row.bridge_id);
  c.text("defect_id", defect.id);
  c.text("photo", defect.photo);
  c.text("type", defect.type);
  c.text("member", defect.member);
  std::string grade(defect.grade != 0 ? 1 : 0, defect.grade);
  c.text("grade", grade);
  if (c.reading()) defect.grade = grade.empty() ? '\0' : grade.front();
  c.real("size_mm", defect.size_mm);
  c.point(defect.position);
  c.text("note", defect.note);
}

void repairColumns(Columns& c, RepairRow& row) {
  c.whole("owner", row.owner);
  c.text("bridge_id", row.bridge_id);
  dateColumns(c, row.repair.date);
  c.whole("fiscal_year", row.repair.fiscal_year);
  c.text("measure", row.repair.measure);
  c.text("member", row.repair.member);
  c.real("cost_yen", row.repair.cost_yen);
  c.text("note", row.repair.note);
  c.text("source", row.repair.source);
}

void stationColumns(Columns& c, sensors::Station& row) {
  c.text("station_id", row.id);
  c.text("name", row.name);
  c.flag("on_bridge", row.on_bridge);
  std::optional<Vec3d> position = row.position;
  c.point(position);
  if (c.reading()) row.position = position.value_or(Vec3d{});
  c.text("source", row.source);
}

void seriesColumns(Columns& c, SeriesRow& row) {
  c.text("station_id", row.series.station_id);
  c.word<Quantity>("quantity", row.series.quantity, quantities);
  c.time("issued", row.series.issued);
  c.text("source", row.series.source);
}

void observationColumns(Columns& c, ObservationRow& row) {
  c.whole("owner", row.owner);
  c.text("station_id", row.station_id);
  c.word<Quantity>("quantity", row.quantity, quantities);
  c.moment("time", row.observation.time);
  c.number("value", row.observation.value);
  c.whole("flag", row.observation.flag);
  c.text("reason", row.observation.reason);
}

void imageryColumns(Columns& c, model::ImageryRef& row) {
  c.text("path", row.path);
  c.text("source", row.source);
  boundsColumns(c, row.extent);
}

void cloudColumns(Columns& c, CloudRow& row) {
  c.text("cloud_id", row.cloud.id);
  c.text("path", row.cloud.path);
  c.text("source", row.cloud.source);
  c.whole("point_count", row.cloud.point_count);
  boundsColumns(c, row.cloud.bounds);
  std::string counts = c.reading() ? std::string() : jsonFromClassCounts(row.cloud.count_by_class);
  c.text("count_by_class", counts);
  if (c.reading()) row.cloud.count_by_class = classCountsFromJson(counts);
  c.text("cache", row.cache);
  c.text("octree", row.cloud.octree);  // of projects since the octrees came; older ones keep their samples alone
  c.time("surveyed", row.cloud.surveyed);
}

void sourceColumns(Columns& c, import::SourceInfo& row) {
  c.text("path", row.path);
  c.text("format", row.format);
  c.text("crs", row.crs);
  boundsColumns(c, row.bounds);
  std::string features = c.reading() ? std::string() : jsonFromCounts(row.features);
  c.text("features", features);
  if (c.reading()) row.features = countsFromJson(features);
  std::string lods = c.reading() ? std::string() : jsonFromLods(row.lods);
  c.text("levels_of_detail", lods);
  if (c.reading()) row.lods = lodsFromJson(lods);
  c.whole("points", row.points);
  c.text("sha256", row.sha256);
}

void problemColumns(Columns& c, Problem& row) {
  c.word<ProblemKind>("kind", row.kind, problem_kinds);
  c.text("file", row.file);
  c.text("place", row.place);
  c.text("code", row.code);
  c.text("what", row.what);
  c.text("advice", row.advice);
  c.text("feature_id", row.feature_id);
  c.point(row.position);
}

void countColumns(Columns& c, CountRow& row) {
  c.word<ProblemKind>("kind", row.kind, problem_kinds);
  c.text("code", row.code);
  c.whole("count", row.count);
}

void metadataColumns(Columns& c, MetadataRow& row) {
  c.text("key", row.key);
  c.text("value", row.value);
}

}  // namespace hashimichi::project
