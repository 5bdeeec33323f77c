#include <algorithm>
#include <set>

#include "geo/import/citygml/ring_parser.h"
#include "geo/import/citygml/shape.h"
#include "geo/import/citygml/surface_kinds.h"

namespace hashimichi::import::citygml {
namespace {

using model::Surface;
using model::SurfaceKind;

/// What holds for an element because of the elements around it.
struct State {
  std::size_t part = 0;
  int lod = -1;  ///< −1 outside geometry
  SurfaceKind kind = SurfaceKind::unknown;
  std::optional<int> dimension;
  bool reversed = false;
};

bool isOneOf(std::string_view text, std::initializer_list<std::string_view> list) {
  return std::find(list.begin(), list.end(), text) != list.end();
}
bool startsBody(const Name& name) {
  return isOneOf(name.local, {"BuildingPart", "BridgePart"});
}
bool startsAttachment(const Name& name) {
  return isOneOf(name.local, {"BuildingInstallation", "BuildingConstructiveElement", "BridgeInstallation",
                              "BridgeConstructionElement", "BridgeConstructiveElement"});
}
bool isInterior(const Name& name) {
  return isOneOf(name.local, {"interiorRoom", "buildingRoom", "interiorBuildingInstallation", "interiorFurniture",
                              "buildingFurniture", "interiorBridgeRoom", "interiorBridgeInstallation", "bridgeRoom",
                              "bridgeFurniture", "buildingSubdivision", "roomInstallation"});
}
/// "lod2Solid" → 2; −1 for other names. What only meets the terrain is not part of the form.
int lodOf(const Name& name) {
  const std::string& local = name.local;
  const bool numbered = local.size() > 4 && local.starts_with("lod") && local[3] >= '0' && local[3] <= '4';
  return numbered && local.find("TerrainIntersection") == local.npos ? local[3] - '0' : -1;
}

void reverse(model::Polygon& polygon) {
  std::reverse(polygon.outer.begin(), polygon.outer.end());
  for (model::Ring& hole : polygon.holes) std::reverse(hole.begin(), hole.end());
}

NodeId ringOf(const FeatureTree& tree, NodeId boundary) {
  for (const NodeId child : tree.children(boundary))
    if (tree.name(child).tag == Tag::linear_ring) return child;
  return no_node;
}

void reportRing(const FeatureTree& tree, NodeId ring, const RingFault& fault, GeometryContext& context) {
  context.problems.skip(context.file, tree.place(ring), fault.code, fault.what + " The face was skipped.",
                        "Ask the source to repair it.");
}

/// Nothing when the outer ring is bad; bad holes alone are left out.
std::optional<model::Polygon> readPolygon(const FeatureTree& tree, NodeId element, std::optional<int> dimension,
                                          GeometryContext& context) {
  model::Polygon polygon;
  for (const NodeId boundary : tree.children(element)) {
    const Tag tag = tree.name(boundary).tag;
    if (tag != Tag::exterior && tag != Tag::interior) continue;
    const NodeId ring_node = ringOf(tree, boundary);
    if (ring_node == no_node) continue;
    RingFault fault;
    std::optional<model::Ring> ring = parseRing(tree, ring_node, dimension, fault);
    if (!ring) {
      reportRing(tree, ring_node, fault, context);
      if (tag == Tag::exterior) return std::nullopt;
      continue;
    }
    if (tag == Tag::exterior) {
      context.frame.decideOrder(ring->front(), context.file, tree.place(ring_node), context.problems);
      polygon.outer = std::move(*ring);
    } else {
      polygon.holes.push_back(std::move(*ring));
    }
  }
  if (polygon.outer.empty()) return std::nullopt;
  return polygon;
}

/// True when the geometry states another CRS than the file's: flat map drawings (EPSG:6668) beside the real form.
bool inOtherCrs(const FeatureTree& tree, NodeId element, GeometryContext& context) {
  const auto srs = tree.attribute(element, "srsName");
  if (!srs || context.frame.isFileCrs(*srs)) return false;
  if (context.left_out.other_crs++ == 0) context.left_out.first_other_crs = *srs;
  return true;
}

class ShapeReader {
 public:
  ShapeReader(const FeatureTree& tree, GeometryContext& context) : tree_(tree), context_(context) {}

  Shape read() {
    shape_.id = std::string(tree_.gmlId(tree_.root()).value_or(""));
    shape_.place = tree_.place(tree_.root());
    shape_.parts.push_back({});
    walk(tree_.root(), {0, -1, SurfaceKind::unknown, context_.frame.dimension(), false});
    resolveLinks();
    return std::move(shape_);
  }

 private:
  struct Link {
    NodeId element;
    std::string_view id;
    State state;
  };

  void walk(NodeId node, const State& state) {
    for (const NodeId child : tree_.children(node)) visit(child, state);
  }

  void visit(NodeId node, State state) {
    const Name& name = tree_.name(node);
    if (leaveOut(node, name)) return;
    if (startsBody(name) || startsAttachment(name)) {
      const std::size_t body = shape_.parts[state.part].body;
      state.part = shape_.parts.size();
      shape_.parts.push_back({startsAttachment(name), startsAttachment(name) ? body : state.part, {}});
    }
    if (const int lod = lodOf(name); lod >= 0) {
      state.lod = lod;
      shape_.parts[state.part].by_lod[lod];  // named, even if it turns out empty
    }
    if (const auto kind = surfaceKindOf(tree_, node)) state.kind = *kind;
    if (const auto text = tree_.attribute(node, "srsDimension")) state.dimension = text == "2" ? 2 : 3;
    if (state.lod < 0) return walk(node, state);
    if (name.tag == Tag::polygon) return addFace(node, state);
    if (name.tag == Tag::line) return addLine(node, state);
    if (name.tag == Tag::oriented_surface && tree_.attribute(node, "orientation") == "-")
      state.reversed = !state.reversed;
    if (const auto href = tree_.attribute(node, "href", Family::xlink)) return addLink(node, *href, state);
    walk(node, state);
  }

  bool leaveOut(NodeId node, const Name& name) {
    if (name.family == Family::app || name.local == "appearance" || name.local == "relatedTo") return true;
    if (inOtherCrs(tree_, node, context_)) return true;
    if (name.family == Family::uro && name.local.starts_with("Dm")) {
      // What another CRS excludes is counted there, not twice.
      for (const NodeId child : tree_.children(node))
        if (lodOf(tree_.name(child)) >= 0) countDrawing(child);
      return true;
    }
    if (isInterior(name)) return ++context_.left_out.interior, true;
    if (name.local.find("ImplicitRepresentation") != name.local.npos) return ++context_.left_out.implicit, true;
    return false;
  }

  void countDrawing(NodeId property) {
    for (const NodeId geometry : tree_.children(property))
      if (!inOtherCrs(tree_, geometry, context_)) ++context_.left_out.cartographic;
  }

  void addFace(NodeId element, const State& state) {
    std::optional<model::Polygon> polygon = readPolygon(tree_, element, state.dimension, context_);
    used_.insert({element, state.lod});
    if (!polygon) return;
    if (state.reversed) reverse(*polygon);
    shape_.parts[state.part].by_lod[state.lod].surfaces.push_back({std::move(*polygon), state.kind});
  }

  void addLine(NodeId element, const State& state) {
    RingFault fault;
    std::optional<model::Polyline> line = parseLine(tree_, element, state.dimension, fault);
    if (!line) return reportRing(tree_, element, fault, context_);
    context_.frame.decideOrder(line->front(), context_.file, tree_.place(element), context_.problems);
    shape_.parts[state.part].by_lod[state.lod].lines.push_back(std::move(*line));
  }

  void addLink(NodeId element, std::string_view href, const State& state) {
    if (href.starts_with('#')) return links_.push_back({element, href.substr(1), state});
    ++context_.left_out.external_links;
  }

  void resolveLinks() {
    if (links_.empty()) return;
    std::unordered_map<std::string_view, NodeId> by_id;
    for (NodeId node = 0; node < tree_.size(); ++node)
      if (const auto id = tree_.gmlId(node)) by_id.emplace(*id, node);
    for (const Link& link : links_) {
      const auto found = by_id.find(link.id);
      if (found != by_id.end())
        addLinked(found->second, link.state);
      else
        shape_.missing.push_back(
            {std::string(link.id), link.state.part, link.state.lod, link.state.kind, tree_.place(link.element)});
    }
  }

  /// The faces at or below a linked element, except those that this level of detail has already.
  void addLinked(NodeId node, const State& state) {
    if (tree_.name(node).tag == Tag::polygon) {
      if (used_.contains({node, state.lod})) return;
      State own = state;
      if (const SurfaceKind kind = surfaceKindAround(tree_, node); kind != SurfaceKind::unknown) own.kind = kind;
      return addFace(node, own);
    }
    for (const NodeId child : tree_.children(node)) addLinked(child, state);
  }

  const FeatureTree& tree_;
  GeometryContext& context_;
  Shape shape_;
  std::vector<Link> links_;
  std::set<std::pair<NodeId, int>> used_;
};

void collectFaces(const FeatureTree& tree, NodeId node, GeometryContext& context, std::vector<Surface>& out) {
  if (tree.name(node).tag == Tag::polygon) {
    if (auto polygon = readPolygon(tree, node, context.frame.dimension(), context))
      out.push_back({std::move(*polygon), surfaceKindAround(tree, node)});
    return;
  }
  for (const NodeId child : tree.children(node)) collectFaces(tree, child, context, out);
}

}  // namespace

Shape readShape(const FeatureTree& tree, GeometryContext& context) {
  return ShapeReader(tree, context).read();
}

void collectWanted(const FeatureTree& tree, GeometryContext& context, FacesById& wanted) {
  for (NodeId node = 0; node < tree.size(); ++node) {
    const auto id = tree.gmlId(node);
    if (!id) continue;
    const auto found = wanted.find(std::string(*id));
    if (found != wanted.end() && found->second.empty()) collectFaces(tree, node, context, found->second);
  }
}

}  // namespace hashimichi::import::citygml
