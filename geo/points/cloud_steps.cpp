#include "geo/points/cloud_steps.h"

#include <algorithm>
#include <cmath>

namespace hashimichi::points {
namespace {

constexpr double most_steps = 2147483647.0;
constexpr double Vec3d::*axes[]{&Vec3d::x, &Vec3d::y, &Vec3d::z};

bool fits(const Bounds& bounds, const Steps& steps) {
  for (const auto axis : axes)
    for (const Vec3d& corner : {bounds.low, bounds.high})
      if (std::fabs((corner.*axis - steps.offset.*axis) / steps.scale.*axis) > most_steps) return false;
  return true;
}

double largest(const Bounds& bounds) {
  const Vec3d size = bounds.size();
  return std::max({size.x, size.y, size.z});
}

bool outside(const Bounds& inner, const Bounds& outer, const Vec3d& slack) {
  for (const auto axis : axes)
    if (inner.low.*axis < outer.low.*axis - slack.*axis || inner.high.*axis > outer.high.*axis + slack.*axis)
      return true;
  return false;
}

}  // namespace

Steps commonSteps(const std::vector<PointSourcePtr>& sources, const std::vector<Bounds>& bounds, Problems& problems) {
  Steps steps = sources.front()->info().steps;
  bool same = true;
  Bounds all;
  for (const Bounds& b : bounds) all.add(b);
  for (const PointSourcePtr& source : sources) {
    const Steps& own = source->info().steps;
    same = same && own == steps;
  }
  const bool usable = steps.scale.x > 0 && steps.scale.y > 0 && steps.scale.z > 0;
  if (same && usable) return steps;
  for (const auto axis : axes) {
    steps.scale.*axis = std::fabs(steps.scale.*axis);
    for (const PointSourcePtr& source : sources)
      steps.scale.*axis = std::min(steps.scale.*axis, std::fabs(source->info().steps.scale.*axis));
  }
  if (fits(all, steps)) return steps;
  // Whole thousands keep the offset readable.
  for (const auto axis : axes) {
    const double middle = (all.low.*axis + all.high.*axis) / 2, round = 1000 * steps.scale.*axis;
    steps.offset.*axis = std::round(middle / round) * round;
  }
  if (fits(all, steps)) return steps;
  for (const auto axis : axes)
    while ((all.high.*axis - all.low.*axis) / steps.scale.*axis > 1.9 * most_steps) steps.scale.*axis *= 10;
  problems.assume({}, {}, "points.coarser",
                  "Together the files reach too far for their finest step: the octree's steps are coarser.",
                  "Index them one by one to keep every digit.");
  return steps;
}

bool doubtful(const SourceInfo& source, const Bounds& sample) {
  if (source.bounds_exact) return false;
  if (source.bounds.empty() || sample.empty()) return true;
  const Vec3d slack{2 * std::fabs(source.steps.scale.x), 2 * std::fabs(source.steps.scale.y),
                    2 * std::fabs(source.steps.scale.z)};
  return outside(sample, source.bounds, slack) || largest(source.bounds) > 1.5 * largest(sample);
}

bool misjudged(const Bounds& assumed, const Bounds& found, const Steps& steps) {
  const Vec3d slack{2 * steps.scale.x, 2 * steps.scale.y, 2 * steps.scale.z};
  return outside(found, assumed, slack) ||
         largest(assumed) > 2 * largest(found) + 4 * std::max({slack.x, slack.y, slack.z});
}

void tellBounds(const SourceInfo& source, const Bounds& found, Problems& problems) {
  if (source.bounds_exact || found.empty()) return;
  const Vec3d size = found.size();
  // A header is rounded to the file's own step, or to single precision by some programs.
  const double rounding = 1e-6 * std::max(size.x, size.y);
  const Vec3d slack{2 * std::fabs(source.steps.scale.x) + rounding, 2 * std::fabs(source.steps.scale.y) + rounding,
                    2 * std::fabs(source.steps.scale.z) + rounding};
  if (!source.bounds.empty() && !outside(found, source.bounds, slack) && !outside(source.bounds, found, slack)) return;
  problems.assume(source.file, {}, "las.header_bounds",
                  "The extent in the header is not that of the points; that of the points was taken.");
}

}  // namespace hashimichi::points
