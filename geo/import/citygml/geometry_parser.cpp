#include <algorithm>
#include <deque>
#include <set>
#include <tuple>

#include "geo/import/citygml/face_parser.h"
#include "geo/import/citygml/limits.h"
#include "geo/import/citygml/ring_parser.h"
#include "geo/import/citygml/surface_kinds.h"

namespace hashimichi::import::citygml {
namespace {

using model::SurfaceKind;

/// What holds for an element because of the elements around it.
struct State {
  std::size_t part = 0;
  int lod = -1;  ///< −1 outside geometry
  SurfaceKind kind = SurfaceKind::unknown;
  CoordinateState coordinates;
  bool reversed = false;
  bool drawing = false;  ///< inside a DM attribute
};

class ShapeReader {
 public:
  ShapeReader(const FeatureTree& tree, GeometryContext& context) : tree_(tree), context_(context) {}

  Shape read() {
    shape_.id = std::string(tree_.gmlId(tree_.root()).value_or(""));
    shape_.place = tree_.place(tree_.root());
    shape_.parts.push_back({});
    State state;
    state.coordinates = {&context_.frames.own(), context_.frames.own().dimension(), nullptr};
    walk(tree_.root(), state);
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
    if (leaveOut(name)) return;
    if (!takeCrs(node, state)) return;
    if (name.traits.body || name.traits.attachment) startPart(name, state);
    if (name.traits.drawing) state.drawing = true;
    if (const int lod = name.traits.lod; lod >= 0) {
      state.lod = lod;
      if (!state.drawing) shape_.parts[state.part].by_lod[lod];  // named, even if it turns out empty
    }
    if (const auto kind = surfaceKindOf(tree_, node)) state.kind = *kind;
    if (state.lod < 0) return walk(node, state);
    visitGeometry(node, name, state);
  }

  void visitGeometry(NodeId node, const Name& name, State& state) {
    if (name.tag == Tag::polygon) return addPolygon(node, state);
    if (name.tag == Tag::line) return addCurve(node, state);
    if (name.tag == Tag::point) return addPoint(node, state);
    if (name.local == "ImplicitGeometry") return addImplicit(node, state);
    if (name.tag == Tag::oriented_surface && tree_.attribute(node, "orientation") == "-")
      state.reversed = !state.reversed;
    if (const auto href = tree_.attribute(node, "href", Family::xlink)) return addLink(node, *href, state);
    walk(node, state);
  }

  bool leaveOut(const Name& name) {
    if (name.traits.not_form) return true;
    if (name.traits.interior) return ++context_.left_out.interior, true;
    return false;
  }

  /// False when the element states a CRS that nobody knows.
  bool takeCrs(NodeId node, State& state) {
    if (const auto srs = tree_.attribute(node, "srsName")) {
      SourceFrame* const frame = context_.frames.of(*srs);
      if (!frame) {
        if (context_.left_out.unknown_crs++ == 0) context_.left_out.first_unknown_crs = *srs;
        return false;
      }
      if (frame != state.coordinates.frame) state.coordinates.dimension.reset();
      if (frame != &context_.frames.own() && context_.left_out.other_crs++ == 0)
        context_.left_out.first_other_crs = frame->info().name;
      state.coordinates.frame = frame;
    }
    if (const auto text = tree_.attribute(node, "srsDimension")) state.coordinates.dimension = text == "2" ? 2 : 3;
    return true;
  }

  void startPart(const Name& name, State& state) {
    const std::size_t body = shape_.parts[state.part].body;
    const bool attachment = name.traits.attachment;
    state.part = shape_.parts.size();
    shape_.parts.push_back({attachment, attachment ? body : state.part, {}});
  }

  LodShape& levelOf(const State& state) {
    return state.drawing ? shape_.drawing : shape_.parts[state.part].by_lod[state.lod];
  }

  void addPolygon(NodeId element, const State& state) {
    std::optional<RawFace> face = readFace(tree_, element, state.coordinates, context_);
    taken_.emplace_back(element, state.lod, state.coordinates.placement);
    if (face && !addFace(tree_, element, std::move(*face), state.kind, state.reversed, state.coordinates, context_,
                         levelOf(state)))
      ++shape_.lost;
  }

  void addCurve(NodeId element, const State& state) {
    RingFault fault;
    std::optional<model::Polyline> line = parseLine(tree_, element, state.coordinates.dimension, fault);
    if (!line) return reportRing(tree_, element, fault, context_);
    decideOrder(line->front(), element, state);
    if (!addLine(std::move(*line), state.coordinates, levelOf(state))) ++shape_.lost;
  }

  void addPoint(NodeId element, const State& state) {
    RingFault fault;
    std::optional<std::vector<Vec3d>> points = parsePoints(tree_, element, state.coordinates.dimension, fault);
    if (points && points->empty()) fault = {"point.empty", "The point has no coordinates."}, points.reset();
    if (!points) return reportRing(tree_, element, fault, context_);
    decideOrder(points->front(), element, state);
    if (!addPoints(std::move(*points), state.coordinates, levelOf(state))) ++shape_.lost;
  }

  void decideOrder(Vec3d first, NodeId element, const State& state) {
    if (!state.coordinates.placement && !state.coordinates.frame->decided())
      state.coordinates.frame->decideOrder(first, context_.file, tree_.place(element), context_.problems);
  }

  void addImplicit(NodeId element, State state) {
    std::string fault;
    std::optional<Placement> placement = readPlacement(tree_, element, *state.coordinates.frame, fault);
    if (!placement)
      return context_.problems.skip(context_.file, tree_.place(element), "implicit.placement",
                                    fault + " The form was skipped.", "Ask the source to repair it.");
    decideOrder(placement->reference, element, state);
    placements_.push_back(*placement);
    state.coordinates.placement = &placements_.back();
    state.coordinates.dimension = 3;
    bool has_template = false;
    for (const NodeId child : tree_.children(element)) {
      const std::string& name = tree_.name(child).local;
      if (name == "libraryObject") {
        has_template = true;
        if (context_.left_out.library++ == 0) context_.left_out.first_library = tree_.text(child).substr(0, 200);
      } else if (name == "relativeGMLGeometry" || name == "relativeGeometry") {
        has_template = true;
        visitGeometry(child, tree_.name(child), state);
      }
    }
    if (!has_template) ++context_.left_out.without_template;
  }

  void addLink(NodeId element, std::string_view href, const State& state) {
    const std::size_t hash = href.find('#');
    if (hash == 0) return links_.push_back({element, href.substr(1), state});
    if (hash == href.npos || href.find("://") != href.npos) {
      if (context_.left_out.refused_links++ == 0) context_.left_out.first_refused_link = href.substr(0, 200);
      return;
    }
    addMissing(element, std::string(href.substr(0, hash)), href.substr(hash + 1), state);
  }

  void addMissing(NodeId element, std::string file, std::string_view id, const State& state) {
    MissingFace missing{std::move(file), std::string(id), state.part, state.lod, state.kind, {}, tree_.place(element)};
    if (state.coordinates.placement) missing.placement = *state.coordinates.placement;
    shape_.missing.push_back(std::move(missing));
  }

  void resolveLinks() {
    if (links_.empty()) return;
    for (NodeId node = 0; node < tree_.size(); ++node)
      if (const auto id = tree_.gmlId(node)) by_id_.emplace(*id, node);
    // addLinked() appends none: links inside what a link means are followed at once.
    const std::vector<Link> links = std::move(links_);
    for (const Link& link : links) follow(link.element, link.id, link.state);
  }

  void follow(NodeId element, std::string_view id, const State& state) {
    const auto found = by_id_.find(id);
    if (found == by_id_.end()) return addMissing(element, {}, id, state);
    const NodeId target = found->second;
    if (std::find(following_.begin(), following_.end(), target) != following_.end())
      return context_.problems.skip(
          context_.file, tree_.place(element), "xlink.cyclic",
          "The geometry \"" + std::string(id.substr(0, 100)) + "\" refers to itself; the link was not followed.",
          "Ask the source to repair it.");
    // What a level of detail holds already it holds once; that also keeps the time linear.
    if (!followed_.insert({target, state.lod, state.coordinates.placement}).second) return;
    constexpr std::size_t chain_limit = nesting_limit;
    if (following_.size() >= chain_limit) return;
    following_.push_back(target);
    addLinked(target, state);
    following_.pop_back();
  }

  /// The faces at or below a linked element, except those that this level of detail has already.
  void addLinked(NodeId node, State state) {
    const Name& name = tree_.name(node);
    if (name.tag == Tag::polygon) {
      if (isTaken({node, state.lod, state.coordinates.placement})) return;
      if (const SurfaceKind kind = surfaceKindAround(tree_, node); kind != SurfaceKind::unknown) state.kind = kind;
      return addPolygon(node, state);
    }
    if (name.tag == Tag::line) return addCurve(node, state);
    if (name.tag == Tag::oriented_surface && tree_.attribute(node, "orientation") == "-")
      state.reversed = !state.reversed;
    const auto href = tree_.attribute(node, "href", Family::xlink);
    if (href && href->starts_with('#')) return follow(node, href->substr(1), state);
    if (href) return addLink(node, *href, state);
    // A solid that stands around what refers to it is a way back, too.
    for (const NodeId child : tree_.children(node)) addLinked(child, state);
  }

  using Use = std::tuple<NodeId, int, const Placement*>;
  /// Sorted only here: most features have no links.
  bool isTaken(const Use& use) {
    used_.insert(taken_.begin(), taken_.end());
    taken_.clear();
    return used_.contains(use);
  }

  const FeatureTree& tree_;
  GeometryContext& context_;
  Shape shape_;
  std::deque<Placement> placements_;
  std::vector<Link> links_;
  std::unordered_map<std::string_view, NodeId> by_id_;
  std::vector<NodeId> following_;
  std::vector<Use> taken_;  ///< polygons that a level of detail has; those not in used_ yet
  std::set<Use> used_, followed_;
};

/// Faces at or below an element that another feature waits for.
class Collector {
 public:
  Collector(const FeatureTree& tree, GeometryContext& context, FoundGeometry& out)
      : tree_(tree), context_(context), out_(out) {}

  void collect(NodeId node, CoordinateState state) {
    if (const auto srs = tree_.attribute(node, "srsName")) {
      state.frame = context_.frames.of(*srs);
      if (!state.frame) return;
    }
    if (tree_.name(node).tag == Tag::polygon) {
      std::optional<RawFace> face = readFace(tree_, node, state, context_);
      if (!face) return;
      out_.relative.push_back({face->polygon, surfaceKindAround(tree_, node)});
      addFace(tree_, node, std::move(*face), out_.relative.back().kind, false, state, context_, out_.local);
      return;
    }
    const auto href = tree_.attribute(node, "href", Family::xlink);
    if (href && href->starts_with('#')) return follow(href->substr(1), state);
    for (const NodeId child : tree_.children(node)) collect(child, state);
  }

 private:
  void follow(std::string_view id, const CoordinateState& state) {
    if (by_id_.empty())
      for (NodeId node = 0; node < tree_.size(); ++node)
        if (const auto own = tree_.gmlId(node)) by_id_.emplace(*own, node);
    const auto found = by_id_.find(id);
    if (found != by_id_.end() && followed_.insert(found->second).second) collect(found->second, state);
  }

  const FeatureTree& tree_;
  GeometryContext& context_;
  FoundGeometry& out_;
  std::unordered_map<std::string_view, NodeId> by_id_;
  std::set<NodeId> followed_;
};

}  // namespace

Shape readShape(const FeatureTree& tree, GeometryContext& context) {
  return ShapeReader(tree, context).read();
}

void collectWanted(const FeatureTree& tree, GeometryContext& context, GeometryById& wanted) {
  for (NodeId node = 0; node < tree.size(); ++node) {
    const auto id = tree.gmlId(node);
    if (!id) continue;
    const auto found = wanted.find(std::string(*id));
    if (found == wanted.end() || !found->second.relative.empty()) continue;
    SourceFrame& own = context.frames.own();
    Collector(tree, context, found->second).collect(node, {&own, own.dimension(), nullptr});
  }
}

}  // namespace hashimichi::import::citygml
