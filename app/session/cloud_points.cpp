#include "app/session/cloud_points.h"

#include <algorithm>

#include "geo/points/octree.h"

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

std::filesystem::path pathOf(const model::PointCloud& cloud) {
  return {std::u8string(cloud.octree.begin(), cloud.octree.end())};
}

Error noPoint(const model::PointCloud& cloud) {
  return {ErrorCode::not_found, cloud.octree, "The octree does not hold the point that was drawn.",
          "It was changed since the project was opened: open the project again."};
}

void takeFrom(const points::PointBatch& batch, std::size_t i, PickedPoint& picked) {
  picked.original = true;
  picked.source = batch.position(i);
  const auto take = [&](const auto& values, auto& target) {
    if (i < values.size()) target = values[i];
  };
  take(batch.classification, picked.classification);
  take(batch.intensity, picked.intensity);
  take(batch.return_number, picked.return_number);
  take(batch.number_of_returns, picked.number_of_returns);
  take(batch.point_source_id, picked.point_source);
  take(batch.gps_time, picked.gps_time_s);
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

Result<PickedPoint> pointAt(const model::CityModel& model, const render::PointHit& hit) {
  const model::PointCloud* cloud = cloudNamed(model, hit.cloud);
  if (!cloud) return noCloud(hit.cloud);
  PickedPoint picked;
  picked.cloud = cloud->id;
  picked.place = hit.point;
  picked.surveyed = cloud->surveyed;
  if (!hit.node) {
    picked.source = model.frame.toProjected(hit.point);
    picked.source_crs = "EPSG:" + std::to_string(model.frame.epsg());
    if (hit.index < cloud->sample.classification.size())
      picked.classification = cloud->sample.classification[hit.index];
    return picked;
  }
  Problems problems;  // of nodes that do not concern this point
  const Result<points::OctreePtr> octree = points::openOctree(pathOf(*cloud), problems);
  if (!octree) return octree.error();
  if (*hit.node >= (*octree)->nodes().size()) return noPoint(*cloud);
  const Result<points::PointBatch> batch = (*octree)->load(*hit.node);
  if (!batch) return batch.error();
  if (hit.index >= batch->size()) return noPoint(*cloud);
  picked.source_crs = (*octree)->info().crs;
  takeFrom(*batch, hit.index, picked);
  return picked;
}

}  // namespace hashimichi::app
