#include "geo/import/points/cloud_pour.h"

#include <fmt/format.h>

#include "geo/core/file.h"
#include "geo/import/choose_frame.h"
#include "geo/import/points/las_place.h"

namespace hashimichi::import {

Status pourCloud(const std::filesystem::path& path, const LasSample& sample, const CloudLook& look,
                 const crs::ToLocal& transform, Context& context) {
  const std::string file = toUtf8(path);
  LasSample::Local local = sample.toLocal(transform, look.swap_axes);
  if (local.sample.size() == 0)
    return Error{ErrorCode::bad_crs, file, "No point has a place in the project's coordinate reference system.",
                 "Check the file's own, or name it with --source-crs EPSG:code."};
  if (context.area && distanceBetween(local.bounds, *context.area) > same_town_m)
    return Error{ErrorCode::bad_crs, file, "The points lie more than 100 km from the project's area.",
                 "Check the file's coordinate reference system."};
  if (local.lost > 0)
    context.problems.skip(file, {}, "las.outside_projection",
                          fmt::format("{} of the {} points kept for drawing have no place in the project's "
                                      "coordinate reference system.",
                                      local.lost, local.lost + local.sample.size()));
  std::error_code error;
  const std::filesystem::path absolute = std::filesystem::absolute(path, error);
  model::PointCloud cloud;
  cloud.id = toUtf8(path.stem());
  cloud.path = toUtf8(error ? path : absolute);
  cloud.source = file;
  cloud.surveyed = look.surveyed;
  cloud.point_count = static_cast<std::size_t>(look.point_count);
  cloud.count_by_class = look.count_by_class;
  cloud.bounds = local.bounds;
  cloud.bounds.add(localBounds(look.bounds, transform, look.swap_axes));
  cloud.sample = std::move(local.sample);
  context.sink.add(std::move(cloud));
  return done();
}

}  // namespace hashimichi::import
