#pragma once
#include <map>
#include <string>
#include <unordered_map>
#include <vector>

#include "geo/core/problem.h"
#include "geo/import/citygml/feature_tree.h"
#include "geo/import/citygml/source_frame.h"
#include "geo/model/geometry.h"

namespace hashimichi::import::citygml {

/// A face that is named but defined in another feature of the same file.
struct MissingFace {
  std::string id;
  std::size_t part = 0;
  int lod = 0;
  model::SurfaceKind kind = model::SurfaceKind::unknown;
  std::string place;
};

/// One level of detail of one object. Coordinates as in the file.
struct LodShape {
  std::vector<model::Surface> surfaces;
  std::vector<model::Polyline> lines;
};

/// Everything that a feature says about its form, at all levels of detail, before one is chosen.
struct Shape {
  /// Building, BuildingPart, Bridge …: a body of its own. Installations and construction elements belong to the body
  /// they stand in.
  struct Part {
    bool attachment = false;
    std::size_t body = 0;  ///< index of the part it belongs to; its own for a body
    std::map<int, LodShape> by_lod;
  };
  std::vector<Part> parts;
  std::vector<MissingFace> missing;
  std::string id, place;  ///< of the feature, for the report
};

/// Counts of what is left out on purpose, told once for the whole file.
struct LeftOut {
  std::size_t other_crs = 0, cartographic = 0, interior = 0, implicit = 0, external_links = 0;
  std::string first_other_crs;
};

/// What reading one file's geometry needs; lives as long as the file is read.
struct GeometryContext {
  SourceFrame& frame;
  Problems& problems;
  const std::string& file;
  LeftOut& left_out;
};

/// Reads all surfaces and lines of a feature. Links (xlink:href) to faces of the same feature are resolved, whichever
/// comes first; a face that both a boundary surface and a solid use is taken once, with the boundary's kind. Links to
/// ids outside the feature become `missing`. Bad rings are skipped and reported with line and gml:id.
Shape readShape(const FeatureTree& tree, GeometryContext& context);

/// Faces by their own gml:id or that of a geometry around them, for the features that wait for them.
using FacesById = std::unordered_map<std::string, std::vector<model::Surface>>;
/// Adds what this feature defines of the ids that are keys of `wanted`.
void collectWanted(const FeatureTree& tree, GeometryContext& context, FacesById& wanted);
/// Puts found faces into the shape; what stays unknown is reported (xlink.unresolved).
void resolveMissing(Shape& shape, const FacesById& found, GeometryContext& context);

/// The surfaces of the lowest level of detail that has any, in the local frame; the shape stays as it is.
std::vector<model::Surface> outlineOf(const Shape& shape, const GeometryContext& context);

/// Chooses and transforms. Each body keeps its highest level of detail that has surfaces (or lines, where no level has
/// surfaces). Its installations and construction elements keep the same level or the next above; only where none of
/// them has that, the highest below. A body that has at most LOD1 itself, while its elements have more, is left to its
/// elements.
///
/// `has_height` is false where every z is 0: flat map geometry, to be draped. A level above 1 that is named but holds
/// no usable surface is an assumption (lod.fallback).
/// @returns in the local frame; empty when the feature has no form
model::Geometry chooseGeometry(Shape& shape, GeometryContext& context);

}  // namespace hashimichi::import::citygml
