#include "geo/import/citygml/feature_types.h"

namespace hashimichi::import::citygml {
namespace {

using model::ObjectKind;

struct Row {
  Family family;
  std::string_view local;  ///< empty: every other name of the family
  FeatureType type;
};
// The first row that fits.
constexpr Row rows[] = {
    {Family::bldg, "Building", {Reader::building}},
    {Family::bldg, "", {Reader::object, ObjectKind::construction}},
    {Family::tran, "Road", {Reader::road}},
    {Family::tran, "Railway", {Reader::object, ObjectKind::railway}},
    {Family::tran, "Track", {Reader::object, ObjectKind::track}},
    {Family::tran, "Square", {Reader::object, ObjectKind::square}},
    {Family::tran, "Waterway", {Reader::object, ObjectKind::waterway}},
    {Family::tran, "", {Reader::object, ObjectKind::other}},
    {Family::brid, "Bridge", {Reader::bridge}},
    {Family::brid, "", {Reader::object, ObjectKind::construction}},
    {Family::dem, "ReliefFeature", {Reader::relief}},
    {Family::dem, "", {Reader::relief}},
    {Family::tun, "", {Reader::object, ObjectKind::tunnel}},
    {Family::con, "", {Reader::object, ObjectKind::construction}},
    {Family::frn, "", {Reader::object, ObjectKind::furniture}},
    {Family::veg, "", {Reader::object, ObjectKind::vegetation}},
    {Family::wtr, "", {Reader::object, ObjectKind::water}},
    {Family::luse, "", {Reader::object, ObjectKind::land_use}},
    {Family::gen, "", {Reader::object, ObjectKind::generic}},
    {Family::urf, "SedimentDisasterProneArea", {Reader::object, ObjectKind::hazard_zone}},
    {Family::urf, "", {Reader::object, ObjectKind::urban_plan}},
    {Family::uro, "OtherConstruction", {Reader::object, ObjectKind::construction}},
    {Family::uro, "UndergroundBuilding", {Reader::object, ObjectKind::construction}},
    {Family::uro, "Waterway", {Reader::object, ObjectKind::waterway}},
    {Family::uro, "", {Reader::object, ObjectKind::utility}},
    {Family::app, "", {Reader::appearance}},
    {Family::grp, "", {Reader::none}},
    {Family::core, "", {Reader::none}},
    {Family::gml, "", {Reader::none}},
    {Family::other, "Dynamizer", {Reader::none}},
    {Family::other, "Version", {Reader::none}},
    {Family::other, "VersionTransition", {Reader::none}},
};

/// Whether one of the folders above the file, or a part of its name, is called so: udx/fld/…/55360704_fld_6697_l2.gml.
bool standsIn(std::string_view file, std::string_view folder) {
  for (std::size_t at = file.find(folder); at != file.npos; at = file.find(folder, at + 1)) {
    const char before = at == 0 ? '/' : file[at - 1];
    const std::size_t end = at + folder.size();
    const char after = end == file.size() ? '/' : file[end];
    const auto border = [](char c) { return c == '/' || c == '\\' || c == '_'; };
    if (border(before) && border(after)) return true;
  }
  return false;
}

bool namesRisk(const FeatureTree& tree) {
  for (const NodeId property : tree.children(tree.root()))
    for (const NodeId value : tree.children(property))
      if (tree.name(value).local.ends_with("RiskAttribute")) return true;
  return false;
}

}  // namespace

FeatureType typeOf(const Name& name) {
  for (const Row& row : rows)
    if (row.family == name.family && (row.local.empty() || row.local == name.local)) return row.type;
  return {Reader::object, ObjectKind::other};
}

ObjectKind kindOf(const FeatureTree& tree, ObjectKind kind, const std::string& file) {
  if (kind == ObjectKind::water) {
    for (const std::string_view folder : {"fld", "tnm", "htd", "ifld", "rfld"})
      if (standsIn(file, folder)) return ObjectKind::hazard_zone;
    return namesRisk(tree) ? ObjectKind::hazard_zone : kind;
  }
  return kind == ObjectKind::generic && standsIn(file, "lsld") ? ObjectKind::hazard_zone : kind;
}

}  // namespace hashimichi::import::citygml
