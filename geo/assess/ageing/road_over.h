#pragma once
#include <optional>
#include <string>
#include <vector>

#include "geo/model/city_model.h"
#include "geo/model/spatial_index.h"
#include "geo/network/shortest_ways.h"

namespace hashimichi::assess::ageing {

/// What the road over a bridge tells where the bridge's own records are silent.
struct RoadFacts {
  std::string road;  ///< its name, else its id
  std::optional<double> aadt;
  std::optional<int> emergency_route;
  std::optional<bool> bus_route, facility_access;
  /// Computed on the network of the imported roads with this road closed; negative: no way round in it.
  std::optional<double> detour_km;
};

/// Keeps a reference to the city. Finds the road over a bridge: marked as lying on one, with its middle within 20 m of
/// the bridge's position (within half the bridge's length, if that is more). The nearest one counts, ties by index.
class RoadsOver {
 public:
  explicit RoadsOver(const model::CityModel& city);
  /// The detour is looked for only where the bridge's own records have none. Not thread-safe.
  RoadFacts of(const model::Bridge& bridge);

 private:
  std::optional<double> detourOver(const model::RoadSegment& road);
  struct Deck {
    const model::RoadSegment* road = nullptr;
    Vec3d middle;
  };
  std::vector<Deck> decks_;
  model::SpatialIndex index_{50};
  const std::vector<model::RoadSegment>& roads_;
  std::optional<network::RoadGraph> graph_;  ///< made when the first detour is asked for
  std::optional<network::ShortestWays> ways_;
};

}  // namespace hashimichi::assess::ageing
