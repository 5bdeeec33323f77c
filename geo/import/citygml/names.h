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

/// What the readers of attributes and geometry ask about every element: found out once per name.
struct NameTraits {
  std::int8_t lod = -1;  ///< "lod2Solid" → 2; −1 for other names, and for what only meets the terrain
  bool object = false;   ///< begins with a capital: an element that has a type, not a property
  /// A property that leads to geometry, to other objects with attributes of their own, or to drawings.
  bool leads_elsewhere = false;
  /// A property that leads to parts, rooms, installations and sections, unless it has a mere value ("numberOfRoom").
  bool leads_to_part = false;
  bool generic_attribute = false;  ///< gen:stringAttribute, gen:StringAttribute …
  bool body = false;               ///< BuildingPart, BridgePart, TunnelPart
  bool attachment = false;         ///< installations and construction elements
  bool interior = false;           ///< a property that leads inside a building or bridge
  bool surface = false;            ///< an element that says what faces in it are part of (surfaceKindOf)
  bool not_form = false;           ///< appearances, relations
  bool drawing = false;            ///< a DM attribute: what the map sheet draws
};
NameTraits traitsOf(Family family, std::string_view local);

struct Name {
  Family family = Family::other;
  Tag tag = Tag::other;
  std::string local;
  NameTraits traits{};

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
  /// Binds where the attribute is a declaration: xmlns, xmlns:bldg.
  void bindAttribute(std::string_view qualified, std::string_view value, std::size_t depth);
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
  /// What a qualified name meant last; one place per hash, so a rare name may push another one out.
  struct Known {
    std::string qualified;
    NameIndex index = 0;
    std::uint32_t valid = 0;  ///< equal to bindings_valid_ while it holds
    bool is_element = false;
  };
  NameIndex resolve(std::string_view qualified, bool is_element);
  Family familyOfPrefix(std::string_view prefix);

  NameTable& names_;
  std::vector<Binding> bindings_;
  std::uint32_t bindings_valid_ = 1;
  std::vector<Known> known_;
  std::string undeclared_;
};

}  // namespace hashimichi::import::citygml
