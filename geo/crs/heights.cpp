#include "geo/crs/heights.h"

#include <cmath>

#include "geo/core/file.h"
#include "geo/crs/kept.h"
#include "geo/crs/sea_level.h"

namespace hashimichi::crs {
namespace {

HeightDatum datumOf(int epsg, const std::string& name) {
  constexpr int jgd2011_height = 6695, jgd2000_height = 6694;
  if (epsg == jgd2011_height || name.find("JGD2011") != name.npos) return HeightDatum::jgd2011;
  if (epsg == jgd2000_height || name.find("JGD2000") != name.npos) return HeightDatum::jgd2000;
  if (name.find("JGD2024") != name.npos) return HeightDatum::jgd2024;
  if (name.find("llipsoid") != name.npos) return HeightDatum::ellipsoidal;
  return HeightDatum::other;
}

}  // namespace

void describeHeights(PJ_CONTEXT* context, const PJ* crs, CrsInfo& info) {
  const PJ_TYPE type = proj_get_type(crs);
  if (type == PJ_TYPE_BOUND_CRS) {
    const Pj base(proj_get_source_crs(context, crs));
    if (base) describeHeights(context, base.get(), info);
  } else if (type == PJ_TYPE_COMPOUND_CRS) {
    Pj vertical(proj_crs_get_sub_crs(context, crs, 1));
    if (vertical && proj_get_type(vertical.get()) == PJ_TYPE_BOUND_CRS)
      vertical.reset(proj_get_source_crs(context, vertical.get()));
    info.has_vertical = true;
    if (!vertical) return;
    info.height_name = proj_get_name(vertical.get()) ? proj_get_name(vertical.get()) : "";
    info.heights = datumOf(epsgOf(vertical.get()), info.height_name);
    info.ellipsoidal_height = info.heights == HeightDatum::ellipsoidal;
    if (const std::optional<Axis> axis = axisOf(context, vertical.get(), 0)) info.height_unit_m = axis->unit;
  } else if (const std::optional<Axis> axis = axisOf(context, crs, 2); axis && type != PJ_TYPE_GEOCENTRIC_CRS) {
    info.ellipsoidal_height = true;
    info.heights = HeightDatum::ellipsoidal;
    info.height_unit_m = axis->unit;
  }
}

Result<SeaLevel> SeaLevel::create(const CrsInfo& info, const LocalFrame& frame, const HeightWish& wish) {
  SeaLevel heights;
  HeightWay& way = heights.way_;
  way.datum = info.heights;
  way.name = info.height_name;
  way.unit_named = info.height_unit_m > 0;
  way.unit_m = way.unit_named ? info.height_unit_m : wish.unnamed_unit_m;
  if (way.datum == HeightDatum::ellipsoidal)
    if (const Status status = heights.findGeoid(frame, wish); !status) return status.error();
  return heights;
}

double SeaLevel::from(Vec3d projected) const {
  if (projected.z == 0) return 0;
  return projected.z * way_.unit_m - undulation(projected);
}

double SeaLevel::to(Vec3d projected) const {
  if (projected.z == 0) return 0;
  return (projected.z + undulation(projected)) / way_.unit_m;
}

/// A file that the user named must serve; without one, what PROJ's folders hold is tried.
Status SeaLevel::findGeoid(const LocalFrame& frame, const HeightWish& wish) {
  const std::optional<std::filesystem::path> file = wish.geoid.empty() ? installedGeoid() : wish.geoid;
  if (!file) return done();
  way_.geoid = toUtf8(*file);
  Result<Geoid> geoid = Geoid::open(*file);
  if (!geoid && !wish.geoid.empty()) return geoid.error();
  if (!geoid) return way_.geoid_error = geoid.error().what, done();
  Result<Operation> degrees = makeOperation("EPSG:" + std::to_string(frame.epsg()), "EPSG:4326");
  if (!degrees) return way_.geoid_error = degrees.error().what, done();
  degrees_ = std::move(*degrees);
  geoid_ = std::move(*geoid);
  const Vec3d origin = degrees_.run(frame.origin());
  const std::optional<double> here = geoid_->undulationAt(origin.y, origin.x);
  if (!here) return geoid_.reset(), way_.geoid_error = "it has no value at the project's place", done();
  here_m_ = *here;
  way_.converted = true;
  return done();
}

/// WGS 84 and JGD2011 agree to a metre, in which the geoid changes by less than a millimetre.
double SeaLevel::undulation(Vec3d projected) const {
  if (!geoid_) return 0;
  const Vec3d place = degrees_.run(projected);
  return geoid_->undulationAt(place.y, place.x).value_or(here_m_);
}

namespace {

std::vector<GridUse> gridsOf(PJ_CONTEXT* context, PJ* operation) {
  std::vector<GridUse> grids;
  for (int i = 0; i < proj_coordoperation_get_grid_used_count(context, operation); ++i) {
    const char* name = nullptr;
    int available = 0;
    if (proj_coordoperation_get_grid_used(context, operation, i, &name, nullptr, nullptr, nullptr, nullptr, nullptr,
                                          &available) &&
        name)
      grids.push_back({name, available != 0});
  }
  return grids;
}

std::vector<GridUse> askForGrids(const std::string& from, const LocalFrame& frame) {
  const std::string to = "EPSG:" + std::to_string(frame.epsg());
  struct Deleter {
    void operator()(PJ_OPERATION_FACTORY_CONTEXT* p) const { proj_operation_factory_context_destroy(p); }
    void operator()(PJ_OBJ_LIST* p) const { proj_list_destroy(p); }
  };
  const Context context = makeContext();
  const Result<Pj> source = openCrs(context.get(), from), target = openCrs(context.get(), to);
  if (!source || !target) return {};
  const Pj source_2d = horizontalOf(context.get(), source->get()),
           target_2d = horizontalOf(context.get(), target->get());
  if (!source_2d || !target_2d) return {};
  // Within one datum there is nothing to shift; asking PROJ costs milliseconds, and a town has a thousand files.
  const Pj source_datum(proj_crs_get_geodetic_crs(context.get(), source_2d.get()));
  const Pj target_datum(proj_crs_get_geodetic_crs(context.get(), target_2d.get()));
  if (source_datum && target_datum &&
      proj_is_equivalent_to(source_datum.get(), target_datum.get(), PJ_COMP_EQUIVALENT_EXCEPT_AXIS_ORDER_GEOGCRS))
    return {};
  const std::unique_ptr<PJ_OPERATION_FACTORY_CONTEXT, Deleter> factory(
      proj_create_operation_factory_context(context.get(), nullptr));
  proj_operation_factory_context_set_grid_availability_use(context.get(), factory.get(),
                                                           PROJ_GRID_AVAILABILITY_IGNORED);
  proj_operation_factory_context_set_spatial_criterion(context.get(), factory.get(),
                                                       PROJ_SPATIAL_CRITERION_PARTIAL_INTERSECTION);
  if (const Result<Operation> degrees = makeOperation(to, "EPSG:4326")) {
    constexpr double around_deg = 0.05;
    const Vec3d at = degrees->run(frame.origin());
    if (isFinite(at))
      proj_operation_factory_context_set_area_of_interest(context.get(), factory.get(), at.x - around_deg,
                                                          at.y - around_deg, at.x + around_deg, at.y + around_deg);
  }
  const std::unique_ptr<PJ_OBJ_LIST, Deleter> ways(
      proj_create_operations(context.get(), source_2d.get(), target_2d.get(), factory.get()));
  // The list puts plain ways first; the grids are wanted where they are the more accurate way.
  Pj best;
  double best_m = 0;
  for (int k = 0; ways && k < proj_list_get_count(ways.get()); ++k) {
    Pj way(proj_list_get(context.get(), ways.get(), k));
    const double accuracy_m = way ? proj_coordoperation_get_accuracy(context.get(), way.get()) : -1;
    if (accuracy_m < 0 || (best && accuracy_m >= best_m)) continue;
    best = std::move(way), best_m = accuracy_m;
  }
  return best ? gridsOf(context.get(), best.get()) : std::vector<GridUse>{};
}

}  // namespace

std::vector<GridUse> gridsBetween(const std::string& from, const LocalFrame& frame) {
  static Kept<std::vector<GridUse>>& kept = *new Kept<std::vector<GridUse>>;
  const Vec3d origin = frame.origin();
  const std::string key =
      from + "\n" + std::to_string(frame.epsg()) + "\n" + std::to_string(origin.x) + "\n" + std::to_string(origin.y);
  if (const auto known = kept.find(key)) return *known;
  std::vector<GridUse> grids = askForGrids(from, frame);
  kept.keep(key, grids);
  return grids;
}

}  // namespace hashimichi::crs
