#include "geo/crs/transform.h"

#include <proj.h>
#include <proj_experimental.h>

#include <cmath>
#include <limits>

namespace hashimichi::crs {
namespace {

struct ContextDeleter {
  void operator()(PJ_CONTEXT* context) const { proj_context_destroy(context); }
};
struct PjDeleter {
  void operator()(PJ* pj) const { proj_destroy(pj); }
};
using Context = std::unique_ptr<PJ_CONTEXT, ContextDeleter>;
using Pj = std::unique_ptr<PJ, PjDeleter>;

Context makeContext() {
  Context context(proj_context_create());
  proj_log_level(context.get(), PJ_LOG_NONE);
  proj_context_set_enable_network(context.get(), 0);
  return context;
}

/// EPSG:10162…10174 (JGD2011 plane rectangular I…XIII with JGD2024 heights) are younger than many installed PROJ
/// databases; their horizontal part is the plane rectangular zone of the same number.
std::string knownPart(const std::string& definition) {
  constexpr int first = 10162, count = 13, plane_first = 6669;
  const std::size_t digits_at = definition.find_last_not_of("0123456789") + 1;
  const std::string digits = definition.substr(digits_at);
  if (definition.find("EPSG") == std::string::npos || digits.size() != 5) return definition;
  const int code = std::stoi(digits);
  return code >= first && code < first + count ? "EPSG:" + std::to_string(plane_first + code - first) : definition;
}

Result<Pj> openCrs(PJ_CONTEXT* context, const std::string& definition) {
  Pj pj(proj_create(context, definition.c_str()));
  if (!pj) pj.reset(proj_create(context, knownPart(definition).c_str()));
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

/// The horizontal part: first component of a compound CRS, 2D form of a 3D one, base of a bound one.
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
      return Pj(proj_crs_demote_to_2D(context, nullptr, crs));
    default:
      return Pj(proj_clone(context, crs));
  }
}

bool axesInMetres(PJ_CONTEXT* context, const PJ* crs) {
  const Pj axes(proj_crs_get_coordinate_system(context, crs));
  double unit_factor = 0;
  return axes &&
         proj_cs_get_axis_info(context, axes.get(), 0, nullptr, nullptr, nullptr, &unit_factor, nullptr, nullptr,
                               nullptr) &&
         std::fabs(unit_factor - 1.0) < 1e-12;
}

bool firstAxisIsNorth(PJ_CONTEXT* context, const PJ* crs) {
  const Pj axes(proj_crs_get_coordinate_system(context, crs));
  const char* direction = nullptr;
  return axes &&
         proj_cs_get_axis_info(context, axes.get(), 0, nullptr, nullptr, &direction, nullptr, nullptr, nullptr,
                               nullptr) &&
         direction && std::string(direction) == "north";
}

/// A PROJ operation from one horizontal CRS to another; `swap` flips the first two values of the input.
struct Operation {
  Context context;
  Pj pj;
  bool swap_input = false;

  Vec3d run(Vec3d p) const {
    constexpr double nan = std::numeric_limits<double>::quiet_NaN();
    if (!isFinite(p)) return {nan, nan, nan};
    const PJ_COORD in = swap_input ? proj_coord(p.y, p.x, 0, 0) : proj_coord(p.x, p.y, 0, 0);
    const PJ_COORD out = proj_trans(pj.get(), PJ_FWD, in);
    if (!std::isfinite(out.xy.x) || !std::isfinite(out.xy.y)) return {nan, nan, nan};
    return {out.xy.x, out.xy.y, p.z};
  }
};

/// Input and output east first.
Result<Operation> makeOperation(const std::string& from, const std::string& to) {
  Operation operation{makeContext(), nullptr};
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

Result<CrsInfo> describeCrs(const std::string& definition) {
  const Context context = makeContext();
  const Result<Pj> crs = openCrs(context.get(), definition);
  if (!crs) return crs.error();
  const Pj horizontal = horizontalOf(context.get(), crs->get());
  if (!horizontal) return Error{ErrorCode::bad_crs, {}, "The CRS \"" + definition + "\" has no horizontal part.", ""};
  CrsInfo info;
  info.definition = definition;
  info.name = proj_get_name(crs->get()) ? proj_get_name(crs->get()) : definition;
  info.epsg = epsgOf(crs->get());
  info.horizontal_epsg = epsgOf(horizontal.get());
  const PJ_TYPE type = proj_get_type(horizontal.get());
  info.geographic = type == PJ_TYPE_GEOGRAPHIC_2D_CRS;
  info.projected = type == PJ_TYPE_PROJECTED_CRS;
  info.metres = axesInMetres(context.get(), horizontal.get());
  info.has_vertical = proj_get_type(crs->get()) == PJ_TYPE_COMPOUND_CRS;
  info.ellipsoidal_height = proj_get_type(crs->get()) == PJ_TYPE_GEOGRAPHIC_3D_CRS;
  return info;
}

Result<LocalFrame> LocalFrame::create(int epsg, Vec3d origin) {
  const std::string code = "EPSG:" + std::to_string(epsg);
  const Result<CrsInfo> info = describeCrs(code);
  if (!info) return info.error();
  if (!info->projected || !info->metres)
    return Error{ErrorCode::bad_crs,
                 {},
                 code + " is not a projected CRS in metres.",
                 "Choose one, for Japan EPSG:6669 to 6687."};
  const Context context = makeContext();
  const Pj pj(proj_create(context.get(), code.c_str()));
  LocalFrame frame;
  frame.epsg_ = epsg;
  frame.name_ = info->name;
  frame.origin_ = {origin.x, origin.y, 0};
  frame.northing_first_ = firstAxisIsNorth(context.get(), pj.get());
  return frame;
}

struct ToLocal::Impl {
  Operation operation;
  LocalFrame frame;
};

ToLocal::ToLocal(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
ToLocal::~ToLocal() = default;
ToLocal::ToLocal(ToLocal&&) noexcept = default;
ToLocal& ToLocal::operator=(ToLocal&&) noexcept = default;

Result<ToLocal> ToLocal::create(const std::string& source_crs, AxisOrder order, const LocalFrame& frame) {
  Result<Operation> operation = makeOperation(source_crs, "EPSG:" + std::to_string(frame.epsg()));
  if (!operation) return operation.error();
  if (order == AxisOrder::authority) {
    const Result<Pj> crs = openCrs(operation->context.get(), source_crs);
    const Pj horizontal = horizontalOf(operation->context.get(), crs->get());
    operation->swap_input = firstAxisIsNorth(operation->context.get(), horizontal.get());
  }
  return ToLocal(std::make_unique<Impl>(Impl{std::move(*operation), frame}));
}

std::optional<Vec3d> ToLocal::operator()(Vec3d source) const {
  const Vec3d projected = impl_->operation.run(source);
  if (!isFinite(projected)) return std::nullopt;
  return impl_->frame.toLocal(projected);
}

std::size_t ToLocal::apply(std::span<Vec3d> points) const {
  std::size_t lost = 0;
  for (Vec3d& point : points) {
    point = impl_->frame.toLocal(impl_->operation.run(point));
    if (!isFinite(point)) ++lost;
  }
  return lost;
}

struct FromLocal::Impl {
  Operation operation;
  LocalFrame frame;
};

FromLocal::FromLocal(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
FromLocal::~FromLocal() = default;
FromLocal::FromLocal(FromLocal&&) noexcept = default;
FromLocal& FromLocal::operator=(FromLocal&&) noexcept = default;

Result<FromLocal> FromLocal::create(const LocalFrame& frame, const std::string& target_crs) {
  Result<Operation> operation = makeOperation("EPSG:" + std::to_string(frame.epsg()), target_crs);
  if (!operation) return operation.error();
  return FromLocal(std::make_unique<Impl>(Impl{std::move(*operation), frame}));
}

std::optional<Vec3d> FromLocal::operator()(Vec3d local) const {
  const Vec3d target = impl_->operation.run(impl_->frame.toProjected(local));
  if (!isFinite(target)) return std::nullopt;
  return target;
}

std::size_t FromLocal::apply(std::span<Vec3d> points) const {
  std::size_t lost = 0;
  for (Vec3d& point : points) {
    point = impl_->operation.run(impl_->frame.toProjected(point));
    if (!isFinite(point)) ++lost;
  }
  return lost;
}

}  // namespace hashimichi::crs
