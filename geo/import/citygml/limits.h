#pragma once
#include <cstddef>
#include <cstdint>

/// What a CityGML file may ask for. Each limit is far above what real files hold (figures from PLATEAU files in
/// brackets), so only damaged or hostile files meet one.
namespace hashimichi::import::citygml {

/// Open elements at one time [22]. Everything that walks a feature recurses this deep at most.
inline constexpr std::size_t nesting_limit = 128;
/// Points of one ring or line [about 4,000 for a river bank].
inline constexpr std::size_t ring_point_limit = 1'000'000;
/// Bytes of one attribute value [below 300].
inline constexpr std::size_t attribute_text_limit = 16u << 10;
/// Bytes of text, and elements, that one feature may hold while it is read [2.4 MB, 15,000: a bridge at LOD3].
inline constexpr std::size_t feature_text_limit = 256u << 20;
inline constexpr std::size_t feature_node_limit = 8'000'000;
/// Texture coordinates of one file: 160 MiB [1.2 M for a textured square kilometre].
inline constexpr std::size_t texture_point_limit = 20'000'000;
/// Other files of the data set that one file's links may open [1].
inline constexpr std::size_t linked_file_limit = 32;
/// Different element and attribute names in one file [about 250].
inline constexpr std::size_t name_limit = 20'000;
/// Bytes of one tag or comment that Expat must hold in one piece [about 4 kB: the root element with its namespaces].
inline constexpr std::int64_t token_limit = 8 << 20;
/// Features that wait for a polygon which another feature of the same file defines [0 in all files seen].
inline constexpr std::size_t waiting_feature_limit = 10'000;
/// Entries of all code lists together, and bytes of one list [3,600 entries, 350 kB].
inline constexpr std::size_t codelist_entry_limit = 1'000'000;
inline constexpr std::size_t codelist_bytes_limit = 32u << 20;

}  // namespace hashimichi::import::citygml
