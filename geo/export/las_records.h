#pragma once
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>

#include "geo/points/laz_chunk.h"
#include "geo/points/octree.h"

namespace hashimichi::exporting {

inline constexpr std::size_t vlr_header_bytes = 54, evlr_header_bytes = 60;

/// Writes a number at a place that is there already; LAS is little-endian, as this machine.
template <typename T>
void put(std::string& bytes, std::size_t at, T value) {
  std::memcpy(bytes.data() + at, &value, sizeof(T));
}

/// A variable-length record with its header; `extended`: behind the points.
std::string record(const char* user, std::uint16_t id, const std::string& content, bool extended);
/// WKT 1, which LAS 1.4 asks for; empty when the octree names no system that is known.
std::string wktOf(const std::string& crs);
/// The point format that loses nothing of what the survey has.
points::LazShape shapeOf(const points::OctreeInfo& info);
/// Content of the record "extra bytes" (LAS 1.4, LASF_Spec 4); empty when the survey has none.
std::string extraBytesRecord(const points::OctreeInfo& info);

}  // namespace hashimichi::exporting
