#include "geo/routing/route_steps.h"

#include <algorithm>
#include <map>

namespace hashimichi::routing {
namespace {

class StepWriter {
 public:
  StepWriter(const PloughTown& town, const PloughProblem& problem, std::size_t machine)
      : town_(town), problem_(problem), kind_(problem.kind_of_machine[machine]), depot_{true, nodeOf(machine)} {
    at_ = depot_;
  }

  std::vector<RouteStep> write(const RouteTimes& times) {
    for (std::size_t k = 0; k < times.visits.size(); ++k) add(times.visits[k], k);
    if (!times.visits.empty()) way(depot_, StepKind::home, times.visits.back().ends, times.back, times.visits.size());
    return std::move(steps_);
  }

 private:
  std::uint32_t nodeOf(std::size_t machine) const { return problem_.machines[machine].depot_node; }

  void add(const TimedVisit& timed, std::size_t place) {
    const Stretch& stretch = problem_.stretches[timed.visit.stretch];
    const Mode& mode = problem_.mode(kind_, timed.visit.stretch, timed.visit.backward);
    const WayEnd entry = problem_.beginnings[static_cast<std::size_t>(mode.entry)];
    if (timed.refills) {
      steps_.push_back({StepKind::refill, {}, {}, {}, 0, 0, timed.leaves, timed.begins, 0, 0, place, 0});
      at_ = depot_;
    }
    const std::vector<Arc> arcs =
        timed.refills ? std::vector<Arc>{} : way(entry, StepKind::transit, timed.leaves, timed.begins, place);
    const bool from_arc = !arcs.empty() || !at_.at_node;
    const Turn turn = from_arc ? town_.ways->turn(arcs.empty() ? at_.id : arcs.back(), entry.id) : Turn::straight;
    RouteStep step{StepKind::work,   turn,        stretch.name, stretch.clearing_class,
                   stretch.length_m, mode.passes, timed.begins, timed.ends,
                   stretch.due,      timed.late,  place,        1};
    if (!continues(step, arcs.empty()))
      steps_.push_back(std::move(step));
    else
      lengthen(steps_.back(), step);
    at_ = problem_.ends[static_cast<std::size_t>(mode.exit)];
  }

  bool continues(const RouteStep& step, bool directly) const {
    if (steps_.empty() || !directly || step.turn != Turn::straight) return false;
    const RouteStep& last = steps_.back();
    return last.kind == StepKind::work && last.street == step.street && last.clearing_class == step.clearing_class &&
           last.passes == step.passes;
  }
  static void lengthen(RouteStep& last, const RouteStep& step) {
    if (step.due - step.ends < last.due - last.ends) last.due = step.due;
    last.length_m += step.length_m, last.ends = step.ends, last.late = std::max(last.late, step.late), ++last.visits;
  }

  /// @returns the arcs between
  std::vector<Arc> way(WayEnd to, StepKind kind, Cost begins, Cost ends, std::size_t place) {
    std::vector<Arc> arcs = town_.ways->arcsBetween(at_, to);
    if (arcs.empty() && kind == StepKind::transit) return arcs;
    RouteStep step;
    step.kind = kind, step.begins = begins, step.ends = ends, step.first_visit = place;
    std::map<std::string, double> by_street;
    for (const Arc arc : arcs) {
      step.length_m += town_.ways->length_m(arc);
      by_street[town_.model->roads[town_.ways->road(arc)].name] += town_.ways->length_m(arc);
    }
    const auto most = std::max_element(by_street.begin(), by_street.end(),
                                       [](const auto& a, const auto& b) { return a.second < b.second; });
    if (most != by_street.end()) step.street = most->first;
    if (!arcs.empty() && !at_.at_node) step.turn = town_.ways->turn(at_.id, arcs.front());
    steps_.push_back(std::move(step));
    return arcs;
  }

  const PloughTown& town_;
  const PloughProblem& problem_;
  int kind_;
  WayEnd depot_, at_;
  std::vector<RouteStep> steps_;
};

}  // namespace

std::vector<RouteStep> stepsOf(const PloughTown& town, const PloughProblem& problem, std::size_t machine,
                               const RouteTimes& times) {
  return StepWriter(town, problem, machine).write(times);
}

}  // namespace hashimichi::routing
