#include "geo/measure/plane_fit.h"

#include <cmath>

namespace hashimichi::measure {
namespace {

constexpr int rounds = 6;
constexpr double mad_to_sigma = 1.4826, beyond_sigmas = 3;

/// Sums of a plane's normal equations about a middle, so that they lose no digits far from the origin.
struct Sums {
  double n = 0, x = 0, y = 0, z = 0, xx = 0, xy = 0, yy = 0, xz = 0, yz = 0;
  void add(double px, double py, double pz) {
    n += 1, x += px, y += py, z += pz;
    xx += px * px, xy += px * py, yy += py * py, xz += px * pz, yz += py * pz;
  }
};

/// In coordinates relative to `middle`; false when the points lie on one line seen from above.
bool solve(const Sums& s, PlaneFit& fit, double inverse[3][3]) {
  const double a[3][3] = {{s.n, s.x, s.y}, {s.x, s.xx, s.xy}, {s.y, s.xy, s.yy}};
  const double c00 = a[1][1] * a[2][2] - a[1][2] * a[2][1], c01 = a[1][2] * a[2][0] - a[1][0] * a[2][2],
               c02 = a[1][0] * a[2][1] - a[1][1] * a[2][0];
  const double det = a[0][0] * c00 + a[0][1] * c01 + a[0][2] * c02;
  const double spread = s.n * std::max(s.xx, s.yy) * std::max(s.xx, s.yy);
  if (!(std::abs(det) > 1e-9 * spread) || spread == 0) return false;
  const double adjugate[3][3] = {{c00, a[0][2] * a[2][1] - a[0][1] * a[2][2], a[0][1] * a[1][2] - a[0][2] * a[1][1]},
                                 {c01, a[0][0] * a[2][2] - a[0][2] * a[2][0], a[0][2] * a[1][0] - a[0][0] * a[1][2]},
                                 {c02, a[0][1] * a[2][0] - a[0][0] * a[2][1], a[0][0] * a[1][1] - a[0][1] * a[1][0]}};
  for (int i = 0; i < 3; ++i)
    for (int j = 0; j < 3; ++j) inverse[i][j] = adjugate[i][j] / det;
  const double b[3] = {s.z, s.xz, s.yz};
  double out[3] = {};
  for (int i = 0; i < 3; ++i)
    for (int j = 0; j < 3; ++j) out[i] += inverse[i][j] * b[j];
  fit.height = out[0], fit.slope_x = out[1], fit.slope_y = out[2];
  return true;
}

/// From coordinates about the middle to the caller's.
void moveBack(PlaneFit& fit, Vec3d middle, const double inverse[3][3]) {
  const double variance = fit.scatter * fit.scatter;
  double local[3][3];
  for (int i = 0; i < 3; ++i)
    for (int j = 0; j < 3; ++j) local[i][j] = variance * inverse[i][j];
  // height = local height − slopes · middle: J = [[1, −mx, −my], [0, 1, 0], [0, 0, 1]]
  const double jacobian[3][3] = {{1, -middle.x, -middle.y}, {0, 1, 0}, {0, 0, 1}};
  for (int i = 0; i < 3; ++i)
    for (int j = 0; j < 3; ++j) {
      fit.covariance[i][j] = 0;
      for (int k = 0; k < 3; ++k)
        for (int l = 0; l < 3; ++l) fit.covariance[i][j] += jacobian[i][k] * local[k][l] * jacobian[j][l];
    }
  fit.height += middle.z - fit.slope_x * middle.x - fit.slope_y * middle.y;
}

}  // namespace

double PlaneFit::sigmaAt(double x, double y) const {
  const double v[3] = {1, x, y};
  double variance = 0;
  for (int i = 0; i < 3; ++i)
    for (int j = 0; j < 3; ++j) variance += v[i] * covariance[i][j] * v[j];
  return std::sqrt(std::max(0.0, variance));
}

std::optional<PlaneFit> fitPlane(std::span<const Vec3d> points, double floor_m, std::size_t smallest) {
  if (points.size() < std::max<std::size_t>(smallest, 3)) return std::nullopt;
  std::vector<double> heights;
  Vec3d middle;
  for (const Vec3d& p : points) middle = middle + p, heights.push_back(p.z);
  middle = middle * (1.0 / static_cast<double>(points.size()));
  middle.z = median(heights);
  PlaneFit fit;
  fit.passed_over.assign(points.size(), false);
  // The first look is level: half of the points may be strays above it, the slopes come with the next rounds.
  std::vector<double> away(points.size());
  double inverse[3][3] = {};
  for (int round = 0; round < rounds; ++round) {
    for (std::size_t i = 0; i < points.size(); ++i) {
      const Vec3d p = points[i] - middle;
      away[i] = p.z - fit.at(p.x, p.y);
    }
    std::vector<double> sorted;
    for (const double a : away) sorted.push_back(std::abs(a));
    const double limit = std::max(beyond_sigmas * mad_to_sigma * median(sorted), floor_m);
    Sums sums;
    bool same = round > 0;
    for (std::size_t i = 0; i < points.size(); ++i) {
      const bool passed = !(std::abs(away[i]) <= limit);
      same = same && passed == fit.passed_over[i];
      fit.passed_over[i] = passed;
      const Vec3d p = points[i] - middle;
      if (!passed) sums.add(p.x, p.y, p.z);
    }
    fit.used = static_cast<std::size_t>(sums.n);
    if (fit.used < std::max<std::size_t>(smallest, 3) || !solve(sums, fit, inverse)) return std::nullopt;
    if (same) break;
  }
  double squares = 0;
  for (std::size_t i = 0; i < points.size(); ++i) {
    if (fit.passed_over[i]) continue;
    const Vec3d p = points[i] - middle;
    const double a = p.z - fit.at(p.x, p.y);
    squares += a * a;
  }
  fit.scatter = fit.used > 3 ? std::sqrt(squares / static_cast<double>(fit.used - 3)) : 0;
  moveBack(fit, middle, inverse);
  return fit;
}

double quantile(std::vector<double>& values, double share) {
  if (values.empty()) return std::numeric_limits<double>::quiet_NaN();
  const double at = std::clamp(share, 0.0, 1.0) * static_cast<double>(values.size() - 1);
  const auto low = static_cast<std::size_t>(at);
  const auto nth = values.begin() + static_cast<std::ptrdiff_t>(low);
  std::nth_element(values.begin(), nth, values.end());
  const double below = *nth;
  if (low + 1 >= values.size() || at == static_cast<double>(low)) return below;
  return below + (at - static_cast<double>(low)) * (*std::min_element(nth + 1, values.end()) - below);
}

double median(std::vector<double>& values) {
  return quantile(values, 0.5);
}

double student95(double degrees_of_freedom) {
  // Cornish–Fisher expansion of Student's t about the normal quantile (Abramowitz and Stegun 26.7.5).
  const double z = 1.959964, v = std::max(1.0, degrees_of_freedom);
  if (v < 2) return 12.706;
  const double z3 = z * z * z, z5 = z3 * z * z, z7 = z5 * z * z, z9 = z7 * z * z;
  return z + (z3 + z) / (4 * v) + (5 * z5 + 16 * z3 + 3 * z) / (96 * v * v) +
         (3 * z7 + 19 * z5 + 17 * z3 - 15 * z) / (384 * v * v * v) +
         (79 * z9 + 776 * z7 + 1482 * z5 - 1920 * z3 - 945 * z) / (92160 * v * v * v * v);
}

}  // namespace hashimichi::measure
