#pragma once
#include <string>

#include "geo/import/citygml/feature_tree.h"
#include "geo/model/city_object.h"

namespace hashimichi::import::citygml {

/// What a top-level element is read as.
enum class Reader {
  building,
  road,
  bridge,
  relief,
  object,      ///< everything else that a city holds: model::CityObject
  appearance,  ///< read beforehand (appearance.h)
  none,        ///< groups, versions, time series: they hold no form of their own
};
struct FeatureType {
  Reader reader = Reader::none;
  model::ObjectKind kind = model::ObjectKind::other;
};

/// By vocabulary and name, one table for all versions. Names that no table row knows are read as objects: an unknown
/// extension still has attributes and a form.
FeatureType typeOf(const Name& name);

/// Hazard zones are written as water bodies and generic objects; they are told by the data set's folder (udx/fld, tnm,
/// htd, ifld, rfld, lsld) and by the attributes of a risk.
/// @param file  UTF-8
model::ObjectKind kindOf(const FeatureTree& tree, model::ObjectKind kind, const std::string& file);

}  // namespace hashimichi::import::citygml
