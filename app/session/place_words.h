#pragma once
#include <vector>

#include "app/session/view_model.h"
#include "geo/find/place_index.h"

namespace hashimichi::app {

/// Everything known at a place at the shown moment, as lines under headings: where it is in every way of saying it,
/// what is nearest, snow depth with its error and gauges, hazards, other programs' results, surveys, notes.
std::vector<PlaceFact> factsAt(const ViewModel& view, const find::PlaceIndex& places, Vec3d place);

}  // namespace hashimichi::app
