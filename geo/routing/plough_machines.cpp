#include "geo/routing/plough_machines.h"

#include <fmt/format.h>

#include <algorithm>

namespace hashimichi::routing {
namespace {

/// Spreaders cover 3.0–7.0 m (DOMAIN A.7); this much is taken where none says it.
constexpr double usual_spread_m = 6;
/// A depot further from any road than this is told: its position may be wrong.
constexpr double far_from_road_m = 200;

bool contains(const std::string& text, const char* word) {
  return text.find(word) != std::string::npos;
}

struct Candidate {
  Machine machine;
  Vec3d place;
};

class Dealer {
 public:
  Dealer(PloughTown& town, const assess::snow::Profile& profile, const PloughOptions& options,
         const std::vector<bool>& main_network)
      : town_(town), profile_(profile), options_(options), main_(main_network) {
    for (const PloughProblem& district : town.districts) {
      double length = 0;
      Vec3d sum;
      for (const Stretch& stretch : district.stretches) {
        length += stretch.length_m;
        const std::uint32_t node = town.ways->tail(stretch.arcs.front());
        sum = sum + town.graph->nodes[node] * stretch.length_m;
      }
      work_.push_back(length);
      middle_.push_back(length > 0 ? sum * (1 / length) : sum);
    }
  }

  void deal() {
    std::vector<Candidate> pool = ownAndPool();
    while (!pool.empty()) {
      PloughProblem& district = town_.districts[neediest()];
      const Vec3d middle = middle_[static_cast<std::size_t>(&district - town_.districts.data())];
      const auto nearest = std::min_element(pool.begin(), pool.end(), [&](const Candidate& a, const Candidate& b) {
        return distance2d(a.place, middle) < distance2d(b.place, middle);
      });
      district.machines.push_back(nearest->machine);
      pool.erase(nearest);
    }
    for (std::size_t d = 0; d < town_.districts.size(); ++d)
      if (town_.districts[d].machines.empty()) assumeFor(d);
    if (options_.ploughs) fitCount(*options_.ploughs);
  }

 private:
  std::uint32_t nearestNode(Vec3d place) const {
    std::uint32_t best = 0;
    double least = std::numeric_limits<double>::infinity();
    for (std::uint32_t node = 0; node < town_.graph->nodes.size(); ++node) {
      if (!main_[node]) continue;
      const double away = distance2d(town_.graph->nodes[node], place);
      if (away < least) least = away, best = node;
    }
    return best;
  }

  Machine machineOf(const model::Plough& plough, const model::Depot& depot, std::uint32_t node) const {
    Machine machine;
    machine.id = plough.id, machine.name = plough.name.empty() ? plough.id : plough.name, machine.type = plough.type;
    machine.depot = depot.name.empty() ? depot.id : depot.name;
    machine.depot_node = node;
    const bool is_spreader = contains(plough.type, "散布") || contains(plough.type, "spreader");
    machine.spreads = plough.spreader.value_or(is_spreader);
    machine.ploughs = plough.blade_width_m.has_value() || !is_spreader;
    const double usual_m = options_.work == Work::spread ? usual_spread_m : profile_.blade_width_m;
    machine.blade_width_m = options_.work == Work::spread ? usual_m : plough.blade_width_m.value_or(usual_m);
    machine.speed_kmh = plough.speed_kmh ? plough.speed_kmh : usualSpeed_kmh(plough.type);
    machine.hopper_m3 = plough.hopper_m3.value_or(0);
    machine.transit_kmh = options_.travel.transit_kmh;
    machine.longest_h = options_.longest_route_h;
    return machine;
  }

  std::vector<Candidate> ownAndPool() {
    std::vector<Candidate> pool;
    for (const model::Depot& depot : town_.model->depots) {
      const std::uint32_t node = nearestNode(depot.position);
      if (distance2d(town_.graph->nodes[node], depot.position) > far_from_road_m)
        town_.problems.assume(depot.source, depot.id, "plough.depot_far",
                              fmt::format("The depot lies {:.0f} m from the nearest road; it counts as standing there.",
                                          distance2d(town_.graph->nodes[node], depot.position)),
                              "Check the depot's position.");
      const auto district =
          std::find_if(town_.districts.begin(), town_.districts.end(), [&](const PloughProblem& candidate) {
            return !depot.district.empty() && candidate.district == depot.district;
          });
      for (const model::Plough& plough : depot.ploughs) {
        Machine machine = machineOf(plough, depot, node);
        if (options_.work == Work::plough ? !machine.ploughs : !machine.spreads) continue;
        if (district != town_.districts.end())
          district->machines.push_back(std::move(machine));
        else if (depot.district.empty())
          pool.push_back({std::move(machine), depot.position});
      }
    }
    return pool;
  }

  /// The district with the most work for each machine; one without machines first.
  std::size_t neediest() const {
    std::size_t best = 0;
    double most = -1;
    for (std::size_t d = 0; d < town_.districts.size(); ++d) {
      const auto machines = static_cast<double>(town_.districts[d].machines.size());
      const double need = machines > 0 ? work_[d] / machines : work_[d] * 1e6;
      if (need > most) most = need, best = d;
    }
    return best;
  }

  /// A machine that no source names: at the district's first depot, else in its middle.
  void assumeFor(std::size_t d) {
    PloughProblem& district = town_.districts[d];
    Machine machine;
    if (!district.machines.empty()) {
      machine.depot = district.machines.front().depot, machine.depot_node = district.machines.front().depot_node;
    } else {
      machine.depot_node = nearestNode(middle_[d]);
    }
    machine.id = fmt::format("assumed-{}", ++assumed_);
    machine.name = machine.id;
    machine.spreads = options_.work == Work::spread;
    machine.blade_width_m = options_.work == Work::spread ? usual_spread_m : profile_.blade_width_m;
    machine.transit_kmh = options_.travel.transit_kmh;
    machine.longest_h = options_.longest_route_h;
    machine.assumed = true;
    town_.problems.assume(
        "plough plan", district.district, "plough.machine_assumed",
        fmt::format("District \"{}\" gets an assumed standard machine (blade {} m, speed of the road class) {}.",
                    district.district, machine.blade_width_m,
                    machine.depot.empty() ? "that starts on the road nearest to its middle" : "at its depot"),
        "Import the depots with their machines.");
    district.machines.push_back(std::move(machine));
  }

  void fitCount(std::size_t wanted) {
    const auto total = [&] {
      std::size_t sum = 0;
      for (const PloughProblem& district : town_.districts) sum += district.machines.size();
      return sum;
    };
    while (total() < wanted) assumeFor(neediest());
    while (total() > std::max(wanted, town_.districts.size())) {
      // The machine whose loss leaves the least work for each of the others goes.
      std::size_t best = town_.districts.size();
      double least = std::numeric_limits<double>::infinity();
      for (std::size_t d = 0; d < town_.districts.size(); ++d) {
        const std::size_t machines = town_.districts[d].machines.size();
        if (machines < 2) continue;
        if (const double left = work_[d] / static_cast<double>(machines - 1); left < least) least = left, best = d;
      }
      if (best == town_.districts.size()) return;
      town_.districts[best].machines.pop_back();
    }
  }

  PloughTown& town_;
  const assess::snow::Profile& profile_;
  const PloughOptions& options_;
  const std::vector<bool>& main_;
  std::vector<double> work_;
  std::vector<Vec3d> middle_;
  int assumed_ = 0;
};

}  // namespace

std::optional<double> usualSpeed_kmh(const std::string& type) {
  constexpr std::pair<const char*, double> usual[] = {{"グレーダ", 15}, {"grader", 15},   {"ドーザ", 8}, {"dozer", 8},
                                                      {"loader", 8},    {"ロータリ", 2},  {"rotary", 2}, {"散布", 20},
                                                      {"spreader", 20}, {"トラック", 20}, {"truck", 20}};
  for (const auto& [word, speed_kmh] : usual)
    if (contains(type, word)) return speed_kmh;
  return std::nullopt;
}

void giveMachines(PloughTown& town, const assess::snow::Profile& profile, const PloughOptions& options,
                  const std::vector<bool>& main_network) {
  Dealer(town, profile, options, main_network).deal();
}

}  // namespace hashimichi::routing
