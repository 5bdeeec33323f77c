// The tables of a plough problem: modes of serving, ends and beginnings, ways between them.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <thread>

#include "geo/routing/plough_problem.h"

namespace hashimichi::routing {
namespace {

/// Wider than any road with any blade: damaged widths must not make endless work.
constexpr int most_passes = 20;

Cost ticks(double seconds) {
  return static_cast<Cost>(std::llround(seconds * 10));
}

/// Machines that work and drive alike.
bool sameKind(const Machine& a, const Machine& b) {
  return a.blade_width_m == b.blade_width_m && a.speed_kmh == b.speed_kmh && a.transit_kmh == b.transit_kmh &&
         a.ploughs == b.ploughs && a.spreads == b.spreads;
}

class EndTable {
 public:
  int of(WayEnd end) {
    const auto [found, added] = index_.try_emplace(end, static_cast<int>(ends.size()));
    if (added) ends.push_back(end);
    return found->second;
  }
  std::vector<WayEnd> ends;

 private:
  std::map<WayEnd, int> index_;
};

/// Rows of the table are independent, so two threads may share them; which thread fills a row changes nothing.
bool fillWays(PloughProblem& problem, const RoadWays& ways, Progress& progress) {
  const std::size_t rows = problem.ends.size(), columns = problem.beginnings.size();
  problem.ways.assign(rows * columns, {});
  const auto fill = [&](std::size_t row) {
    const std::vector<Way> found = ways.waysFrom(problem.ends[row], problem.beginnings);
    std::copy(found.begin(), found.end(), problem.ways.begin() + static_cast<std::ptrdiff_t>(row * columns));
  };
  constexpr std::size_t rows_at_once = 64;
  for (std::size_t done = 0; done < rows; done += rows_at_once) {
    if (progress.cancelled()) return false;
    progress.report(static_cast<double>(done) / static_cast<double>(rows), "ways");
    const std::size_t end = std::min(done + rows_at_once, rows), middle = (done + end) / 2;
    std::jthread other([&] {
      for (std::size_t row = done; row < middle; ++row) fill(row);
    });
    for (std::size_t row = middle; row < end; ++row) fill(row);
  }
  return true;
}

Cost workTime(const PloughProblem& problem, const Machine& machine, const Stretch& stretch, int passes) {
  const double speed_kmh =
      machine.speed_kmh.value_or(problem.work == Work::spread ? machine.transit_kmh : stretch.speed_kmh);
  return ticks(stretch.length_m * passes * 3.6 / std::max(speed_kmh, 0.1));
}

int passesOf(const Stretch& stretch, double blade_m) {
  const int all =
      std::clamp(static_cast<int>(std::ceil(stretch.width_m / std::max(blade_m, 0.1) - 1e-9)), 1, most_passes);
  if (stretch.lane == Lane::all) return all;
  return std::max(1, stretch.lane == Lane::there ? (all + 1) / 2 : all / 2);
}

/// On a road that is open both ways passes go to and fro; after an even number of them the machine stands where it
/// began, facing back. A one-way road needs the way round between its passes.
void fillModes(PloughProblem& problem, const TravelRules& rules, EndTable& ends, EndTable& beginnings) {
  const std::size_t n = problem.stretches.size();
  problem.modes.assign(static_cast<std::size_t>(problem.kinds) * n * 2, {});
  for (std::size_t m = 0; m < problem.machines.size(); ++m) {
    const Machine& machine = problem.machines[m];
    if (problem.work == Work::plough ? !machine.ploughs : !machine.spreads) continue;
    const auto kind = static_cast<std::size_t>(problem.kind_of_machine[m]);
    for (std::size_t s = 0; s < n; ++s) {
      const Stretch& stretch = problem.stretches[s];
      const int passes = passesOf(stretch, machine.blade_width_m);
      for (const bool backward : {false, true}) {
        if (backward && !stretch.either_way) continue;
        const Arc first = backward ? RoadWays::reversed(stretch.arcs.back()) : stretch.arcs.front();
        const Arc last = backward ? RoadWays::reversed(stretch.arcs.front()) : stretch.arcs.back();
        const bool stands_at_start = stretch.to_and_fro && passes % 2 == 0;
        Mode& mode = problem.modes[(kind * n + s) * 2 + (backward ? 1 : 0)];
        mode.entry = beginnings.of({false, first});
        mode.exit = ends.of({false, stands_at_start ? RoadWays::reversed(first) : last});
        mode.passes = passes;
        mode.work = workTime(problem, machine, stretch, passes);
        if (stretch.to_and_fro) mode.work += (passes - 1) * ticks(rules.u_turn_s);
      }
    }
  }
}

void addWaysRound(PloughProblem& problem) {
  for (int kind = 0; kind < problem.kinds; ++kind)
    for (std::size_t s = 0; s < problem.stretches.size(); ++s) {
      Mode& mode = problem.modes[(static_cast<std::size_t>(kind) * problem.stretches.size() + s) * 2];
      if (mode.entry < 0 || problem.stretches[s].to_and_fro || mode.passes < 2) continue;
      const Cost round = problem.drive(kind, mode.exit, mode.entry);
      mode.work = round >= no_way ? unreachable : mode.work + (mode.passes - 1) * round;
    }
}

void fillDriving(PloughProblem& problem) {
  problem.driving.assign(static_cast<std::size_t>(problem.kinds), {});
  for (std::size_t m = 0; m < problem.machines.size(); ++m) {
    std::vector<std::int32_t>& table = problem.driving[static_cast<std::size_t>(problem.kind_of_machine[m])];
    if (!table.empty()) continue;
    table.resize(problem.ways.size());
    const double per_dm = 0.36 * 10 / std::max(problem.machines[m].transit_kmh, 0.1);  // tenths of a second
    std::transform(problem.ways.begin(), problem.ways.end(), table.begin(), [&](const Way& way) {
      if (!way.exists()) return no_way;
      const double time = per_dm * way.length_dm + way.turns_ds;
      return static_cast<std::int32_t>(std::lround(std::min(time, 9e8)));
    });
  }
}

}  // namespace

Status PloughProblem::prepare(const RoadWays& road_ways, Progress& progress) {
  if (stretches.size() > most_stretches)
    return Error{ErrorCode::limit, district,
                 fmt::format("{} stretches are due in one district; at most {} are planned at once.", stretches.size(),
                             most_stretches),
                 "Divide the town into districts (工区), or rank fewer roads."};
  kinds = 0;
  kind_of_machine.assign(machines.size(), 0);
  for (std::size_t m = 0; m < machines.size(); ++m) {
    const auto alike = std::find_if(machines.begin(), machines.begin() + static_cast<std::ptrdiff_t>(m),
                                    [&](const Machine& other) { return sameKind(other, machines[m]); });
    const auto first = static_cast<std::size_t>(alike - machines.begin());
    kind_of_machine[m] = first < m ? kind_of_machine[first] : kinds++;
  }
  EndTable end_table, beginning_table;
  fillModes(*this, road_ways.rules(), end_table, beginning_table);
  depot_end.clear(), depot_beginning.clear();
  for (const Machine& machine : machines) {
    depot_end.push_back(end_table.of({true, machine.depot_node}));
    depot_beginning.push_back(beginning_table.of({true, machine.depot_node}));
  }
  ends = std::move(end_table.ends), beginnings = std::move(beginning_table.ends);
  if (!fillWays(*this, road_ways, progress)) return Error{ErrorCode::cancelled, district, "Cancelled.", {}};
  fillDriving(*this);
  addWaysRound(*this);
  return done();
}

}  // namespace hashimichi::routing
