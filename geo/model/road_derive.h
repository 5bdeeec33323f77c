#pragma once
#include <vector>

#include "geo/core/problem.h"
#include "geo/model/drape.h"
#include "geo/model/road.h"

namespace hashimichi::model {

/// What the builder works out for road segments after all files are read. Every step reports what it assumed, one line
/// per source file. Order: surfaces, heights, measures, clearing classes.

/// A PLATEAU road surface and the GIS centre line that it belongs to, as indices into the roads.
struct SurfaceMatch {
  std::size_t segment = 0, surface = 0;
};
/// Each centre line takes the surface that contains its middle and is about as long (half to twice); several may take
/// the same. Only roads without centre line and clearing class count as surfaces.
std::vector<SurfaceMatch> matchSurfaces(const std::vector<RoadSegment>& roads);

/// Segments get the surfaces' shape and the facts they lack; the surfaces are roads of their own no longer.
/// Call after heights are set, but hand on `on_bridge` before (see shareDeckFlags).
void adoptSurfaces(std::vector<RoadSegment>& roads, const std::vector<SurfaceMatch>& matches, Problems& problems);
/// A segment lies on a bridge when its surface is marked so, and the other way round.
void shareDeckFlags(std::vector<RoadSegment>& roads, const std::vector<SurfaceMatch>& matches);

/// Heights for roads without: on the ground, straight over bridges; sets `on_bridge` where the middle lies on one.
void drapeRoads(std::vector<RoadSegment>& roads, const Ground& ground, const BridgeDecks& decks);

/// length_m of the centre line, else of the equivalent rectangle; width_m from the surfaces where no source states it;
/// grade_percent where the centre line has heights (its own, or ground below all of it) and no source states it.
void measureRoads(std::vector<RoadSegment>& roads, const Ground& ground, Problems& problems);
/// Steepest rise or fall over 50 m (over the whole line when it is shorter), in percent; nothing below 10 m.
std::optional<double> steepestGrade(const Polyline& line);

/// DOMAIN A.2: from 1000 vehicles a day class 1, from 500 class 2, below class 3, where no class is known.
void proposeClearingClasses(std::vector<RoadSegment>& roads, Problems& problems);

}  // namespace hashimichi::model
