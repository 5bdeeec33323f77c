#include "render/layers/selection_layer.h"

#include <vtkProperty.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <map>

#include "render/drape.h"
#include "render/layers/bridge_layer.h"
#include "render/layers/road_layer.h"
#include "render/ribbon.h"
#include "render/vtk/convert.h"

namespace hashimichi::render {
namespace {

constexpr exporting::Rgb white{255, 255, 255};

std::vector<std::uint8_t> linesOf(const Lines& lines, std::uint32_t feature) {
  std::vector<std::uint8_t> wanted(lines.count());
  for (std::size_t i = 0; i < wanted.size(); ++i) wanted[i] = lines.feature[i] == feature;
  return wanted;
}

std::vector<std::uint32_t> trianglesOf(const Mesh& mesh, std::uint32_t feature) {
  std::vector<std::uint32_t> wanted;
  for (std::uint32_t t = 0; t < mesh.triangleCount(); ++t)
    if (mesh.feature[t] == feature) wanted.push_back(t);
  return wanted;
}

Lines pairsAsLines(std::vector<float> xyz) {
  Lines lines;
  lines.xyz = std::move(xyz);
  for (std::uint32_t v = 0; v <= lines.xyz.size() / 3; v += 2) lines.first.push_back(v);
  lines.feature.resize(lines.first.size() - 1);
  return lines;
}

/// The outline of a flat zone on the ground: of the sides of its faces those that no other face shares. (Its triangles
/// are halved as the ground wants it, and their sides do not meet those of their neighbours.)
Lines zoneBorder(const PreparedTown& town, std::uint32_t object) {
  constexpr double lift_m = 0.2;
  using Corner = std::pair<std::int64_t, std::int64_t>;
  std::map<std::pair<Corner, Corner>, std::pair<int, model::Polyline>> sides;
  const auto corner = [](Vec3d p) { return Corner{std::llround(p.x * 100), std::llround(p.y * 100)}; };
  const auto ordered = [](Corner a, Corner b) { return a < b ? std::pair{a, b} : std::pair{b, a}; };
  const auto addRing = [&](const model::Ring& ring) {
    for (std::size_t i = 0; i < ring.size(); ++i) {
      const Vec3d from = ring[i], to = ring[(i + 1) % ring.size()];
      if (!isFinite(from) || !isFinite(to)) continue;
      auto& [count, line] = sides[ordered(corner(from), corner(to))];
      ++count;
      line = {from, to};
    }
  };
  const model::CityObject& zone = town.model->objects[object];
  for (const model::Surface& surface : shapeAt(town.lod.of(zone.kind), zone.geometry, zone.other_lods).surfaces) {
    addRing(surface.polygon.outer);
    std::ranges::for_each(surface.polygon.holes, addRing);
  }
  Lines border;
  for (const auto& [key, side] : sides) {
    const Vec3d from = side.second.front(), along = side.second.back() - from;
    const double pieces = std::clamp(std::ceil(norm(along) / pieceLength(town.ground)), 1.0, 4096.0);
    model::Polyline laid;
    for (double k = 0; k <= pieces && side.first == 1; ++k)
      laid.push_back(laidOnGround(town.ground, from + along * (k / pieces), lift_m));
    if (!laid.empty()) appendLine(laid, 0, border);
  }
  return border;
}

}  // namespace

SelectionLayer::SelectionLayer(double width_px)
    : edges_(makeOverlay()),
      axis_casing_(makeOverlay()),
      outline_(makeOverlay()),
      fill_(makeOverlay()),
      axis_(makeOverlay()),
      mark_casing_(makeOverlay()),
      mark_border_(makeOverlay()),
      mark_(makeOverlay()) {
  for (vtkActor* actor : {&edges_, &axis_casing_, &outline_, &mark_casing_}) setColour(*actor, white);
  setLineWidth(edges_, 2 * width_px), setLineWidth(outline_, width_px + 1);
  setLineWidth(axis_, RoadLayer::line_px), setLineWidth(axis_casing_, RoadLayer::line_px + 2 * width_px);
  setColour(mark_border_, exporting::rank_casing);
  mark_casing_.GetProperty()->SetPointSize(static_cast<float>(BridgeLayer::mark_casing_px + 2 * width_px));
  mark_border_.GetProperty()->SetPointSize(BridgeLayer::mark_casing_px);
  mark_.GetProperty()->SetPointSize(BridgeLayer::mark_px);
}

void SelectionLayer::show(const PreparedTown& town, const std::optional<Cased>& cased) {
  for (vtkActor* actor : {&edges_, &axis_casing_, &outline_, &fill_, &axis_, &mark_casing_, &mark_border_, &mark_})
    setData(*actor, nullptr);
  silhouette_ = {};
  if (!cased) return;
  if (cased->kind == model::AssetKind::road) return caseRoad(town, *cased);
  if (cased->kind == model::AssetKind::building || cased->kind == model::AssetKind::bridge) caseSolid(town, *cased);
  if (cased->kind == model::AssetKind::object) return caseObject(town, *cased);
  if (cased->marked) caseMark(town, *cased);
  if (!cased->box.empty()) caseBox(cased->box);
}

void SelectionLayer::caseRoad(const PreparedTown& town, const Cased& cased) {
  const auto axes = linesOf(town.road_axes, cased.index);
  Silhouette border;  // the same from everywhere: a band has no side that looks away
  border.add(town.roads, cased.index);
  setData(edges_, polyDataOf(pairsAsLines(border.seenFrom({}))));
  setData(axis_casing_, polyDataSharing(town.road_axes, axes));
  setData(fill_, polyDataSharing(town.roads, trianglesOf(town.roads, cased.index)));
  setData(axis_, polyDataSharing(town.road_axes, axes));
  setColour(fill_, cased.colour), setColour(axis_, cased.colour);
}

void SelectionLayer::caseSolid(const PreparedTown& town, const Cased& cased) {
  if (cased.kind == model::AssetKind::building) {
    silhouette_.add(town.buildings, cased.index);
    return;
  }
  silhouette_.add(town.bridges, cased.index);
  if (silhouette_.empty()) silhouette_.add(town.bridge_decks, cased.index);
}

void SelectionLayer::caseObject(const PreparedTown& town, const Cased& cased) {
  const ObjectShapes& shapes = town.objects[static_cast<std::size_t>(cased.object)];
  silhouette_.add(shapes.solids, cased.index);
  const bool zone = std::ranges::find(shapes.zones.feature, cased.index) != shapes.zones.feature.end();
  if (zone) setData(edges_, polyDataOf(zoneBorder(town, cased.index)));
  if (const auto own = linesOf(shapes.lines, cased.index); std::ranges::count(own, 1) > 0 && !zone) {
    setData(axis_casing_, polyDataSharing(shapes.lines, own));
    setData(axis_, polyDataSharing(shapes.lines, own));
    setColour(axis_, cased.colour);
  }
  std::vector<Mark> own;
  std::ranges::copy_if(shapes.marks, std::back_inserter(own), [&](const Mark& m) { return m.feature == cased.index; });
  if (own.empty()) return;
  for (vtkActor* actor : {&mark_casing_, &mark_border_, &mark_}) setData(*actor, polyDataOfPoints(placesOf(own)));
  setColour(mark_, cased.colour);
}

void SelectionLayer::caseMark(const PreparedTown& town, const Cased& cased) {
  for (const Mark& mark : town.bridge_marks) {
    if (mark.feature != cased.index) continue;
    const float xyz[] = {static_cast<float>(mark.position.x), static_cast<float>(mark.position.y),
                         static_cast<float>(mark.position.z)};
    for (vtkActor* actor : {&mark_casing_, &mark_border_, &mark_}) setData(*actor, polyDataOfPoints(xyz));
    setColour(mark_, cased.colour);
  }
}

void SelectionLayer::caseBox(const Bounds& box) {
  Mesh mesh;
  for (int corner = 0; corner < 8; ++corner)
    for (const double c : {corner & 1 ? box.high.x : box.low.x, corner & 2 ? box.high.y : box.low.y,
                           corner & 4 ? box.high.z : box.low.z})
      mesh.xyz.push_back(static_cast<float>(c));
  mesh.triangles = {0, 2, 3, 0, 3, 1, 4, 5, 7, 4, 7, 6, 0, 1, 5, 0, 5, 4,
                    2, 6, 7, 2, 7, 3, 0, 4, 6, 0, 6, 2, 1, 3, 7, 1, 7, 5};
  mesh.feature.assign(12, 0);
  silhouette_.add(mesh, 0);
}

void SelectionLayer::look(const CameraPose& pose) {
  if (silhouette_.empty()) return;
  setData(outline_, polyDataOf(pairsAsLines(silhouette_.seenFrom(pose))));
}

}  // namespace hashimichi::render
