#include "geo/routing/plough_timeline.h"

#include <algorithm>
#include <cmath>

#include "geo/routing/plough_clock.h"

namespace hashimichi::routing {
namespace {

void append(model::Polyline& line, const model::Polyline& more) {
  for (const Vec3d& point : more)
    if (line.empty() || !(line.back() == point)) line.push_back(point);
}

/// Draws one route as its clock runs.
class Drawer {
 public:
  Drawer(const PloughProblem& problem, const RoadWays& ways, std::size_t machine)
      : problem_(problem), ways_(ways), machine_(machine), at_{true, problem.machines[machine].depot_node} {
    out_.machine = machine;
  }

  RouteTimeline draw(const RouteTimes& times) {
    for (std::size_t k = 0; k < times.visits.size(); ++k) add(times.visits[k], k);
    leg(LegKind::transit, now_, times.back, way(depot()), times.visits.size());
    return std::move(out_);
  }

 private:
  WayEnd depot() const { return {true, problem_.machines[machine_].depot_node}; }

  void add(const TimedVisit& timed, std::size_t place) {
    const Mode& mode = problem_.mode(problem_.kind_of_machine[machine_], timed.visit.stretch, timed.visit.backward);
    const WayEnd entry = problem_.beginnings[static_cast<std::size_t>(mode.entry)];
    if (timed.refills) {
      const Cost onwards = problem_.drive(problem_.kind_of_machine[machine_], problem_.depot_end[machine_], mode.entry);
      const Cost refilled = timed.begins - onwards;
      leg(LegKind::transit, now_, refilled - refill_time, way(depot()), place);
      leg(LegKind::refill, refilled - refill_time, refilled, {ways_.graph().nodes[depot().id]}, place);
      at_ = depot();
    }
    leg(LegKind::transit, now_, timed.begins, way(entry), place);
    leg(LegKind::work, timed.begins, timed.ends, workLine(timed.visit, mode), place);
    at_ = problem_.ends[static_cast<std::size_t>(mode.exit)];
  }

  void leg(LegKind kind, Cost begins, Cost ends, model::Polyline line, std::size_t visit) {
    now_ = ends;
    if (ends <= begins) return;
    if (line.empty()) line.push_back(here());
    out_.legs.push_back({kind, begins, ends, std::move(line), visit});
  }
  Vec3d here() const { return ways_.graph().nodes[at_.at_node ? at_.id : ways_.head(at_.id)]; }

  model::Polyline way(WayEnd to) const { return lineOf(ways_.arcsBetween(at_, to)); }
  model::Polyline lineOf(const std::vector<Arc>& arcs) const {
    model::Polyline line;
    for (const Arc arc : arcs) append(line, ways_.line(arc));
    return line;
  }

  /// All passes: to and fro where either way will do, else round and again.
  model::Polyline workLine(Visit visit, const Mode& mode) const {
    const Stretch& stretch = problem_.stretches[visit.stretch];
    model::Polyline once = lineOf(stretch.arcs);
    if (visit.backward) std::reverse(once.begin(), once.end());
    model::Polyline round;
    if (!stretch.to_and_fro && mode.passes > 1)
      round = lineOf(ways_.arcsBetween(problem_.ends[static_cast<std::size_t>(mode.exit)],
                                       problem_.beginnings[static_cast<std::size_t>(mode.entry)]));
    model::Polyline line = once;
    for (int pass = 1; pass < mode.passes; ++pass) {
      if (stretch.to_and_fro)
        std::reverse(once.begin(), once.end());
      else
        append(line, round);
      append(line, once);
    }
    return line;
  }

  const PloughProblem& problem_;
  const RoadWays& ways_;
  std::size_t machine_;
  WayEnd at_;
  Cost now_ = 0;
  RouteTimeline out_;
};

double headingOf(Vec3d from, Vec3d to) {
  return std::atan2(to.y - from.y, to.x - from.x);
}

/// A share of the line's length, and the heading there.
void placeOn(const model::Polyline& line, double share, MachinePosition& out) {
  double length = 0;
  for (std::size_t i = 0; i + 1 < line.size(); ++i) length += distance2d(line[i], line[i + 1]);
  double left = std::clamp(share, 0.0, 1.0) * length;
  out.position = line.back();
  for (std::size_t i = 0; i + 1 < line.size(); ++i) {
    const double step = distance2d(line[i], line[i + 1]);
    if (!(step > 0)) continue;
    out.heading_rad = headingOf(line[i], line[i + 1]);
    if (left <= step) {
      out.position = line[i] + (line[i + 1] - line[i]) * (left / step);
      return;
    }
    left -= step;
  }
}

}  // namespace

std::vector<RouteTimeline> timelineOf(const PloughProblem& problem, const RoadWays& ways,
                                      const Evaluation& evaluation) {
  std::vector<RouteTimeline> routes;
  for (std::size_t machine = 0; machine < evaluation.routes.size() && machine < problem.machines.size(); ++machine)
    if (!evaluation.routes[machine].visits.empty())
      routes.push_back(Drawer(problem, ways, machine).draw(evaluation.routes[machine]));
  return routes;
}

MachinePosition positionAt(const RouteTimeline& route, double seconds) {
  MachinePosition out;
  if (route.legs.empty()) return out;
  const double ticks = seconds * 10;
  const auto after = std::upper_bound(route.legs.begin(), route.legs.end(), ticks, [](double time, const Leg& leg) {
    return time < static_cast<double>(leg.begins);
  });
  const Leg& leg = after == route.legs.begin() ? route.legs.front() : *(after - 1);
  const double share = (ticks - static_cast<double>(leg.begins)) / static_cast<double>(leg.ends - leg.begins);
  placeOn(leg.line, share, out);
  const bool moves = share >= 0 && share < 1;
  out.kind = moves ? leg.kind : LegKind::stay;
  out.visit = leg.visit;
  return out;
}

}  // namespace hashimichi::routing
