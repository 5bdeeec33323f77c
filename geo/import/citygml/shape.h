#pragma once
#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "geo/core/problem.h"
#include "geo/import/citygml/appearance.h"
#include "geo/import/citygml/feature_tree.h"
#include "geo/import/citygml/frames.h"
#include "geo/import/citygml/implicit.h"
#include "geo/model/geometry.h"

namespace hashimichi::import::citygml {

/// A form, or a part of one, at one level of detail; in the local frame.
struct LodShape {
  std::vector<model::Surface> surfaces;
  std::vector<model::Polyline> lines;
  std::vector<Vec3d> points;
  std::vector<model::SurfaceAppearance> looks;  ///< by ascending index into `surfaces`
  bool has_height = false;                      ///< some coordinate in the file has a height other than 0

  bool empty() const { return surfaces.empty() && lines.empty() && points.empty(); }
};
void append(const LodShape& from, LodShape& into);

/// A geometry that is named but defined in another feature, of this file or another one of the data set.
struct MissingFace {
  std::string file;  ///< "" for this file, else the path as the link writes it
  std::string id;
  std::size_t part = 0;
  int lod = 0;
  model::SurfaceKind kind = model::SurfaceKind::unknown;
  std::optional<Placement> placement;  ///< of a template: its coordinates are relative
  std::string place;
};

/// Everything that a feature says about its form, at all levels of detail.
struct Shape {
  /// Building, BuildingPart, Bridge …: a body of its own. Installations and construction elements belong to the body
  /// they stand in.
  struct Part {
    bool attachment = false;
    std::size_t body = 0;  ///< index of the part it belongs to; its own for a body
    std::map<int, LodShape> by_lod;
  };
  std::vector<Part> parts;
  LodShape drawing;  ///< of DM attributes: what the map sheet draws, not the form proper
  std::vector<MissingFace> missing;
  std::string id, place;  ///< of the feature, for the report
  std::size_t lost = 0;   ///< faces, lines and points whose place the CRS does not define
};

/// Counts of what is told once for the whole file.
struct LeftOut {
  std::size_t other_crs = 0, unknown_crs = 0, interior = 0, library = 0, without_template = 0, refused_links = 0;
  std::size_t uv_faults = 0, absolute_templates = 0;
  std::string first_other_crs, first_unknown_crs, first_library, first_refused_link;
};

/// What reading one file's geometry needs; lives as long as the file is read.
struct GeometryContext {
  FrameSet& frames;
  Problems& problems;
  const std::string& file;
  LeftOut& left_out;
  const Appearances* appearances = nullptr;
};

/// Reads all surfaces, lines and points of a feature. Links (xlink:href) to geometry of the same feature are followed,
/// whichever comes first; one that leads back to itself is reported (xlink.cyclic) and left. A face that both a
/// boundary surface and a solid use is taken once, with the boundary's kind. Links to ids outside the feature become
/// `missing`. Bad rings are skipped and reported with line and gml:id.
Shape readShape(const FeatureTree& tree, GeometryContext& context);

/// Geometry by its own gml:id or that of a geometry around it, for the features that wait for it.
struct FoundGeometry {
  LodShape local;
  std::vector<model::Surface> relative;  ///< coordinates as in the file: what a template is
};
using GeometryById = std::unordered_map<std::string, FoundGeometry>;
/// Adds what this feature defines of the ids that are keys of `wanted`.
void collectWanted(const FeatureTree& tree, GeometryContext& context, GeometryById& wanted);

/// How a feature looks in the end.
struct Form {
  model::Geometry geometry;
  std::vector<model::Geometry> other_lods;
  std::vector<model::Surface> outline;  ///< of the lowest level of detail that has surfaces
  bool only_drawing = false;            ///< `geometry` is that of the DM attributes, because there is no other
};

/// Chooses. Each body keeps its highest level of detail that has surfaces (or lines, where no level has surfaces). Its
/// installations and construction elements keep the same level or the next above; only where none of them has that,
/// the highest below. A body that has at most LOD1 itself, while its elements have more, is left to its elements.
/// Every other level becomes one of `other_lods`, lowest first; the DM drawing is one of them, of its own.
///
/// `has_height` is false where every z is 0: flat map geometry, to be draped. A level above 1 that is named but holds
/// no usable surface is an assumption (lod.fallback).
/// @param with_outline  roads need it
/// @returns an empty geometry when the feature has no form; the shape is used up
Form formOf(Shape& shape, GeometryContext& context, bool with_outline);

}  // namespace hashimichi::import::citygml
