#pragma once
#include <memory>
#include <string>
#include <vector>

#include "render/layers/distance_worker.h"
#include "render/layers/point_source.h"
#include "render/prepared_town.h"

namespace hashimichi::render {

/// A block that the present picture shows, and how many of its points.
struct DrawnBlock {
  const PointBlock* block = nullptr;
  std::size_t count = 0;
  float size_px = 2, size_m = 0;  ///< as in splat::Draw
  std::size_t source = 0;
};

/// Point clouds: which nodes and colours a picture shows. What draws them is a PointProp. Main thread only; nothing
/// here waits for a disk.
class PointLayer {
 public:
  PointLayer();

  /// Clouds that the former town had too keep what is loaded of them.
  void show(const PreparedTownPtr& town);
  void setStyle(const PointStyle& style);
  const PointStyle& style() const { return style_; }
  void setVisible(bool visible) { visible_ = visible; }
  bool visible() const { return visible_; }
  void setCloudVisible(const std::string& cloud, bool visible);
  void setDistances(const std::string& cloud, PointDistances distances);
  void setAgeAt(Instant day);

  /// Of the clouds that are shown, local frame.
  Bounds bounds() const;
  /// Something can be drawn that the last picture lacks.
  bool pending() const;

  /// Chooses, colours and lists what this picture shows: as much as moving pictures have time for, and all that the
  /// style allows where the camera stands where it stood.
  void choose(const splat::View& view);
  const std::vector<DrawnBlock>& drawn() const { return drawn_; }
  /// How long drawing them took: the budget of moving pictures follows.
  void tookTime(double milliseconds);

  PointStatus status() const;
  const std::vector<std::unique_ptr<PointSource>>& sources() const { return sources_; }
  std::uint64_t revision() const { return revision_; }

 private:
  struct Wanted {
    points::ResidentNodePtr node;
    std::size_t source, count;
    double spacing_m;
  };
  std::size_t octreeSources() const;
  std::vector<Wanted> wantedNodes(const splat::View& view, std::size_t budget);
  void wantSamples(const splat::View& view, std::size_t budget, std::vector<Wanted>& wanted);
  void wantOctrees(const splat::View& view, std::size_t budget, std::vector<Wanted>& wanted);
  std::size_t sampledPoints() const;
  void takeDistances();
  void refreshRange();
  PointPaint paintOf(const PointSource& source) const;
  void paint(const std::vector<Wanted>& wanted);
  DrawnBlock drawnOf(const PointBlock& block, const Wanted& wanted) const;
  void recolour();

  PreparedTownPtr town_;
  PointStyle style_;
  bool visible_ = true;
  std::optional<Instant> age_at_;
  std::shared_ptr<std::atomic<bool>> arrived_;
  std::vector<std::unique_ptr<PointSource>> sources_;
  DistanceWorker distance_worker_;

  std::uint64_t revision_ = 1, picture_ = 0;
  std::vector<DrawnBlock> drawn_;
  std::optional<splat::View> last_view_;
  double moving_budget_;
  bool still_ = false, deferred_ = false, reduced_ = false, budget_hit_ = false;
  std::optional<std::pair<double, double>> range_;
  std::size_t range_points_ = 0;
};

}  // namespace hashimichi::render
