#include <fmt/format.h>

#include <algorithm>

#include "geo/import/citygml/feature_parsers.h"

namespace hashimichi::import::citygml {
namespace {

/// riskType 01–04 are 健全性 I–IV; 91 (not inspected) and 92 (not subject) state no soundness. Nothing when neither a
/// year nor a type can be read.
std::optional<assets::Inspection> inspectionOf(const FeatureValues& values, NodeId group,
                                               const FeatureContext& context) {
  assets::Inspection inspection;
  const SimpleValue* type = values.findIn(group, "riskType");
  const std::optional<int> year = plausibleYear(context.tree, values.findIn(group, "surveyYear"), context.values);
  if (!type && !year) return std::nullopt;
  inspection.date = {year.value_or(0), 0, 0};
  inspection.fiscal_year = year.value_or(0);
  if (type) inspection.soundness = assets::soundnessFrom(type->value);
  if (const SimpleValue* status = values.findIn(group, "status"))
    inspection.status = assets::measureStatusFrom(status->value);
  if (type && inspection.soundness == assets::Soundness::unknown)
    inspection.note = type->label.empty() ? std::string(type->value) : fmt::format("{} ({})", type->value, type->label);
  inspection.source = context.file;
  return inspection;
}

std::string administratorOf(const FeatureValues& values) {
  for (const char* spelling : {"administrator", "administorator"})
    if (const SimpleValue* value = values.find(spelling)) return labelOf(value);
  return {};
}

/// uro:FacilityIdAttribute and its relatives for rivers, railways …: how the register knows the structure.
const SimpleValue* facilityValue(const FeatureValues& values, std::string_view name) {
  for (const SimpleValue* value : values.all(name))
    if (value->owner.ends_with("FacilityIdAttribute")) return value;
  return nullptr;
}

}  // namespace

model::Bridge readBridge(const FeatureContext& context) {
  const FeatureValues values(context.tree, context.tree.root(), context.codelists, context.problems, context.file);
  const auto metres = [&](std::string_view name) {
    const auto number = positiveNumber(context.tree, values.find("BridgeStructureAttribute", name), context.values);
    return number && *number > 0 ? number : std::nullopt;
  };
  model::Bridge bridge;
  bridge.id = context.id;
  bridge.source = context.file;
  bridge.name = labelOf(values.find("", "name"));
  bridge.kana = labelOf(values.find("ConstructionBaseAttribute", "kana"));
  bridge.attributes = values.flattened();
  bridge.administrator = administratorOf(values);
  const SimpleValue* year = values.find("yearOfConstruction");
  bridge.year_built = plausibleYear(context.tree, year ? year : values.find("dateOfConstruction"), context.values);
  bridge.length_m = metres("length");
  bridge.width_m = metres("width");
  bridge.material = labelOf(values.find("BridgeStructureAttribute", "material"));
  // brid:class is the structural system (girder, truss); bridgeType only tells a bridge from a viaduct or a footbridge.
  const SimpleValue* type = values.find("", "class");
  bridge.structure_type = labelOf(type ? type : values.find("BridgeStructureAttribute", "bridgeType"));
  bridge.route_name = labelOf(facilityValue(values, "route"));
  if (const SimpleValue* facility = facilityValue(values, "id")) {
    bridge.id = std::string(facility->value);
    bridge.attributes.emplace_back("gml:id", context.id);
  }
  for (const NodeId group : values.groups("ConstructionRiskAssessmentAttribute"))
    if (auto inspection = inspectionOf(values, group, context)) bridge.inspections.push_back(std::move(*inspection));
  std::stable_sort(bridge.inspections.begin(), bridge.inspections.end(),
                   [](const auto& a, const auto& b) { return a.fiscal_year < b.fiscal_year; });
  return bridge;
}

void setForm(model::Bridge& bridge, Form form) {
  bridge.geometry = std::move(form.geometry);
  bridge.other_lods = std::move(form.other_lods);
  const Bounds bounds = model::boundsOf(bridge.geometry);
  if (!bounds.empty()) bridge.position = bounds.centre();
}

}  // namespace hashimichi::import::citygml
