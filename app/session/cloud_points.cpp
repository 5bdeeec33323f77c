#include "app/session/cloud_points.h"

#include <algorithm>

#include "geo/points/octree.h"
#include "geo/points/query.h"

namespace hashimichi::app {
namespace {

/// About 2 GB of places and attributes; a result beyond it says that it is unrefined.
constexpr std::size_t most_points = 60'000'000;

bool apart(const Bounds& a, const Bounds& b) {
  return a.empty() || b.empty() || a.low.x > b.high.x || a.high.x < b.low.x || a.low.y > b.high.y ||
         a.high.y < b.low.y || a.low.z > b.high.z || a.high.z < b.low.z;
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

/// Bounds that a query takes: it reads an empty box as "everywhere".
points::Region regionOf(const Bounds& box) {
  points::Region region;
  region.box = box;
  return region;
}

measure::PointStore fromSample(const model::PointCloud& cloud, const Bounds& box) {
  const model::PointSample& sample = cloud.sample;
  measure::PointStore store;
  store.unrefined = sample.size() < cloud.point_count;
  const bool coloured = sample.rgb.size() == sample.xyz.size(), classed = sample.classification.size() == sample.size();
  points::visitPoints(sample, regionOf(box), [&](const points::QueryPoints& found) {
    store.places.insert(store.places.end(), found.local.begin(), found.local.end());
    for (const std::uint32_t i : found.index) {
      if (classed) store.classification.push_back(sample.classification[i]);
      if (coloured)
        store.rgb.insert(store.rgb.end(), &sample.rgb[3 * std::size_t{i}], &sample.rgb[3 * std::size_t{i}] + 3);
    }
    return true;
  });
  return store;
}

/// One node's points behind the others; colours as 8 bits.
void take(const points::QueryPoints& found, measure::PointStore& store) {
  const points::PointBatch& batch = *found.batch;
  measure::PointStore more;
  more.places.assign(found.local.begin(), found.local.end());
  for (const std::uint32_t i : found.index) {
    if (!batch.classification.empty()) more.classification.push_back(batch.classification[i]);
    if (!batch.intensity.empty()) more.intensity.push_back(batch.intensity[i]);
    if (batch.red.empty()) continue;
    constexpr int to_8_bits = 8;
    for (const std::uint16_t value : {batch.red[i], batch.green[i], batch.blue[i]})
      more.rgb.push_back(static_cast<std::uint8_t>(value >> to_8_bits));
  }
  append(store, more);
}

std::filesystem::path pathOf(const model::PointCloud& cloud) {
  return {std::u8string(cloud.octree.begin(), cloud.octree.end())};
}

Result<measure::PointStore> fromOctree(const model::PointCloud& cloud, const crs::LocalFrame& frame, const Bounds& box,
                                       Progress& progress) {
  Problems problems;  // what was left out is counted in the query's report
  const Result<points::OctreePtr> octree = points::openOctree(pathOf(cloud), problems);
  if (!octree) return octree.error();
  const Result<points::OctreePlace> place = points::placeOctree((*octree)->info(), cloud, frame);
  if (!place) return place.error();
  measure::PointStore store;
  points::QueryOptions options;
  options.point_limit = most_points;
  const auto visit = [&](const points::QueryPoints& found) {
    take(found, store);
    return !progress.cancelled();
  };
  const Result<points::QueryReport> report =
      points::visitPoints(**octree, *place, regionOf(box), visit, progress, options);
  if (!report) return report.error();
  if (progress.cancelled()) return Error{ErrorCode::cancelled, cloud.id, "Cancelled.", ""};
  store.unrefined = !report->full_detail;
  return store;
}

const model::PointCloud* cloudNamed(const model::CityModel& model, const std::string& id) {
  const auto found = std::ranges::find(model.clouds, id, &model::PointCloud::id);
  return found == model.clouds.end() ? nullptr : &*found;
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
  return cloud->octree.empty() ? fromSample(*cloud, box) : fromOctree(*cloud, model.frame, box, progress);
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
