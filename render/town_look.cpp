#include "render/town_look.h"

#include <algorithm>
#include <cmath>

#include "geo/assess/snow/snow_surface.h"
#include "geo/core/sun_position.h"
#include "geo/crs/transform.h"

namespace hashimichi::render {
namespace {

constexpr double cell_m = 1, openness_reach_m = 25;
/// A sample of the snow's depth every so many metres at most; stations are kilometres apart.
constexpr double snow_sample_m = 25;
constexpr std::size_t snow_samples_a_side = 256;

const model::HeightField& fieldOf(const PreparedTown& town, LookCache& cache) {
  if (cache.field) return *cache.field;
  cache.field = model::heightFieldOf(town.ground, cell_m);
  for (const Mesh* mesh : std::initializer_list<const Mesh*>{
           &town.buildings, &town.bridges,
           &town.objects[static_cast<std::size_t>(model::ObjectKind::vegetation)].solids})
    model::raiseTo(mesh->xyz, mesh->triangles, *cache.field);
  return *cache.field;
}

std::optional<SunPosition> sunOver(const PreparedTown& town, Instant at) {
  const auto to_geographic = crs::FromLocal::create(town.model->frame, "EPSG:6668");
  if (!to_geographic) return std::nullopt;
  const auto place = (*to_geographic)(town.bounds.empty() ? Vec3d{} : town.bounds.centre());
  if (!place) return std::nullopt;
  return sunAt(at, place->y, place->x);
}

void measureSnow(const PreparedTown& town, Instant at, GroundParts& parts, LookStatus& status) {
  const Bounds box = town.ground.bounds();
  const auto samples = [](double metres) {
    return std::clamp<std::size_t>(static_cast<std::size_t>(metres / snow_sample_m) + 1, 2, snow_samples_a_side);
  };
  parts.snow_columns = samples(box.size().x), parts.snow_rows = samples(box.size().y);
  assess::snow::SnowSurface surface(*town.model, at);
  std::size_t unknown = 0;
  for (std::size_t r = 0; r < parts.snow_rows; ++r)
    for (std::size_t c = 0; c < parts.snow_columns; ++c) {
      Vec3d place = box.low;
      place.x += box.size().x * static_cast<double>(c) / static_cast<double>(parts.snow_columns - 1);
      place.y += box.size().y * static_cast<double>(r) / static_cast<double>(parts.snow_rows - 1);
      place.z = town.ground.heightAt(place.x, place.y).value_or(box.centre().z);
      const double depth_cm = surface.depthAt(place);
      parts.snow_cm.push_back(static_cast<float>(depth_cm));
      if (std::isnan(depth_cm)) {
        ++unknown;
        continue;
      }
      status.snow_least_cm = std::min(status.snow_least_cm.value_or(depth_cm), depth_cm);
      status.snow_most_cm = std::max(status.snow_most_cm.value_or(depth_cm), depth_cm);
    }
  status.snow_unknown_share = static_cast<double>(unknown) / static_cast<double>(parts.snow_cm.size());
}

SunLight lightOf(const SunPosition& sun, const PreparedTown& town, LookCache& cache) {
  SunLight light;
  light.shining = sun.elevation_deg > 0;
  if (!light.shining) return light;
  light.to_sun = towards(sun);
  light.shadow_m = model::shadowHeights(fieldOf(town, cache), light.to_sun);
  return light;
}

}  // namespace

bool LookWish::plain() const {
  return look.ground == GroundLook::imagery && look.colour_by.empty() && !look.ambient_occlusion && !from &&
         !(look.sun && at) && !(look.snow && at);
}

float GroundParts::snowAt(double u, double v) const {
  const double x = std::clamp(u, 0.0, 1.0) * static_cast<double>(snow_columns - 1);
  const double y = std::clamp(v, 0.0, 1.0) * static_cast<double>(snow_rows - 1);
  const auto c = std::min(snow_columns - 2, static_cast<std::size_t>(x));
  const auto r = std::min(snow_rows - 2, static_cast<std::size_t>(y));
  const auto fx = static_cast<float>(x - static_cast<double>(c)), fy = static_cast<float>(y - static_cast<double>(r));
  const float* south = &snow_cm[r * snow_columns + c];
  const float* north = south + snow_columns;
  return (south[0] * (1 - fx) + south[1] * fx) * (1 - fy) + (north[0] * (1 - fx) + north[1] * fx) * fy;
}

double sunlitLight(Vec3d unit_normal, Vec3d to_sun, bool lit) {
  const double sky = 0.5 + 0.5 * unit_normal.z;
  // A low sun is weaker and the sky then gives a larger share.
  const double strength = 0.62 * std::sqrt(std::clamp(to_sun.z, 0.0, 1.0)) + 0.12;
  return 0.40 + 0.16 * sky + (lit ? strength * std::max(0.0, dot(unit_normal, to_sun)) : 0);
}

TownLookPtr lookAt(const LookWish& wish, LookCache& cache, const std::stop_token& stop) {
  const PreparedTown& town = *wish.town;
  if (cache.of.lock() != wish.town) cache = {wish.town, std::nullopt, {}};
  auto answer = std::make_shared<TownLook>();
  answer->of = wish;
  if (wish.plain() || town.ground.columns < 2 || town.ground.rows < 2) return answer;
  GroundParts parts;
  LookStatus& status = answer->status;
  std::optional<SunLight> light;
  if (wish.look.sun && wish.at)
    if (const auto sun = sunOver(town, *wish.at)) {
      status.sun_elevation_deg = sun->elevation_deg, status.sun_azimuth_deg = sun->azimuth_deg;
      status.night = sun->elevation_deg <= 0;
      light = lightOf(*sun, town, cache);
    }
  if (stop.stop_requested()) return nullptr;
  if (light && light->shining) parts.sun = &*light;
  if (wish.look.ambient_occlusion && cache.openness.empty())
    cache.openness = model::skyOpenness(fieldOf(town, cache), openness_reach_m);
  if (wish.look.ambient_occlusion) parts.openness = &cache.openness;
  if (stop.stop_requested()) return nullptr;
  if (wish.look.snow && wish.at) measureSnow(town, *wish.at, parts, status);
  std::optional<model::Viewshed> viewshed;
  if (wish.from) {
    Vec3d eye = wish.from->ground;
    eye.z = town.ground.heightAt(eye.x, eye.y).value_or(eye.z) + wish.from->eye_height_m;
    // On a roof or a deck one stands on it.
    const model::HeightField& field = fieldOf(town, cache);
    if (const auto cell = field.cellAt(eye.x, eye.y))
      eye.z = std::max(eye.z, field.top_m[*cell] + wish.from->eye_height_m);
    viewshed = model::viewshedFrom(field, eye, wish.from->reach_m);
    if (viewshed) parts.viewshed = &*viewshed, status.seen_share = viewshed->seen_share;
  }
  if (stop.stop_requested()) return nullptr;
  parts.field = cache.field ? &*cache.field : nullptr;
  if (wish.look.ground == GroundLook::heights) {
    const Bounds box = town.ground.bounds();
    status.ground_low_m = box.low.z, status.ground_high_m = box.low.z + std::max(10.0, box.size().z);
  }
  if (wish.look.ground != GroundLook::imagery || parts.sun || parts.openness || parts.viewshed ||
      !parts.snow_cm.empty())
    answer->ground = std::make_shared<const Image>(groundPicture(town, wish.look.ground, parts));
  if (stop.stop_requested()) return nullptr;
  answer->building_rgb = buildingColours(town, wish.look, parts);
  return answer;
}

}  // namespace hashimichi::render
