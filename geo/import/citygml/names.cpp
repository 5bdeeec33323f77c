#include "geo/import/citygml/names.h"

#include <utility>

#include "geo/import/citygml/limits.h"

namespace hashimichi::import::citygml {
namespace {

constexpr std::pair<std::string_view, Family> citygml_modules[] = {
    {"building/", Family::bldg},     {"construction/", Family::con},    {"transportation/", Family::tran},
    {"bridge/", Family::brid},       {"tunnel/", Family::tun},          {"relief/", Family::dem},
    {"cityfurniture/", Family::frn}, {"vegetation/", Family::veg},      {"waterbody/", Family::wtr},
    {"landuse/", Family::luse},      {"cityobjectgroup/", Family::grp}, {"generics/", Family::gen},
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
                                                         {"Envelope", Tag::envelope},
                                                         {"patches", Tag::triangle_patches},
                                                         {"Point", Tag::point}};

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
  constexpr std::string_view prefixes[] = {"",    "gml", "core", "bldg", "con", "tran", "brid", "tun", "dem", "frn",
                                           "veg", "wtr", "luse", "grp",  "gen", "uro",  "urc",  "urf", "app", "xlink"};
  return prefixes[static_cast<std::size_t>(family)];
}

NameIndex NameTable::index(Family family, std::string_view local) {
  std::string key(1, static_cast<char>('A' + static_cast<int>(family)));
  key += local;
  const auto [place, added] = indices_.try_emplace(std::move(key), static_cast<NameIndex>(names_.size()));
  if (added) names_.push_back({family, family == Family::gml ? tagOf(local) : Tag::other, std::string(local)});
  return place->second;
}

void NameTable::clear() {
  names_.clear();
  indices_.clear();
}

bool NameTable::join(const NameTable& other) {
  std::size_t added = 0;
  for (const auto& [key, ignored] : other.indices_) added += indices_.contains(key) ? 0 : 1;
  if (names_.size() + added > name_limit) return false;
  for (const Name& name : other.names_) index(name.family, name.local);
  return true;
}

bool NameTable::full() const {
  return names_.size() > name_limit;
}

void Namespaces::bind(std::string_view prefix, std::string_view uri, std::size_t depth) {
  bindings_.push_back({std::string(prefix), familyOf(uri), depth});
  known_elements_.clear();
  known_attributes_.clear();
}

void Namespaces::leave(std::size_t depth) {
  if (bindings_.empty() || bindings_.back().depth < depth) return;
  while (!bindings_.empty() && bindings_.back().depth >= depth) bindings_.pop_back();
  known_elements_.clear();
  known_attributes_.clear();
}

bool Namespaces::full() const {
  return names_.full() || bindings_.size() > name_limit;
}

Family Namespaces::familyOfPrefix(std::string_view prefix) {
  if (prefix == "xml" || prefix == "xmlns") return Family::other;
  for (auto binding = bindings_.rbegin(); binding != bindings_.rend(); ++binding)
    if (binding->prefix == prefix) return binding->family;
  if (prefix.empty()) return Family::other;
  if (undeclared_.empty()) undeclared_ = prefix;
  for (int family = 1; family <= static_cast<int>(Family::xlink); ++family)
    if (prefixOf(static_cast<Family>(family)) == prefix) return static_cast<Family>(family);
  return Family::other;
}

NameIndex Namespaces::resolve(std::string_view qualified, bool is_element) {
  auto& known = is_element ? known_elements_ : known_attributes_;
  if (const auto found = known.find(qualified); found != known.end()) return found->second;
  const std::size_t colon = qualified.find(':');
  const bool prefixed = colon != qualified.npos;
  const std::string_view prefix = prefixed ? qualified.substr(0, colon) : std::string_view{};
  const Family family = prefixed || is_element ? familyOfPrefix(prefix) : Family::other;
  const NameIndex index = names_.index(family, prefixed ? qualified.substr(colon + 1) : qualified);
  if (known.size() < name_limit) known.emplace(std::string(qualified), index);
  return index;
}

}  // namespace hashimichi::import::citygml
