#pragma once
// Included only by the .cpp files of this room that talk to GDAL.
#include <cstdint>
#include <string>

#include "geo/import/layer_text.h"
#include "geo/import/vector_features.h"
#include "geo/import/vector_layer.h"

namespace hashimichi::import {

/// In which CRS a layer's coordinates are: what it says, else what can be assumed (reported).
///
/// @returns bad_crs when its coordinates are no places
Result<SourcePlace> findPlace(OGRLayer& layer, const std::string& name, VectorFile& file);

/// Turns features into the model one by one and keeps the counts that the report tells at the end.
class FeatureTaker {
 public:
  FeatureTaker(VectorFile& file, const LayerText& text, const Placer& placer)
      : file_(file), text_(text), placer_(placer) {}

  /// False when the user asked to stop. `expected` < 0: not known.
  bool goOn(std::int64_t expected, const std::string& step);
  /// @param closed_lines_are_areas  drawings close a line where maps have an area
  void take(const OGRFeature& feature, const LayerPlan& plan, bool closed_lines_are_areas = false);
  /// Tells about flat heights, curves, and features that were announced but are not there.
  void finish(const LayerPlan& plan, std::int64_t expected);

  std::size_t read() const { return read_; }
  Error stopped() const;

 private:
  std::string reason() const;
  void skip(const OGRFeature& feature, const char* code, const std::string& what);

  VectorFile& file_;
  const LayerText& text_;
  const Placer& placer_;
  std::vector<std::string> cells_;  ///< of the feature at hand
  std::int64_t seen_ = 0;
  std::size_t read_ = 0, flat_ = 0, curved_ = 0;
};

}  // namespace hashimichi::import
