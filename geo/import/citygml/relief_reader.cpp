#include "geo/import/citygml/relief_reader.h"

#include <fmt/format.h>

namespace hashimichi::import::citygml {

void ReliefReader::takeTriangle(const FeatureTree& tree, NodeId triangle) {
  SourceFrame& frame = geometry_.frames.own();
  for (const NodeId boundary : tree.children(triangle)) {
    if (tree.name(boundary).tag != Tag::exterior) continue;
    for (const NodeId ring_node : tree.children(boundary)) {
      RingFault fault;
      auto ring = parseRing(tree, ring_node, frame.dimension(), fault);
      if (ring && ring->size() != 3)
        fault = {"tin.triangle", fmt::format("A triangle has {} corners.", ring->size())}, ring.reset();
      if (!ring) {
        geometry_.problems.skip(geometry_.file, tree.place(ring_node), fault.code,
                                fault.what + " The triangle was skipped.", "Ask the source to repair it.");
        continue;
      }
      if (!frame.decided()) frame.decideOrder(ring->front(), geometry_.file, tree.place(ring_node), geometry_.problems);
      frame.toLocal(*ring);
      tin_.add((*ring)[0], (*ring)[1], (*ring)[2]);
    }
  }
}

void ReliefReader::take(const FeatureTree& tree, const std::string& id) {
  for (NodeId node = 0; node < tree.size(); ++node) {
    const Name& name = tree.name(node);
    if (name.family != Family::dem || !name.local.ends_with("Relief") || name.local == "TINRelief") continue;
    if (name.local == "BreaklineRelief" || name.local == "MassPointRelief")
      takePart(tree, node, id);
    else
      geometry_.problems.skip(geometry_.file, tree.place(node), "relief.type",
                              fmt::format("dem:{} is not read; triangles, breaklines and mass points are.", name.local),
                              "Import the elevation model as GeoTIFF instead.");
  }
}

void ReliefReader::takePart(const FeatureTree& tree, NodeId part, const std::string& feature_id) {
  model::CityObject object;
  object.type = tree.name(part).local;
  object.id = std::string(tree.gmlId(part).value_or(""));
  if (object.id.empty()) object.id = fmt::format("{}-line-{}", feature_id, tree.line(part));
  object.source = geometry_.file;
  LodShape shape;
  SourceFrame& frame = geometry_.frames.own();
  readPart(tree, part, {&frame, frame.dimension(), nullptr}, shape);
  if (shape.empty()) return;
  object.geometry.has_height = shape.has_height;
  object.geometry.lines = std::move(shape.lines);
  object.geometry.points = std::move(shape.points);
  ++objects_;
  context_.sink.add(std::move(object));
}

void ReliefReader::readPart(const FeatureTree& tree, NodeId node, CoordinateState state, LodShape& into) {
  if (const auto srs = tree.attribute(node, "srsName")) state.frame = geometry_.frames.of(*srs);
  if (const auto text = tree.attribute(node, "srsDimension")) state.dimension = text == "2" ? 2 : 3;
  if (!state.frame) return;
  const Tag tag = tree.name(node).tag;
  if (tag != Tag::line && tag != Tag::point) {
    for (const NodeId child : tree.children(node)) readPart(tree, child, state, into);
    return;
  }
  RingFault fault;
  auto points = tag == Tag::line ? parseLine(tree, node, state.dimension, fault)
                                 : parsePoints(tree, node, state.dimension, fault);
  if (!points || points->empty()) {
    if (points) fault = {"point.empty", "The point has no coordinates."};
    return reportRing(tree, node, fault, geometry_);
  }
  if (!state.frame->decided())
    state.frame->decideOrder(points->front(), geometry_.file, tree.place(node), geometry_.problems);
  if (tag == Tag::line)
    addLine(std::move(*points), state, into);
  else
    addPoints(std::move(*points), state, into);
}

}  // namespace hashimichi::import::citygml
