#include "render/layers/road_layer.h"

#include <vtkProperty.h>

#include <algorithm>

#include "render/layers/hatch.h"
#include "render/prepare.h"
#include "render/vtk/convert.h"

namespace hashimichi::render {
namespace {

constexpr double casing_px = 2.5;
constexpr exporting::Rgb neutral{112, 115, 120}, stripe{96, 98, 102};
constexpr int no_decision = -1;
/// Drawn first … last: neutral, hatched (by itself), ⑤ … ①.
constexpr std::uint8_t rankOf(int band) {
  return static_cast<std::uint8_t>(band == no_decision ? 0 : 6 - band);
}

void paint(std::vector<std::uint8_t>& rgb, std::uint32_t vertex, exporting::Rgb colour) {
  rgb[3 * vertex] = colour.r, rgb[3 * vertex + 1] = colour.g, rgb[3 * vertex + 2] = colour.b;
}

}  // namespace

exporting::Rgb roadColour(int band) {
  return band >= 0 && band <= 5 ? exporting::rank_colours[static_cast<std::size_t>(band)] : neutral;
}

RoadLayer::RoadLayer()
    // Lines lie beneath the bands: from afar they stand out on both sides, from near a band covers its own line, and no
    // line crosses another road's band at a junction.
    : casing_(makeOverlay()),
      far_casing_(makeOverlay()),
      hatched_lines_(makeOverlay()),
      lines_(makeOverlay()),
      hatched_(makeOverlay()),
      fill_(makeOverlay()) {
  setColour(casing_, exporting::rank_casing);
  setLineWidth(casing_, casing_px);
  // As wide as both edges of a road of overlay_least_px together.
  setColour(far_casing_, exporting::rank_casing);
  setLineWidth(far_casing_, overlay_least_px + casing_px);
  hatched_.SetTexture(hatchTexture());
  setLineWidth(hatched_lines_, line_px);
  setLineWidth(lines_, line_px);
}

void RoadLayer::show(const PreparedTown& town) {
  town_ = &town;
  bands_.clear();
  setBands({});
}

void RoadLayer::setBands(std::span<const int> bands) {
  bands_.assign(bands.begin(), bands.end());
  if (!town_) return;
  rebuildCasing();
  rebuildFills();
  rebuildLines();
}

int RoadLayer::bandOf(std::uint32_t road) const {
  if (bands_.empty()) return no_decision;
  return road < bands_.size() ? std::clamp(bands_[road], 0, 5) : 0;
}

float RoadLayer::widthOf(std::uint32_t road) const {
  const model::RoadSegment& segment = town_->model->roads[road];
  // An area of its own shape is as wide as it is; a band narrower than its line is covered by it.
  const bool area = !shapeAt(town_->lod.of(Layer::roads), segment.geometry, segment.other_lods).surfaces.empty();
  return area ? std::numeric_limits<float>::infinity() : static_cast<float>(drawnWidth(segment));
}

void RoadLayer::rebuildCasing() {
  if (bands_.empty()) return setData(casing_, nullptr), setData(far_casing_, nullptr);
  const auto part = [&](std::uint32_t road) { return OverlayPart{0, widthOf(road)}; };
  setData(casing_, polyDataSharing(town_->road_edges),
          std::make_shared<const DrawTable>(overlayTable(town_->road_edges, part)));
  DrawTable stand_ins = overlayTable(town_->road_axes, part);
  stand_ins.stand_in = true;
  setData(far_casing_, polyDataSharing(town_->road_axes), std::make_shared<const DrawTable>(std::move(stand_ins)));
}

void RoadLayer::rebuildFills() {
  const Mesh& mesh = town_->roads;
  std::vector<std::uint32_t> held;
  std::vector<std::uint8_t> rgb(mesh.xyz.size());
  for (std::uint32_t t = 0; t < mesh.triangleCount(); ++t) {
    const int band = bandOf(mesh.feature[t]);
    if (band == 0) held.push_back(t);
    for (std::size_t k = 0; k < 3; ++k) paint(rgb, mesh.triangles[3 * t + k], roadColour(band));
  }
  const auto hatched = polyDataSharing(mesh, held);
  setTextureCoordinates(*hatched, hatchCoordinates(mesh.xyz));
  setData(hatched_, hatched);
  const auto fill = polyDataSharing(mesh);
  setColours(*fill, rgb);
  const auto part = [&](std::uint32_t road) {
    const int band = bandOf(road);
    return band == 0 ? OverlayPart{} : OverlayPart{rankOf(band), widthOf(road)};
  };
  setData(fill_, fill, std::make_shared<const DrawTable>(overlayTable(mesh, part)));
}

void RoadLayer::rebuildLines() {
  const Lines& lines = town_->road_axes;
  std::vector<std::uint8_t> solid_rgb(lines.xyz.size()), dashed_rgb(lines.xyz.size()), held(lines.count());
  for (std::uint32_t line = 0; line < lines.count(); ++line) {
    const int band = bandOf(lines.feature[line]);
    held[line] = band == 0;
    for (std::uint32_t v = lines.first[line]; v < lines.first[line + 1]; ++v) {
      paint(solid_rgb, v, roadColour(band));
      paint(dashed_rgb, v, (v - lines.first[line]) % 4 < 2 ? exporting::no_data : stripe);
    }
  }
  const auto solid = polyDataSharing(lines), dashed = polyDataSharing(lines, held);
  setColours(*solid, solid_rgb), setColours(*dashed, dashed_rgb);
  const auto part = [&](std::uint32_t road) {
    const int band = bandOf(road);
    return band == 0 ? OverlayPart{} : OverlayPart{rankOf(band)};
  };
  setData(lines_, solid, std::make_shared<const DrawTable>(overlayTable(lines, part)));
  setData(hatched_lines_, dashed);
}

}  // namespace hashimichi::render
