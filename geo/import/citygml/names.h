#pragma once
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <unordered_map>

namespace hashimichi::import::citygml {

/// Which vocabulary a name belongs to. Told from the family in the namespace URI, never from its version, so that
/// CityGML 2.0 and 3.0, GML 3.1 and 3.2, i-UR 1.4 to 4.0 and later read alike.
enum class Family : std::uint8_t { other, gml, core, bldg, con, tran, brid, dem, gen, uro, urc, urf, app, xlink };
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
  triangle_patches,  ///< trianglePatches
  envelope,          ///< Envelope
};

struct Name {
  Family family = Family::other;
  Tag tag = Tag::other;
  std::string local;

  bool is(Family f, std::string_view text) const { return family == f && local == text; }
};
using NameIndex = std::uint32_t;

/// Every name of a file once. Refers stay valid while the table lives.
class NameTable {
 public:
  /// @param expanded  "uri local" as Expat gives it with a blank as separator, or just "local"
  NameIndex index(std::string_view expanded);
  const Name& operator[](NameIndex index) const { return names_[index]; }
  bool full() const;

 private:
  std::deque<std::string> keys_;
  std::deque<Name> names_;
  std::unordered_map<std::string_view, NameIndex> indices_;
};

}  // namespace hashimichi::import::citygml
