#include "render/splat/splat.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <functional>
#include <numbers>
#include <thread>

#include "render/splat/shade.h"
#include "render/splat/splat_kernel.h"

namespace hashimichi::render::splat {
namespace {

/// So many points are one piece of a thread's work.
constexpr std::size_t piece_points = 1 << 15;
constexpr int rows_a_piece = 16;
/// Every thread keeps a picture of its own, and merging them costs each more.
constexpr unsigned most_threads = 8;
constexpr float outside_log = 1e30f;

struct Piece {
  std::uint32_t draw = 0;
  std::size_t from = 0, to = 0;
};

/// work(thread) on so many threads, the caller's among them.
void together(unsigned threads, const std::function<void(unsigned)>& work) {
  std::vector<std::jthread> others;
  for (unsigned i = 1; i < threads; ++i) others.emplace_back([&work, i] { work(i); });
  work(0);
}

/// rows(from, to) for the area's rows, shared by the threads.
void byRows(unsigned threads, const Area& area, const std::function<void(int, int)>& rows) {
  std::atomic<int> next = area.y_from;
  together(threads, [&](unsigned) {
    for (int from = next.fetch_add(rows_a_piece); from < area.y_to; from = next.fetch_add(rows_a_piece))
      rows(from, std::min(area.y_to, from + rows_a_piece));
  });
}

Area both(const Area& a, const Area& b) {
  if (a.empty() || b.empty()) return a.empty() ? b : a;
  return {std::min(a.x_from, b.x_from), std::min(a.y_from, b.y_from), std::max(a.x_to, b.x_to),
          std::max(a.y_to, b.y_to)};
}

/// The node's box, where it lies along one axis of the picture.
struct Span {
  double low, high;
};
Span spanAlong(const Points& points, Vec3d from, Vec3d axis) {
  const double base = dot(points.origin - from, axis);
  Span span{base, base};
  for (const double part : {axis.x * points.step_m.x, axis.y * points.step_m.y, axis.z * points.step_m.z})
    (part < 0 ? span.low : span.high) += part * 65535;
  return span;
}

void coefficients(const Points& points, const View& view, Vec3d axis, double scale, double base, float (&out)[4]) {
  out[0] = static_cast<float>(axis.x * points.step_m.x * scale);
  out[1] = static_cast<float>(axis.y * points.step_m.y * scale);
  out[2] = static_cast<float>(axis.z * points.step_m.z * scale);
  out[3] = static_cast<float>((dot(points.origin - view.eye, axis) - base) * scale);
}

float wholeSize(double size_px) {
  return static_cast<float>(std::clamp(std::floor(size_px + 0.5), 1.0, double(largest_point_px)));
}

Placement placementOf(const Draw& draw, const View& view, const Options& options) {
  Placement p{};
  p.perspective = !view.orthographic, p.disc = options.disc;
  // Depth is kept as a positive number: its bits then compare like itself.
  const double base = view.orthographic ? view.near_m : 0;
  coefficients(draw.points, view, view.right, view.scale, 0, p.across);
  coefficients(draw.points, view, view.up, view.scale, 0, p.upward);
  coefficients(draw.points, view, view.forward, 1, base, p.ahead);
  p.half_width = static_cast<float>(view.width_px / 2.0 + view.shift_x_px);
  p.half_height = static_cast<float>(view.height_px / 2.0 + view.shift_y_px);
  p.least_ahead = static_cast<float>(view.near_m - base), p.most_ahead = static_cast<float>(view.far_m - base);
  constexpr float reach = float(largest_point_px) / 2;
  p.low = -reach, p.high_x = static_cast<float>(view.width_px) + reach;
  p.high_y = static_cast<float>(view.height_px) + reach;
  if (draw.size_m <= 0) {
    p.size_px = wholeSize(draw.size_px);
    return p;
  }
  const double scaled = draw.size_m * view.scale;
  p.size_scale = static_cast<float>(scaled);
  const Span ahead = spanAlong(draw.points, view.eye, view.forward);
  if (view.orthographic)
    p.size_px = wholeSize(scaled);
  else if (ahead.low > 0 && wholeSize(scaled / ahead.low) == wholeSize(scaled / ahead.high))
    p.size_px = wholeSize(scaled / ahead.low);
  return p;
}

/// Where the draws' boxes are in the picture, the width of their points round them.
Area coveredBy(std::span<const Draw> draws, const View& view) {
  const Area whole{0, 0, view.width_px, view.height_px};
  double low_x = view.width_px, low_y = view.height_px, high_x = 0, high_y = 0;
  for (const Draw& draw : draws)
    for (int corner = 0; corner < 8; ++corner) {
      const Vec3d s = draw.points.step_m * 65535.0;
      const Vec3d from =
          draw.points.origin - view.eye + Vec3d{corner & 1 ? s.x : 0, corner & 2 ? s.y : 0, corner & 4 ? s.z : 0};
      const double ahead = view.orthographic ? 1 : dot(from, view.forward);
      if (ahead < std::max(1e-6, view.orthographic ? 0 : view.near_m)) return whole;  // reaches behind the eye
      const double x = view.width_px / 2.0 + view.shift_x_px + dot(from, view.right) * view.scale / ahead;
      const double y = view.height_px / 2.0 + view.shift_y_px + dot(from, view.up) * view.scale / ahead;
      low_x = std::min(low_x, x), high_x = std::max(high_x, x), low_y = std::min(low_y, y),
      high_y = std::max(high_y, y);
    }
  constexpr double margin = largest_point_px;
  const auto pixel = [](double place, int side) { return static_cast<int>(std::clamp(place, 0.0, double(side))); };
  return {pixel(std::floor(low_x - margin), view.width_px), pixel(std::floor(low_y - margin), view.height_px),
          pixel(std::ceil(high_x + margin), view.width_px), pixel(std::ceil(high_y + margin), view.height_px)};
}

}  // namespace

View viewOf(const CameraPose& pose, double near_m, double far_m, int width_px, int height_px) {
  const CameraAxes axes = axesOf(pose);
  View view;
  view.eye = eyeOf(pose), view.right = axes.right, view.up = axes.up, view.forward = axes.forward;
  view.orthographic = pose.orthographic;
  const double half = std::tan(pose.view_angle_deg * std::numbers::pi / 360);
  view.scale = height_px / 2.0 / (pose.orthographic ? half * pose.distance_m : half);
  view.near_m = near_m, view.far_m = far_m, view.reference_m = pose.distance_m;
  view.width_px = width_px, view.height_px = height_px;
  return view;
}

struct Splatter::Inside {
  Frame frame;
  std::vector<std::vector<std::int64_t>> cells;  ///< one picture a thread; empty between two calls
  int cells_width = 0, cells_height = 0;
  Area stale;  ///< what the last picture left in the frame
  bool had_eye_dome = false;
  PaddedRows log_depth;
  std::vector<Piece> pieces;

  int stride() const { return cells_width + 2 * margin_px; }

  void prepare(const View& view, unsigned threads) {
    if (cells_width != view.width_px || cells_height != view.height_px)
      cells.clear(), stale = {0, 0, view.width_px, view.height_px};
    cells_width = view.width_px, cells_height = view.height_px;
    const auto size = static_cast<std::size_t>(stride()) * static_cast<std::size_t>(cells_height + 2 * margin_px);
    while (cells.size() < threads) cells.emplace_back(size, empty_cell);
    cells.resize(threads);
    const auto pixels = static_cast<std::size_t>(view.width_px) * static_cast<std::size_t>(view.height_px);
    frame.width_px = view.width_px, frame.height_px = view.height_px;
    frame.rgba.resize(pixels), frame.depth.resize(pixels);
  }

  void cut(std::span<const Draw> draws) {
    pieces.clear();
    for (std::size_t i = 0; i < draws.size(); ++i)
      for (std::size_t from = 0; from < draws[i].points.size(); from += piece_points)
        pieces.push_back({static_cast<std::uint32_t>(i), from, std::min(draws[i].points.size(), from + piece_points)});
  }

  void splatPieces(std::span<const Draw> draws, const View& view, const Options& options, bool wide, unsigned threads) {
    std::atomic<std::size_t> next = 0;
    together(threads, [&](unsigned thread) {
      const Cells own{cells[thread].data(), stride()};
      for (std::size_t i = next++; i < pieces.size(); i = next++) {
        const Piece& piece = pieces[i];
        const Placement placement = placementOf(draws[piece.draw], view, options);
        (wide ? splatWide : splatPortable)(draws[piece.draw].points, piece.from, piece.to, placement, own);
      }
    });
  }
};

Splatter::Splatter() : inside_(std::make_unique<Inside>()) {}
Splatter::~Splatter() = default;

const Frame& Splatter::draw(std::span<const Draw> draws, const View& view, const Options& options) {
  Inside& in = *inside_;
  const unsigned processors = options.threads ? options.threads : std::thread::hardware_concurrency();
  const unsigned threads = std::clamp(processors, 1u, most_threads);
  const bool wide = options.wide_simd && hasWideSimd();
  in.prepare(view, threads);
  in.cut(draws);
  if (options.eye_dome && !in.had_eye_dome) in.stale = {0, 0, view.width_px, view.height_px};
  in.had_eye_dome = options.eye_dome;
  in.frame.covered = coveredBy(draws, view);
  const Area area = both(in.frame.covered, in.stale);
  const Columns columns{area.x_from, area.x_to};
  in.stale = in.frame.covered;
  in.splatPieces(draws, view, options, wide, threads);

  std::vector<std::int64_t*> arrays;
  for (std::vector<std::int64_t>& cells : in.cells) arrays.push_back(cells.data());
  const auto padded = static_cast<std::size_t>(view.width_px + 2) * static_cast<std::size_t>(view.height_px + 2);
  if (options.eye_dome && (in.log_depth.values.size() != padded || in.log_depth.stride != view.width_px + 2))
    in.log_depth.resize(view.width_px, view.height_px, outside_log);
  const auto flat_scale = static_cast<float>(std::numbers::log2e / std::max(1e-3, view.reference_m));
  const MergeRows merge{arrays.data(),       arrays.size(), in.stride(),
                        windowDepthOf(view), flat_scale,    options.eye_dome ? &in.log_depth : nullptr};
  byRows(threads, area, [&](int from, int to) { mergeRows(merge, columns, from, to, wide, in.frame); });
  if (options.eye_dome) {
    const auto strength = static_cast<float>(std::max(0.0, options.eye_dome_strength));
    byRows(threads, area,
           [&](int from, int to) { eyeDomeRows(in.log_depth, strength, columns, from, to, wide, in.frame); });
  }
  return in.frame;
}

}  // namespace hashimichi::render::splat
