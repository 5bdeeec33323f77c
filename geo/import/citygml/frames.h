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
  /// @param context  of the import; must outlive this
  FrameSet(SourceFrame own, const Context& context) : own_(std::move(own)), context_(context) {}

  SourceFrame& own() { return own_; }
  const SourceFrame& own() const { return own_; }
  /// The frame for a geometry's srsName; nullptr when the CRS is unknown. Valid while this lives.
  SourceFrame* of(std::string_view srs_name);

 private:
  SourceFrame own_;
  const Context& context_;
  std::map<std::string, std::unique_ptr<SourceFrame>, std::less<>> others_;
};

}  // namespace hashimichi::import::citygml
