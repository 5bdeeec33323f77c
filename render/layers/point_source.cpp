#include "render/layers/point_source.h"

#include <chrono>

namespace hashimichi::render {
namespace {

using Opened = Result<std::unique_ptr<points::NodeStore>>;

/// On a worker: reads the whole hierarchy.
Opened open(const model::CityModel& model, const model::PointCloud& cloud, points::NodeStoreOptions options) {
  Problems problems;
  Result<points::OctreePtr> octree = points::openOctree(std::filesystem::path(cloud.octree), problems);
  if (!octree) return octree.error();
  const Result<points::OctreePlace> place = points::placeOctree((*octree)->info(), cloud, model.frame);
  if (!place) return place.error();
  return points::NodeStore::create(*octree, *place, options);
}

}  // namespace

PointSource::PointSource(model::CityModelPtr model, std::size_t cloud, Samples samples, std::size_t memory_mib,
                         std::shared_ptr<std::atomic<bool>> arrived)
    : model_(std::move(model)), cloud_(cloud), samples_(std::move(samples)) {
  if (this->cloud().octree.empty()) return;
  points::NodeStoreOptions options;
  options.memory_mib = memory_mib;
  options.on_change = [arrived] { *arrived = true; };
  opening_ = std::async(std::launch::async, [model = model_, cloud, options, arrived] {
    Opened opened = open(*model, model->clouds[cloud], options);
    *arrived = true;
    return opened;
  });
}

bool PointSource::isOf(const model::PointCloud& other) const {
  return cloud().id == other.id && cloud().octree == other.octree && cloud().path == other.path &&
         cloud().point_count == other.point_count && cloud().bounds.low == other.bounds.low &&
         cloud().bounds.high == other.bounds.high;
}

void PointSource::moveTo(model::CityModelPtr model, std::size_t cloud, Samples samples) {
  model_ = std::move(model), cloud_ = cloud, samples_ = std::move(samples);
}

void PointSource::poll() {
  if (!opening_.valid() || opening_.wait_for(std::chrono::seconds(0)) != std::future_status::ready) return;
  Opened opened = opening_.get();
  if (opened)
    store_ = std::move(*opened);
  else
    trouble_ = opened.error().text();
}

const std::string& PointSource::trouble() {
  if (store_ && trouble_.empty())
    if (const auto failure = store_->takeFailure()) trouble_ = failure->text();
  return trouble_;
}

PointBlock* PointSource::find(const points::ResidentNode& node) {
  const auto found = blocks_.find(&node);
  return found == blocks_.end() ? nullptr : found->second.get();
}

PointBlock& PointSource::add(const points::ResidentNodePtr& node) {
  return *(blocks_[node.get()] = std::make_unique<PointBlock>(node));
}

void PointSource::forgetBefore(std::uint64_t picture) {
  std::erase_if(blocks_, [&](const auto& entry) { return entry.second->used < picture; });
}

}  // namespace hashimichi::render
