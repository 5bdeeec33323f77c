// From a snow ranking to problems: what is due, joined to stretches, by district.
#include <fmt/format.h>

#include <algorithm>
#include <compare>
#include <map>

#include "geo/routing/plough_machines.h"

namespace hashimichi::routing {
namespace {

using model::ClearingClass;

/// Spreaders reach over both lanes up to their greatest width (DOMAIN A.7).
constexpr double spread_two_way_from_m = 7;

/// What must be equal for neighbouring edges to be served as one.
struct Kind {
  std::string district, name;
  ClearingClass clearing_class = ClearingClass::unknown;
  double width_m = 0;
  model::TrafficDirection direction = model::TrafficDirection::both;
  auto operator<=>(const Kind&) const = default;
};

/// Joins due edges to chains.
class Joiner {
 public:
  Joiner(const RoadWays& ways, double longest_m) : ways_(ways), longest_m_(longest_m) {
    const network::RoadGraph& graph = ways.graph();
    touching_.resize(graph.nodes.size());
    for (std::uint32_t e = 0; e < graph.edges.size(); ++e) {
      touching_[graph.edges[e].from].push_back(e);
      touching_[graph.edges[e].to].push_back(e);
    }
    kind_of_edge_.assign(graph.edges.size(), -1);
  }

  void require(std::uint32_t edge, int kind) { kind_of_edge_[edge] = kind; }
  int kindOf(std::uint32_t edge) const { return kind_of_edge_[edge]; }
  bool isDeadEnd(std::uint32_t node) const { return touching_[node].size() == 1; }

  /// The chain through an edge, in a direction in which it may be driven; its edges are used up.
  std::vector<Arc> take(std::uint32_t edge) {
    const int kind = kind_of_edge_[edge];
    const Arc first = ways_.mayDrive(2 * edge) ? 2 * edge : 2 * edge + 1;
    kind_of_edge_[edge] = -1;
    double length_m = ways_.length_m(first);
    std::vector<Arc> chain{first};
    while (const auto next = beyond(chain.back(), kind, longest_m_ - length_m)) {
      chain.push_back(*next), length_m += ways_.length_m(*next);
      kind_of_edge_[*next >> 1] = -1;
    }
    std::vector<Arc> before;
    while (const auto next =
               beyond(RoadWays::reversed(before.empty() ? first : before.back()), kind, longest_m_ - length_m, true)) {
      before.push_back(RoadWays::reversed(*next)), length_m += ways_.length_m(*next);
      kind_of_edge_[*next >> 1] = -1;
    }
    std::reverse(before.begin(), before.end());
    before.insert(before.end(), chain.begin(), chain.end());
    return before;
  }

 private:
  /// The only way on from an arc, if it is of the same kind. `against`: the arcs are driven the other way.
  std::optional<Arc> beyond(Arc arc, int kind, double room_m, bool against = false) const {
    const std::uint32_t node = ways_.head(arc);
    if (touching_[node].size() != 2) return std::nullopt;
    const std::uint32_t other = touching_[node][0] == arc >> 1 ? touching_[node][1] : touching_[node][0];
    if (kind_of_edge_[other] != kind || ways_.length_m(2 * other) > room_m) return std::nullopt;
    const Arc next = ways_.tail(2 * other) == node ? 2 * other : 2 * other + 1;
    return ways_.mayDrive(against ? RoadWays::reversed(next) : next) ? std::optional(next) : std::nullopt;
  }

  const RoadWays& ways_;
  double longest_m_;
  std::vector<std::vector<std::uint32_t>> touching_;
  std::vector<int> kind_of_edge_;
};

class Builder {
 public:
  Builder(PloughTown& town, const assess::snow::Profile& profile, const PloughOptions& options, Instant as_of)
      : town_(town), profile_(profile), options_(options), main_(town.ways->mainNetwork()) {
    start_ = options.start.value_or(as_of);
    if (const auto until = forbiddenUntil(profile.no_work, start_)) {
      start_ = *until;
      town.problems.assume("plough plan", "", "plough.start_moved",
                           "The profile forbids work at that time; the routes begin at " + formatJst(start_) + ".");
    }
    finish_ = nextFinish(profile.windows, start_);
  }

  void build(const assess::Ranking& ranking) {
    rank_.assign(town_.model->roads.size(), 0);
    Joiner joiner(*town_.ways, options_.longest_stretch_m);
    for (const assess::Ranked& row : ranking.rows)
      if (row.tier == assess::Tier::overdue || row.tier == assess::Tier::dispatch) require(row, joiner);
    for (std::uint32_t edge = 0; edge < town_.graph->edges.size(); ++edge)
      if (const int kind = joiner.kindOf(edge); kind >= 0)
        add(joiner.take(edge), kinds_[static_cast<std::size_t>(kind)], joiner);
    for (auto& [name, district] : districts_) town_.districts.push_back(std::move(district));
    tellDeadlines();
    giveMachines(town_, profile_, options_, main_);
    if (options_.work == Work::plough)
      town_.hauling = planHauling(*town_.model, ranking, *town_.ways, main_, options_.hauling, town_.problems);
  }

 private:
  void leaveOut(const model::RoadSegment& road, const char* code, const char* what, const char* advice) {
    town_.problems.about(road.id);
    town_.problems.skip(road.source, road.id, code, what, advice);
    town_.problems.about({});
  }

  int kindOf(const model::RoadSegment& road) {
    Kind kind{road.district, road.name, road.clearing_class, 0, road.direction};
    if (kind.clearing_class == ClearingClass::unknown) kind.clearing_class = profile_.unknown_class_as;
    if (kind.clearing_class == ClearingClass::none) kind.clearing_class = ClearingClass::residential;
    const double target_m = profile_.rule(kind.clearing_class).target_width_m;
    kind.width_m = road.width_m > 0 ? std::min(road.width_m, target_m) : target_m;
    const auto [found, added] = kind_index_.try_emplace(kind, static_cast<int>(kinds_.size()));
    if (added) kinds_.push_back(std::move(kind));
    return found->second;
  }

  void require(const assess::Ranked& row, Joiner& joiner) {
    const model::RoadSegment& road = town_.model->roads[row.index];
    rank_[row.index] = row.rank;
    if (road.in_tunnel) return;  // no snow falls there
    const std::vector<std::uint32_t>& first = town_.graph->first_edge_of_segment;
    if (first[row.index] == first[row.index + 1])
      return leaveOut(road, "plough.no_centreline", "The road is due but has no centre line, so no route can use it.",
                      "Import the road's centre line.");
    int kind = -1;
    for (std::uint32_t edge = first[row.index]; edge < first[row.index + 1]; ++edge) {
      const network::Edge& e = town_.graph->edges[edge];
      if (!main_[e.from] || !main_[e.to]) {
        leaveOut(road, "plough.unreachable", "The road is due but cannot be reached and left again on the network.",
                 "Check its ends and one-way directions.");
        continue;
      }
      if (kind < 0) kind = kindOf(road);
      joiner.require(edge, kind);
    }
  }

  void add(std::vector<Arc> arcs, const Kind& kind, const Joiner& joiner) {
    const assess::snow::ClassRule& rule = profile_.rule(kind.clearing_class);
    Stretch stretch;
    stretch.arcs = std::move(arcs);
    stretch.name = kind.name;
    stretch.clearing_class = kind.clearing_class;
    stretch.width_m = kind.width_m;
    stretch.speed_kmh = rule.speed_kmh;
    for (const Arc arc : stretch.arcs) {
      stretch.length_m += town_.ways->length_m(arc);
      const std::size_t rank = rank_[town_.ways->road(arc)];
      stretch.rank = stretch.rank == 0 ? rank : std::min(stretch.rank, rank);
    }
    const auto lead = options_.lead_min.find(kind.clearing_class);
    const double due_s =
        static_cast<double>(finish_.unix_s - start_.unix_s) - (lead != options_.lead_min.end() ? lead->second * 60 : 0);
    stretch.due = static_cast<Cost>(std::max(0.0, due_s) * 10);
    const bool both = std::all_of(stretch.arcs.begin(), stretch.arcs.end(),
                                  [&](Arc arc) { return town_.ways->mayDrive(RoadWays::reversed(arc)); });
    const double two_way_from_m = options_.work == Work::spread ? spread_two_way_from_m : options_.two_way_from_m;
    const bool each_way = both && kind.width_m >= two_way_from_m;
    stretch.either_way = both && !each_way;
    stretch.to_and_fro = both;
    if (each_way) stretch.lane = Lane::there;
    if (stretch.either_way) fixDeadEnd(stretch, joiner);
    if (options_.work == Work::spread)
      stretch.grit_m3 =
          stretch.length_m * stretch.width_m * (each_way ? 0.5 : 1) * options_.grit_g_m2 / 1e6 / options_.grit_t_m3;
    PloughProblem& district = districtOf(kind.district);
    district.stretches.push_back(stretch);
    if (!each_way) return;
    stretch.lane = Lane::back;
    reverse(stretch.arcs);
    district.stretches.push_back(std::move(stretch));
  }

  static void reverse(std::vector<Arc>& arcs) {
    std::reverse(arcs.begin(), arcs.end());
    for (Arc& arc : arcs) arc = RoadWays::reversed(arc);
  }

  /// A road that ends blind is driven in and out in any plan; clearing it on the way in is never later than on the way
  /// out and takes the same time, so nothing is lost by deciding it here, and the bound gets higher.
  void fixDeadEnd(Stretch& stretch, const Joiner& joiner) const {
    const bool blind_tail = joiner.isDeadEnd(town_.ways->tail(stretch.arcs.front()));
    if (!blind_tail && !joiner.isDeadEnd(town_.ways->head(stretch.arcs.back()))) return;
    if (blind_tail) reverse(stretch.arcs);
    stretch.either_way = false;
  }

  PloughProblem& districtOf(const std::string& name) {
    PloughProblem& district = districts_[name];
    district.district = name, district.work = options_.work;
    district.start = start_, district.finish = finish_;
    return district;
  }

  void tellDeadlines() {
    std::string leads;
    for (const auto& [value, minutes] : options_.lead_min)
      leads += fmt::format("{}{} {:.0f} min", leads.empty() ? "" : ", ", model::toString(value), minutes);
    if (!leads.empty())
      town_.problems.assume("plough plan", "", "plough.lead_times",
                            fmt::format("Roads of higher classes are to be open before the window's finish at {}: {} "
                                        "(planning default).",
                                        formatJst(finish_), leads));
  }

  PloughTown& town_;
  const assess::snow::Profile& profile_;
  const PloughOptions& options_;
  std::vector<bool> main_;
  Instant start_, finish_;
  std::vector<std::size_t> rank_;
  std::vector<Kind> kinds_;
  std::map<Kind, int> kind_index_;
  std::map<std::string, PloughProblem> districts_;
};

}  // namespace

Result<PloughTown> ploughTown(model::CityModelPtr model, const assess::Ranking& ranking,
                              const assess::snow::Profile& profile, const PloughOptions& options, Progress& progress) {
  PloughTown town;
  town.model = std::move(model);
  town.graph = std::make_unique<network::RoadGraph>(network::buildGraph(town.model->roads, {}, town.problems));
  town.ways = std::make_unique<RoadWays>(*town.graph, town.model->roads, options.travel);
  Builder(town, profile, options, ranking.as_of).build(ranking);
  for (PloughProblem& district : town.districts)
    if (Status prepared = district.prepare(*town.ways, progress); !prepared) return prepared.error();
  return town;
}

}  // namespace hashimichi::routing
