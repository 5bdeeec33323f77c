#include "geo/import/cityjson/feature.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <initializer_list>
#include <optional>

#include "geo/core/text.h"

namespace hashimichi::import::cityjson {
namespace {

constexpr double tallest_m = 1000;
constexpr double first_year = 1000, last_year = 2200;

/// "measuredHeight" as well as "BuildingPart/measuredHeight".
std::string_view lastName(std::string_view name) {
  const std::size_t slash = name.rfind('/');
  return slash == name.npos ? name : name.substr(slash + 1);
}

bool isOneOf(std::string_view name, std::initializer_list<const char*> names) {
  return std::any_of(names.begin(), names.end(), [&](const char* known) { return name == known; });
}

/// The year of "1985", "1985-01-01".
std::optional<int> yearOf(const std::string& value) {
  const auto year = parseNumber(std::string_view(value).substr(0, 4));
  if (!year || *year < first_year || *year > last_year) return std::nullopt;
  return static_cast<int>(*year);
}

std::optional<int> yearOf(const model::Attributes& attributes) {
  std::optional<int> oldest;
  for (const model::Attribute& attribute : attributes) {
    if (!isOneOf(lastName(attribute.name.view()),
                 {"yearOfConstruction", "dateOfConstruction", "oorspronkelijkbouwjaar", "oorspronkelijk_bouwjaar"}))
      continue;
    if (const auto year = yearOf(attribute.value); year && (!oldest || *year < *oldest)) oldest = year;
  }
  return oldest;
}

std::optional<double> heightOf(const model::Attributes& attributes) {
  std::optional<double> tallest;
  for (const model::Attribute& attribute : attributes) {
    if (lastName(attribute.name.view()) != "measuredHeight") continue;
    const auto height = parseNumber(attribute.value);
    if (height && *height > 0 && *height <= tallest_m) tallest = std::max(tallest.value_or(0), *height);
  }
  return tallest;
}

std::string nameOf(const model::Attributes& attributes) {
  for (const char* name : {"name", "gml:name", "Name", "名称"})
    if (const model::Attribute* found = model::find(attributes, name)) return found->value;
  return {};
}

/// As of a CityGML road: along its lines, else as long as its surfaces are.
void measure(model::RoadSegment& road) {
  for (const model::Polyline& line : road.geometry.lines)
    if (model::length2d(line) > model::length2d(road.centreline)) road.centreline = line;
  road.length_m = model::length2d(road.centreline);
  if (!road.centreline.empty()) return;
  for (const model::Surface& surface : road.geometry.surfaces)
    if (surface.kind != model::SurfaceKind::footway && surface.kind != model::SurfaceKind::road_other)
      road.length_m += model::equivalentRectangle(surface.polygon).length_m;
}

template <typename Asset>
Asset begun(Feature& feature, std::vector<model::Geometry> levels) {
  Asset asset;
  asset.id = std::move(feature.id);
  asset.source = std::move(feature.source);
  asset.name = nameOf(feature.attributes);
  asset.attributes = std::move(feature.attributes);
  if (!levels.empty()) {
    asset.geometry = std::move(levels.back());
    levels.pop_back();
  }
  asset.other_lods = std::move(levels);
  return asset;
}

model::Bridge bridgeOf(Feature& feature, std::vector<model::Geometry> levels) {
  auto bridge = begun<model::Bridge>(feature, std::move(levels));
  bridge.year_built = yearOf(bridge.attributes);
  if (const Bounds bounds = model::boundsOf(bridge.geometry); !bounds.empty()) bridge.position = bounds.centre();
  return bridge;
}

}  // namespace

bool pour(Feature feature, model::Sink& sink) {
  double lod = 0;
  std::vector<model::Geometry> levels = levelsOf(std::move(feature.shape), lod);
  const bool has_form = !levels.empty();
  if (lod != std::floor(lod) && !model::find(feature.attributes, "lod"))
    model::append(feature.attributes, "lod", fmt::format("{:g}", lod));
  switch (feature.role.role) {
    case Role::building: {
      auto building = begun<model::Building>(feature, std::move(levels));
      building.measured_height_m = heightOf(building.attributes);
      building.year_built = yearOf(building.attributes);
      sink.add(std::move(building));
      break;
    }
    case Role::road: {
      auto road = begun<model::RoadSegment>(feature, std::move(levels));
      measure(road);
      sink.add(std::move(road));
      break;
    }
    case Role::bridge:
      sink.add(bridgeOf(feature, std::move(levels)));
      break;
    default: {
      const model::ObjectKind kind = feature.role.kind;
      std::string type = feature.type.starts_with('+') ? feature.type.substr(1) : feature.type;
      auto object = begun<model::CityObject>(feature, std::move(levels));
      object.kind = kind;
      object.type = type.empty() ? "CityObject" : std::move(type);
      sink.add(std::move(object));
    }
  }
  return has_form;
}

}  // namespace hashimichi::import::cityjson
