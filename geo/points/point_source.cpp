#include "geo/points/point_source.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "geo/core/file.h"
#include "geo/core/text.h"
#include "geo/points/las_source.h"
#include "geo/points/text_source.h"

namespace hashimichi::points {

Result<PointSourcePtr> openSource(const std::filesystem::path& path, Problems& problems, Progress& progress) {
  const Result<std::string> head = readHead(path, 512);
  if (!head) return head.error();
  if (head->starts_with("LASF")) return openLasSource(path, problems);
  if (head->starts_with("ply")) return openPlySource(path, problems, progress);
  const std::string ending = toLower(toUtf8(path.extension()));
  if (ending == ".las" || ending == ".laz")
    return Error{ErrorCode::unreadable, toUtf8(path), "This is no LAS or LAZ file: it does not begin with LASF.", {}};
  if (hasPointTextEnding(path)) return openTextSource(path, problems, progress);
  return Error{ErrorCode::unsupported, toUtf8(path), "This kind of file holds no point cloud that can be indexed.",
               "LAS, LAZ, PLY, XYZ, CSV and PTS are read; export the survey as one of them."};
}

std::vector<Piece> evenPieces(std::uint64_t points, std::uint64_t length) {
  std::vector<Piece> pieces;
  for (std::uint64_t first = 0; first < points; first += length)
    pieces.push_back({first, std::min(length, points - first)});
  return pieces;
}

std::vector<Piece> spreadPieces(std::uint64_t points, std::uint64_t wanted, std::uint64_t run, std::uint64_t multiple) {
  if (points <= wanted) return evenPieces(points, std::max(run, multiple));
  const std::uint64_t runs = std::max<std::uint64_t>(1, wanted / run);
  std::vector<Piece> pieces;
  std::uint64_t last = std::numeric_limits<std::uint64_t>::max();
  for (std::uint64_t i = 0; i < runs; ++i) {
    const auto place =
        static_cast<std::uint64_t>(static_cast<double>(i) / static_cast<double>(runs) * static_cast<double>(points));
    const std::uint64_t first = place / multiple * multiple;
    if (first == last || first >= points) continue;
    last = first;
    pieces.push_back({first, std::min(run, points - first)});
  }
  return pieces;
}

void StepChange::apply(std::int32_t* xyz) const {
  const double scale[]{from_.scale.x, from_.scale.y, from_.scale.z},
      offset[]{from_.offset.x, from_.offset.y, from_.offset.z};
  const double to_scale[]{to_.scale.x, to_.scale.y, to_.scale.z}, to_offset[]{to_.offset.x, to_.offset.y, to_.offset.z};
  for (int axis = 0; axis < 3; ++axis) {
    const double steps = std::round((xyz[axis] * scale[axis] + (offset[axis] - to_offset[axis])) / to_scale[axis]);
    xyz[axis] = static_cast<std::int32_t>(std::clamp(steps, -2147483648.0, 2147483647.0));
  }
}

}  // namespace hashimichi::points
