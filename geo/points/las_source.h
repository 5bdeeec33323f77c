#pragma once
#include "geo/points/point_source.h"

namespace hashimichi::points {

/// LAS 1.0 to 1.5 by plain reads, LAZ and COPC through LASzip, a reader for each piece, pieces beginning where chunks
/// do (LAZ in chunks of unequal length, as COPC, is one piece). Waveform packets are left out and told.
Result<PointSourcePtr> openLasSource(const std::filesystem::path& path, Problems& problems);

}  // namespace hashimichi::points
