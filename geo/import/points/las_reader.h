#pragma once
#include <array>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

#include "geo/core/geometry.h"
#include "geo/core/result.h"

namespace hashimichi::import {

/// The present point of a LasReader, in the file's CRS.
struct LasPoint {
  Vec3d position;
  std::uint8_t classification = 0;     ///< ASPRS
  std::array<std::uint16_t, 3> rgb{};  ///< as stored: 0…255 or 0…65535
};

/// LAS and LAZ point by point through LASzip, in constant memory. Move-only; closes the file when it goes.
class LasReader {
 public:
  /// unreadable, with LASzip's reason
  static Result<LasReader> open(const std::filesystem::path& path, int point_format);
  ~LasReader();
  LasReader(LasReader&&) noexcept;
  LasReader& operator=(LasReader&&) noexcept;

  /// False when the file ends or its points are damaged from here on; `damage()` tells why.
  bool next(LasPoint& point);
  const std::string& damage() const;

 private:
  struct Impl;
  explicit LasReader(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace hashimichi::import
