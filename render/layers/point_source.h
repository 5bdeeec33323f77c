#pragma once
#include <atomic>
#include <future>
#include <memory>
#include <unordered_map>

#include "geo/model/city_model.h"
#include "geo/points/lod_select.h"
#include "geo/points/node_store.h"
#include "render/layers/point_block.h"
#include "render/scene.h"

namespace hashimichi::render {

/// Where one cloud's points come from: its coarse sample at once, its octree as soon as a worker has opened it.
/// Main thread only.
class PointSource {
 public:
  using Samples = std::vector<points::ResidentNodePtr>;

  /// @param arrived  set when there is something new to draw, from any thread
  PointSource(model::CityModelPtr model, std::size_t cloud, Samples samples, std::size_t memory_mib,
              std::shared_ptr<std::atomic<bool>> arrived);

  const model::PointCloud& cloud() const { return model_->clouds[cloud_]; }
  /// The same survey, as another revision of the model holds it.
  bool isOf(const model::PointCloud& other) const;
  void moveTo(model::CityModelPtr model, std::size_t cloud, Samples samples);

  /// Takes what a worker has opened. Never waits.
  void poll();
  /// nullptr while there is only the sample
  points::NodeStore* store() const { return store_.get(); }
  bool opening() const { return opening_.valid(); }
  const Samples& samples() const { return samples_; }
  /// Why there is no more than the sample, or why nodes are missing; empty: all is well.
  const std::string& trouble();
  /// While nothing of the octree has come.
  bool drawsSample() const { return visible && !(store_ && store_->state().resident_nodes > 0); }

  /// A node's block, made now where it is new.
  PointBlock* find(const points::ResidentNode& node);
  PointBlock& add(const points::ResidentNodePtr& node);
  /// Forgets blocks that no picture since that one has drawn.
  void forgetBefore(std::uint64_t picture);
  std::unordered_map<const points::ResidentNode*, std::unique_ptr<PointBlock>>& blocks() { return blocks_; }

  bool visible = true;
  PointDistances distances;

 private:
  using Opened = Result<std::unique_ptr<points::NodeStore>>;

  model::CityModelPtr model_;
  std::size_t cloud_;
  Samples samples_;
  std::unique_ptr<points::NodeStore> store_;
  std::future<Opened> opening_;
  std::string trouble_;
  std::unordered_map<const points::ResidentNode*, std::unique_ptr<PointBlock>> blocks_;
};

}  // namespace hashimichi::render
