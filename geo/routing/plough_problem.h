#pragma once
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "geo/assess/ranking.h"
#include "geo/assess/snow/profile.h"
#include "geo/core/problem.h"
#include "geo/core/progress.h"
#include "geo/model/city_model.h"
#include "geo/routing/hauling.h"
#include "geo/routing/plough_ways.h"

namespace hashimichi::routing {

/// One machine with all that a plan asks of it.
struct Machine {
  std::string id, name, type, depot;
  std::uint32_t depot_node = 0;     ///< starts and ends there
  double blade_width_m = 2.8;       ///< effective; for spreaders the width they spread
  std::optional<double> speed_kmh;  ///< while working; nothing: the road class's speed
  double transit_kmh = 25;
  bool ploughs = true, spreads = false;
  double hopper_m3 = 0;  ///< spreaders: refilled at the depot when empty; 0: never empty
  double longest_h = 8;  ///< a route takes no longer
  bool assumed = false;  ///< no source names it
};

enum class Work { plough, spread };

/// What of a road a stretch stands for. The passes of a whole road (DOMAIN A.7: width ÷ blade, rounded up) are shared
/// by the two directions; an odd one belongs to `there`.
enum class Lane { all, there, back };

/// A stretch of road that is to be served once; wide roads that are open both ways are two of them.
struct Stretch {
  std::vector<Arc> arcs;    ///< in driving order
  bool either_way = false;  ///< may be served against that order as well: narrow roads that are open both ways
  double length_m = 0;
  bool to_and_fro = false;  ///< open both ways: of several passes each second one leads back
  Lane lane = Lane::all;
  double width_m = 0;     ///< of the road to be cleared, all lanes
  double speed_kmh = 20;  ///< of machines that have no own
  double grit_m3 = 0;     ///< spreading only
  model::ClearingClass clearing_class = model::ClearingClass::unknown;
  std::size_t rank = 0;  ///< of its most urgent road segment
  std::string name;
  Cost due = 0;  ///< tenths of a second after the start
};

/// How a stretch is served by one kind of machine in one direction.
struct Mode {
  int entry = -1, exit = -1;  ///< rows of the table of ways
  Cost work = unreachable;    ///< tenths of a second, all passes and the turns between them
  int passes = 0;
};

/// One contractor district's task: who has to clear what until when. Times are tenths of a second after `start`.
///
/// Only required ends take part: the table holds the ways from each end of a stretch (and depot) to each beginning,
/// so its size depends on the work, not on the network. Immutable once prepared; share between threads.
struct PloughProblem {
  std::string district;
  Work work = Work::plough;
  Instant start, finish;  ///< finish: of the profile's window
  std::vector<Machine> machines;
  std::vector<Stretch> stretches;

  /// Fills what follows from the above. limit where there are too many stretches; cancelled.
  Status prepare(const RoadWays& ways, Progress& progress);

  int kinds = 0;
  std::vector<int> kind_of_machine;
  std::vector<Mode> modes;  ///< [kind][stretch][direction: 0 forward, 1 backward]
  std::vector<WayEnd> ends, beginnings;
  std::vector<int> depot_end, depot_beginning;     ///< by machine
  std::vector<Way> ways;                           ///< ends × beginnings
  std::vector<std::vector<std::int32_t>> driving;  ///< by kind, like `ways`, tenths of a second; huge where none

  const Mode& mode(int kind, std::size_t stretch, bool backward) const {
    return modes[(static_cast<std::size_t>(kind) * stretches.size() + stretch) * 2 + (backward ? 1 : 0)];
  }
  Cost drive(int kind, int end, int beginning) const {
    return driving[static_cast<std::size_t>(kind)]
                  [static_cast<std::size_t>(end) * beginnings.size() + static_cast<std::size_t>(beginning)];
  }
  const Way& way(int end, int beginning) const {
    return ways[static_cast<std::size_t>(end) * beginnings.size() + static_cast<std::size_t>(beginning)];
  }
};
/// Ways that do not exist cost this in `driving`.
inline constexpr std::int32_t no_way = 1'000'000'000;
/// Stretches of one district at most: the table of ways then takes about a gigabyte.
inline constexpr std::size_t most_stretches = 4000;

/// What is planned, and what is assumed where the town says nothing. The lead times are a planning default: roads of a
/// higher class shall be open before the window's finish, so that buses and ambulances get through.
struct PloughOptions {
  Work work = Work::plough;
  TravelRules travel;
  std::optional<Instant> start;  ///< nothing: the ranking's moment, later where the profile forbids work
  std::map<model::ClearingClass, double> lead_min{
      {model::ClearingClass::priority, 90}, {model::ClearingClass::class1, 60}, {model::ClearingClass::class2, 30}};
  std::optional<std::size_t> ploughs;  ///< machines in all; nothing: those of the depots, else one a district
  double two_way_from_m = 5;           ///< from this width on a road open both ways is served each way
  HaulRules hauling;
  double longest_stretch_m = 1000;  ///< neighbouring segments are served together up to this length
  double longest_route_h = 8;
  double grit_g_m2 = 20, grit_t_m3 = 1.2;  ///< spreading (DOMAIN A.8), and what a cubic metre weighs
};

/// A whole town made ready for planning: its network, the ways over it, and one problem for each district.
struct PloughTown {
  model::CityModelPtr model;
  std::unique_ptr<network::RoadGraph> graph;
  std::unique_ptr<RoadWays> ways;
  std::vector<PloughProblem> districts;  ///< by name
  HaulPlan hauling;                      ///< for all districts together
  Problems problems;                     ///< assumptions (machines, depots, deadlines), roads left out with the reason
};

/// What a snow ranking says is due (overdue and dispatch), as problems: neighbouring segments of one class and name
/// become stretches, wide two-way roads one for each direction, districts get their depots and machines.
/// @param profile  the ranking's; gives the window's finish, widths and speeds
/// No districts where nothing is due. limit where a district is too large; cancelled.
Result<PloughTown> ploughTown(model::CityModelPtr model, const assess::Ranking& ranking,
                              const assess::snow::Profile& profile, const PloughOptions& options, Progress& progress);

/// The working speed of a machine type in the source's words (DOMAIN A.7 defaults); nothing: a type not known here.
std::optional<double> usualSpeed_kmh(const std::string& type);

}  // namespace hashimichi::routing
