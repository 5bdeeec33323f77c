#include "geo/import/citygml/names.h"

#include <cstring>
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

/// Of the first and last eight bytes and the length: names of one vocabulary differ there.
std::size_t quickHash(std::string_view text, bool salt) {
  std::uint64_t first = 0, last = 0;
  if (text.size() >= sizeof first) {
    std::memcpy(&first, text.data(), sizeof first);
    std::memcpy(&last, text.data() + text.size() - sizeof last, sizeof last);
  } else {
    for (const char c : text) first = first << 8 | static_cast<unsigned char>(c);
  }
  const std::uint64_t mixed = (first ^ (last << 23 | last >> 41) ^ (text.size() << 1) ^ (salt ? 1u : 0u));
  return static_cast<std::size_t>((mixed * 0x9E3779B97F4A7C15u) >> 40);
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
  if (added)
    names_.push_back(
        {family, family == Family::gml ? tagOf(local) : Tag::other, std::string(local), traitsOf(family, local)});
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
  ++bindings_valid_;
}

void Namespaces::bindAttribute(std::string_view qualified, std::string_view value, std::size_t depth) {
  if (!qualified.starts_with("xmlns")) return;
  if (qualified == "xmlns") bind("", value, depth);
  if (qualified.starts_with("xmlns:")) bind(qualified.substr(6), value, depth);
}

void Namespaces::leave(std::size_t depth) {
  if (bindings_.empty() || bindings_.back().depth < depth) return;
  while (!bindings_.empty() && bindings_.back().depth >= depth) bindings_.pop_back();
  ++bindings_valid_;
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
  constexpr std::size_t places = 1024;  // a file has about 250 names
  if (known_.empty()) known_.resize(places);
  Known& known = known_[quickHash(qualified, is_element) % places];
  if (known.valid == bindings_valid_ && known.is_element == is_element && known.qualified == qualified)
    return known.index;
  const std::size_t colon = qualified.find(':');
  const bool prefixed = colon != qualified.npos;
  const std::string_view prefix = prefixed ? qualified.substr(0, colon) : std::string_view{};
  const Family family = prefixed || is_element ? familyOfPrefix(prefix) : Family::other;
  const NameIndex index = names_.index(family, prefixed ? qualified.substr(colon + 1) : qualified);
  constexpr std::size_t longest_kept = 200;
  if (qualified.size() <= longest_kept) known = {std::string(qualified), index, bindings_valid_, is_element};
  return index;
}

}  // namespace hashimichi::import::citygml
