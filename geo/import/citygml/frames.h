#pragma once
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "geo/import/citygml/source_frame.h"

namespace hashimichi::import::citygml {

/// The coordinate reference systems of one file: its own, and those that single geometries state for themselves
/// (map drawings in EPSG:6668 beside a form in EPSG:6697).
class FrameSet {
 public:
  /// @param own  the file's
  /// @param frame, area  of the project; see SourceFrame::create
  FrameSet(SourceFrame own, const crs::LocalFrame& frame, std::optional<Bounds> area)
      : own_(std::move(own)), frame_(frame), area_(std::move(area)) {}

  SourceFrame& own() { return own_; }
  const SourceFrame& own() const { return own_; }
  /// The frame for a geometry's srsName; nullptr when the CRS is unknown. Valid while this lives.
  SourceFrame* of(std::string_view srs_name);

 private:
  SourceFrame own_;
  crs::LocalFrame frame_;
  std::optional<Bounds> area_;
  std::map<std::string, std::unique_ptr<SourceFrame>, std::less<>> others_;
};

}  // namespace hashimichi::import::citygml
