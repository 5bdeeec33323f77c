#include "geo/import/cityjson/head.h"

#include <array>
#include <cmath>

#include "geo/core/progress.h"
#include "geo/import/citygml/source_frame.h"
#include "geo/import/cityjson/geometry.h"
#include "geo/import/cityjson/json_tree.h"
#include "geo/model/measure.h"

namespace hashimichi::import::cityjson {
namespace {

std::optional<Vec3d> threeOf(JsonValue values) {
  if (!values.is(JsonType::array) || values.size() != 3) return std::nullopt;
  std::array<double, 3> numbers{};
  std::size_t at = 0;
  for (const JsonValue value : values) numbers[at++] = value.number();
  const Vec3d three{numbers[0], numbers[1], numbers[2]};
  return isFinite(three) ? std::optional(three) : std::nullopt;
}

std::optional<Bounds> extentOf(JsonValue values) {
  if (!values.is(JsonType::array) || values.size() != 6) return std::nullopt;
  std::array<double, 6> numbers{};
  std::size_t at = 0;
  for (const JsonValue value : values) {
    numbers[at] = value.number();
    if (!std::isfinite(numbers[at++])) return std::nullopt;
  }
  Bounds bounds;
  bounds.add(Vec3d{numbers[0], numbers[1], numbers[2]});
  bounds.add(Vec3d{numbers[3], numbers[4], numbers[5]});
  return bounds;
}

/// "EPSG:7415", https://www.opengis.net/def/crs/EPSG/0/7415, urn:ogc:def:crs:EPSG::7415, 7415; {"epsg": 7415} before
/// version 1.0.
std::string crsOf(JsonValue metadata) {
  const JsonValue reference = metadata["referenceSystem"];
  const JsonValue code = reference ? reference : metadata["crs"]["epsg"];
  const std::string text = code.is(JsonType::array) || code.is(JsonType::object) ? std::string() : code.text();
  if (text.empty() || text.size() > 20'000) return {};
  if (text.find_first_not_of("0123456789") == text.npos && text.size() <= 6) return "EPSG:" + text;
  return citygml::crsDefinition(text);
}

}  // namespace

Head readHead(ByteSource& source, const Document& document) {
  Head head;
  head.version = document.version;
  JsonTree tree;
  for (const ByteRange& range : document.transform) {
    head.bad_transform = true;
    if (tree.parse(source.range(range))) continue;
    const auto scale = threeOf(tree.root()["scale"]), translate = threeOf(tree.root()["translate"]);
    if (!scale || !translate || scale->x == 0 || scale->y == 0 || scale->z == 0) continue;
    head.scale = *scale, head.translate = *translate;
    head.has_transform = true, head.bad_transform = false;
  }
  for (const ByteRange& range : document.metadata) {
    if (tree.parse(source.range(range))) continue;
    head.crs = crsOf(tree.root());
    head.extent = extentOf(tree.root()["geographicalExtent"]);
  }
  return head;
}

void applyTransform(std::vector<Vec3d>& vertices, const Head& head) {
  if (!head.has_transform) return;
  for (Vec3d& v : vertices)
    v = {v.x * head.scale.x + head.translate.x, v.y * head.scale.y + head.translate.y,
         v.z * head.scale.z + head.translate.z};
}

Bounds boundsOf(const std::vector<Vec3d>& vertices) {
  Bounds bounds;
  for (const Vec3d v : vertices)
    if (isFinite(v)) bounds.add(v);
  return bounds;
}

void AxisEvidence::look(ByteSource& source, const Document& document) {
  constexpr std::size_t object_limit = 500;
  constexpr std::uint64_t object_bytes_limit = 1u << 20;
  JsonTree tree;
  Appearance plain;
  GeometryReader reader(document.vertices, plain, GeometryReader::Solids::as_they_are);
  for (std::size_t i = 0; i < document.objects.size() && i < object_limit && !enough(); ++i) {
    const ByteRange range = document.objects[i].range;
    if (range.length > object_bytes_limit || tree.parse(source.range(range))) continue;
    for (const JsonValue geometry : tree.root()["geometry"]) {
      if (geometry["type"].raw() != "Solid") continue;
      Faults ignored;
      std::vector<model::Surface> faces = reader.read(geometry, Role::building, ignored).surfaces;
      // Degrees are too small for measure.h's idea of the same point; the sign of a volume is the same in any unit.
      Bounds box;
      for (const model::Surface& face : faces)
        for (const Vec3d p : face.polygon.outer) box.add(p);
      if (box.empty()) continue;
      const Vec3d size = box.size();
      if (!(size.x > 0 && size.y > 0 && size.z > 0)) continue;
      const auto toMetres = [&](model::Ring& ring) {
        for (Vec3d& p : ring)
          p = {(p.x - box.low.x) / size.x * 10, (p.y - box.low.y) / size.y * 10, (p.z - box.low.z) / size.z * 10};
      };
      for (model::Surface& face : faces) {
        toMetres(face.polygon.outer);
        for (model::Ring& hole : face.polygon.holes) toMetres(hole);
      }
      const model::Facing facing = model::facingOf(faces);
      outward_ += facing == model::Facing::outward;
      inward_ += facing == model::Facing::inward;
    }
  }
}

std::optional<bool> AxisEvidence::northFirst() const {
  if (inward_ > 4 * outward_) return true;
  if (outward_ > 4 * inward_) return false;
  return std::nullopt;
}

}  // namespace hashimichi::import::cityjson
