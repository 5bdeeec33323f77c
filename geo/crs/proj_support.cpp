#include "geo/crs/proj_support.h"

#include <proj_experimental.h>

#include <cmath>
#include <limits>
#include <memory>
#include <mutex>

#include "geo/crs/kept.h"

namespace hashimichi::crs {

Context makeContext() {
  Context context(proj_context_create());
  proj_log_level(context.get(), PJ_LOG_NONE);
  proj_context_set_enable_network(context.get(), 0);
  return context;
}

/// EPSG:10162…10174 (plane rectangular zones I…XIII with JGD2011 heights) are younger than many installed PROJ
/// databases: the zone of the same number (6669…) and the height (6695) are the same thing.
std::string knownPart(const std::string& definition) {
  constexpr int first = 10162, count = 13, plane_first = 6669;
  const std::size_t digits_at = definition.find_last_not_of("0123456789") + 1;
  const std::string digits = definition.substr(digits_at);
  if (definition.find("EPSG") == std::string::npos || digits.size() != 5) return definition;
  const int code = std::stoi(digits);
  return code >= first && code < first + count ? "EPSG:" + std::to_string(plane_first + code - first) + "+6695"
                                               : definition;
}

Result<Pj> openCrs(PJ_CONTEXT* context, const std::string& definition) {
  Pj pj(proj_create(context, definition.c_str()));
  // PROJ looks through all its names for what it does not know; the same text is not worth a second look.
  if (const std::string part = knownPart(definition); !pj && part != definition)
    pj.reset(proj_create(context, part.c_str()));
  if (!pj || !proj_is_crs(pj.get()))
    return Error{ErrorCode::bad_crs,
                 {},
                 "The coordinate reference system \"" + definition.substr(0, 80) + "\" is not known.",
                 "Name it with --source-crs EPSG:code."};
  return pj;
}

int epsgOf(const PJ* pj) {
  const char* authority = proj_get_id_auth_name(pj, 0);
  const char* code = proj_get_id_code(pj, 0);
  if (!authority || !code || std::string(authority) != "EPSG") return 0;
  return std::atoi(code);
}

Pj horizontalOf(PJ_CONTEXT* context, const PJ* crs) {
  switch (proj_get_type(crs)) {
    case PJ_TYPE_BOUND_CRS: {
      const Pj base(proj_get_source_crs(context, crs));
      return horizontalOf(context, base.get());
    }
    case PJ_TYPE_COMPOUND_CRS: {
      const Pj part(proj_crs_get_sub_crs(context, crs, 0));
      return horizontalOf(context, part.get());
    }
    case PJ_TYPE_GEOGRAPHIC_3D_CRS:
    case PJ_TYPE_PROJECTED_CRS:
      return Pj(proj_crs_demote_to_2D(context, nullptr, crs));
    default:
      return Pj(proj_clone(context, crs));
  }
}

std::optional<Axis> axisOf(PJ_CONTEXT* context, const PJ* crs, int index) {
  const Pj axes(proj_crs_get_coordinate_system(context, crs));
  if (!axes || index >= proj_cs_get_axis_count(context, axes.get())) return std::nullopt;
  const char* direction = nullptr;
  double unit = 0;
  if (!proj_cs_get_axis_info(context, axes.get(), index, nullptr, nullptr, &direction, &unit, nullptr, nullptr,
                             nullptr))
    return std::nullopt;
  return Axis{direction ? direction : "", unit};
}

bool firstAxisIsNorth(PJ_CONTEXT* context, const PJ* crs) {
  const std::optional<Axis> axis = axisOf(context, crs, 0);
  return axis && axis->direction == "north";
}

Vec3d Operation::run(Vec3d p, PJ_DIRECTION direction) const {
  constexpr double nan = std::numeric_limits<double>::quiet_NaN();
  if (!isFinite(p)) return {nan, nan, nan};
  const PJ_COORD in = swap_input ? proj_coord(p.y, p.x, 0, 0) : proj_coord(p.x, p.y, 0, 0);
  const PJ_COORD out = proj_trans(pj.get(), direction, in);
  if (!std::isfinite(out.xy.x) || !std::isfinite(out.xy.y)) return {nan, nan, nan};
  return {out.xy.x, out.xy.y, p.z};
}

Vec3d Operation::runBack(Vec3d p) const {
  // A shift of the Earth's centre (Tokyo datum without its grid) changes the height, which a flat operation drops: back
  // is then some millimetres beside. One step against that error leaves less than a micrometre.
  const Vec3d first = run(p, PJ_INV);
  const Vec3d again = run(first, PJ_FWD);
  return run({2 * p.x - again.x, 2 * p.y - again.y, p.z}, PJ_INV);
}

namespace {

/// An operation as it was found first, never run itself; its copies are.
struct Original {
  Operation operation;
  std::mutex guard;  ///< PROJ's objects belong to one thread at a time, also while they are copied
};

Result<Operation> findOperation(const std::string& from, const std::string& to) {
  Operation operation(makeContext());
  PJ_CONTEXT* context = operation.context.get();
  const Result<Pj> source = openCrs(context, from);
  if (!source) return source.error();
  const Result<Pj> target = openCrs(context, to);
  if (!target) return target.error();
  const Pj source_2d = horizontalOf(context, source->get());
  const Pj target_2d = horizontalOf(context, target->get());
  if (!source_2d || !target_2d)
    return Error{ErrorCode::bad_crs, {}, "The CRS \"" + from + "\" has no horizontal part.", ""};
  const Pj raw(proj_create_crs_to_crs_from_pj(context, source_2d.get(), target_2d.get(), nullptr, nullptr));
  if (raw) operation.pj.reset(proj_normalize_for_visualization(context, raw.get()));
  if (!operation.pj)
    return Error{ErrorCode::bad_crs, {}, "No transformation is known from \"" + from + "\" to \"" + to + "\".", ""};
  return operation;
}

}  // namespace

Result<Operation> makeOperation(const std::string& from, const std::string& to) {
  static Kept<std::shared_ptr<Original>>& kept = *new Kept<std::shared_ptr<Original>>;
  const std::string key = from + "\n" + to;
  std::optional<std::shared_ptr<Original>> known = kept.find(key);
  if (!known) {
    Result<Operation> found = findOperation(from, to);
    if (!found) return found;
    known = std::make_shared<Original>();
    (*known)->operation = *std::move(found);
    kept.keep(key, *known);
  }
  Operation copy(makeContext());
  const std::lock_guard lock((*known)->guard);
  copy.pj.reset(proj_clone(copy.context.get(), (*known)->operation.pj.get()));
  return copy.pj ? Result<Operation>(std::move(copy)) : findOperation(from, to);
}

}  // namespace hashimichi::crs
