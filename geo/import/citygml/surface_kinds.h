#pragma once
#include <optional>

#include "geo/import/citygml/feature_tree.h"
#include "geo/model/geometry.h"

namespace hashimichi::import::citygml {

/// What the faces inside an element are part of, where the element says so: boundary surfaces by name, traffic areas
/// and bridge elements by their function code (DOMAIN H.1, H.2). Nothing for elements that say nothing.
std::optional<model::SurfaceKind> surfaceKindOf(const FeatureTree& tree, NodeId element);

/// By the nearest element at or above the node that says it; unknown when none does.
model::SurfaceKind surfaceKindAround(const FeatureTree& tree, NodeId node);

}  // namespace hashimichi::import::citygml
