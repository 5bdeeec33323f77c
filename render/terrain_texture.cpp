#include <algorithm>
#include <array>
#include <cmath>
#include <thread>

#include "geo/import/imagery_read.h"
#include "render/prepare.h"
#include "render/relief.h"

namespace hashimichi::render {
namespace {

constexpr double imagery_saturation = 0.7;
/// Without imagery the tint is smooth: this many pixels for one sample of the ground are enough.
constexpr int tint_px_per_sample = 3;
/// A height tint that stays behind every rank colour: quiet green-grey valleys, snow-grey hills.
constexpr std::array<Colour, 4> tints{{{138, 146, 138}, {156, 162, 152}, {176, 180, 174}, {200, 203, 202}}};

Colour tintAt(double share) {
  const double place = std::clamp(share, 0.0, 1.0) * (tints.size() - 1);
  const auto below = std::min(tints.size() - 2, static_cast<std::size_t>(place));
  const double t = place - static_cast<double>(below);
  Colour colour;
  for (std::size_t c = 0; c < 3; ++c) colour[c] = tints[below][c] * (1 - t) + tints[below + 1][c] * t;
  return colour;
}

Colour desaturated(const std::uint8_t* pixel) {
  const double grey = 0.299 * pixel[0] + 0.587 * pixel[1] + 0.114 * pixel[2];
  Colour colour;
  for (std::size_t c = 0; c < 3; ++c) colour[c] = grey + (pixel[c] - grey) * imagery_saturation;
  return colour;
}

/// The orthophotos over the ground's extent, transparent where there is none; empty without any.
std::vector<std::uint8_t> imageryOver(const model::CityModel& model, const Bounds& extent, int width, int height) {
  std::vector<std::uint8_t> rgba;
  for (const model::ImageryRef& reference : model.imagery) {
    const auto pixels = import::readImagery(reference, model.frame, extent, width, height);
    if (!pixels) continue;  // the importer has reported what is wrong with it
    if (rgba.empty()) rgba.assign(pixels->size(), 0);
    for (std::size_t i = 0; i < rgba.size(); i += 4)
      if ((*pixels)[i + 3] > 127) std::copy_n(&(*pixels)[i], 4, &rgba[i]);
  }
  return rgba;
}

/// Filled heights are hatched, so that nobody takes them for measured ones: a darker diagonal every few pixels.
constexpr int hatch_period_px = 8, hatch_line_px = 2;
constexpr double hatch_darkening = 0.72;

bool onHatch(const model::Terrain& ground, double u, double v, int x, int y) {
  if (ground.filled_cells.empty() || (x + y) % hatch_period_px >= hatch_line_px) return false;
  return ground.filledAt(static_cast<std::size_t>(std::lround(u * static_cast<double>(ground.columns - 1))),
                         static_cast<std::size_t>(std::lround(v * static_cast<double>(ground.rows - 1))));
}

struct Size {
  int width, height;
};

Size textureSize(const model::Terrain& ground, bool imagery, int limit_px) {
  const auto columns = static_cast<double>(ground.columns - 1), rows = static_cast<double>(ground.rows - 1);
  const double longer = std::max(columns, rows);
  const double wanted = imagery ? limit_px : std::min<double>(limit_px, tint_px_per_sample * longer);
  const auto side = [&](double cells) { return std::max(2, static_cast<int>(std::lround(wanted * cells / longer))); };
  return {side(columns), side(rows)};
}

void paintRow(const model::Terrain& ground, const Relief& relief, const std::vector<std::uint8_t>& imagery, Size size,
              int y, std::vector<std::uint8_t>& rgba) {
  std::size_t at = 4 * static_cast<std::size_t>(y) * static_cast<std::size_t>(size.width);
  const double v = 1 - (y + 0.5) / size.height;
  for (int x = 0; x < size.width; ++x, at += 4) {
    const double u = (x + 0.5) / size.width;
    const bool photo = !imagery.empty() && imagery[at + 3] > 127;
    const Colour colour = photo ? desaturated(&imagery[at]) : tintAt(relief.at(relief.height_share, u, v));
    const double light = relief.at(relief.light, u, v) * (onHatch(ground, u, v, x, y) ? hatch_darkening : 1);
    for (std::size_t c = 0; c < 3; ++c)
      rgba[at + c] = static_cast<std::uint8_t>(std::clamp(colour[c] * light, 0.0, 255.0));
    rgba[at + 3] = 255;
  }
}

/// Rows are independent of each other; every processor takes its share of them.
template <typename Work>
void forEachRow(int rows, const Work& work) {
  const int workers = std::clamp(static_cast<int>(std::thread::hardware_concurrency()), 1, 8);
  std::vector<std::jthread> threads;
  for (int first = 0; first < workers; ++first)
    threads.emplace_back([=, &work] {
      for (int row = first; row < rows; row += workers) work(row);
    });
}

}  // namespace

Image terrainTexture(const model::CityModel& model, const model::Terrain& ground, int limit_px) {
  Image image;
  if (ground.columns < 2 || ground.rows < 2) return image;
  const Size size = textureSize(ground, !model.imagery.empty(), limit_px);
  const std::vector<std::uint8_t> imagery = imageryOver(model, ground.bounds(), size.width, size.height);
  const Relief relief = reliefOf(ground, lightOn);
  image.width = size.width, image.height = size.height;
  const auto bytes = 4 * static_cast<std::size_t>(size.width) * static_cast<std::size_t>(size.height);
  image.rgba.resize(bytes);
  const auto paint = [&](int y) { paintRow(ground, relief, imagery, size, y, image.rgba); };
  forEachRow(size.height, paint);
  return image;
}

}  // namespace hashimichi::render
