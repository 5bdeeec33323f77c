#include "geo/measure/normal.h"

#include <numbers>

namespace hashimichi::measure {

std::optional<Vec3d> normalOf(const PlaneSums& s, Vec3d towards) {
  if (s.n < 3) return std::nullopt;
  const Vec3d m = s.mean();
  const double xx = s.xx / s.n - m.x * m.x, yy = s.yy / s.n - m.y * m.y, zz = s.zz / s.n - m.z * m.z;
  const double xy = s.xy / s.n - m.x * m.y, xz = s.xz / s.n - m.x * m.z, yz = s.yz / s.n - m.y * m.z;
  const double q = (xx + yy + zz) / 3;
  const double p2 = (xx - q) * (xx - q) + (yy - q) * (yy - q) + (zz - q) * (zz - q) + 2 * (xy * xy + xz * xz + yz * yz);
  const double p = std::sqrt(p2 / 6);
  if (!(p > 0)) return std::nullopt;
  const double bxx = (xx - q) / p, byy = (yy - q) / p, bzz = (zz - q) / p, bxy = xy / p, bxz = xz / p, byz = yz / p;
  const double half_det =
      (bxx * (byy * bzz - byz * byz) - bxy * (bxy * bzz - byz * bxz) + bxz * (bxy * byz - byy * bxz)) / 2;
  const double angle = std::acos(std::clamp(half_det, -1.0, 1.0)) / 3;
  const double smallest = q + 2 * p * std::cos(angle + 2 * std::numbers::pi / 3);
  const double largest = q + 2 * p * std::cos(angle), middle = 3 * q - smallest - largest;
  if (middle - smallest < 1e-9 * largest) return std::nullopt;  // a line: every direction across it is as good
  const Vec3d r0{xx - smallest, xy, xz}, r1{xy, yy - smallest, yz}, r2{xz, yz, zz - smallest};
  Vec3d best;
  for (const Vec3d& c : {cross(r0, r1), cross(r0, r2), cross(r1, r2)})
    if (norm(c) > norm(best)) best = c;
  const double length = norm(best);
  if (!(length > 0)) return std::nullopt;
  best = best * (1 / length);
  const double side = norm(towards) > 0 ? dot(best, towards) : best.z;
  return side < 0 ? best * -1.0 : best;
}

}  // namespace hashimichi::measure
