#include "geo/import/citygml/feature_parsers.h"
#include "geo/import/citygml/feature_types.h"

namespace hashimichi::import::citygml {

model::CityObject readObject(const FeatureContext& context) {
  const FeatureTree& tree = context.tree;
  const Name& name = tree.name(tree.root());
  const FeatureValues values(tree, tree.root(), context.codelists, context.problems, context.file);
  model::CityObject object;
  object.id = context.id;
  object.source = context.file;
  object.type = name.local;
  object.kind = kindOf(tree, typeOf(name).kind, context.file);
  object.name = labelOf(values.find("", "name"));
  if (object.name.empty()) object.name = labelOf(values.find("", "zoneName"));
  object.attributes = values.flattened();
  return object;
}

void setForm(model::CityObject& object, Form form) {
  object.geometry = std::move(form.geometry);
  object.other_lods = std::move(form.other_lods);
}

}  // namespace hashimichi::import::citygml
