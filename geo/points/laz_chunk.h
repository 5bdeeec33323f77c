#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "geo/core/result.h"
#include "geo/points/point_batch.h"

namespace hashimichi::points {

/// How the points of a LAZ file are stored: what its header and its record "laszip encoded" say.
struct LazForm {
  std::string header;    ///< the 375 bytes of LAS 1.4
  std::string laszip;    ///< content of the record
  int point_format = 6;  ///< 6, 7 or 8
  std::uint16_t record_length = 30;
  Vec3d scale, offset;
  bool wide_colours = true;  ///< 16 bits used; false: 0…255, widened
};

/// What a point of a chunk has beyond point format 6.
struct LazShape {
  bool colours = false, nir = false;  ///< format 7; format 8 with near infrared
  std::uint32_t extra_bytes = 0;
  int pointFormat() const { return nir ? 8 : colours ? 7 : 6; }
  std::uint16_t recordLength() const {
    return static_cast<std::uint16_t>((nir ? 38 : colours ? 36 : 30) + extra_bytes);
  }
};

/// A scan angle in whole degrees, in LAS 1.4's steps of 0.006°.
std::int16_t scanAngleOfRank(std::int8_t rank_deg);

/// Attributes of points that are unpacked: what a picture needs; that and GPS times; all.
enum class LazParts { drawn, usual, all };

/// One chunk on its own → points: given to LASzip as a file of one chunk in memory. Chunks of point formats 6 to 8
/// say how long each of their parts is; that is checked first. Thread-safe.
/// @param parts  what is unpacked: every part of a point costs time
/// @param file  for messages
/// @returns unreadable
Result<PointBatch> unpackLazChunk(const LazForm& form, std::span<const unsigned char> chunk, std::uint32_t points,
                                  const std::string& file, LazParts parts = LazParts::usual);

/// Points → one chunk (without a table) of point format 6, 7 or 8; attributes that the batch lacks are written as 0.
/// @param laszip_record  when not null: gets the content that the record "laszip encoded" must have for such chunks,
///                       with a chunk size of 0xffffffff (variable)
/// @returns write_failed with LASzip's reason
Result<std::vector<unsigned char>> packLazChunk(const PointBatch& batch, const LazShape& shape,
                                                std::string* laszip_record = nullptr);

}  // namespace hashimichi::points
