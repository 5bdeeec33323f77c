#include <algorithm>

#include "geo/import/citygml/feature_parsers.h"

namespace hashimichi::import::citygml {
namespace {

/// bldg:measuredHeight, or con:Height of CityGML 3.0.
std::optional<double> heightOf(const FeatureValues& values, const FeatureContext& context) {
  const SimpleValue* value = values.find("measuredHeight");
  return positiveNumber(context.tree, value ? value : values.find("Height", "value"), context.values);
}

std::optional<int> yearOf(const FeatureValues& values, const FeatureContext& context) {
  const SimpleValue* value = values.find("yearOfConstruction");
  return plausibleYear(context.tree, value ? value : values.find("dateOfConstruction"), context.values);
}

}  // namespace

model::Building readBuilding(const FeatureContext& context) {
  const FeatureTree& tree = context.tree;
  const FeatureValues values(tree, tree.root(), context.codelists, context.problems, context.file);
  model::Building building;
  building.id = context.id;
  building.source = context.file;
  building.name = labelOf(values.find("", "name"));
  building.attributes = values.flattened();
  building.measured_height_m = heightOf(values, context);
  building.year_built = yearOf(values, context);
  // A building that consists of parts often leaves height and year to them: the tallest and the oldest count.
  for (NodeId node = 0; node < tree.size(); ++node) {
    if (!tree.name(node).traits.body || tree.name(node).local != "BuildingPart") continue;
    const FeatureValues part(tree, node, context.codelists, context.problems, context.file);
    if (const auto height = heightOf(part, context); height && !values.find("measuredHeight"))
      building.measured_height_m = std::max(*height, building.measured_height_m.value_or(0));
    if (const auto year = yearOf(part, context); year && !values.find("yearOfConstruction"))
      building.year_built = std::min(*year, building.year_built.value_or(*year));
    if (building.name.empty()) building.name = labelOf(part.find("", "name"));
  }
  return building;
}

void setForm(model::Building& building, Form form) {
  building.geometry = std::move(form.geometry);
  building.other_lods = std::move(form.other_lods);
}

}  // namespace hashimichi::import::citygml
