#pragma once
#include <optional>
#include <string>
#include <vector>

#include "geo/model/city_model.h"
#include "geo/model/spatial_index.h"

namespace hashimichi::assess::ageing {

/// What the road over a bridge tells where the bridge's own records are silent.
struct RoadFacts {
  std::string road;  ///< its name, else its id
  std::optional<double> aadt;
  std::optional<int> emergency_route;
  std::optional<bool> bus_route, facility_access;
};

/// Finds the road over a bridge: marked as lying on one, with its middle within 20 m of the bridge's position (within
/// half the bridge's length, if that is more). The nearest one counts, ties by index.
class RoadsOver {
 public:
  explicit RoadsOver(const model::CityModel& city);
  RoadFacts of(const model::Bridge& bridge) const;

 private:
  struct Deck {
    const model::RoadSegment* road = nullptr;
    Vec3d middle;
  };
  std::vector<Deck> decks_;
  model::SpatialIndex index_{50};
};

}  // namespace hashimichi::assess::ageing
