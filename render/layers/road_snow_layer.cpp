#include "render/layers/road_snow_layer.h"

#include <cmath>

#include "render/layers/hatch.h"
#include "render/look.h"
#include "render/vtk/convert.h"

namespace hashimichi::render {
namespace {

constexpr double edge_px = 6;  ///< beneath a road's own casing and band: half of it shows
constexpr int nothing = -1, unknown = 0;

exporting::Rgb colourOf(int step) {
  return step <= unknown ? exporting::no_data : snow_colours[static_cast<std::size_t>(step)];
}

void paint(std::vector<std::uint8_t>& rgb, std::uint32_t vertex, exporting::Rgb colour) {
  rgb[3 * vertex] = colour.r, rgb[3 * vertex + 1] = colour.g, rgb[3 * vertex + 2] = colour.b;
}

}  // namespace

RoadSnowLayer::RoadSnowLayer() : edges_(makeOverlay()), fill_(makeOverlay()), hatched_(makeOverlay()) {
  setLineWidth(edges_, edge_px);
  hatched_.SetTexture(hatchTexture());
}

void RoadSnowLayer::show(const PreparedTown* town) {
  town_ = town;
  depth_cm_.clear();
  rebuild();
}

void RoadSnowLayer::setDepths(std::span<const float> depth_cm) {
  depth_cm_.assign(depth_cm.begin(), depth_cm.end());
  rebuild();
}

void RoadSnowLayer::setShown(bool shown, bool ranks) {
  if (shown == shown_ && ranks == ranks_) return;
  shown_ = shown, ranks_ = ranks;
  rebuild();
}

int RoadSnowLayer::stepOf(std::uint32_t road) const {
  const float depth_cm = road < depth_cm_.size() ? depth_cm_[road] : -1;
  if (!(depth_cm >= 0)) return unknown;
  const auto step = static_cast<int>(snowStepOf(depth_cm));
  return step == 0 ? nothing : step;
}

void RoadSnowLayer::rebuild() {
  for (vtkActor* actor : {&edges_, &fill_, &hatched_}) setData(*actor, nullptr);
  if (!town_ || !shown_ || depth_cm_.empty()) return;
  if (ranks_) {
    const Lines& lines = town_->road_edges;
    std::vector<std::uint8_t> rgb(lines.xyz.size()), wanted(lines.count());
    for (std::uint32_t line = 0; line < lines.count(); ++line) {
      const int step = stepOf(lines.feature[line]);
      wanted[line] = step != nothing;
      for (std::uint32_t v = lines.first[line]; v < lines.first[line + 1]; ++v) paint(rgb, v, colourOf(step));
    }
    const auto data = polyDataSharing(lines, wanted);
    setColours(*data, rgb);
    return setData(edges_, data);
  }
  const Mesh& mesh = town_->roads;
  std::vector<std::uint32_t> covered, held;
  std::vector<std::uint8_t> rgb(mesh.xyz.size());
  for (std::uint32_t t = 0; t < mesh.triangleCount(); ++t) {
    const int step = stepOf(mesh.feature[t]);
    if (step == unknown) held.push_back(t);
    if (step > unknown) covered.push_back(t);
    for (std::size_t k = 0; k < 3; ++k) paint(rgb, mesh.triangles[3 * t + k], colourOf(step));
  }
  const auto fill = polyDataSharing(mesh, covered), hatched = polyDataSharing(mesh, held);
  setColours(*fill, rgb);
  setTextureCoordinates(*hatched, hatchCoordinates(mesh.xyz));
  setData(fill_, fill), setData(hatched_, hatched);
}

}  // namespace hashimichi::render
