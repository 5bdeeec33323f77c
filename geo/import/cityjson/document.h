#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "geo/core/geometry.h"
#include "geo/core/progress.h"
#include "geo/import/cityjson/byte_source.h"

namespace hashimichi::import::cityjson {

inline constexpr std::uint32_t no_object = 0xFFFFFFFF;

/// Where one city object stands, and to whom it belongs.
struct ObjectEntry {
  std::string id, type;
  ByteRange range;
  std::uint32_t parent = no_object;  ///< of groups: none, because a group owns nothing
  std::vector<std::uint32_t> children;
};

/// Where and why the document ended before its end.
struct Damage {
  std::uint64_t at = 0;
  std::string code, what;
};

/// One JSON document, looked through once: its vertices, and where everything else stands. Objects are read one by one
/// afterwards, so that memory holds the vertices, one entry an object, and one object.
struct Document {
  std::string type, version, id;
  std::vector<ByteRange> transform, metadata, appearance, templates;  ///< none or one
  std::vector<ObjectEntry> objects;
  std::vector<Vec3d> vertices;        ///< as written, before the transform; NaN where one is no vertex
  std::size_t bad_vertices = 0;       ///< how many are none
  std::size_t duplicate_objects = 0;  ///< further objects under an id, left out
  std::string first_duplicate;
  std::size_t missing_relatives = 0;  ///< parents and children that the document does not hold
  std::string first_missing_relative;
  std::vector<std::string> extra_members;  ///< "+…" of extensions, beside those of the standard
  std::optional<Damage> damage;
  bool cancelled = false;
};

/// Looks through one document from the source's position on; the position is behind it afterwards.
Document scanDocument(ByteSource& source, Progress& progress);

/// Objects that belong to no other in the document, in its order; members of a cycle of parents come last, each for
/// itself, and are counted.
struct Roots {
  std::vector<std::uint32_t> objects;
  std::vector<std::uint32_t> cyclic;
};
Roots rootsOf(const Document& document);

/// An object and all that belongs to it, parents before children.
std::vector<std::uint32_t> familyOf(const Document& document, std::uint32_t root);

}  // namespace hashimichi::import::cityjson
