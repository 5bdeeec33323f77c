#pragma once
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>

#include "geo/core/result.h"

namespace hashimichi::render {

/// A PNG (24 bit) that is written as its rows come, so that a picture need not fit into memory. Written beside and
/// renamed by finish(); without that nothing is left behind. One thread at a time.
class PngRows {
 public:
  static Result<std::unique_ptr<PngRows>> create(const std::filesystem::path& path, int width_px, int height_px);
  ~PngRows();
  PngRows(const PngRows&) = delete;
  PngRows& operator=(const PngRows&) = delete;

  /// Whole rows, 4 bytes a pixel, top row first; alpha is left out.
  Status append(std::span<const std::uint8_t> rgba);
  /// bad_input when rows are missing.
  Status finish();

 private:
  PngRows() = default;
  struct Inside;
  std::unique_ptr<Inside> inside_;
};

}  // namespace hashimichi::render
