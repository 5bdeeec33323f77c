#include <algorithm>

#include "geo/core/text.h"
#include "geo/import/citygml/feature_parsers.h"

namespace hashimichi::import::citygml {
namespace {

using model::RoadAdministrator;

/// The smallest of the codes from first to last that a repeated property states; 0 when it states none of them.
int smallestCode(const std::vector<const SimpleValue*>& values, int first, int last) {
  int smallest = 0;
  for (const SimpleValue* value : values) {
    const std::optional<double> code = parseNumber(value->value);
    if (!value->owner.empty() || !code || *code < first || *code > last) continue;
    if (smallest == 0 || *code < smallest) smallest = static_cast<int>(*code);
  }
  return smallest;
}

RoadAdministrator administratorOf(int function) {
  switch (function) {
    case 1:
      return RoadAdministrator::expressway_company;
    case 2:
      return RoadAdministrator::nation;
    case 3:
      return RoadAdministrator::prefecture;
    case 4:
      return RoadAdministrator::city;
    default:
      return RoadAdministrator::unknown;
  }
}

std::optional<int> emergencyRouteOf(const FeatureValues& values) {
  const int usage = smallestCode(values.all("usage"), 1, 4);
  if (usage == 0) return std::nullopt;
  return usage == 4 ? 0 : usage;
}

}  // namespace

model::RoadSegment readRoad(const FeatureContext& context) {
  const FeatureValues values(context.tree, context.tree.root(), context.codelists, context.problems, context.file);
  const auto number = [&](std::string_view owner, std::string_view name) {
    return positiveNumber(context.tree, values.find(owner, name), context.values);
  };
  model::RoadSegment road;
  road.id = context.id;
  road.source = context.file;
  road.name = labelOf(values.find("", "name"));
  if (road.name.empty()) road.name = labelOf(values.find("TrafficVolumeAttribute", "routeName"));
  road.attributes = values.flattened();
  road.administrator = administratorOf(smallestCode(values.all("function"), 1, 4));
  road.emergency_route = emergencyRouteOf(values);
  road.width_m = number("RoadStructureAttribute", "width").value_or(0);
  constexpr double most_lanes = 20;
  const double lanes = number("RoadStructureAttribute", "numberOfLanes").value_or(0);
  road.lanes = lanes <= most_lanes ? static_cast<int>(lanes) : 0;
  const SimpleValue* section_type = values.find("sectionType");
  const std::string_view section = section_type ? section_type->value : "";
  road.on_bridge = section == "2" || section == "3";
  road.aadt = number("TrafficVolumeAttribute", "weekday24hourTrafficVolume");
  return road;
}

void setForm(model::RoadSegment& road, Form form) {
  road.geometry = std::move(form.geometry);
  road.other_lods = std::move(form.other_lods);
  if (form.only_drawing) return;  // edges of a map sheet, not a centre line
  for (const model::Polyline& line : road.geometry.lines)
    if (model::length2d(line) > model::length2d(road.centreline)) road.centreline = line;
  road.length_m = model::length2d(road.centreline);
  if (!road.centreline.empty()) return;
  for (const model::Surface& surface : form.outline)
    if (surface.kind == model::SurfaceKind::unknown || model::carriesTraffic(surface.kind))
      road.length_m += model::equivalentRectangle(surface.polygon).length_m;
}

}  // namespace hashimichi::import::citygml
