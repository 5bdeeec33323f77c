#include "geo/crs/earth_centred.h"

#include <proj.h>

#include <limits>
#include <memory>

namespace hashimichi::crs {

void toDegrees(std::span<Vec3d> earth_centred) {
  struct ContextDeleter {
    void operator()(PJ_CONTEXT* context) const { proj_context_destroy(context); }
  };
  struct PjDeleter {
    void operator()(PJ* pj) const { proj_destroy(pj); }
  };
  const std::unique_ptr<PJ_CONTEXT, ContextDeleter> context(proj_context_create());
  const std::unique_ptr<PJ, PjDeleter> pj(proj_create(context.get(),
                                                      "+proj=pipeline +step +inv +proj=cart +ellps=WGS84 "
                                                      "+step +proj=unitconvert +xy_in=rad +xy_out=deg"));
  constexpr double nan = std::numeric_limits<double>::quiet_NaN();
  for (Vec3d& p : earth_centred) {
    if (!pj || !isFinite(p)) {
      p = {nan, nan, nan};
      continue;
    }
    const PJ_COORD degrees = proj_trans(pj.get(), PJ_FWD, proj_coord(p.x, p.y, p.z, 0));
    p = {degrees.xyz.x, degrees.xyz.y, degrees.xyz.z};
  }
}

}  // namespace hashimichi::crs
