#include <nlohmann/json.hpp>

#include "geo/project/json_text.h"
#include "geo/project/schema.h"

namespace hashimichi::project {
namespace {

using nlohmann::json;

std::string textOf(const json& document) {
  return document.dump(-1, ' ', false, json::error_handler_t::replace);
}

json numberOrNull(const std::optional<double>& value) {
  return value ? json(*value) : json(nullptr);
}
std::optional<double> numberIn(const json& object, const char* key) {
  const auto at = object.find(key);
  return at != object.end() && at->is_number() ? std::optional<double>(at->get<double>()) : std::nullopt;
}
std::string textIn(const json& object, const char* key) {
  const auto at = object.find(key);
  return at != object.end() && at->is_string() ? at->get<std::string>() : std::string();
}
int wholeIn(const json& object, const char* key) {
  const auto at = object.find(key);
  return at != object.end() && at->is_number_integer() ? at->get<int>() : 0;
}

/// Calls `use` with each object of a list that came as text; what is no list is no entry.
template <typename Use>
void eachIn(const std::string& text, const Use& use) {
  const json list = json::parse(text, nullptr, false);
  if (!list.is_array()) return;
  for (const json& entry : list)
    if (entry.is_object()) use(entry);
}

json jsonOf(const model::Plough& plough) {
  json out{{"id", plough.id},
           {"name", plough.name},
           {"type", plough.type},
           {"blade_width_m", numberOrNull(plough.blade_width_m)},
           {"speed_kmh", numberOrNull(plough.speed_kmh)},
           {"hopper_m3", numberOrNull(plough.hopper_m3)}};
  if (plough.spreader) out["spreader"] = *plough.spreader;
  return out;
}
model::Plough ploughFrom(const json& in) {
  model::Plough plough{textIn(in, "id"),
                       textIn(in, "name"),
                       textIn(in, "type"),
                       numberIn(in, "blade_width_m"),
                       numberIn(in, "speed_kmh"),
                       numberIn(in, "hopper_m3"),
                       {}};
  if (const auto spreader = in.find("spreader"); spreader != in.end() && spreader->is_boolean())
    plough.spreader = spreader->get<bool>();
  return plough;
}

json jsonOf(const model::PavementSurvey& survey) {
  return {{"year", survey.date.year},
          {"month", survey.date.month},
          {"day", survey.date.day},
          {"fiscal_year", survey.fiscal_year},
          {"crack_percent", numberOrNull(survey.crack_percent)},
          {"rut_mm", numberOrNull(survey.rut_mm)},
          {"iri_mm_per_m", numberOrNull(survey.iri_mm_per_m)},
          {"roughness_mm", numberOrNull(survey.roughness_mm)},
          {"mci", numberOrNull(survey.mci)},
          {"source", survey.source}};
}
model::PavementSurvey surveyFrom(const json& in) {
  model::PavementSurvey survey;
  survey.date = {wholeIn(in, "year"), wholeIn(in, "month"), wholeIn(in, "day")};
  survey.fiscal_year = wholeIn(in, "fiscal_year");
  survey.crack_percent = numberIn(in, "crack_percent");
  survey.rut_mm = numberIn(in, "rut_mm");
  survey.iri_mm_per_m = numberIn(in, "iri_mm_per_m");
  survey.roughness_mm = numberIn(in, "roughness_mm");
  survey.mci = numberIn(in, "mci");
  survey.source = textIn(in, "source");
  return survey;
}

}  // namespace

void depotColumns(Columns& c, model::Depot& row) {
  c.text("depot_id", row.id);
  c.text("name", row.name);
  c.text("district", row.district);
  std::string ploughs;
  if (!c.reading() && !row.ploughs.empty()) {
    json list = json::array();
    for (const model::Plough& plough : row.ploughs) list.push_back(jsonOf(plough));
    ploughs = textOf(list);
  }
  c.text("ploughs", ploughs);
  if (c.reading()) eachIn(ploughs, [&](const json& entry) { row.ploughs.push_back(ploughFrom(entry)); });
  std::optional<Vec3d> position = row.position;
  c.point(position);
  if (c.reading()) row.position = position.value_or(Vec3d{});
  c.text("source", row.source);
}

void trackColumns(Columns& c, model::PloughTrack& row) {
  c.text("track_id", row.id);
  c.text("vehicle", row.vehicle);
  model::Polyline line;
  json times = json::array(), blades = json::array();
  bool any_blade = false;
  for (const model::PloughTrack::Fix& fix : row.fixes) {
    line.push_back(fix.position);
    times.push_back(fix.time.unix_s);
    blades.push_back(fix.blade_down ? json(*fix.blade_down ? 1 : 0) : json(nullptr));
    any_blade = any_blade || fix.blade_down.has_value();
  }
  std::string time_text = row.fixes.empty() ? std::string() : textOf(times);
  std::string blade_text = any_blade ? textOf(blades) : std::string();
  c.text("unix_seconds", time_text);
  c.text("blade_down", blade_text);
  c.line(line);
  c.text("source", row.source);
  if (!c.reading()) return;
  times = json::parse(time_text, nullptr, false);
  blades = json::parse(blade_text, nullptr, false);
  if (!times.is_array()) return;
  for (std::size_t i = 0; i < line.size() && i < times.size(); ++i) {
    if (!times[i].is_number_integer()) continue;
    model::PloughTrack::Fix fix{Instant{times[i].get<std::int64_t>()}, line[i], {}};
    if (blades.is_array() && i < blades.size() && blades[i].is_number_integer()) fix.blade_down = blades[i] != 0;
    row.fixes.push_back(fix);
  }
}

void busLineColumns(Columns& c, model::BusLine& row) {
  c.text("line_id", row.id);
  c.text("name", row.name);
  c.flag("path_is_shape", row.path_is_shape);
  std::string trips = c.reading() ? std::string() : textOf(row.trips_by_hour);
  c.text("trips_by_hour", trips);
  if (c.reading())
    if (const json list = json::parse(trips, nullptr, false);
        list.is_array() && list.size() == row.trips_by_hour.size())
      for (std::size_t hour = 0; hour < list.size(); ++hour)
        if (list[hour].is_number()) row.trips_by_hour[hour] = list[hour].get<double>();
  c.line(row.path);
  c.text("source", row.source);
}

void populationColumns(Columns& c, model::PopulationCell& row) {
  c.text("mesh_code", row.id);
  c.real("people", row.people);
  c.real("elderly", row.elderly);
  c.real("households", row.households);
  std::vector<model::Surface> area;
  if (!row.area.polygon.outer.empty()) area.push_back(row.area);
  c.polygons(area);
  if (c.reading() && !area.empty()) row.area = std::move(area.front());
  c.text("source", row.source);
}

void pavementColumns(Columns& c, model::PavementSection& row) {
  c.text("section_id", row.id);
  c.text("route_name", row.route_name);
  c.text("direction", row.direction);
  c.text("surface", row.surface);
  c.real("from_m", row.from_m);
  c.real("to_m", row.to_m);
  c.real("width_m", row.width_m);
  std::string surveys;
  if (!c.reading() && !row.surveys.empty()) {
    json list = json::array();
    for (const model::PavementSurvey& survey : row.surveys) list.push_back(jsonOf(survey));
    surveys = textOf(list);
  }
  c.text("surveys", surveys);
  if (c.reading()) eachIn(surveys, [&](const json& entry) { row.surveys.push_back(surveyFrom(entry)); });
  c.line(row.line);
  attributesColumn(c, row.attributes);
  c.text("source", row.source);
}

}  // namespace hashimichi::project
