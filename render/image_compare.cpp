#include <algorithm>
#include <cstdlib>
#include <unordered_map>

#include "render/target.h"

namespace hashimichi::render {
namespace {

constexpr int block_px = 8;

const std::uint8_t* pixelAt(const Image& image, int x, int y) {
  return &image.rgba[4 * (static_cast<std::size_t>(y) * static_cast<std::size_t>(image.width) +
                          static_cast<std::size_t>(x))];
}

int channelSum(const std::uint8_t* p, const std::uint8_t* q) {
  return std::abs(p[0] - q[0]) + std::abs(p[1] - q[1]) + std::abs(p[2] - q[2]);
}

/// How far a pixel of `a` is from the most similar one within a pixel of the same place in `b`: what has only moved by
/// a pixel differs by nothing, what changed its colour or is gone differs in full.
int nearestDifference(const Image& a, const Image& b, int x, int y) {
  const std::uint8_t* pixel = pixelAt(a, x, y);
  int least = channelSum(pixel, pixelAt(b, x, y));
  for (int v = std::max(0, y - 1); v <= std::min(b.height - 1, y + 1) && least > 0; ++v)
    for (int u = std::max(0, x - 1); u <= std::min(b.width - 1, x + 1); ++u)
      least = std::min(least, channelSum(pixel, pixelAt(b, u, v)));
  return least;
}

/// Sum over a block of the per-channel difference, both ways (a thing may be missing from either picture).
double blockSum(const Image& a, const Image& b, int left, int top, int right, int bottom) {
  double sum = 0;
  for (int y = top; y < bottom; ++y)
    for (int x = left; x < right; ++x)
      sum += std::max(nearestDifference(a, b, x, y), nearestDifference(b, a, x, y)) / 3.0;
  return sum;
}

}  // namespace

ImageDifference compareImages(const Image& a, const Image& b) {
  ImageDifference difference;
  if (a.width != b.width || a.height != b.height) return {255, 255, false};
  if (a.width == 0 || a.height == 0) return difference;
  double total = 0;
  for (int top = 0; top < a.height; top += block_px)
    for (int left = 0; left < a.width; left += block_px) {
      const int right = std::min(a.width, left + block_px), bottom = std::min(a.height, top + block_px);
      const double sum = blockSum(a, b, left, top, right, bottom);
      total += sum;
      difference.worst_block = std::max(difference.worst_block, sum / ((right - left) * (bottom - top)));
    }
  difference.mean = total / (static_cast<double>(a.width) * a.height);
  return difference;
}

double inkShare(const Image& image) {
  std::unordered_map<std::uint32_t, std::size_t> counts;
  const std::size_t pixels = image.rgba.size() / 4;
  if (pixels == 0) return 0;
  std::size_t most = 0;
  for (std::size_t i = 0; i < pixels; ++i) {
    const std::uint8_t* p = &image.rgba[4 * i];
    const std::uint32_t colour = std::uint32_t{p[0]} << 16 | std::uint32_t{p[1]} << 8 | p[2];
    most = std::max(most, ++counts[colour]);
  }
  return 1.0 - static_cast<double>(most) / static_cast<double>(pixels);
}

}  // namespace hashimichi::render
