#include "geo/export/plough_files.h"

#include <fmt/format.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "geo/core/file.h"
#include "geo/core/version.h"
#include "geo/crs/transform.h"
#include "geo/export/plough_writers.h"
#include "geo/export/words.h"
#include "geo/export/writers.h"
#include "geo/routing/plough_timeline.h"

namespace hashimichi::exporting {
namespace {

using Json = nlohmann::ordered_json;
using routing::Cost;

double minutes(Cost time) {
  return static_cast<double>(time) / 600;
}
double rounded(double value, double step) {
  return std::round(value / step) * step;
}
std::string dumped(const Json& json, int indent = -1) {
  return json.dump(indent, ' ', false, Json::error_handler_t::replace);
}

Status closed(std::ofstream& stream, const std::filesystem::path& path) {
  stream.close();
  if (stream) return done();
  return Error{ErrorCode::write_failed, toUtf8(path), "The file cannot be written.",
               "Check free space and whether the folder is writable."};
}

Json stepJson(const routing::PloughProblem& problem, const routing::RouteStep& step) {
  Json json{{"kind", toString(step.kind)},
            {"turn", toString(step.turn)},
            {"street", step.street},
            {"length_m", rounded(step.length_m, 0.1)},
            {"begins", momentOf(problem, step.begins)},
            {"ends", momentOf(problem, step.ends)}};
  if (step.kind != routing::StepKind::work) return json;
  json["class"] = model::toString(step.clearing_class);
  json["passes"] = step.passes;
  json["due"] = momentOf(problem, step.due);
  json["late_min"] = rounded(minutes(step.late), 0.1);
  return json;
}

Json priceJson(const routing::PlanPrice& price) {
  return {{"rules_broken", price.broken}, {"late_min", minutes(price.late)}, {"time_min", minutes(price.time)}};
}

Json routeJson(const PloughSnapshot& snapshot, const DrivenRoute& route) {
  const routing::PloughProblem& problem = snapshot.town.districts[route.district];
  const routing::Machine& machine = problem.machines[route.machine];
  const routing::RouteTimes& times = snapshot.plans[route.district].evaluation.routes[route.machine];
  Json json{{"route", route.number},
            {"machine", machine.id},
            {"type", machine.type},
            {"depot", machine.depot},
            {"assumed", machine.assumed},
            {"back", momentOf(problem, times.back)},
            {"hours", rounded(minutes(times.back) / 60, 0.001)},
            {"late_min", rounded(minutes(times.late), 0.1)},
            {"work_km", rounded(times.work_m / 1000, 0.001)},
            {"transit_km", rounded(times.transit_m / 1000, 0.001)},
            {"turns", times.turns},
            {"steps", Json::array()}};
  for (const routing::RouteStep& step : routing::stepsOf(snapshot.town, problem, route.machine, times))
    json["steps"].push_back(stepJson(problem, step));
  return json;
}

Json districtJson(const PloughSnapshot& snapshot, std::size_t d, const std::vector<DrivenRoute>& routes) {
  const routing::PloughProblem& problem = snapshot.town.districts[d];
  const routing::PlannedPloughs& plan = snapshot.plans[d];
  Json json{{"district", problem.district},
            {"start", formatInstant(problem.start)},
            {"finish", formatInstant(problem.finish)},
            {"stretches", problem.stretches.size()},
            {"machines", problem.machines.size()},
            {"price", priceJson(plan.evaluation.price)},
            {"lower_bound", priceJson(plan.bound)},
            {"gap", plan.gap()},
            {"last_back", momentOf(problem, plan.evaluation.finish)},
            {"routes", Json::array()},
            {"rules_broken", Json::array()}};
  for (const DrivenRoute& route : routes)
    if (route.district == d) json["routes"].push_back(routeJson(snapshot, route));
  for (const routing::BrokenRule& broken : plan.evaluation.broken)
    json["rules_broken"].push_back(routing::describe(broken, problem, snapshot.decision.language));
  return json;
}

Json haulingJson(const routing::PloughTown& town) {
  const routing::HaulPlan& plan = town.hauling;
  Json json{{"volume_m3", rounded(plan.volume_m3, 0.1)},
            {"without_room_m3", rounded(plan.without_room_m3, 0.1)},
            {"trips", plan.trips},
            {"lorry_h", rounded(plan.lorry_h, 0.01)},
            {"loads", Json::array()}};
  for (const routing::HaulLoad& load : plan.loads) {
    Json line{{"road", town.model->roads[load.road].id}, {"volume_m3", rounded(load.volume_m3, 0.1)}};
    line["site"] = load.site ? Json(town.model->dump_sites[*load.site].id) : Json();
    line["trips"] = load.trips;
    line["way_m"] = rounded(load.way_m, 0.1);
    json["loads"].push_back(std::move(line));
  }
  return json;
}

Status writeCsvFile(const PloughSnapshot& snapshot, const std::filesystem::path& path) {
  const bool ja = snapshot.decision.language == Language::ja;
  std::ofstream stream(path, std::ios::binary | std::ios::trunc);
  stream << "\xEF\xBB\xBF"
         << (ja ? "工区,経路,機械,順,作業,進行,路線,除雪区分,延長m,回数,開始,終了,期限,遅れ分"
                : "district,route,machine,order,kind,turn,street,class,length_m,passes,begins,ends,due,late_min")
         << "\r\n";
  for (const DrivenRoute& route : drivenRoutes(snapshot)) {
    const routing::PloughProblem& problem = snapshot.town.districts[route.district];
    const routing::RouteTimes& times = snapshot.plans[route.district].evaluation.routes[route.machine];
    std::size_t order = 0;
    for (const routing::RouteStep& step : routing::stepsOf(snapshot.town, problem, route.machine, times)) {
      const bool work = step.kind == routing::StepKind::work;
      stream << fmt::format("{},{},{},{},{},{},{},{},{:.0f},{},{},{},{},{}\r\n", csvText(problem.district),
                            route.number, csvText(problem.machines[route.machine].name), ++order, toString(step.kind),
                            toString(step.turn), csvText(step.street),
                            work ? csvText(word(step.clearing_class, snapshot.decision.language)) : "", step.length_m,
                            work ? fmt::format("{}", step.passes) : "", momentOf(problem, step.begins),
                            momentOf(problem, step.ends), work ? momentOf(problem, step.due) : "",
                            work ? fmt::format("{:.1f}", minutes(step.late)) : "");
    }
  }
  return closed(stream, path);
}

/// "[lon,lat],…"; nothing when a point has no place on the globe.
std::optional<std::string> coordinates(const model::Polyline& line, const crs::FromLocal& from_local) {
  std::string out;
  for (const Vec3d& point : line) {
    const std::optional<Vec3d> p = from_local(point);
    if (!p) return std::nullopt;
    out += fmt::format("{}[{:.7f},{:.7f}]", out.empty() ? "" : ",", p->x, p->y);
  }
  return out;
}

std::string legFeature(const PloughSnapshot& snapshot, const DrivenRoute& route, const routing::Leg& leg,
                       std::size_t order, const crs::FromLocal& from_local) {
  const routing::PloughProblem& problem = snapshot.town.districts[route.district];
  constexpr const char* kinds[] = {"transit", "work", "refill", "stay"};
  Json properties{{"district", problem.district},
                  {"route", route.number},
                  {"machine", problem.machines[route.machine].id},
                  {"order", order},
                  {"kind", kinds[static_cast<int>(leg.kind)]},
                  {"begins", momentOf(problem, leg.begins)},
                  {"ends", momentOf(problem, leg.ends)}};
  if (leg.kind == routing::LegKind::work) {
    const routing::TimedVisit& timed =
        snapshot.plans[route.district].evaluation.routes[route.machine].visits[leg.visit];
    const routing::Stretch& stretch = problem.stretches[timed.visit.stretch];
    properties["street"] = stretch.name;
    properties["class"] = model::toString(stretch.clearing_class);
    properties["due"] = momentOf(problem, stretch.due);
    properties["late_min"] = rounded(minutes(timed.late), 0.1);
    properties["rank"] = stretch.rank;
  }
  const std::optional<std::string> points = coordinates(leg.line, from_local);
  const bool is_line = leg.line.size() > 1;
  const std::string geometry = !points   ? "null"
                               : is_line ? R"({"type":"LineString","coordinates":[)" + *points + "]}"
                                         : R"({"type":"Point","coordinates":)" + *points + "}";
  return R"({"type":"Feature","geometry":)" + geometry + R"(,"properties":)" + dumped(properties) + "}";
}

Status writeGeoJsonFile(const PloughSnapshot& snapshot, const std::filesystem::path& path, Progress& progress) {
  Result<crs::FromLocal> from_local = crs::FromLocal::create(snapshot.town.model->frame, "EPSG:4326");
  if (!from_local) return from_local.error();
  std::ofstream stream(path, std::ios::binary | std::ios::trunc);
  const Json about{{"project", snapshot.decision.project.name},
                   {"record_hash", recordHash(snapshot.decision)},
                   {"created_by", std::string("Hashimichi ") + programVersion()}};
  stream << R"({"type":"FeatureCollection","hashimichi":)" << dumped(about) << R"(,"features":[)";
  bool first = true;
  for (const DrivenRoute& route : drivenRoutes(snapshot)) {
    if (progress.cancelled()) return Error{ErrorCode::cancelled, toUtf8(path), "The export was cancelled.", ""};
    const routing::PloughProblem& problem = snapshot.town.districts[route.district];
    for (const routing::RouteTimeline& timeline :
         routing::timelineOf(problem, *snapshot.town.ways, snapshot.plans[route.district].evaluation)) {
      if (timeline.machine != route.machine) continue;
      std::size_t order = 0;
      for (const routing::Leg& leg : timeline.legs) {
        stream << (first ? "\n" : ",\n") << legFeature(snapshot, route, leg, ++order, *from_local);
        first = false;
      }
    }
  }
  stream << "\n]}\n";
  return closed(stream, path);
}

Status writeBeside(const PloughSnapshot& snapshot, PloughFormat format, const std::filesystem::path& path,
                   Progress& progress) {
  switch (format) {
    case PloughFormat::pdf:
      return writeDriverSheets(snapshot, path, progress);
    case PloughFormat::geojson:
      return writeGeoJsonFile(snapshot, path, progress);
    case PloughFormat::csv:
      return writeCsvFile(snapshot, path);
    case PloughFormat::json:
      break;
  }
  std::ofstream stream(path, std::ios::binary | std::ios::trunc);
  stream << ploughJson(snapshot) << "\n";
  return closed(stream, path);
}

}  // namespace

std::vector<DrivenRoute> drivenRoutes(const PloughSnapshot& snapshot) {
  std::vector<DrivenRoute> routes;
  for (std::size_t d = 0; d < snapshot.plans.size(); ++d)
    for (std::size_t m = 0; m < snapshot.plans[d].evaluation.routes.size(); ++m)
      if (!snapshot.plans[d].evaluation.routes[m].visits.empty()) routes.push_back({d, m, routes.size() + 1});
  return routes;
}

std::string momentOf(const routing::PloughProblem& problem, Cost time) {
  return formatInstant({problem.start.unix_s + time / 10});
}
std::string clockOf(const routing::PloughProblem& problem, Cost time) {
  const ClockTime clock = toClock({problem.start.unix_s + time / 10});
  return fmt::format("{:02}:{:02}", clock.hour, clock.minute);
}

const char* toString(routing::StepKind kind) {
  constexpr const char* names[] = {"work", "transit", "refill", "home"};
  return names[static_cast<int>(kind)];
}
const char* toString(routing::Turn turn) {
  constexpr const char* names[] = {"straight", "left", "right", "u_turn"};
  return names[static_cast<int>(turn)];
}

std::string fileNameOf(PloughFormat format) {
  constexpr const char* names[] = {"routes.pdf", "routes.geojson", "routes.csv", "routes.json"};
  return names[static_cast<int>(format)];
}

std::string ploughJson(const PloughSnapshot& snapshot) {
  const std::vector<DrivenRoute> routes = drivenRoutes(snapshot);
  Json json{{"project", snapshot.decision.project.name},
            {"as_of", formatInstant(snapshot.decision.ranking.as_of)},
            {"profile", snapshot.decision.ranking.profile_id},
            {"record_hash", recordHash(snapshot.decision)},
            {"route_count", routes.size()},
            {"districts", Json::array()},
            {"assumptions", Json::array()},
            {"left_out", Json::array()}};
  for (std::size_t d = 0; d < snapshot.plans.size(); ++d)
    json["districts"].push_back(districtJson(snapshot, d, routes));
  json["hauling"] = haulingJson(snapshot.town);
  for (const Problem& problem : snapshot.town.problems.lines())
    json[problem.kind == ProblemKind::assumption ? "assumptions" : "left_out"].push_back(
        {{"code", problem.code}, {"place", problem.place}, {"what", problem.what}});
  return dumped(json, 2);
}

Status writePloughs(const PloughSnapshot& snapshot, PloughFormat format, const std::filesystem::path& path,
                    Progress& progress) {
  std::error_code failed;
  if (path.has_parent_path()) std::filesystem::create_directories(path.parent_path(), failed);
  const std::filesystem::path beside = besideOf(path);
  std::filesystem::remove(beside, failed);
  Status written = writeBeside(snapshot, format, beside, progress);
  if (written) return moveIntoPlace(beside, path);
  std::filesystem::remove(beside, failed);
  Error error = written.error();
  if (error.where == toUtf8(beside)) error.where = toUtf8(path);
  return error;
}

}  // namespace hashimichi::exporting
