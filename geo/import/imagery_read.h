#pragma once
#include <cstdint>
#include <vector>

#include "geo/core/result.h"
#include "geo/crs/local_frame.h"
#include "geo/model/terrain.h"

namespace hashimichi::import {

/// Reads an orthophoto for drawing: its overviews, resampled to width × height over a box of the local frame.
///
/// A picture in another CRS is warped; one that names no CRS is taken to fill `reference.extent`. Any thread.
/// @param extent  local frame, x and y
/// @returns RGBA, 4 bytes a pixel, northern row first, alpha 0 where the picture has nothing; unreadable when GDAL
/// cannot
///          open it, limit above 16,384 pixels a side
Result<std::vector<std::uint8_t>> readImagery(const model::ImageryRef& reference, const crs::LocalFrame& frame,
                                              const Bounds& extent, int width, int height);

}  // namespace hashimichi::import
