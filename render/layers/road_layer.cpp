#include "render/layers/road_layer.h"

#include <vtkCellArray.h>
#include <vtkProperty.h>

#include <algorithm>
#include <array>

#include "render/layers/hatch.h"
#include "render/vtk/convert.h"

namespace hashimichi::render {
namespace {

constexpr double casing_px = 2.5;
constexpr exporting::Rgb neutral{112, 115, 120}, stripe{96, 98, 102};
constexpr int no_decision = -1;
/// Drawn first … last: neutral, hatched, ⑤ … ①.
constexpr std::array<int, 7> drawing_order{no_decision, 0, 5, 4, 3, 2, 1};

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
      hatched_lines_(makeOverlay()),
      lines_(makeOverlay()),
      hatched_(makeOverlay()),
      fill_(makeOverlay()) {
  setColour(casing_, exporting::rank_casing);
  setLineWidth(casing_, casing_px);
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
  setData(casing_, bands_.empty() ? nullptr : polyDataSharing(town_->road_edges).Get());
  rebuildFills();
  rebuildLines();
}

int RoadLayer::bandOf(std::uint32_t road) const {
  if (bands_.empty()) return no_decision;
  return road < bands_.size() ? std::clamp(bands_[road], 0, 5) : 0;
}

void RoadLayer::rebuildFills() {
  const Mesh& mesh = town_->roads;
  std::array<std::vector<std::uint32_t>, drawing_order.size()> by_band;
  std::vector<std::uint8_t> rgb(mesh.xyz.size());
  for (std::uint32_t t = 0; t < mesh.triangleCount(); ++t) {
    const int band = bandOf(mesh.feature[t]);
    by_band[static_cast<std::size_t>(band + 1)].push_back(t);
    for (std::size_t k = 0; k < 3; ++k) paint(rgb, mesh.triangles[3 * t + k], roadColour(band));
  }
  const auto hatched = polyDataSharing(mesh, by_band[1]);
  setTextureCoordinates(*hatched, hatchCoordinates(mesh.xyz));
  setData(hatched_, hatched);
  std::vector<std::uint32_t> ordered;
  for (const int band : drawing_order)
    if (band != 0) {
      const auto& triangles = by_band[static_cast<std::size_t>(band + 1)];
      ordered.insert(ordered.end(), triangles.begin(), triangles.end());
    }
  const auto fill = polyDataSharing(mesh, ordered);
  setColours(*fill, rgb);
  setData(fill_, fill);
}

void RoadLayer::rebuildLines() {
  const Lines& lines = town_->road_axes;
  std::vector<std::uint8_t> solid_rgb(lines.xyz.size()), dashed_rgb(lines.xyz.size());
  vtkNew<vtkCellArray> solid, dashed;
  solid->Use32BitStorage(), dashed->Use32BitStorage();
  std::array<std::vector<std::uint32_t>, drawing_order.size()> by_band;
  for (std::uint32_t line = 0; line < lines.count(); ++line)
    by_band[static_cast<std::size_t>(bandOf(lines.feature[line]) + 1)].push_back(line);
  for (const int band : drawing_order)
    for (const std::uint32_t line : by_band[static_cast<std::size_t>(band + 1)]) {
      vtkCellArray& cells = band == 0 ? *dashed : *solid;
      cells.InsertNextCell(static_cast<int>(lines.first[line + 1] - lines.first[line]));
      for (std::uint32_t v = lines.first[line]; v < lines.first[line + 1]; ++v) {
        cells.InsertCellPoint(v);
        paint(solid_rgb, v, roadColour(band));
        paint(dashed_rgb, v, (v - lines.first[line]) % 4 < 2 ? exporting::no_data : stripe);
      }
    }
  const auto solid_data = polyDataSharing(lines), dashed_data = polyDataSharing(lines);
  solid_data->SetLines(solid), dashed_data->SetLines(dashed);
  setColours(*solid_data, solid_rgb), setColours(*dashed_data, dashed_rgb);
  setData(lines_, solid_data), setData(hatched_lines_, dashed_data);
}

}  // namespace hashimichi::render
