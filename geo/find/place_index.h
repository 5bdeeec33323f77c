#pragma once
#include <cstddef>
#include <memory>
#include <optional>
#include <vector>

#include "geo/core/date_time.h"
#include "geo/core/progress.h"
#include "geo/find/search_index.h"
#include "geo/model/spatial_index.h"

namespace hashimichi::find {

/// How far a thing is from a place, horizontally.
struct Near {
  Thing thing;
  double distance_m = 0;  ///< to its footprint, its line, else its position; 0: the place lies on it
};

/// One gauge that an interpolated depth rests on.
struct GaugeShare {
  std::size_t station = 0;  ///< in model.stations
  double share = 0;         ///< of the depth, 0…1; all sum to 1
  double distance_m = 0;
  double depth_cm = 0;
  Instant time;  ///< of the observation
};
struct DepthHere {
  double depth_cm = 0;
  double sigma_cm = 0;  ///< 1 σ: gauge, difference between the gauges and distance to the nearest (DOMAIN B.11)
  std::vector<GaugeShare> gauges;  ///< nearest first
};

/// A result of another program that says something of a place.
struct ResultHere {
  std::size_t layer = 0, item = 0;  ///< in model.results
};

/// Where everything of a town lies. Immutable once built; asking is thread-safe. Keeps the model.
class PlaceIndex {
 public:
  /// Worker thread. nullptr when cancelled.
  static std::shared_ptr<const PlaceIndex> build(model::CityModelPtr model, Progress& progress);

  /// The nearest of a kind within reach; nothing without any.
  std::optional<Near> nearest(ThingKind kind, Vec3d place, double reach_m = 500) const;
  /// City objects whose footprint holds the place (hazard zones, land use, plans), by index.
  std::vector<std::size_t> objectsAt(Vec3d place) const;
  /// Of every result layer the item whose own shape, or whose feature's, holds the place; ascending.
  std::vector<ResultHere> resultsAt(Vec3d place) const;
  /// Clouds whose bounds hold the place.
  std::vector<std::size_t> cloudsAt(Vec3d place) const;

  const model::CityModel& model() const { return *model_; }

 private:
  explicit PlaceIndex(model::CityModelPtr model) : model_(std::move(model)) {}
  double distanceTo(Thing thing, Vec3d place) const;
  const model::SpatialIndex& indexOf(ThingKind kind) const;

  model::CityModelPtr model_;
  model::SpatialIndex buildings_{50}, roads_{100}, bridges_{100}, objects_{100};
  std::vector<model::SpatialIndex> results_;                                ///< of items with own shapes, by layer
  std::vector<std::vector<std::pair<std::string_view, std::size_t>>> ids_;  ///< by layer, sorted: into model_
};

/// Horizontal distance to a shape: 0 on one of its faces, else to its nearest edge, line or point; infinite for an
/// empty one.
double distanceTo2d(const model::Geometry& geometry, Vec3d place);

/// Snow depth at a place, interpolated between the gauges that can be used (inverse distance weights, DOMAIN B.5).
/// @param left_out  ids of stations that are not to be used (stale, stuck, implausible)
/// Nothing where no gauge is in reach or has a value within `max_age_h` before the moment.
std::optional<DepthHere> depthAt(const model::CityModel& model, Vec3d place, Instant at,
                                 const std::vector<std::string>& left_out, double max_age_h = 6);

/// Text of the first attribute that holds an address; empty when there is none.
std::string addressOf(const model::Attributes& attributes);

}  // namespace hashimichi::find
