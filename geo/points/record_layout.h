#pragma once
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "geo/core/problem.h"

namespace hashimichi::points {

enum class Scalar : std::uint8_t { i8, u8, i16, u16, i32, u32, i64, u64, f32, f64 };

/// Potree's word for it: "int8" … "double".
const char* toString(Scalar type);
int bytesOf(Scalar type);
double readScalar(Scalar type, const std::byte* at);
void writeScalar(Scalar type, std::byte* at, double value);

/// One attribute of a point as it lies in octree.bin.
struct Field {
  std::string name, description = {};
  Scalar type = Scalar::u8;
  int elements = 1;
  double scale = 1, shift = 0;  ///< what is meant = stored × scale + shift; of extra bytes only
  std::uint32_t offset = 0;     ///< in the record; set by RecordLayout

  int bytes() const { return elements * bytesOf(type); }
};

/// Copies a record in whole words, the last one overlapping: every record has its position, 12 bytes.
inline void copyRecord(std::byte* to, const std::byte* from, std::uint32_t bytes) {
  for (std::uint32_t at = 0; at + 8 <= bytes; at += 8) std::memcpy(to + at, from + at, 8);
  std::memcpy(to + bytes - 8, from + bytes - 8, 8);
}

/// Names of Potree's attributes, in Potree's order.
namespace field {
inline constexpr std::string_view position = "position", intensity = "intensity", return_number = "return number",
                                  number_of_returns = "number of returns", flags = "classification flags",
                                  classification = "classification", scan_angle_rank = "scan angle rank",
                                  user_data = "user data", scan_angle = "scan angle",
                                  point_source_id = "point source id", gps_time = "gps-time", rgb = "rgb", nir = "nir";
}

/// The standard attribute of that name, as Potree stores it.
Field standardField(std::string_view name);

/// How a point lies in octree.bin: the attributes of all sources, each once, without gaps. Immutable.
class RecordLayout {
 public:
  RecordLayout() = default;
  /// The union of what the sources have; an attribute that two of them store differently becomes a double, in what is
  /// meant, and is told as an assumption.
  RecordLayout(const std::vector<std::vector<Field>>& sources, Problems& problems);

  const std::vector<Field>& fields() const { return fields_; }
  std::uint32_t bytes() const { return bytes_; }
  const Field* find(std::string_view name) const;
  /// Where the attribute begins; nothing when the layout lacks it.
  std::optional<std::uint32_t> offsetOf(std::string_view name) const;

 private:
  std::vector<Field> fields_;
  std::uint32_t bytes_ = 0;
};

}  // namespace hashimichi::points
