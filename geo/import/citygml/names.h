#pragma once
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace hashimichi::import::citygml {

/// Which vocabulary a name belongs to. Told from the family in the namespace URI, never from its version, so that
/// CityGML 2.0 and 3.0, GML 3.1 and 3.2, i-UR 1.4 to 4.0 and later read alike.
enum class Family : std::uint8_t {
  other,
  gml,
  core,
  bldg,
  con,
  tran,
  brid,
  tun,
  dem,
  frn,
  veg,
  wtr,
  luse,
  grp,
  gen,
  uro,
  urc,
  urf,
  app,
  xlink
};
Family familyOf(std::string_view namespace_uri);
/// The prefix by which people know it: "bldg", "uro"; empty for `other`.
std::string_view prefixOf(Family family);

/// Names that are met so often, or in so many places, that comparing text would cost.
enum class Tag : std::uint8_t {
  other,
  polygon,           ///< Polygon, PolygonPatch, Rectangle, Triangle
  linear_ring,       ///< LinearRing, Ring
  exterior,          ///< exterior, outerBoundaryIs
  interior,          ///< interior, innerBoundaryIs
  pos_list,          ///< posList
  pos,               ///< pos
  line,              ///< LineString, LineStringSegment
  oriented_surface,  ///< OrientableSurface
  triangle_patches,  ///< trianglePatches, patches
  envelope,          ///< Envelope
  point,             ///< Point
};

struct Name {
  Family family = Family::other;
  Tag tag = Tag::other;
  std::string local;

  bool is(Family f, std::string_view text) const { return family == f && local == text; }
};
using NameIndex = std::uint32_t;

/// A map by text that is asked with a view, without making a string of it.
struct TextHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
};
using IndexByText = std::unordered_map<std::string, NameIndex, TextHash, std::equal_to<>>;

/// Every name of a file once. Refers stay valid while the table lives.
class NameTable {
 public:
  NameIndex index(Family family, std::string_view local);
  const Name& operator[](NameIndex index) const { return names_[index]; }
  std::size_t size() const { return names_.size(); }
  bool full() const;
  void clear();
  /// Adds the names of another table; false, and nothing is added, when there would be too many.
  bool join(const NameTable& other);

 private:
  std::deque<Name> names_;
  IndexByText indices_;
};

/// Which prefix stands for which namespace at this place of the document.
///
/// Done here instead of in Expat, which gives up a whole file for one undeclared prefix; such files exist and their
/// other content is sound. An undeclared prefix is taken in its usual meaning ("bldg", "uro"), else as unknown.
class Namespaces {
 public:
  explicit Namespaces(NameTable& names) : names_(names) {}

  void bind(std::string_view prefix, std::string_view uri, std::size_t depth);
  /// Forgets the bindings of elements at this depth.
  void leave(std::size_t depth);
  NameIndex element(std::string_view qualified) { return resolve(qualified, true); }
  /// Attributes without a prefix belong to no namespace.
  NameIndex attribute(std::string_view qualified) { return resolve(qualified, false); }
  /// The first prefix that was used without a declaration; empty when there was none.
  const std::string& undeclared() const { return undeclared_; }
  bool full() const;

 private:
  struct Binding {
    std::string prefix;
    Family family = Family::other;
    std::size_t depth = 0;
  };
  NameIndex resolve(std::string_view qualified, bool is_element);
  Family familyOfPrefix(std::string_view prefix);

  NameTable& names_;
  std::vector<Binding> bindings_;
  IndexByText known_elements_, known_attributes_;
  std::string undeclared_;
};

}  // namespace hashimichi::import::citygml
