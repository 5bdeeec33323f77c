#include "geo/import/cityjson/geometry.h"

#include <fmt/format.h>

#include <algorithm>

#include "geo/core/text.h"
#include "geo/model/measure.h"

namespace hashimichi::import::cityjson {
namespace {

/// Members of a list that runs beside another one and may be shorter, or null for all.
class Beside {
 public:
  explicit Beside(JsonValue list)
      : next_(list.begin()), end_(list.end()), is_list_(list.is(JsonType::array)), all_(list) {}
  JsonValue next() {
    if (!is_list_) return all_.is(JsonType::number) ? all_ : JsonValue();
    if (next_ == end_) return {};
    const JsonValue value = *next_;
    ++next_;
    return value;
  }

 private:
  JsonValue::Iterator next_, end_;
  bool is_list_;
  JsonValue all_;
};

/// Lists between the boundaries of a type and its faces; −1 for types that have none.
int depthOf(const std::string& type) {
  if (type == "MultiSurface" || type == "CompositeSurface") return 1;
  if (type == "Solid") return 2;
  if (type == "MultiSolid" || type == "CompositeSolid") return 3;
  return -1;
}

/// Kind of a traffic area by its function code (CityGML's list), else by its own name.
model::SurfaceKind trafficKind(JsonValue surface) {
  const auto code = parseNumber(surface["function"].text());
  if (!code || (*code >= 1000 && *code < 2000 && *code != 1020)) return model::SurfaceKind::carriageway;
  if (*code == 1020) return model::SurfaceKind::intersection;
  return *code >= 2000 && *code < 3000 ? model::SurfaceKind::footway : model::SurfaceKind::road_other;
}

std::vector<model::SurfaceKind> kindsOf(JsonValue semantics, Role role) {
  std::vector<model::SurfaceKind> kinds;
  for (const JsonValue surface : semantics["surfaces"]) {
    const std::string type = surface["type"].text();
    const bool traffic = type == "TrafficArea" && role != Role::bridge;
    kinds.push_back(traffic ? trafficKind(surface) : surfaceKindOf(type, role));
  }
  return kinds;
}

}  // namespace

void note(Faults& faults, const char* code, const std::string& what) {
  Fault& fault = faults[code];
  if (fault.count++ == 0) fault.what = what;
}

void append(Pieces& into, Pieces more) {
  const auto shift = static_cast<std::uint32_t>(into.surfaces.size());
  for (model::SurfaceAppearance& look : more.appearance) {
    look.surface += shift;
    into.appearance.push_back(std::move(look));
  }
  std::move(more.surfaces.begin(), more.surfaces.end(), std::back_inserter(into.surfaces));
  std::move(more.lines.begin(), more.lines.end(), std::back_inserter(into.lines));
  into.points.insert(into.points.end(), more.points.begin(), more.points.end());
}

struct GeometryReader::Walk {
  Pieces pieces;
  Faults& faults;
  std::vector<model::SurfaceKind> kinds;
};

Pieces GeometryReader::read(JsonValue geometry, Role role, Faults& faults) {
  const std::string type = geometry["type"].text();
  const JsonValue boundaries = geometry["boundaries"];
  const JsonValue semantics = geometry["semantics"];
  Walk walk{{}, faults, kindsOf(semantics, role)};
  if (!boundaries.is(JsonType::array)) {
    note(faults, "geometry.nesting", "A geometry has no list of boundaries");
    return {};
  }
  if (type == "MultiPoint") {
    Vec3d point;
    for (const JsonValue index : boundaries)
      if (place(index, point, walk)) walk.pieces.points.push_back(point);
    return std::move(walk.pieces);
  }
  if (type == "MultiLineString") {
    for (const JsonValue line : boundaries) {
      model::Polyline points;
      Vec3d point;
      for (const JsonValue index : line)
        if (place(index, point, walk) && (points.empty() || points.back() != point)) points.push_back(point);
      if (points.size() >= 2) walk.pieces.lines.push_back(std::move(points));
    }
    return std::move(walk.pieces);
  }
  const int depth = depthOf(type);
  if (depth < 0) {
    note(faults, "geometry.type", fmt::format("The geometry type \"{}\" is none of CityJSON's", type.substr(0, 60)));
    return {};
  }
  const JsonValue material = appearance_.materialTheme(geometry), texture = appearance_.textureTheme(geometry);
  const JsonValue one = material["value"];
  nested(boundaries, depth, semantics["values"], one ? one : material["values"], texture["values"], walk);
  return std::move(walk.pieces);
}

void GeometryReader::nested(JsonValue boundaries, int depth, JsonValue semantics, JsonValue material, JsonValue texture,
                            Walk& walk) {
  if (!boundaries.is(JsonType::array))
    return note(walk.faults, "geometry.nesting", "A list of boundaries is not nested as its type demands");
  Beside kinds(semantics), colours(material), pictures(texture);
  bool outer = true;
  for (const JsonValue part : boundaries) {
    const JsonValue kind = kinds.next(), colour = colours.next(), picture = pictures.next();
    if (depth == 1) {
      face(part, kind, colour, picture, walk);
      continue;
    }
    const std::size_t first_face = walk.pieces.surfaces.size();
    nested(part, depth - 1, kind, colour, picture, walk);
    if (depth == 2 && solids_ == Solids::outward) orient(first_face, outer, walk);
    outer = false;
  }
}

/// The outer shell of a solid looks away from it, the others into their hollows.
void GeometryReader::orient(std::size_t first_face, bool outer, Walk& walk) const {
  const std::span<model::Surface> shell = std::span(walk.pieces.surfaces).subspan(first_face);
  const model::Facing facing = model::facingOf(shell);
  if (facing == model::Facing::open && !shell.empty())
    return note(walk.faults, "solid.open", "A solid is not closed: it has no volume; it was kept as it is");
  if (facing == model::Facing::mixed)
    return note(walk.faults, "solid.mixed",
                "Some faces of a solid look the other way than their neighbours; it was kept as it is");
  if (facing != (outer ? model::Facing::inward : model::Facing::outward)) return;
  note(walk.faults, "solid.inverted", "The faces of a solid looked inward; they were turned round");
  for (model::SurfaceAppearance& look : walk.pieces.appearance)
    if (look.surface >= first_face) model::turnRound(walk.pieces.surfaces[look.surface].polygon, look);
  for (model::Surface& surface : shell) model::turnRound(surface.polygon);
}

bool GeometryReader::place(JsonValue index, Vec3d& into, Walk& walk) const {
  const auto number = index.index();
  if (!number || *number >= vertices_.size()) {
    note(walk.faults, "vertex.index",
         fmt::format("\"{}\" is no number of a vertex; there are {}", index.raw().substr(0, 40), vertices_.size()));
    return false;
  }
  into = vertices_[*number];
  if (isFinite(into)) return true;
  note(walk.faults, "vertex.no_place", fmt::format("Vertex {} has no place on the map", *number));
  return false;
}

bool GeometryReader::ring(JsonValue indices, model::Ring& into, Walk& walk) {
  kept_.clear();
  if (!indices.is(JsonType::array)) {
    note(walk.faults, "geometry.nesting", "A ring is not a list of vertex numbers");
    return false;
  }
  into.reserve(indices.size());
  std::uint32_t position = 0;
  for (const JsonValue index : indices) {
    Vec3d point;
    if (!place(index, point, walk)) return false;
    if (into.empty() || into.back() != point) {
      into.push_back(point);
      kept_.push_back(position);
    }
    ++position;
  }
  while (into.size() > 1 && into.back() == into.front()) into.pop_back(), kept_.pop_back();
  if (into.size() >= 3) return true;
  note(walk.faults, "ring.too_few", fmt::format("A ring has {} distinct points; it needs 3", into.size()));
  return false;
}

void GeometryReader::face(JsonValue rings, JsonValue semantic, JsonValue material, JsonValue texture, Walk& walk) {
  model::Surface surface;
  std::vector<std::vector<std::uint32_t>> kept;  // of each ring; empty for one that was left out
  if (!rings.is(JsonType::array) || rings.size() == 0)
    return note(walk.faults, "geometry.nesting", "A face is not a list of rings");
  for (const JsonValue indices : rings) {
    model::Ring points;
    const bool good = ring(indices, points, walk);
    kept.emplace_back(good ? kept_ : std::vector<std::uint32_t>{});
    if (!good && kept.size() == 1) return;  // a face without its outer ring is none
    if (!good) continue;
    if (kept.size() == 1)
      surface.polygon.outer = std::move(points);
    else
      surface.polygon.holes.push_back(std::move(points));
  }
  const auto number = semantic.index();
  if (number && *number < walk.kinds.size()) surface.kind = walk.kinds[*number];
  walk.pieces.surfaces.push_back(std::move(surface));
  if (material || texture) cover(material, texture, kept, walk);
}

/// A picture goes before a colour. A face one of whose corners has no place in the picture has only its colour.
void GeometryReader::cover(JsonValue material, JsonValue texture, const std::vector<std::vector<std::uint32_t>>& kept,
                           Walk& walk) {
  model::SurfaceAppearance look;
  look.surface = static_cast<std::uint32_t>(walk.pieces.surfaces.size() - 1);
  Beside rings(texture);
  std::optional<std::uint32_t> picture;
  bool whole = texture.is(JsonType::array);
  for (std::size_t r = 0; whole && r < kept.size(); ++r) {
    const JsonValue ring = rings.next();
    if (kept[r].empty()) continue;
    std::vector<std::optional<std::uint32_t>> numbers;
    for (const JsonValue value : ring) numbers.push_back(value.index());
    if (numbers.empty() || !numbers.front()) {
      whole = false;
      break;
    }
    if (r == 0) picture = appearance_.texture(*numbers.front());
    for (const std::uint32_t position : kept[r]) {
      const auto at = position + 1 < numbers.size() ? numbers[position + 1] : std::nullopt;
      const auto uv = at ? appearance_.uv(*at) : std::nullopt;
      if (!uv) {
        whole = false;
        break;
      }
      look.uv.push_back(*uv);
    }
  }
  if (whole && picture) {
    look.material = *picture;
  } else {
    if (whole || texture.is(JsonType::array)) look.uv.clear();
    const auto colour = material.index() ? appearance_.material(*material.index()) : std::nullopt;
    if (!colour) return;
    look.material = *colour;
  }
  walk.pieces.appearance.push_back(std::move(look));
}

}  // namespace hashimichi::import::cityjson
