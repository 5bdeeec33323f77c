#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "geo/import/citygml/feature_tree.h"
#include "geo/model/geometry.h"

namespace hashimichi::import::citygml {

/// Why a ring or line was not read: a code for the report and one sentence.
struct RingFault {
  std::string code, what;
};

/// The numbers of a posList or pos. Nothing at the first text that is not a finite number.
bool parseNumbers(std::string_view text, std::vector<double>& numbers);

/// The points of a LinearRing, LineString or Triangle ring, from posList or repeated pos, in the file's axis order;
/// z is 0 where the dimension is 2.
/// @param dimension  srsDimension as the surroundings say it; the element's own comes first; where nobody says, 3 if
///                   the count divides by 3, else 2
std::optional<std::vector<Vec3d>> parsePoints(const FeatureTree& tree, NodeId element, std::optional<int> dimension,
                                              RingFault& fault);

/// A closed ring without its repeated last point, at least three distinct points.
std::optional<model::Ring> parseRing(const FeatureTree& tree, NodeId linear_ring, std::optional<int> dimension,
                                     RingFault& fault);

/// At least two distinct points.
std::optional<model::Polyline> parseLine(const FeatureTree& tree, NodeId line, std::optional<int> dimension,
                                         RingFault& fault);

}  // namespace hashimichi::import::citygml
