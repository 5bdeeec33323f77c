#include "geo/crs/transform.h"

#include <cmath>

#include "geo/crs/kept.h"
#include "geo/crs/sea_level.h"

namespace hashimichi::crs {

namespace {

bool axesInMetres(PJ_CONTEXT* context, const PJ* crs) {
  const std::optional<Axis> axis = axisOf(context, crs, 0);
  return axis && std::fabs(axis->unit - 1.0) < 1e-12;
}

Result<CrsInfo> askProj(const std::string& definition) {
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
  if (const std::optional<Axis> axis = axisOf(context.get(), horizontal.get(), 0); axis && info.projected)
    info.horizontal_unit_m = axis->unit;
  info.north_first = firstAxisIsNorth(context.get(), horizontal.get());
  describeHeights(context.get(), crs->get(), info);
  if (!Pj(proj_create(context.get(), definition.c_str()))) info.substitute = knownPart(definition);
  return info;
}

}  // namespace

Result<CrsInfo> describeCrs(const std::string& definition) {
  static Kept<Result<CrsInfo>>& kept = *new Kept<Result<CrsInfo>>;
  if (const std::optional<Result<CrsInfo>> known = kept.find(definition)) return *known;
  const Result<CrsInfo> info = askProj(definition);
  kept.keep(definition, info);
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
  LocalFrame frame;
  frame.epsg_ = epsg;
  frame.name_ = info->name;
  frame.origin_ = {origin.x, origin.y, 0};
  frame.northing_first_ = info->north_first;
  return frame;
}

struct ToLocal::Impl {
  Operation operation;
  LocalFrame frame;
  SeaLevel heights;

  Vec3d run(Vec3d source) const {
    Vec3d place = operation.run(source);
    place.z = heights.from(place);
    return frame.toLocal(place);
  }
};

ToLocal::ToLocal(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
ToLocal::~ToLocal() = default;
ToLocal::ToLocal(ToLocal&&) noexcept = default;
ToLocal& ToLocal::operator=(ToLocal&&) noexcept = default;

Result<ToLocal> ToLocal::create(const std::string& source_crs, AxisOrder order, const LocalFrame& frame,
                                const HeightWish& wish) {
  const Result<CrsInfo> info = describeCrs(source_crs);
  if (!info) return info.error();
  Result<Operation> operation = makeOperation(source_crs, "EPSG:" + std::to_string(frame.epsg()));
  if (!operation) return operation.error();
  if (order == AxisOrder::authority) {
    const Result<Pj> crs = openCrs(operation->context.get(), source_crs);
    const Pj horizontal = horizontalOf(operation->context.get(), crs->get());
    operation->swap_input = firstAxisIsNorth(operation->context.get(), horizontal.get());
  }
  Result<SeaLevel> heights = SeaLevel::create(*info, frame, wish);
  if (!heights) return heights.error();
  return ToLocal(std::make_unique<Impl>(Impl{std::move(*operation), frame, std::move(*heights)}));
}

std::optional<Vec3d> ToLocal::operator()(Vec3d source) const {
  const Vec3d local = impl_->run(source);
  if (!isFinite(local)) return std::nullopt;
  return local;
}

std::size_t ToLocal::apply(std::span<Vec3d> points) const {
  std::size_t lost = 0;
  for (Vec3d& point : points) {
    point = impl_->run(point);
    if (!isFinite(point)) ++lost;
  }
  return lost;
}

const HeightWay& ToLocal::heights() const {
  return impl_->heights.way();
}

struct FromLocal::Impl {
  Operation operation;
  LocalFrame frame;
  SeaLevel heights;

  Vec3d run(Vec3d local) const {
    Vec3d place = frame.toProjected(local);
    place.z = heights.to(place);
    return operation.runBack(place);
  }
};

FromLocal::FromLocal(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
FromLocal::~FromLocal() = default;
FromLocal::FromLocal(FromLocal&&) noexcept = default;
FromLocal& FromLocal::operator=(FromLocal&&) noexcept = default;

Result<FromLocal> FromLocal::create(const LocalFrame& frame, const std::string& target_crs, const HeightWish& wish) {
  const Result<CrsInfo> info = describeCrs(target_crs);
  if (!info) return info.error();
  Result<Operation> operation = makeOperation(target_crs, "EPSG:" + std::to_string(frame.epsg()));
  if (!operation) return operation.error();
  Result<SeaLevel> heights = SeaLevel::create(*info, frame, wish);
  if (!heights) return heights.error();
  return FromLocal(std::make_unique<Impl>(Impl{std::move(*operation), frame, std::move(*heights)}));
}

std::optional<Vec3d> FromLocal::operator()(Vec3d local) const {
  const Vec3d target = impl_->run(local);
  if (!isFinite(target)) return std::nullopt;
  return target;
}

std::size_t FromLocal::apply(std::span<Vec3d> points) const {
  std::size_t lost = 0;
  for (Vec3d& point : points) {
    point = impl_->run(point);
    if (!isFinite(point)) ++lost;
  }
  return lost;
}

}  // namespace hashimichi::crs
