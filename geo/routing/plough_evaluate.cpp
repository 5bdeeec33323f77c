#include <fmt/format.h>

#include "geo/routing/plough_clock.h"

namespace hashimichi::routing {
namespace {

/// Collects the rules that one plan breaks.
class Checker {
 public:
  Checker(const PloughProblem& problem, Evaluation& out) : problem_(problem), out_(out) {}

  void check(const PloughPlan& plan) {
    served_.assign(problem_.stretches.size(), 0);
    for (std::size_t route = 0; route < plan.routes.size(); ++route) {
      out_.routes.push_back(routeOf(route, plan.routes[route]));
      const RouteTimes& times = out_.routes.back();
      out_.price.late += times.late;
      out_.price.time += times.back;
      out_.finish = std::max(out_.finish, times.back);
    }
    for (std::size_t s = 0; s < served_.size(); ++s) {
      if (served_[s] == 0) add({Rule::unserved, s, {}, {}, 0});
      if (served_[s] > 1) add({Rule::served_twice, s, {}, {}, 0});
    }
    out_.price.broken = static_cast<std::int64_t>(out_.broken.size());
    out_.price.time += out_.finish;
    out_.broken.insert(out_.broken.end(), late_.begin(), late_.end());
  }

 private:
  void add(BrokenRule broken) { out_.broken.push_back(broken); }

  /// Whether the visit can be timed at all.
  bool isPossible(std::size_t route, std::size_t place, const Visit& visit) {
    if (visit.stretch >= problem_.stretches.size() || route >= problem_.machines.size()) {
      add({Rule::unknown_stretch, visit.stretch, route, place, 0});
      return false;
    }
    ++served_[visit.stretch];
    if (visit.backward && !problem_.stretches[visit.stretch].either_way) {
      add({Rule::one_way, visit.stretch, route, place, 0});
      return false;
    }
    const Mode& mode = problem_.mode(problem_.kind_of_machine[route], visit.stretch, visit.backward);
    if (mode.entry >= 0 && mode.work < unreachable) return true;
    add({mode.entry < 0 ? Rule::unfit_machine : Rule::cut_off, visit.stretch, route, place, 0});
    return false;
  }

  RouteTimes routeOf(std::size_t route, const std::vector<Visit>& visits) {
    RouteTimes times;
    std::vector<std::size_t> places;
    for (std::size_t place = 0; place < visits.size(); ++place)
      if (isPossible(route, place, visits[place])) places.push_back(place);
    if (places.empty()) return times;
    Clock clock(problem_, route);
    for (const std::size_t place : places) {
      const Cost before = clock.now();
      times.visits.push_back(clock.visit(visits[place]));
      const TimedVisit& timed = times.visits.back();
      if (timed.begins - before >= no_way) add({Rule::cut_off, timed.visit.stretch, route, place, 0});
      if (timed.late > 0) late_.push_back({Rule::late, timed.visit.stretch, route, place, timed.late / 600.0});
      times.late += timed.late;
      times.turns += timed.turns;
      times.transit_m += timed.transit_m;
      times.work_m += problem_.stretches[timed.visit.stretch].length_m;
    }
    const TimedVisit home = clock.home();
    if (home.begins - home.leaves >= no_way)
      add({Rule::cut_off, visits[places.back()].stretch, route, visits.size(), 0});
    times.back = home.ends;
    times.turns += home.turns;
    times.transit_m += home.transit_m;
    const double longest = problem_.machines[route].longest_h * 36000;
    const double above = static_cast<double>(times.back) - longest;
    if (above > 0) add({Rule::too_long, 0, route, {}, above / 600});
    return times;
  }

  const PloughProblem& problem_;
  Evaluation& out_;
  std::vector<int> served_;
  std::vector<BrokenRule> late_;
};

std::string placeText(const BrokenRule& broken, Language language) {
  if (!broken.route) return {};
  const bool ja = language == Language::ja;
  if (!broken.place) return fmt::format(fmt::runtime(ja ? "（経路{}）" : " (route {})"), *broken.route + 1);
  return fmt::format(fmt::runtime(ja ? "（経路{} {}番目）" : " (route {}, place {})"), *broken.route + 1,
                     *broken.place + 1);
}

}  // namespace

Evaluation evaluate(const PloughProblem& problem, const PloughPlan& plan) {
  Evaluation out;
  Checker(problem, out).check(plan);
  return out;
}

std::string describe(const BrokenRule& broken, const PloughProblem& problem, Language language) {
  const bool ja = language == Language::ja;
  std::string name = fmt::format(fmt::runtime(ja ? "区間{}" : "stretch {}"), broken.stretch + 1);
  if (broken.stretch < problem.stretches.size() && !problem.stretches[broken.stretch].name.empty())
    name += fmt::format(fmt::runtime(ja ? "「{}」" : " ({})"), problem.stretches[broken.stretch].name);
  const std::string place = placeText(broken, language);
  const auto say = [&](const char* japanese, const char* english) {
    return fmt::format(fmt::runtime(ja ? japanese : english), name, place, broken.value);
  };
  switch (broken.rule) {
    case Rule::unserved:
      return say("{0}はどの経路にも入っていません。", "No route serves {0}.");
    case Rule::served_twice:
      return say("{0}が2回以上除雪されます。", "More than one visit serves {0}.");
    case Rule::unknown_stretch:
      return say("{0}はこの工区にないか、機械のない経路です{1}。",
                 "There is no {0} in this district, or no machine for the route{1}.");
    case Rule::one_way:
      return say("{0}はこの向きに除雪できません{1}。", "The direction is not allowed on {0}{1}.");
    case Rule::unfit_machine:
      return say("この機械では{0}の作業ができません{1}。", "The machine cannot do the work on {0}{1}.");
    case Rule::cut_off:
      return say("{0}の前後に通れる道がありません{1}。", "No way leads to or from {0}{1}.");
    case Rule::too_long:
      return say("経路が運転時間の上限を{2:.0f}分超えます{1}。",
                 "The route is {2:.0f} minutes longer than the machine may work{1}.");
    case Rule::late:
      return say("{0}の終了が期限に{2:.0f}分遅れます{1}。", "The deadline of {0} is missed by {2:.0f} minutes{1}.");
  }
  return {};
}

}  // namespace hashimichi::routing
