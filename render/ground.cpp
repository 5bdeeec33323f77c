#include <algorithm>
#include <cmath>

#include "render/prepare.h"

namespace hashimichi::render {
namespace {

/// Of the model's samples at most so many are kept: a square of 1,024 cells.
constexpr std::size_t ground_samples_limit = 1'100'000;
/// Round a town without a height model the ground reaches this far beyond what is there.
constexpr double margin_share = 0.05, least_margin_m = 20;
std::size_t strideFor(const model::Terrain& terrain) {
  std::size_t stride = 1;
  while (((terrain.columns - 1) / stride + 1) * ((terrain.rows - 1) / stride + 1) > ground_samples_limit) ++stride;
  return stride;
}

model::Terrain thinned(const model::Terrain& terrain, std::size_t stride) {
  model::Terrain out;
  out.south_west = terrain.south_west;
  out.spacing_m = terrain.spacing_m * static_cast<double>(stride);
  out.columns = (terrain.columns - 1) / stride + 1;
  out.rows = (terrain.rows - 1) / stride + 1;
  out.source = terrain.source;
  out.height_m.reserve(out.columns * out.rows);
  for (std::size_t row = 0; row < out.rows; ++row)
    for (std::size_t column = 0; column < out.columns; ++column) {
      out.height_m.push_back(terrain.at(column * stride, row * stride));
      if (!terrain.filled_cells.empty()) out.filled_cells.push_back(terrain.filledAt(column * stride, row * stride));
    }
  return out;
}

Bounds withMargin(const Bounds& town) {
  const double margin_m = least_margin_m + margin_share * std::max(town.size().x, town.size().y);
  return {town.low - Vec3d{margin_m, margin_m, 0}, town.high + Vec3d{margin_m, margin_m, 0}};
}

model::Terrain levelPlane(const Bounds& town) {
  model::Terrain plane;
  const Bounds box = withMargin(town);
  plane.south_west = {box.low.x, box.low.y, 0};
  plane.spacing_m = std::max(box.size().x, box.size().y);
  plane.columns = plane.rows = 2;
  plane.height_m.assign(4, static_cast<float>(std::isfinite(town.low.z) ? town.low.z : 0));
  return plane;
}

}  // namespace

model::Terrain groundOf(const model::CityModel& model, const Bounds& town) {
  if (model.terrain && model.terrain->columns > 1 && model.terrain->rows > 1)
    return thinned(*model.terrain, strideFor(*model.terrain));
  if (town.empty()) return {};
  return levelPlane(town);
}

double groundHeight(const model::Terrain& ground, double x, double y, double otherwise) {
  return ground.heightAt(x, y).value_or(otherwise);
}

}  // namespace hashimichi::render
