#pragma once
#include <compare>
#include <string>
#include <vector>

#include "geo/core/text.h"
#include "geo/routing/plough_problem.h"

namespace hashimichi::routing {

/// One stretch on a route.
struct Visit {
  std::size_t stretch = 0;
  bool backward = false;
  bool operator==(const Visit&) const = default;
};

/// Who drives what in which order: one list for each machine of the problem, empty where it stays in the depot.
struct PloughPlan {
  std::vector<std::vector<Visit>> routes;
  bool operator==(const PloughPlan&) const = default;
};

/// One visit with its times, tenths of a second after the start.
struct TimedVisit {
  Visit visit;
  Cost leaves = 0;  ///< the end of what was before
  Cost begins = 0, ends = 0;
  Cost late = 0;         ///< beyond the stretch's deadline
  bool refills = false;  ///< goes by the depot before it
  int turns = 0;         ///< on the way to it
  double transit_m = 0;
};

struct RouteTimes {
  std::vector<TimedVisit> visits;
  Cost back = 0;  ///< at the depot again; 0 for a machine that stays
  Cost late = 0;  ///< of all visits together
  double work_m = 0, transit_m = 0;
  int turns = 0;
};

enum class Rule {
  unserved,  ///< a stretch on no route
  served_twice,
  unknown_stretch,  ///< a number that the problem does not have, or a route without machine
  one_way,          ///< against the direction that it may be served in
  unfit_machine,    ///< a plough without blade, a spreader without hopper
  cut_off,          ///< no way from one stretch to the next
  too_long,         ///< the route, for the machine's longest day
  late,             ///< a deadline missed: soft, priced as lateness, told all the same
};

struct BrokenRule {
  Rule rule = Rule::unserved;
  std::size_t stretch = 0;
  std::optional<std::size_t> route, place;
  double value = 0;  ///< minutes too late or too long
};
/// One sentence: "Stretch 12 (Main Street) is on no route."
std::string describe(const BrokenRule& broken, const PloughProblem& problem, Language language);

/// What counts, in this order: hard rules broken, lateness of all stretches together, time. Time is the machines' hours
/// plus the moment when the last one is back, so that an hour's earlier finish is worth an hour of one machine.
struct PlanPrice {
  std::int64_t broken = 0;
  Cost late = 0, time = 0;
  auto operator<=>(const PlanPrice&) const = default;
};

struct Evaluation {
  std::vector<RouteTimes> routes;  ///< as the plan's
  std::vector<BrokenRule> broken;  ///< hard ones first
  PlanPrice price;
  Cost finish = 0;  ///< when the last machine is back
};
/// Prices any plan anew, edited ones too, and names each rule it breaks. O(visits).
Evaluation evaluate(const PloughProblem& problem, const PloughPlan& plan);

/// What no plan undercuts. Late: machines that share all work without driving, shortest work first. Time: each stretch
/// by the kind of machine for which it counts least (its hours and its share of the finish, Lagrangian weights), the
/// cheapest ways from each end to some beginning (an assignment; LEMON), one trip to a depot at least.
PlanPrice planBound(const PloughProblem& problem);
/// (time − bound) ÷ time, 0…1; of lateness where the plan is late.
double gapOf(const PlanPrice& price, const PlanPrice& bound);

struct PlannedPloughs {
  PloughPlan plan;
  Evaluation evaluation;
  PlanPrice bound;
  int generations = 0;
  double gap() const { return gapOf(evaluation.price, bound); }
};
/// The best plan found: strings of stretches are taken out and put back where they cost least, worse plans are accepted
/// ever more rarely (after Christiaens and Vanden Berghe 2020). Whole numbers throughout and one random stream: with
/// enough seconds for rounds of `idle_generations` each (it ends after one without a better plan), the same plan on
/// every machine; with 0 only the clock counts. good_enough is not used. cancelled; bad_input where there is no machine
/// for the work.
Result<PlannedPloughs> planPloughs(const PloughProblem& problem, const SearchLimits& limits, Progress& progress);

/// A place on a route: before visit `place`, or behind the last one.
struct RoutePlace {
  std::size_t route = 0, place = 0;
};
// Editing by hand. bad_input where a place does not exist; a rule that the result breaks is no error, evaluate tells
// it.
/// Takes `count` visits out and puts them before `to`, counted before anything moves.
Status moveVisits(PloughPlan& plan, RoutePlace from, std::size_t count, RoutePlace to);
/// The order of `count` visits the other way round; those that may be served either way are turned.
Status reverseVisits(const PloughProblem& problem, PloughPlan& plan, RoutePlace from, std::size_t count);
/// Serves one stretch in the other direction.
Status turnVisit(PloughPlan& plan, RoutePlace at);
/// Puts a stretch that is on no route before a place; takes a visit away.
Status insertVisit(PloughPlan& plan, Visit visit, RoutePlace at);
Status removeVisit(PloughPlan& plan, RoutePlace at);

}  // namespace hashimichi::routing
