#pragma once
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "geo/core/geometry.h"
#include "render/camera.h"

namespace hashimichi::render::splat {

inline constexpr int largest_point_px = 12;

/// Points of one node, one array per axis. Point i lies at origin + step_m · (x[i], y[i], z[i]) in the local frame.
struct Points {
  Vec3d origin, step_m;
  std::span<const std::uint16_t> x, y, z;
  std::span<const std::uint32_t> rgba;  ///< red in the lowest byte; alpha 0: not drawn, whatever the colour

  std::size_t size() const { return x.size(); }
};

/// Some points, and how wide each is drawn.
struct Draw {
  Points points;
  float size_px = 2;  ///< squares of so many pixels, rounded, 1…12; where size_m is 0
  float size_m = 0;   ///< as wide as this is seen at the point's distance, 1…12 px
};

/// Where one looks from, in the local frame and in double: only differences to the eye become float32.
struct View {
  Vec3d eye, right, up, forward;  ///< unit vectors
  bool orthographic = false;
  double scale = 1;                ///< pixels per metre; in perspective at a distance of 1 m
  double near_m = 1, far_m = 1e6;  ///< along `forward`; in perspective near_m > 0
  double reference_m = 100;  ///< orthographic: the distance whose edges eye-dome lighting shades as in perspective
  int width_px = 0, height_px = 0;
  double shift_x_px = 0, shift_y_px = 0;  ///< where the axis of view lies from the middle: right and up, for tiles
};
View viewOf(const CameraPose& pose, double near_m, double far_m, int width_px, int height_px);

/// Pixels from x_from, y_from to before x_to, y_to; y from the bottom.
struct Area {
  int x_from = 0, y_from = 0, x_to = 0, y_to = 0;

  bool empty() const { return x_from >= x_to || y_from >= y_to; }
};

/// A picture of points alone, bottom row first, as OpenGL wants it.
struct Frame {
  int width_px = 0, height_px = 0;
  Area covered;                     ///< no point is outside; most of a picture of a town is
  std::vector<std::uint32_t> rgba;  ///< alpha 0: no point
  std::vector<float> depth;         ///< of OpenGL's window, 0 near … 1 far and no point
};

struct Options {
  bool eye_dome = false;
  double eye_dome_strength = 1;
  bool wide_simd = true;  ///< false: the portable path, for comparing
  unsigned threads = 0;   ///< 0: one per processor, 8 at most
  bool disc = false;      ///< round instead of square
};

/// Draws points on the processor, for machines without GPU: every thread keeps for each pixel the least of
/// depth·2³² + colour, and the threads' pictures are then merged, shaded and turned into OpenGL's depth.
///
/// A point covers the pixels whose centres its square (or disc) holds, as in OpenGL; nearer wins, and of equal depths
/// the smaller colour, so that the picture does not depend on order or number of threads. One caller at a time.
class Splatter {
 public:
  Splatter();
  ~Splatter();
  Splatter(const Splatter&) = delete;
  Splatter& operator=(const Splatter&) = delete;

  /// The frame is overwritten by the next call.
  const Frame& draw(std::span<const Draw> draws, const View& view, const Options& options);

 private:
  struct Inside;
  std::unique_ptr<Inside> inside_;
};

}  // namespace hashimichi::render::splat
