#include "geo/model/bridge_join.h"

#include <fmt/format.h>

#include <set>
#include <tuple>

#include "geo/assets/match.h"
#include "geo/model/footprint.h"

namespace hashimichi::model {
namespace {

using assets::Inspection;

assets::BridgeKey keyOf(const Bridge& bridge) {
  return {bridge.id, bridge.name, bridge.position, bridge.length_m};
}

std::vector<assets::BridgeKey> keysOf(const std::vector<Bridge>& bridges) {
  std::vector<assets::BridgeKey> keys;
  keys.reserve(bridges.size());
  for (const Bridge& bridge : bridges) keys.push_back(keyOf(bridge));
  return keys;
}

void fill(std::string& own, const std::string& other) {
  if (own.empty()) own = other;
}
template <typename T>
void fill(std::optional<T>& own, const std::optional<T>& other) {
  if (!own) own = other;
}

bool sameInspection(const Inspection& a, const Inspection& b) {
  if (a.fiscal_year != 0 || b.fiscal_year != 0) return a.fiscal_year == b.fiscal_year;
  return a.source == b.source && a.soundness == b.soundness && a.note == b.note;
}

/// Where two sources judge differently, the one that counts remembers what the other says.
void noteConflict(Inspection& counts, const Inspection& other) {
  const bool differ = counts.soundness != assets::Soundness::unknown && other.soundness != assets::Soundness::unknown &&
                      counts.soundness != other.soundness;
  if (!differ) return;
  const std::string note = fmt::format("{}: {}", other.source, assets::toString(other.soundness));
  if (counts.note.find(note) != std::string::npos) return;
  counts.note += counts.note.empty() ? note : " / " + note;
}

Bridge joined(Bridge entry, Bridge shape) {
  if (!shape.geometry.empty()) {
    entry.geometry = std::move(shape.geometry);
    entry.other_lods = std::move(shape.other_lods);
  }
  if (!shape.axis.empty()) entry.axis = std::move(shape.axis);
  if (shape.position) entry.position = shape.position;
  for (std::string Bridge::*text : {&Bridge::name, &Bridge::kana, &Bridge::route_name, &Bridge::administrator,
                                    &Bridge::structure_type, &Bridge::material, &Bridge::crosses})
    fill(entry.*text, shape.*text);
  fill(entry.length_m, shape.length_m);
  fill(entry.width_m, shape.width_m);
  fill(entry.year_built, shape.year_built);
  fill(entry.over_railway, shape.over_railway);
  fill(entry.over_road, shape.over_road);
  fill(entry.emergency_route, shape.emergency_route);
  fill(entry.detour_km, shape.detour_km);
  fill(entry.aadt, shape.aadt);
  fill(entry.bus_route, shape.bus_route);
  fill(entry.facility_access, shape.facility_access);
  for (Attribute& attribute : shape.attributes)
    if (!find(entry.attributes, attribute.name.view())) entry.attributes.push_back(std::move(attribute));
  for (Inspection& inspection : shape.inspections) {
    const auto same = std::find_if(entry.inspections.begin(), entry.inspections.end(),
                                   [&](const Inspection& own) { return sameInspection(own, inspection); });
    if (same == entry.inspections.end())
      entry.inspections.push_back(std::move(inspection));
    else
      noteConflict(*same, inspection);
  }
  return entry;
}

void measureShapes(std::vector<Bridge>& shapes, Problems& problems) {
  std::map<std::string, std::size_t> measured;
  for (Bridge& shape : shapes) {
    const Bounds box = boundsOf(shape.geometry);
    if (!shape.position && !box.empty()) shape.position = box.centre();
    if (shape.length_m || box.empty()) continue;
    const Extent extent = extentOf(shape.geometry);
    if (shape.axis.size() >= 2) {
      shape.length_m = length2d(shape.axis);
    } else if (extent.elongated()) {
      shape.length_m = extent.length_m;
      if (!shape.width_m && extent.width_m > 0) shape.width_m = extent.width_m;
    } else {
      continue;
    }
    ++measured[shape.source];
  }
  for (const auto& [source, count] : measured)
    problems.assume(source, {}, "bridge.length_from_shape",
                    fmt::format("{} bridges state no length: that of their outline was taken.", count));
}

bool sameDefect(const assets::Defect& a, const assets::Defect& b) {
  return a.type == b.type && a.member == b.member && a.grade == b.grade && a.size_mm == b.size_mm &&
         a.position == b.position && a.note == b.note;
}

/// `later` was read after `own` for the same bridge and year; what it states counts.
void mergeInspection(Inspection& own, Inspection later) {
  if (later.date.year != 0) own.date = later.date;
  if (later.soundness != assets::Soundness::unknown) own.soundness = later.soundness;
  if (later.status != assets::MeasureStatus::unknown) own.status = later.status;
  for (assets::MemberGrade& grade : later.members) {
    const auto same = std::find_if(own.members.begin(), own.members.end(),
                                   [&](const assets::MemberGrade& g) { return g.member == grade.member; });
    if (same == own.members.end())
      own.members.push_back(std::move(grade));
    else
      *same = std::move(grade);
  }
  for (assets::Defect& defect : later.defects)
    if (std::none_of(own.defects.begin(), own.defects.end(),
                     [&](const assets::Defect& d) { return sameDefect(d, defect); }))
      own.defects.push_back(std::move(defect));
  for (std::string& event : later.specific_events)
    if (std::find(own.specific_events.begin(), own.specific_events.end(), event) == own.specific_events.end())
      own.specific_events.push_back(std::move(event));
  if (!later.note.empty() && own.note.find(later.note) == std::string::npos)
    own.note += own.note.empty() ? later.note : " / " + later.note;
  if (!later.source.empty()) own.source = later.source;
}

/// @param first  the first record of this import for the bridge and year: what the same file said before is replaced
void addRecord(Bridge& bridge, Inspection inspection, bool first) {
  const auto same = std::find_if(bridge.inspections.begin(), bridge.inspections.end(),
                                 [&](const Inspection& own) { return sameInspection(own, inspection); });
  if (same == bridge.inspections.end()) {
    bridge.inspections.push_back(std::move(inspection));
  } else if (first && same->source == inspection.source) {
    *same = std::move(inspection);
  } else {
    const Inspection before = *same;
    mergeInspection(*same, std::move(inspection));
    noteConflict(*same, before);
  }
}

/// The same repair that comes again is not done twice.
void addRepair(Bridge& bridge, assets::Repair repair) {
  const auto same = std::find_if(bridge.repairs.begin(), bridge.repairs.end(), [&](const assets::Repair& own) {
    return own.date == repair.date && own.fiscal_year == repair.fiscal_year && own.measure == repair.measure &&
           own.member == repair.member;
  });
  if (same != bridge.repairs.end())
    *same = std::move(repair);
  else
    bridge.repairs.push_back(std::move(repair));
  std::stable_sort(bridge.repairs.begin(), bridge.repairs.end(), [](const auto& a, const auto& b) {
    return std::tie(a.fiscal_year, a.date) < std::tie(b.fiscal_year, b.date);
  });
}

void reportNoShape(const Bridge& entry, Problems& problems) {
  problems.assume(
      entry.source, entry.id, "bridge.no_shape",
      fmt::format("The register's bridge \"{}\" ({}) has no shape in the other files; {}.", entry.name, entry.id,
                  entry.position ? "it is shown as a symbol at the register's position"
                                 : "the register gives no position either"));
}

void reportNoEntry(const Bridge& shape, Problems& problems) {
  problems.assume(shape.source, shape.id, "bridge.no_register_entry",
                  fmt::format("The bridge \"{}\" has a shape, but the register has no bridge of that id or name and "
                              "none within {:.0f} m that is about as long; it stays without register facts.",
                              shape.name.empty() ? shape.id : shape.name, assets::same_place_m));
}

}  // namespace

JoinedBridges joinBridges(std::vector<Bridge> registered, std::vector<Bridge> shapes, Problems& problems) {
  measureShapes(shapes, problems);
  const auto matches = assets::matchBridges(keysOf(registered), keysOf(shapes));
  JoinedBridges result;
  std::vector<bool> shape_used(shapes.size());
  std::map<std::size_t, std::size_t> shape_of;
  for (const assets::BridgeMatch& match : matches) {
    shape_of[match.left] = match.right;
    shape_used[match.right] = true;
  }
  for (std::size_t i = 0; i < registered.size(); ++i) {
    const auto shape = shape_of.find(i);
    result.aliases[assets::comparableId(registered[i].id)] = i;
    if (shape == shape_of.end()) {
      if (!shapes.empty() && registered[i].geometry.empty()) reportNoShape(registered[i], problems);
      result.bridges.push_back(std::move(registered[i]));
      continue;
    }
    result.aliases.try_emplace(assets::comparableId(shapes[shape->second].id), i);
    result.bridges.push_back(joined(std::move(registered[i]), std::move(shapes[shape->second])));
  }
  for (std::size_t i = 0; i < shapes.size(); ++i) {
    if (shape_used[i]) continue;
    if (!registered.empty()) reportNoEntry(shapes[i], problems);
    result.aliases.try_emplace(assets::comparableId(shapes[i].id), result.bridges.size());
    result.bridges.push_back(std::move(shapes[i]));
  }
  return result;
}

void joinInspections(JoinedBridges& joined, std::vector<InspectionRecord> records, Problems& problems) {
  std::set<std::pair<std::size_t, int>> touched;
  for (InspectionRecord& record : records) {
    const auto found = joined.aliases.find(assets::comparableId(record.bridge_id));
    if (found == joined.aliases.end()) {
      problems.skip(
          record.inspection.source, record.place, "inspection.unknown_bridge",
          fmt::format("The inspection names bridge \"{}\", which no register and no shape has.", record.bridge_id),
          "Import the bridge register as well, or correct the id.");
      continue;
    }
    if (record.repair) {
      addRepair(joined.bridges[found->second], std::move(*record.repair));
      continue;
    }
    const bool first = touched.insert({found->second, record.inspection.fiscal_year}).second;
    addRecord(joined.bridges[found->second], std::move(record.inspection), first);
  }
  for (Bridge& bridge : joined.bridges)
    std::stable_sort(bridge.inspections.begin(), bridge.inspections.end(),
                     [](const Inspection& a, const Inspection& b) {
                       return std::tie(a.fiscal_year, a.date) < std::tie(b.fiscal_year, b.date);
                     });
}

}  // namespace hashimichi::model
