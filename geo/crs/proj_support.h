#pragma once
#include <proj.h>

#include <memory>
#include <optional>
#include <string>

#include "geo/core/geometry.h"
#include "geo/core/result.h"

/// PROJ's handles with owners. Only for the .cpp files of this room.
namespace hashimichi::crs {

struct ContextDeleter {
  void operator()(PJ_CONTEXT* context) const { proj_context_destroy(context); }
};
struct PjDeleter {
  void operator()(PJ* pj) const { proj_destroy(pj); }
};
using Context = std::unique_ptr<PJ_CONTEXT, ContextDeleter>;
using Pj = std::unique_ptr<PJ, PjDeleter>;

/// Silent and without network: grids come from disk or not at all.
Context makeContext();

/// bad_crs when PROJ does not know it; of codes that only newer databases have, the known part (describeCrs).
Result<Pj> openCrs(PJ_CONTEXT* context, const std::string& definition);

/// The part of a code that newer databases have and this one may not (EPSG:10162–10174); else the text itself.
std::string knownPart(const std::string& definition);

/// The horizontal part: first component of a compound CRS, 2D form of a 3D one, base of a bound one.
Pj horizontalOf(PJ_CONTEXT* context, const PJ* crs);

/// 0 when the CRS carries no EPSG code.
int epsgOf(const PJ* pj);

struct Axis {
  std::string direction;
  double unit = 0;  ///< metres or radians in one unit
};

/// Nothing when the CRS has no such axis.
std::optional<Axis> axisOf(PJ_CONTEXT* context, const PJ* crs, int index);
bool firstAxisIsNorth(PJ_CONTEXT* context, const PJ* crs);

/// A PROJ operation between two horizontal CRS. The way back is the same operation backwards, so that a place that goes
/// there and back does not meet two different approximations.
struct Operation {
  Operation() = default;
  explicit Operation(Context made) : context(std::move(made)) {}

  Context context;
  Pj pj;
  bool swap_input = false;  ///< flips the first two values of the source CRS

  /// z as it came in; NaN where there is no place.
  Vec3d run(Vec3d p) const { return run(p, PJ_FWD); }
  Vec3d runBack(Vec3d p) const;

 private:
  Vec3d run(Vec3d p, PJ_DIRECTION direction) const;
};

/// Input and output east first.
Result<Operation> makeOperation(const std::string& from, const std::string& to);

}  // namespace hashimichi::crs
