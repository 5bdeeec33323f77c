#pragma once
#include <optional>

#include "geo/export/city_palette.h"

namespace hashimichi::render {

/// The class (index into exporting::depth_classes) of a hazard zone's flood depth, from its own attributes: a depth in
/// metres, else the words of its rank ("0.5m以上3m未満"), else PLATEAU's rank code (1 … 6). Nothing where none says.
std::optional<std::size_t> depthClassOf(const model::CityObject& zone);

/// What an object is painted with: its kind's colour; hazard zones by depth or landslide class, land use by its class.
exporting::Rgb colourOf(const model::CityObject& object);

/// How much a flat zone of that kind covers what lies beneath: 1 = all.
double opacityOf(model::ObjectKind kind);

}  // namespace hashimichi::render
