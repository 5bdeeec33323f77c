#include "geo/import/cityjson/document_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "geo/core/text.h"
#include "geo/import/cityjson/limits.h"
#include "geo/model/triangulate.h"

namespace hashimichi::import::cityjson {
namespace {

constexpr double highest_lod = 5;
constexpr std::size_t id_shown_bytes = 120;

/// The points of a face in an order that does not depend on where it begins or which way it runs.
std::vector<Vec3d> pointsOf(const model::Surface& surface) {
  std::vector<Vec3d> points = surface.polygon.outer;
  for (const model::Ring& hole : surface.polygon.holes) points.insert(points.end(), hole.begin(), hole.end());
  std::sort(points.begin(), points.end(),
            [](Vec3d a, Vec3d b) { return std::tie(a.x, a.y, a.z) < std::tie(b.x, b.y, b.z); });
  return points;
}

struct ByPoints {
  bool operator()(const std::vector<Vec3d>& a, const std::vector<Vec3d>& b) const {
    return std::lexicographical_compare(a.begin(), a.end(), b.begin(), b.end(), [](Vec3d p, Vec3d q) {
      return std::tie(p.x, p.y, p.z) < std::tie(q.x, q.y, q.z);
    });
  }
};

/// A second geometry at the same level (a MultiSurface beside its Solid) repeats faces: each counts once.
void appendNew(Pieces& into, Pieces more) {
  if (into.surfaces.empty() || more.surfaces.empty()) return append(into, std::move(more));
  std::set<std::vector<Vec3d>, ByPoints> known;
  for (const model::Surface& surface : into.surfaces) known.insert(pointsOf(surface));
  Pieces fresh;
  fresh.lines = std::move(more.lines);
  fresh.points = std::move(more.points);
  auto look = more.appearance.begin();
  for (std::uint32_t i = 0; i < more.surfaces.size(); ++i) {
    const bool is_new = !known.contains(pointsOf(more.surfaces[i]));
    for (; look != more.appearance.end() && look->surface == i; ++look)
      if (is_new) {
        fresh.appearance.push_back(std::move(*look));
        fresh.appearance.back().surface = static_cast<std::uint32_t>(fresh.surfaces.size());
      }
    if (is_new) fresh.surfaces.push_back(std::move(more.surfaces[i]));
  }
  append(into, std::move(fresh));
}

/// Members of an object, beside its attributes, that are kept as such: addresses, whom a group holds, and what
/// extensions bring.
bool isKept(JsonValue member, const Feature& feature) {
  if (member.hasKey("address") || member.hasKey("members") || member.hasKey("children_roles")) return true;
  if (member.hasKey("children")) return feature.type == "CityObjectGroup";
  return member.key().starts_with('+');
}

/// Notes that describe what was read as it stands, or mended; all others left something out.
bool isAssumption(const std::string& code) {
  return code.starts_with("solid.") || code == "lod.missing";
}

}  // namespace

bool DocumentReader::run() {
  const Roots roots = rootsOf(document_);
  tellDocument(roots);
  for (std::size_t i = 0; i < roots.objects.size(); ++i) {
    if ((i & 0xFF) == 0) {
      if (state_.context.progress.cancelled()) return false;
      if (place_.empty())
        state_.context.progress.report(static_cast<double>(i) / static_cast<double>(roots.objects.size()), state_.file);
    }
    readFamily(familyOf(document_, roots.objects[i]));
  }
  for (const std::uint32_t object : roots.cyclic) readFamily({object});
  state_.context.problems.about({});
  return true;
}

void DocumentReader::tellDocument(const Roots& roots) {
  Problems& problems = state_.context.problems;
  const auto shown = [](const std::string& id) { return id.substr(0, id_shown_bytes); };
  if (document_.bad_vertices > 0)
    problems.skip(state_.file, place_, "vertex.not_a_place",
                  fmt::format("{} vertices are not three finite numbers; faces that use them are left out.",
                              document_.bad_vertices),
                  "Ask the source to repair the file.");
  if (document_.duplicate_objects > 0)
    problems.skip(state_.file, place_, "object.duplicate",
                  fmt::format("{} objects bear the id of an earlier one, the first \"{}\"; the earlier ones count.",
                              document_.duplicate_objects, shown(document_.first_duplicate)));
  if (document_.missing_relatives > 0)
    problems.assume(state_.file, place_, "object.relative_missing",
                    fmt::format("{} parents or children are named that the file does not hold, the first \"{}\".",
                                document_.missing_relatives, shown(document_.first_missing_relative)));
  if (!roots.cyclic.empty())
    problems.assume(state_.file, place_, "object.cycle",
                    fmt::format("{} objects are their own ancestors, the first \"{}\"; each was read by itself.",
                                roots.cyclic.size(), shown(document_.objects[roots.cyclic.front()].id)),
                    "Ask the source to repair \"parents\" and \"children\".");
  for (const std::string& member : document_.extra_members) ++state_.extra_members[member];
}

void DocumentReader::readFamily(const std::vector<std::uint32_t>& family) {
  const ObjectEntry& root = document_.objects[family.front()];
  Feature feature;
  feature.id = root.id;
  feature.type = root.type;
  feature.source = state_.file;
  feature.role = objectTypeOf(root.type);
  state_.context.problems.about(root.id.substr(0, name_bytes_limit));
  if (feature.role.role == Role::inside) {
    state_.inside += family.size();
    return;
  }
  if (feature.role.role == Role::unknown) {
    constexpr std::size_t type_limit = 200;
    const std::string type = root.type.substr(0, 60);
    if (state_.unknown_types.size() < type_limit || state_.unknown_types.contains(type)) ++state_.unknown_types[type];
  }
  part_of_.clear();
  for (const std::uint32_t object : family)
    if (!readObject(object, object == family.front(), feature) && object == family.front()) return;
  ++state_.read;
  if (feature.role.role == Role::relief) return takeRelief(std::move(feature));
  const std::string id = feature.id;
  const bool group = feature.type == "CityObjectGroup";
  if (!pour(std::move(feature), state_.context.sink) && !group)
    state_.context.problems.assume(state_.file, placeOf(id.substr(0, id_shown_bytes)), "geometry.none",
                                   "The feature has no form that can be read; it was kept with its attributes only.");
}

bool DocumentReader::readObject(std::uint32_t object, bool is_root, Feature& feature) {
  const ObjectEntry& entry = document_.objects[object];
  const ObjectType type = objectTypeOf(entry.type);
  if (type.role == Role::inside) return ++state_.inside, false;
  if (const auto fault = tree_.parse(source_.range(entry.range))) {
    state_.context.problems.skip(
        state_.file, placeOf(entry.id.substr(0, id_shown_bytes)), fault->code,
        fmt::format("The object cannot be read (byte {}): {}", entry.range.at + fault->at, fault->what),
        "Ask the source to repair it.");
    return false;
  }
  const JsonValue value = tree_.root();
  if (!value.is(JsonType::object)) {
    state_.context.problems.skip(state_.file, placeOf(entry.id.substr(0, id_shown_bytes)), "object.none",
                                 "A city object is no JSON object; it was skipped.");
    return false;
  }
  Shape::Part part;
  const auto parent = part_of_.find(entry.parent);
  part.attachment = !is_root && type.attachment && parent != part_of_.end();
  part.body = feature.shape.parts.size();
  if (part.attachment) part.body = feature.shape.parts[parent->second].body;
  Faults faults;
  for (const JsonValue geometry : value["geometry"]) readGeometry(geometry, feature.role.role, part, faults);
  part_of_[object] = feature.shape.parts.size();
  feature.shape.parts.push_back(std::move(part));
  readAttributes(value, is_root ? "" : entry.type.substr(0, 60) + "/", feature);
  if (!is_root && feature.attributes.size() < attribute_limit)
    feature.attributes.push_back({Interned(entry.type.substr(0, 60) + "/id"), entry.id});
  tellFaults(faults, entry.id);
  return true;
}

void DocumentReader::readAttributes(JsonValue object, const std::string& prefix, Feature& feature) {
  state_.attributes.add(object["attributes"], prefix, feature.attributes);
  for (const JsonValue member : object)
    if (isKept(member, feature)) state_.attributes.addValue(prefix + member.key(), member, feature.attributes);
}

double DocumentReader::lodOf(JsonValue geometry, Faults& faults) const {
  JsonValue lod = geometry["lod"];
  if (!lod) lod = templates_.lodOf(geometry);
  const auto number = parseNumber(lod.text());
  if (number && *number >= 0 && *number < highest_lod) return *number;
  note(faults, "lod.missing",
       fmt::format("A geometry's level of detail (\"{}\") is none of 0 to 4; it was taken as 0",
                   lod.text().substr(0, 40)));
  return 0;
}

void DocumentReader::readGeometry(JsonValue geometry, Role role, Shape::Part& part, Faults& faults) {
  const double lod = lodOf(geometry, faults);
  if (!part.by_lod.contains(lod) && part.by_lod.size() >= lod_limit)
    return note(faults, "lod.too_many", fmt::format("An object has more than {} levels of detail", lod_limit));
  Pieces pieces = geometry["type"].raw() == "GeometryInstance"
                      ? templates_.instance(geometry, document_.vertices, faults)
                      : geometry_.read(geometry, role, faults);
  if (!pieces.empty()) appendNew(part.by_lod[lod], std::move(pieces));
}

void DocumentReader::takeRelief(Feature feature) {
  double lod = 0;
  const std::vector<model::Geometry> levels = levelsOf(std::move(feature.shape), lod);
  if (levels.empty()) return;
  std::vector<model::Triangle> triangles;
  for (const model::Surface& surface : levels.back().surfaces) {
    const model::Ring& ring = surface.polygon.outer;
    if (ring.size() == 3 && surface.polygon.holes.empty()) {
      state_.tin.add(ring[0], ring[1], ring[2]);
      continue;
    }
    model::Ring points = ring;
    for (const model::Ring& hole : surface.polygon.holes) points.insert(points.end(), hole.begin(), hole.end());
    triangles.clear();
    model::triangulate(surface.polygon, triangles);
    for (const model::Triangle& t : triangles) state_.tin.add(points[t[0]], points[t[1]], points[t[2]]);
  }
}

void DocumentReader::tellFaults(const Faults& faults, const std::string& id) {
  for (const auto& [code, fault] : faults) {
    const std::string place = placeOf(id.substr(0, id_shown_bytes));
    std::string times = fault.count > 1 ? fmt::format(" ({} times in this object)", fault.count) : "";
    if (isAssumption(code))
      state_.context.problems.assume(state_.file, place, code, fmt::format("{}{}.", fault.what, times));
    else
      state_.context.problems.skip(state_.file, place, code,
                                   fmt::format("{}{}; the face was skipped.", fault.what, times),
                                   "Ask the source to repair it.");
  }
}

}  // namespace hashimichi::import::cityjson
