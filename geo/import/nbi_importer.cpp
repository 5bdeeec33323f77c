#include <fmt/format.h>

#include <map>

#include "geo/assets/nbi.h"
#include "geo/core/file.h"
#include "geo/core/text.h"
#include "geo/import/importer.h"

namespace hashimichi::import {
namespace {

constexpr std::size_t fixed_places = 432;
/// The coding guide asks for NAD 83; longitude first as it is used here.
constexpr const char* nbi_crs = "EPSG:4269";
/// Item 43B of a culvert.
constexpr int culvert_type = 19;

/// Item 43A, main structure: the material.
std::string materialOf(const std::optional<int>& kind) {
  static const std::map<int, const char*> words{{1, "concrete"},
                                                {2, "concrete, continuous"},
                                                {3, "steel"},
                                                {4, "steel, continuous"},
                                                {5, "prestressed concrete"},
                                                {6, "prestressed concrete, continuous"},
                                                {7, "timber"},
                                                {8, "masonry"},
                                                {9, "aluminium, wrought or cast iron"}};
  const auto found = kind ? words.find(*kind) : words.end();
  return found == words.end() ? std::string() : found->second;
}

/// Item 41, where the bridge is not simply open.
std::string restrictionOf(const std::string& status) {
  static const std::map<std::string, const char*> words{{"B", "open, posting recommended"},
                                                        {"D", "open, temporary shoring"},
                                                        {"E", "open, temporary structure"},
                                                        {"G", "new, not yet open"},
                                                        {"K", "closed"},
                                                        {"P", "posted for load"},
                                                        {"R", "posted for another limit"}};
  const auto found = words.find(status);
  return found == words.end() ? std::string() : found->second;
}

std::optional<Vec3d> degreesOf(const assets::NbiRecord& record) {
  if (!record.latitude_deg || !record.longitude_deg) return std::nullopt;
  return Vec3d{*record.longitude_deg, *record.latitude_deg, 0};
}

/// What else the record states, under the numbers of its items.
void addAttributes(const assets::NbiRecord& record, model::Attributes& attributes) {
  const auto add = [&](const char* name, const auto& value) {
    if (value) model::append(attributes, name, fmt::format("{}", *value));
  };
  add("nbi_061_channel", record.channel);
  add("nbi_066_inventory_rating_t", record.inventory_rating_t);
  add("nbi_067_structural_evaluation", record.structural);
  add("nbi_068_deck_geometry", record.deck_geometry);
  add("nbi_069_underclearance", record.underclearance);
  add("nbi_071_waterway", record.waterway);
  add("nbi_072_approach", record.approach);
  add("nbi_113_scour", record.scour);
  if (!record.location.empty()) model::append(attributes, "nbi_009_location", record.location);
  if (!record.owner.empty()) model::append(attributes, "nbi_022_owner", record.owner);
}

assets::Inspection inspectionOf(const assets::NbiRecord& record, const std::string& source) {
  assets::Inspection inspection;
  if (record.inspected_year) {
    inspection.date = {*record.inspected_year, record.inspected_month.value_or(0), 0};
    inspection.fiscal_year =
        record.inspected_month.value_or(12) < 4 ? *record.inspected_year - 1 : *record.inspected_year;
  }
  inspection.nbi = assets::NbiRatings{record.deck, record.superstructure, record.substructure, record.culvert};
  inspection.source = source;
  return inspection;
}

model::Bridge bridgeOf(const assets::NbiRecord& record, const std::string& source) {
  model::Bridge bridge;
  bridge.kind = record.type == culvert_type ? assets::StructureKind::culvert : assets::StructureKind::bridge;
  bridge.id = record.structure;
  bridge.name = record.facility.empty() || record.feature.empty() ? record.facility + record.feature
                                                                  : record.facility + " / " + record.feature;
  bridge.source = source;
  bridge.route_name = record.facility;
  bridge.crosses = record.feature;
  bridge.material = materialOf(record.kind);
  bridge.restriction = restrictionOf(record.operational_status);
  bridge.length_m = record.length_m;
  bridge.width_m = record.deck_width_m ? record.deck_width_m : record.roadway_width_m;
  bridge.year_built = record.year_built;
  bridge.detour_km = record.detour_km;
  if (record.adt) bridge.aadt = *record.adt;
  if (record.lanes_under) bridge.over_road = *record.lanes_under > 0;
  bridge.has_register_entry = true;
  addAttributes(record, bridge.attributes);
  if (bridge.material.empty() && record.kind) model::append(bridge.attributes, "nbi_043a_kind", fmt::format("{}", *record.kind));
  return bridge;
}

class NbiImporter final : public Importer {
 public:
  std::string_view format() const override { return "NBI"; }

  /// The FHWA's heads carry the item numbers; fixed-width records are one long line that begins with a state and a
  /// structure number.
  bool accepts(const std::filesystem::path& path, std::string_view head) const override {
    const std::string_view line = head.substr(0, head.find_first_of("\r\n"));
    if (line.find("STRUCTURE_NUMBER_008") != std::string_view::npos) return true;
    const bool text = toLower(toUtf8(path.extension())) == ".txt";
    return text && line.size() >= fixed_places && line.size() < 500 && line.find(',') == std::string_view::npos &&
           line.substr(0, 2).find_first_not_of("0123456789") == std::string_view::npos;
  }

  Result<Peek> peek(const std::filesystem::path& path, const Options&, Problems&) const override {
    Problems unheard;  // those of reading; a peek would only say them twice
    SilentProgress silent;
    const Result<std::vector<assets::NbiRecord>> records = assets::readNbi(path, unheard, silent);
    if (!records) return records.error();
    Peek peek;
    peek.format = "NBI";
    for (const assets::NbiRecord& record : *records)
      if (const std::optional<Vec3d> place = degreesOf(record)) peek.bounds.add(*place);
    if (!peek.bounds.empty()) peek.crs = nbi_crs;
    return peek;
  }

  Status read(const std::filesystem::path& path, Context& context) const override {
    const std::string file = toUtf8(path);
    const Result<std::vector<assets::NbiRecord>> records = assets::readNbi(path, context.problems, context.progress);
    if (!records) return records.error();
    const Result<crs::ToLocal> to_local = crs::ToLocal::create(nbi_crs, crs::AxisOrder::east_first, context.frame);
    if (!to_local) return to_local.error();
    std::size_t without_place = 0, routes_under = 0;
    std::map<std::string, std::size_t> seen;
    for (const assets::NbiRecord& record : *records) {
      model::Bridge bridge = bridgeOf(record, file);
      if (seen[bridge.id]++ > 0) {  // the same structure again, for a route below it
        ++routes_under;
        continue;
      }
      if (const std::optional<Vec3d> degrees = degreesOf(record))
        bridge.position = (*to_local)(*degrees);
      else
        ++without_place;
      // As a record of its own, so that several years of a state become cycles of one structure.
      InspectionRecord inspection{bridge.id, inspectionOf(record, file), "structure " + bridge.id};
      context.sink.add(std::move(bridge));
      if (record.inspected_year) context.sink.add(std::move(inspection));
    }
    tell(file, *records, routes_under, without_place, context.problems);
    return done();
  }

 private:
  static void tell(const std::string& file, const std::vector<assets::NbiRecord>& records, std::size_t routes_under,
                   std::size_t without_place, Problems& problems) {
    problems.assume(
        file, {}, "nbi.read",
        fmt::format("{} records of the US National Bridge Inventory: places are taken as NAD 83; ratings 0–9 "
                    "stay as they are and are never turned into I–IV.",
                    records.size()));
    if (routes_under > 0)
      problems.assume(
          file, {}, "nbi.route_under",
          fmt::format("{} records name a structure for the second time, as those of routes below it do; its "
                      "first record counts.",
                      routes_under));
    if (without_place > 0)
      problems.assume(
          file, {}, "nbi.no_position",
          fmt::format("{} structures have no coordinates: they are listed, but not on the map.", without_place));
  }
};

}  // namespace

const Importer& nbiImporter() {
  static const NbiImporter importer;
  return importer;
}

}  // namespace hashimichi::import
