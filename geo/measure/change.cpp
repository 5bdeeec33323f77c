#include "geo/measure/change.h"

#include <future>
#include <unordered_map>

#include "geo/measure/kd_tree.h"
#include "geo/measure/mesh_distance.h"
#include "geo/measure/normal.h"
#include "geo/measure/parallel.h"
#include "geo/measure/plane_fit.h"
#include "geo/model/triangulate.h"

namespace hashimichi::measure {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();
/// From here on the authors take the normal distribution.
constexpr std::uint32_t many_points = 30;
constexpr std::size_t fewest_points = 10, fewest_for_normal = 4;

Error tooFew(const char* where) {
  return {ErrorCode::bad_input, where, "One of the surveys has fewer than 10 points here.",
          "Choose a larger part or load more detail."};
}
Error apart(const char* where) {
  return {ErrorCode::bad_input, where, "The two do not overlap: no place was found in both.",
          "Check that both are in the same coordinate system, or allow a longer reach."};
}
Error cancelled(const char* where) {
  return {ErrorCode::cancelled, where, "cancelled.", ""};
}

/// The point nearest to the centre of each cube.
std::vector<Vec3d> corePoints(std::span<const Vec3d> points, double spacing) {
  Bounds bounds;
  for (const Vec3d& p : points)
    if (isFinite(p)) bounds.add(p);
  struct Best {
    double d2;
    std::size_t index;
  };
  std::unordered_map<std::uint64_t, Best> cubes;
  for (std::size_t i = 0; i < points.size(); ++i) {
    if (!isFinite(points[i])) continue;
    const Vec3d g = (points[i] - bounds.low) * (1 / spacing);
    const auto cx = static_cast<std::uint64_t>(g.x), cy = static_cast<std::uint64_t>(g.y),
               cz = static_cast<std::uint64_t>(g.z);
    const Vec3d off =
        g - Vec3d{static_cast<double>(cx) + 0.5, static_cast<double>(cy) + 0.5, static_cast<double>(cz) + 0.5};
    const auto [best, fresh] = cubes.try_emplace(cx << 42 | cy << 21 | cz, Best{dot(off, off), i});
    if (!fresh && dot(off, off) < best->second.d2) best->second = {dot(off, off), i};
  }
  std::vector<std::size_t> kept;
  for (const auto& [cube, best] : cubes) kept.push_back(best.index);
  std::sort(kept.begin(), kept.end());
  std::vector<Vec3d> core;
  for (const std::size_t i : kept) core.push_back(points[i]);
  return core;
}

/// Mean and variance of the places along an axis.
struct Along {
  double n = 0, sum = 0, squares = 0;
  void add(double t) { n += 1, sum += t, squares += t * t; }
  double mean() const { return sum / n; }
  double variance() const { return n > 1 ? std::max(0.0, (squares - sum * sum / n) / (n - 1)) : 0; }
};

double levelOfDetection(const Along& a, const Along& b, double registration) {
  const double va = a.variance() / a.n, vb = b.variance() / b.n, v = va + vb;
  double factor = 1.96;
  if ((a.n < many_points || b.n < many_points) && v > 0)  // Welch 1947
    factor = student95(v * v / (va * va / (a.n - 1) + vb * vb / (b.n - 1)));
  return factor * std::sqrt(v) + 1.96 * registration;
}

Status checked(const M3c2Wish& w) {
  if (w.core_spacing_m > 0 && w.normal_scale_m > 0 && w.projection_scale_m > 0 && w.reach_m > 0 &&
      w.registration_m >= 0 && isFinite(w.towards))
    return done();
  return Error{ErrorCode::bad_input, "change", "A scale, spacing or reach is not a positive number.", "Give metres."};
}

std::vector<PointChange> finite(std::vector<PointChange> all) {
  std::erase_if(all,
                [](const PointChange& p) { return norm(p.normal) == 0 && std::isnan(p.distance_m) && p.points == 0; });
  return all;
}

/// Every n-th, so that no more than the limit are compared.
std::vector<Vec3d> thinned(std::span<const Vec3d> points, std::size_t limit) {
  std::vector<Vec3d> kept;
  const std::size_t every = std::max<std::size_t>(1, (points.size() + limit - 1) / std::max<std::size_t>(limit, 1));
  for (std::size_t i = 0; i < points.size(); i += every)
    if (isFinite(points[i])) kept.push_back(points[i]);
  return kept;
}

Status checkedNearest(const NearestWish& w, const char* where) {
  if (w.reach_m > 0 && w.neighbours >= 3 && w.limit > 0 && isFinite(w.towards)) return done();
  return Error{ErrorCode::bad_input, where,
               "The reach is not a positive number, or fewer than 3 neighbours were asked for.", "Give metres."};
}

Result<CloudChange> toTriangles(const PointsView& points, const MeshDistance& mesh, const NearestWish& wish,
                                Progress& progress) {
  const char* where = "cloud to mesh";
  if (const Status sizes = checkedNearest(wish, where); !sizes) return sizes.error();
  if (mesh.size() == 0)
    return Error{ErrorCode::bad_input, where, "The model has no face with an area.", "Choose another one."};
  const std::vector<Vec3d> asked = thinned(points.places, wish.limit);
  if (asked.empty())
    return Error{ErrorCode::bad_input, where, "The survey has no points here.", "Choose a larger part."};
  CloudChange result;
  result.points.resize(asked.size());
  const bool whole = inParallel(asked.size(), wish.threads, progress, where, [&](std::size_t i) {
    PointChange& c = result.points[i];
    c.at = asked[i], c.distance_m = c.lod95_m = nan, c.points_after = 1;
    const auto hit = mesh.nearest(asked[i], wish.reach_m);
    if (hit) c.distance_m = hit->distance_m, c.normal = hit->normal, c.points = 1;
  });
  if (!whole) return cancelled(where);
  result.summary = summaryOf(result.points);
  if (result.summary.count == 0) return apart(where);
  result.basis = {"cloud to mesh: nearest place on the triangles, signed by the face", asked.size(), 0,
                  points.unrefined};
  return result;
}

}  // namespace

ChangeSummary summaryOf(std::span<const PointChange> points) {
  ChangeSummary s;
  std::vector<double> values, lods;
  double sum = 0, squares = 0, significant_sum = 0;
  for (const PointChange& p : points) {
    if (std::isnan(p.distance_m)) {
      ++s.unseen;
      continue;
    }
    values.push_back(p.distance_m);
    sum += p.distance_m, squares += p.distance_m * p.distance_m;
    if (!std::isnan(p.lod95_m)) lods.push_back(p.lod95_m);
    if (p.significant) ++s.significant, significant_sum += p.distance_m;
  }
  s.count = values.size();
  if (s.count == 0) return s;
  const auto n = static_cast<double>(s.count);
  s.significant_percent = 100 * static_cast<double>(s.significant) / n;
  s.mean_m = sum / n, s.rms_m = std::sqrt(squares / n);
  s.sigma_m = s.count > 1 ? std::sqrt(std::max(0.0, (squares - sum * sum / n) / (n - 1))) : 0;
  if (s.significant > 0) s.significant_mean_m = significant_sum / static_cast<double>(s.significant);
  s.median_m = median(values);
  s.p05_m = quantile(values, 0.05), s.p25_m = quantile(values, 0.25);
  s.p75_m = quantile(values, 0.75), s.p95_m = quantile(values, 0.95);
  s.lowest_m = *std::min_element(values.begin(), values.end()),
  s.highest_m = *std::max_element(values.begin(), values.end());
  if (!lods.empty()) s.median_lod95_m = median(lods);
  return s;
}

Result<CloudChange> m3c2(const PointsView& before, const PointsView& after, const M3c2Wish& wish, Progress& progress) {
  if (const Status sizes = checked(wish); !sizes) return sizes.error();
  // What comes before the comparison takes as long as it does: the second survey's tree and the core points are made
  // beside the first one's tree.
  const auto beside = wish.threads == 1 ? std::launch::deferred : std::launch::async;
  auto second_tree = std::async(beside, [&] { return KdTree(after.places); });
  const KdTree first(before.places);
  const std::vector<Vec3d> core = corePoints(before.places, wish.core_spacing_m);
  const KdTree second = second_tree.get();
  if (first.size() < fewest_points || second.size() < fewest_points) return tooFew("change");
  CloudChange result;
  result.points.resize(core.size());
  const bool whole = inParallel(core.size(), wish.threads, progress, "change", [&](std::size_t i) {
    PointChange& c = result.points[i];
    c.at = core[i], c.distance_m = c.lod95_m = nan;
    PlaneSums ball;
    first.ball(core[i], wish.normal_scale_m / 2, [&](Vec3d p) { ball.add(p); });
    const auto normal = ball.n >= fewest_for_normal ? normalOf(ball, wish.towards) : std::nullopt;
    if (!normal) return;
    c.normal = *normal;
    Along a, b;
    const double radius = wish.projection_scale_m / 2;
    first.cylinder(core[i], *normal, radius, wish.reach_m, [&](double t) { a.add(t); });
    second.cylinder(core[i], *normal, radius, wish.reach_m, [&](double t) { b.add(t); });
    c.points = static_cast<std::uint32_t>(a.n), c.points_after = static_cast<std::uint32_t>(b.n);
    if (c.points == 0 || c.points_after == 0) return;
    c.distance_m = b.mean() - a.mean();
    if (c.points < std::max<std::size_t>(2, wish.smallest_count) ||
        c.points_after < std::max<std::size_t>(2, wish.smallest_count))
      return;
    c.lod95_m = levelOfDetection(a, b, wish.registration_m);
    c.significant = std::abs(c.distance_m) > c.lod95_m;
  });
  if (!whole) return cancelled("change");
  result.points = finite(std::move(result.points));
  result.summary = summaryOf(result.points);
  if (result.summary.count == 0) return apart("change");
  result.basis = {"M3C2 (Lague et al. 2013)", first.size(), second.size(), before.unrefined || after.unrefined};
  return result;
}

Result<CloudChange> cloudToCloud(const PointsView& before, const PointsView& after, const NearestWish& wish,
                                 Progress& progress) {
  const char* where = "cloud to cloud";
  if (const Status sizes = checkedNearest(wish, where); !sizes) return sizes.error();
  const KdTree reference(before.places);
  const std::vector<Vec3d> asked = thinned(after.places, wish.limit);
  if (reference.size() < fewest_points || asked.size() < fewest_points) return tooFew(where);
  CloudChange result;
  result.points.resize(asked.size());
  const bool whole = inParallel(asked.size(), wish.threads, progress, where, [&](std::size_t i) {
    thread_local std::vector<std::uint32_t> found;
    PointChange& c = result.points[i];
    c.at = asked[i], c.distance_m = c.lod95_m = nan, c.points_after = 1;
    reference.nearest(asked[i], wish.neighbours, wish.reach_m, found);
    if (found.empty()) return;
    PlaneSums sums;  // about the point itself, so that no digits are lost
    for (const std::uint32_t n : found) sums.add(before.places[n] - asked[i]);
    c.points = static_cast<std::uint32_t>(found.size());
    const Vec3d off = before.places[found.front()] - asked[i];
    if (const auto normal = normalOf(sums, wish.towards)) {
      c.normal = *normal;
      c.distance_m = -dot(sums.mean(), *normal);
    } else {
      c.distance_m = std::copysign(norm(off), -dot(off, wish.towards));
    }
  });
  if (!whole) return cancelled(where);
  result.summary = summaryOf(result.points);
  if (result.summary.count == 0) return apart(where);
  result.basis = {"cloud to cloud: nearest points' plane, signed", reference.size(), asked.size(),
                  before.unrefined || after.unrefined};
  return result;
}

Result<CloudChange> cloudToMesh(const PointsView& points, const model::TriangleMesh& mesh, const NearestWish& wish,
                                Progress& progress) {
  std::vector<Triangle3d> triangles;
  for (const model::MeshPart& part : mesh.parts) {
    const std::size_t vertices = part.xyz.size() / 3;
    const auto vertex = [&](std::uint32_t v) {
      return Vec3d{part.xyz[3 * v], part.xyz[3 * v + 1], part.xyz[3 * v + 2]};
    };
    for (std::size_t t = 0; t + 2 < part.triangles.size(); t += 3) {
      const std::uint32_t a = part.triangles[t], b = part.triangles[t + 1], c = part.triangles[t + 2];
      if (a < vertices && b < vertices && c < vertices) triangles.push_back({vertex(a), vertex(b), vertex(c)});
    }
  }
  return toTriangles(points, MeshDistance(std::move(triangles)), wish, progress);
}

Result<CloudChange> cloudToMesh(const PointsView& points, const model::Geometry& shape, const NearestWish& wish,
                                Progress& progress) {
  std::vector<Triangle3d> triangles;
  std::vector<model::Triangle> cut;
  for (const model::Surface& surface : shape.surfaces) {
    cut.clear();
    model::triangulate(surface.polygon, cut);
    std::vector<Vec3d> corners = surface.polygon.outer;
    for (const model::Ring& hole : surface.polygon.holes) corners.insert(corners.end(), hole.begin(), hole.end());
    for (const model::Triangle& t : cut) triangles.push_back({corners[t[0]], corners[t[1]], corners[t[2]]});
  }
  return toTriangles(points, MeshDistance(std::move(triangles)), wish, progress);
}

}  // namespace hashimichi::measure
