#include "geo/import/citygml/frames.h"

namespace hashimichi::import::citygml {

SourceFrame* FrameSet::of(std::string_view srs_name) {
  if (own_.isFileCrs(srs_name)) return &own_;
  const std::string definition = crsDefinition(srs_name);
  if (const auto known = others_.find(definition); known != others_.end()) return known->second.get();
  // Each CRS costs a transformation; real files have two.
  constexpr std::size_t frame_limit = 20;
  if (others_.size() >= frame_limit) return nullptr;
  std::unique_ptr<SourceFrame>& other = others_[definition];
  if (Result<SourceFrame> made = SourceFrame::create(definition, std::nullopt, context_))
    other = std::make_unique<SourceFrame>(std::move(made).value());
  return other.get();
}

}  // namespace hashimichi::import::citygml
