#include "geo/import/citygml/names.h"

#include <utility>

#include "geo/import/citygml/limits.h"

namespace hashimichi::import::citygml {
namespace {

constexpr std::pair<std::string_view, Family> citygml_modules[] = {
    {"building/", Family::bldg}, {"construction/", Family::con}, {"transportation/", Family::tran},
    {"bridge/", Family::brid},   {"relief/", Family::dem},       {"generics/", Family::gen},
    {"appearance/", Family::app}};

constexpr std::pair<std::string_view, Family> iur_modules[] = {
    {"/iur/uro", Family::uro}, {"/iur/urc", Family::urc}, {"/iur/urf", Family::urf}};

constexpr std::pair<std::string_view, Tag> gml_tags[] = {{"Polygon", Tag::polygon},
                                                         {"PolygonPatch", Tag::polygon},
                                                         {"Rectangle", Tag::polygon},
                                                         {"Triangle", Tag::polygon},
                                                         {"LinearRing", Tag::linear_ring},
                                                         {"exterior", Tag::exterior},
                                                         {"interior", Tag::interior},
                                                         {"posList", Tag::pos_list},
                                                         {"pos", Tag::pos},
                                                         {"LineString", Tag::line},
                                                         {"LineStringSegment", Tag::line},
                                                         {"OrientableSurface", Tag::oriented_surface},
                                                         {"trianglePatches", Tag::triangle_patches},
                                                         {"Envelope", Tag::envelope}};

Tag tagOf(std::string_view local) {
  for (const auto& [text, tag] : gml_tags)
    if (local == text) return tag;
  return Tag::other;
}

}  // namespace

Family familyOf(std::string_view uri) {
  if (uri.starts_with("http://www.opengis.net/gml")) return Family::gml;
  if (uri == "http://www.w3.org/1999/xlink") return Family::xlink;
  constexpr std::string_view citygml = "opengis.net/citygml/";
  if (const std::size_t at = uri.find(citygml); at != uri.npos) {
    const std::string_view module = uri.substr(at + citygml.size());
    if (!module.empty() && module[0] >= '0' && module[0] <= '9') return Family::core;
    for (const auto& [text, family] : citygml_modules)
      if (module.starts_with(text)) return family;
    return Family::other;
  }
  for (const auto& [text, family] : iur_modules)
    if (uri.find(text) != uri.npos) return family;
  return Family::other;
}

std::string_view prefixOf(Family family) {
  constexpr std::string_view prefixes[] = {"",    "gml", "core", "bldg", "con", "tran", "brid",
                                           "dem", "gen", "uro",  "urc",  "urf", "app",  "xlink"};
  return prefixes[static_cast<std::size_t>(family)];
}

NameIndex NameTable::index(std::string_view expanded) {
  if (const auto found = indices_.find(expanded); found != indices_.end()) return found->second;
  const std::size_t blank = expanded.rfind(' ');
  Name name;
  if (blank != expanded.npos) name.family = familyOf(expanded.substr(0, blank));
  name.local = blank == expanded.npos ? expanded : expanded.substr(blank + 1);
  if (name.family == Family::gml) name.tag = tagOf(name.local);
  const auto index = static_cast<NameIndex>(names_.size());
  names_.push_back(std::move(name));
  keys_.emplace_back(expanded);
  indices_.emplace(keys_.back(), index);
  return index;
}

bool NameTable::full() const {
  return names_.size() > name_limit;
}

}  // namespace hashimichi::import::citygml
