#include "app/session/cloud_points.h"

#include <algorithm>
#include <limits>

namespace hashimichi::app {
namespace {

bool inside(const Bounds& box, Vec3d p) {
  return p.x >= box.low.x && p.x <= box.high.x && p.y >= box.low.y && p.y <= box.high.y && p.z >= box.low.z &&
         p.z <= box.high.z;
}

bool apart(const Bounds& a, const Bounds& b) {
  return a.empty() || b.empty() || a.low.x > b.high.x || a.high.x < b.low.x || a.low.y > b.high.y ||
         a.high.y < b.low.y || a.low.z > b.high.z || a.high.z < b.low.z;
}

Vec3d placeOf(const model::PointSample& sample, std::size_t i) {
  return {sample.xyz[3 * i], sample.xyz[3 * i + 1], sample.xyz[3 * i + 2]};
}

/// Attributes stay one per place: what one cloud lacks is padded when another brings it, so that nothing slips.
void append(measure::PointStore& all, const measure::PointStore& more) {
  const std::size_t before = all.size(), after = before + more.size();
  const auto join = [&](auto& target, const auto& source, std::size_t each) {
    if (target.empty() && source.empty()) return;
    target.resize(before * each);
    target.insert(target.end(), source.begin(), source.end());
    target.resize(after * each);
  };
  join(all.classification, more.classification, 1);
  join(all.intensity, more.intensity, 1);
  join(all.rgb, more.rgb, 3);
  all.places.insert(all.places.end(), more.places.begin(), more.places.end());
  all.unrefined = all.unrefined || more.unrefined;
}

measure::PointStore fromSample(const model::PointCloud& cloud, const Bounds& box) {
  const model::PointSample& sample = cloud.sample;
  measure::PointStore store;
  store.unrefined = sample.size() < cloud.point_count;
  const bool coloured = sample.rgb.size() == sample.xyz.size(), classed = sample.classification.size() == sample.size();
  for (std::size_t i = 0; i < sample.size(); ++i) {
    const Vec3d p = placeOf(sample, i);
    if (!inside(box, p)) continue;
    store.places.push_back(p);
    if (classed) store.classification.push_back(sample.classification[i]);
    if (coloured) store.rgb.insert(store.rgb.end(), &sample.rgb[3 * i], &sample.rgb[3 * i] + 3);
  }
  return store;
}

const model::PointCloud* cloudNamed(const model::CityModel& model, const std::string& id) {
  const auto found = std::ranges::find(model.clouds, id, &model::PointCloud::id);
  return found == model.clouds.end() ? nullptr : &*found;
}

Error noCloud(const std::string& id) {
  return {ErrorCode::not_found, id, "There is no point cloud of that name.", "Choose one of the list."};
}

}  // namespace

Result<measure::PointStore> pointsWithin(const model::CityModel& model, const std::string& id, const Bounds& box,
                                         Progress& progress) {
  const model::PointCloud* cloud = cloudNamed(model, id);
  if (!cloud) return noCloud(id);
  if (progress.cancelled()) return Error{ErrorCode::cancelled, id, "Cancelled.", ""};
  if (apart(cloud->bounds, box)) return measure::PointStore{};
  return fromSample(*cloud, box);
}

Result<measure::PointStore> shownPointsWithin(const model::CityModel& model, const std::set<std::string>& hidden,
                                              const Bounds& box, Progress& progress) {
  measure::PointStore all;
  for (const model::PointCloud& cloud : model.clouds) {
    if (hidden.contains(cloud.id)) continue;
    const Result<measure::PointStore> points = pointsWithin(model, cloud.id, box, progress);
    if (!points) return points.error();
    append(all, *points);
  }
  return all;
}

Result<std::optional<PickedPoint>> pointNear(const model::CityModel& model, const std::set<std::string>& hidden,
                                             Vec3d place, double reach_m, Progress& progress) {
  std::optional<PickedPoint> best;
  double nearest = reach_m;
  for (const model::PointCloud& cloud : model.clouds) {
    if (hidden.contains(cloud.id)) continue;
    if (progress.cancelled()) return Error{ErrorCode::cancelled, cloud.id, "Cancelled.", ""};
    const model::PointSample& sample = cloud.sample;
    for (std::size_t i = 0; i < sample.size(); ++i) {
      const Vec3d p = placeOf(sample, i);
      const double distance = norm(p - place);
      if (distance > nearest) continue;
      nearest = distance;
      best.emplace();
      best->cloud = cloud.id;
      best->place = p;
      best->source = model.frame.toProjected(p);
      best->source_crs = "EPSG:" + std::to_string(model.frame.epsg());
      best->surveyed = cloud.surveyed;
      if (sample.classification.size() == sample.size()) best->classification = sample.classification[i];
    }
  }
  return best;
}

}  // namespace hashimichi::app
