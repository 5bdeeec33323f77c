#pragma once
#include <cstddef>
#include <cstdint>

/// What a CityJSON file may ask for. Each limit is far above what real files hold (figures in brackets), so only
/// damaged or hostile files meet one.
namespace hashimichi::import::cityjson {

/// Open arrays and objects at one time [12: a MultiSolid's texture]. Nothing here recurses deeper.
inline constexpr std::size_t nesting_limit = 64;
/// Bytes of one city object, one line of a sequence, or one head member [1.2 MB: a relief of 20,000 triangles].
inline constexpr std::uint64_t value_bytes_limit = 256u << 20;
/// Values of one city object [100,000]; 28 bytes each while it is read.
inline constexpr std::size_t value_count_limit = 16'000'000;
/// Bytes of a key, an id or a type name [below 100].
inline constexpr std::size_t name_bytes_limit = 4096;
/// Vertices of one file or line [40 million in 1 GB]; 24 bytes each.
inline constexpr std::size_t vertex_limit = 100'000'000;
/// Levels of detail of one feature [5: 3D BAG].
inline constexpr std::size_t lod_limit = 32;
/// Values of one feature's attribute table, and bytes of one of them [about 60].
inline constexpr std::size_t attribute_limit = 10'000;
inline constexpr std::size_t attribute_bytes_limit = 16u << 10;
/// Faces of all template instances of a file together [2 million: the trees of a city].
inline constexpr std::size_t instance_face_limit = 20'000'000;

}  // namespace hashimichi::import::cityjson
