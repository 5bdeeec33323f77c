#pragma once
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "geo/core/geometry.h"
#include "geo/core/result.h"
#include "geo/import/points/las_header.h"

namespace hashimichi::import {

/// One attribute beyond the point format, as the record "extra bytes" (LASF_Spec 4) describes it.
struct LasExtra {
  std::string name, description;
  int type = 0;                 ///< 1 … 10: u8 i8 u16 i16 u32 i32 u64 i64 f32 f64
  int elements = 1;             ///< deprecated types 11 … 30 have two or three
  std::uint32_t offset = 0;     ///< bytes from the beginning of the point
  double scale = 1, shift = 0;  ///< what is meant = stored × scale + shift
};

/// What the header does not tell the importer but whoever needs every byte: how the numbers of a point are stored.
struct LasLayout {
  Vec3d scale, offset;              ///< as stored, not checked
  std::vector<LasExtra> extras;     ///< within the record; bytes that none describes are one "extra bytes"
  std::uint32_t format_bytes = 0;   ///< of the point format without extra bytes
  std::uint16_t compressor = 0;     ///< LASzip: 1 pointwise, 2 chunks, 3 layered chunks
  std::uint32_t chunk_points = 0;   ///< 0: not in chunks of equal length
  bool described_too_much = false;  ///< the record describes more bytes than a point has
};

/// @param header  of the same file
/// @returns unreadable
Result<LasLayout> readLasLayout(const std::filesystem::path& path, const LasHeader& header);

}  // namespace hashimichi::import
