#pragma once
#include <algorithm>

#include "geo/routing/plough_plan.h"

// The one way in which a route is timed; search and evaluation share it. Included by plough_*.cpp only.
namespace hashimichi::routing {

/// Ten minutes for loading a spreader (planning default).
inline constexpr Cost refill_time = 6000;

/// Where a machine stands and when.
class Clock {
 public:
  Clock(const PloughProblem& problem, std::size_t machine)
      : problem_(problem),
        machine_(machine),
        kind_(problem.kind_of_machine[machine]),
        at_(problem.depot_end[machine]),
        left_m3_(problem.machines[machine].hopper_m3) {}

  /// What one visit takes, driving included; the clock stands behind it.
  TimedVisit visit(Visit visit) {
    const Stretch& stretch = problem_.stretches[visit.stretch];
    const Mode& mode = problem_.mode(kind_, visit.stretch, visit.backward);
    TimedVisit timed{visit, now_, 0, 0, 0, false, 0, 0};
    if (mustRefill(stretch)) {
      drive(problem_.depot_beginning[machine_], timed);
      now_ += refill_time;
      at_ = problem_.depot_end[machine_];
      left_m3_ = problem_.machines[machine_].hopper_m3;
      timed.refills = true;
    }
    left_m3_ -= stretch.grit_m3;
    drive(mode.entry, timed);
    timed.begins = now_;
    timed.ends = now_ += mode.work;
    timed.late = std::max<Cost>(0, timed.ends - stretch.due);
    at_ = mode.exit;
    return timed;
  }

  /// Back at the depot.
  TimedVisit home() {
    TimedVisit way{{}, now_, 0, 0, 0, false, 0, 0};
    drive(problem_.depot_beginning[machine_], way);
    way.begins = way.ends = now_;
    return way;
  }
  Cost now() const { return now_; }

 private:
  bool mustRefill(const Stretch& stretch) const {
    const double hopper_m3 = problem_.machines[machine_].hopper_m3;
    return problem_.work == Work::spread && hopper_m3 > 0 && stretch.grit_m3 > left_m3_ && left_m3_ < hopper_m3;
  }
  void drive(int beginning, TimedVisit& timed) {
    now_ += problem_.drive(kind_, at_, beginning);
    const Way& way = problem_.way(at_, beginning);
    if (!way.exists()) return;
    timed.turns += way.turns;
    timed.transit_m += way.length_dm / 10.0;
  }

  const PloughProblem& problem_;
  std::size_t machine_;
  int kind_, at_;
  double left_m3_;
  Cost now_ = 0;
};

}  // namespace hashimichi::routing
