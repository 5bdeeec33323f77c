#pragma once
#include <vector>

#include "geo/core/problem.h"
#include "geo/points/distribute.h"

namespace hashimichi::points {

/// Steps that all sources can be written in: their own when they agree, else the finest of each axis, from an offset
/// near the middle. Coarser ones where 32 bits do not reach, which is told.
/// @param bounds  of each source
Steps commonSteps(const std::vector<PointSourcePtr>& sources, const std::vector<Bounds>& bounds, Problems& problems);

/// Whether what a header says cannot be the extent of the points in the sample.
bool doubtful(const SourceInfo& source, const Bounds& sample);
/// Whether points lie outside of what was assumed, or the assumption is so large that the octree would be a needle.
bool misjudged(const Bounds& assumed, const Bounds& found, const Steps& steps);
/// Reports a header whose extent is not that of the points.
void tellBounds(const SourceInfo& source, const Bounds& found, Problems& problems);

}  // namespace hashimichi::points
