#include "geo/find/place_index.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "geo/find/text_gatherer.h"
#include "geo/model/footprint.h"
#include "geo/sensors/interpolate.h"

namespace hashimichi::find {
namespace {

constexpr double infinite = std::numeric_limits<double>::infinity();
/// DOMAIN B.11, as the snow ranking counts them (geo/assess/snow/SNOW.md).
constexpr double gauge_sigma_cm = 1, sigma_cm_per_km = 0.5, longest_sigma_cm = 5;

double toSegment(Vec3d place, Vec3d from, Vec3d to) {
  const double dx = to.x - from.x, dy = to.y - from.y, length2 = dx * dx + dy * dy;
  const double along =
      length2 > 0 ? std::clamp(((place.x - from.x) * dx + (place.y - from.y) * dy) / length2, 0.0, 1.0) : 0;
  return std::hypot(place.x - from.x - along * dx, place.y - from.y - along * dy);
}

double toRing(Vec3d place, const model::Ring& ring) {
  double nearest = infinite;
  for (std::size_t i = 0; i < ring.size(); ++i)
    nearest = std::min(nearest, toSegment(place, ring[i], ring[(i + 1) % ring.size()]));
  return nearest;
}

Bounds boxOf(const model::Bridge& bridge) {
  Bounds box = model::boundsOf(bridge.geometry);
  for (const Vec3d corner : bridge.axis) box.add(corner);
  if (bridge.position) box.add(*bridge.position);
  return box;
}

Bounds boxOf(const model::RoadSegment& road) {
  Bounds box = model::boundsOf(road.geometry);
  for (const Vec3d corner : road.centreline) box.add(corner);
  return box;
}

bool within(const Bounds& box, Vec3d place) {
  return !box.empty() && box.low.x <= place.x && place.x <= box.high.x && box.low.y <= place.y && place.y <= box.high.y;
}

}  // namespace

double distanceTo2d(const model::Geometry& geometry, Vec3d place) {
  double nearest = infinite;
  for (const model::Surface& surface : geometry.surfaces) {
    if (model::contains2d(surface.polygon, place.x, place.y)) return 0;
    nearest = std::min(nearest, toRing(place, surface.polygon.outer));
  }
  for (const model::Polyline& line : geometry.lines)
    for (std::size_t i = 1; i < line.size(); ++i) nearest = std::min(nearest, toSegment(place, line[i - 1], line[i]));
  for (const Vec3d point : geometry.points) nearest = std::min(nearest, distance2d(place, point));
  return nearest;
}

std::shared_ptr<const PlaceIndex> PlaceIndex::build(model::CityModelPtr model, Progress& progress) {
  if (!model) return nullptr;
  std::shared_ptr<PlaceIndex> index(new PlaceIndex(std::move(model)));
  const model::CityModel& city = *index->model_;
  const auto enter = [&](const auto& assets, model::SpatialIndex& into, auto box) {
    for (std::size_t i = 0; i < assets.size(); ++i) {
      if (i % 4096 == 0 && progress.cancelled()) return false;
      into.insert(box(assets[i]), i);
    }
    return true;
  };
  const bool whole =
      enter(city.buildings, index->buildings_,
            [](const model::Building& one) { return model::boundsOf(one.geometry); }) &&
      enter(city.roads, index->roads_, [](const model::RoadSegment& one) { return boxOf(one); }) &&
      enter(city.bridges, index->bridges_, [](const model::Bridge& one) { return boxOf(one); }) &&
      enter(city.objects, index->objects_, [](const model::CityObject& one) { return model::boundsOf(one.geometry); });
  if (!whole) return nullptr;
  for (const model::ResultLayer& layer : city.results) {
    model::SpatialIndex& shapes = index->results_.emplace_back(50);
    auto& ids = index->ids_.emplace_back();
    for (std::size_t i = 0; i < layer.items.size(); ++i) {
      shapes.insert(model::boundsOf(layer.items[i].geometry), i);
      ids.emplace_back(layer.items[i].id, i);
    }
    std::ranges::sort(ids);
    if (progress.cancelled()) return nullptr;
  }
  return index;
}

const model::SpatialIndex& PlaceIndex::indexOf(ThingKind kind) const {
  if (kind == ThingKind::building) return buildings_;
  if (kind == ThingKind::road) return roads_;
  if (kind == ThingKind::bridge) return bridges_;
  return objects_;
}

double PlaceIndex::distanceTo(Thing thing, Vec3d place) const {
  const model::CityModel& city = *model_;
  if (thing.kind == ThingKind::building) return distanceTo2d(city.buildings[thing.index].geometry, place);
  if (thing.kind == ThingKind::object) return distanceTo2d(city.objects[thing.index].geometry, place);
  if (thing.kind == ThingKind::road) {
    const model::RoadSegment& road = city.roads[thing.index];
    const double shape = distanceTo2d(road.geometry, place);
    return road.centreline.size() < 2 ? shape : std::min(shape, model::distanceToLine2d(place, road.centreline));
  }
  const model::Bridge& bridge = city.bridges[thing.index];
  double nearest = distanceTo2d(bridge.geometry, place);
  if (bridge.axis.size() > 1) nearest = std::min(nearest, model::distanceToLine2d(place, bridge.axis));
  return bridge.position ? std::min(nearest, distance2d(place, *bridge.position)) : nearest;
}

std::optional<Near> PlaceIndex::nearest(ThingKind kind, Vec3d place, double reach_m) const {
  std::optional<Near> best;
  // Rings of growing size: most places have something near.
  for (double reach = std::min(reach_m, 30.0);; reach = std::min(reach_m, reach * 4)) {
    for (const std::size_t item : indexOf(kind).near(place, reach)) {
      const Thing thing{kind, static_cast<std::uint32_t>(item), 0};
      const double distance = distanceTo(thing, place);
      if (distance <= reach && (!best || distance < best->distance_m)) best = Near{thing, distance};
    }
    if (best || reach >= reach_m) return best;
  }
}

std::vector<std::size_t> PlaceIndex::objectsAt(Vec3d place) const {
  std::vector<std::size_t> found;
  for (const std::size_t item : objects_.near(place, 0))
    if (model::contains2d(model_->objects[item].geometry, place.x, place.y)) found.push_back(item);
  return found;
}

std::vector<ResultHere> PlaceIndex::resultsAt(Vec3d place) const {
  std::vector<std::string_view> here;  // ids of the features that the place lies on
  if (const auto building = nearest(ThingKind::building, place, 1); building && building->distance_m == 0)
    here.push_back(model_->buildings[building->thing.index].id);
  for (const std::size_t object : objectsAt(place)) here.push_back(model_->objects[object].id);
  std::vector<ResultHere> found;
  for (std::size_t layer = 0; layer < results_.size(); ++layer) {
    const auto& items = model_->results[layer].items;
    std::vector<std::size_t> own;
    for (const std::size_t item : results_[layer].near(place, 0))
      if (model::contains2d(items[item].geometry, place.x, place.y)) own.push_back(item);
    for (const std::string_view id : here)
      for (auto it = std::ranges::lower_bound(ids_[layer], std::pair(id, std::size_t{0}));
           it != ids_[layer].end() && it->first == id; ++it)
        own.push_back(it->second);
    std::ranges::sort(own);
    own.erase(std::unique(own.begin(), own.end()), own.end());
    for (const std::size_t item : own) found.push_back({layer, item});
  }
  return found;
}

std::vector<std::size_t> PlaceIndex::cloudsAt(Vec3d place) const {
  std::vector<std::size_t> found;
  for (std::size_t i = 0; i < model_->clouds.size(); ++i)
    if (within(model_->clouds[i].bounds, place)) found.push_back(i);
  return found;
}

std::optional<DepthHere> depthAt(const model::CityModel& model, Vec3d place, Instant at,
                                 const std::vector<std::string>& left_out, double max_age_h) {
  std::vector<Vec3d> places;
  std::vector<double> depths;
  std::vector<GaugeShare> gauges;
  for (std::size_t i = 0; i < model.stations.size(); ++i) {
    const sensors::Station& station = model.stations[i];
    if (std::ranges::find(left_out, station.id) != left_out.end()) continue;
    const sensors::Observation* newest = nullptr;
    for (const sensors::Series& series : model.series) {
      if (series.isForecast() || series.quantity != sensors::Quantity::snow_depth_cm || series.station_id != station.id)
        continue;
      const sensors::Observation* value = sensors::latestUsable(series, at, max_age_h);
      if (value && (!newest || newest->time < value->time)) newest = value;
    }
    if (!newest) continue;
    places.push_back(station.position);
    depths.push_back(newest->value);
    gauges.push_back({i, 0, 0, newest->value, newest->time});
  }
  std::vector<sensors::Weight> weights;
  sensors::idwWeights(places, place, {}, weights);
  if (weights.empty()) return std::nullopt;
  DepthHere here;
  for (const sensors::Weight& weight : weights) {
    GaugeShare gauge = gauges[weight.sample];
    gauge.share = weight.share, gauge.distance_m = weight.distance_m;
    here.depth_cm += weight.share * gauge.depth_cm;
    here.gauges.push_back(gauge);
  }
  const double apart_cm = sensors::spread(weights, depths);
  const double far_cm = std::min(longest_sigma_cm, sigma_cm_per_km * weights.front().distance_m / 1000);
  here.sigma_cm = std::sqrt(gauge_sigma_cm * gauge_sigma_cm + apart_cm * apart_cm + far_cm * far_cm);
  return here;
}

std::string addressOf(const model::Attributes& attributes) {
  for (const model::Attribute& attribute : attributes)
    if (!attribute.value.empty() && fieldOf(attribute.name.str()) == Field::address)
      return attribute.label.empty() ? attribute.value : attribute.label.str();
  return {};
}

}  // namespace hashimichi::find
