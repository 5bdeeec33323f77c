#pragma once
#include <cstddef>
#include <cstdint>
#include <vector>

#include "geo/import/points/las_layout.h"
#include "geo/points/point_source.h"
#include "geo/points/record_layout.h"

namespace hashimichi::points {

/// The attributes of a LAS point format and its extra bytes, as an octree stores them.
std::vector<Field> lasFields(int point_format, const import::LasLayout& layout);

/// Turns raw LAS records into records of an octree. Copy one for each thread.
class LasUnpack {
 public:
  LasUnpack(int point_format, const import::LasLayout& from, const std::vector<Field>& fields, const RecordLayout& to,
            StepChange change, std::uint32_t raw_bytes);

  /// @param raw  `count` records as they lie in a LAS file
  void apply(const std::byte* raw, std::size_t count, std::byte* records) const;
  std::uint32_t recordBytes() const { return to_bytes_; }
  std::uint32_t formatBytes() const { return format_bytes_; }

 private:
  void applyLegacy(const std::byte* raw, std::byte* record) const;
  void applyExtended(const std::byte* raw, std::byte* record) const;

  struct Move {
    std::uint32_t from, to, bytes;
  };
  struct Convert {
    std::uint32_t from, to;
    Field source, target;
  };
  int format_;
  std::uint32_t raw_bytes_, to_bytes_, format_bytes_;
  StepChange change_;
  // Where the standard attributes go; none where the octree lacks them, which is only with the optional ones.
  std::uint32_t intensity_, return_number_, number_of_returns_, flags_, classification_, user_data_, source_id_;
  std::uint32_t angle_rank_, angle_;  ///< `none` where the layout lacks it
  std::vector<Move> moves_;           ///< what is copied as it is: gps time, colours, most extra bytes
  std::vector<Convert> converts_;
  bool whole_;  ///< every byte of the record is written by what is above
};

}  // namespace hashimichi::points
