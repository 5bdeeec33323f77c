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

/// One chunk on its own → points: given to LASzip as a file of one chunk in memory. Chunks of point formats 6 to 8
/// say how long each of their parts is; that is checked first. Thread-safe.
/// @param file  for messages
/// @returns unreadable
Result<PointBatch> unpackLazChunk(const LazForm& form, std::span<const unsigned char> chunk, std::uint32_t points,
                                  const std::string& file);

/// Points → one chunk (without a table) of format 6, or 7 when there are colours, both without extra bytes.
/// @param laszip_record  when not null: gets the content that the record "laszip encoded" must have for such chunks,
///                       with a chunk size of 0xffffffff (variable)
/// @returns write_failed with LASzip's reason
Result<std::vector<unsigned char>> packLazChunk(const PointBatch& batch, bool colours,
                                                std::string* laszip_record = nullptr);

}  // namespace hashimichi::points
