#pragma once
#include "geo/assess/ranking.h"
#include "geo/core/text.h"
#include "geo/export/picture_legend.h"
#include "geo/project/project.h"
#include "render/look.h"
#include "render/result_shapes.h"

namespace hashimichi::app {

/// What a picture of the town shows, for its legend.
struct PictureSubject {
  const project::Project& project;
  const assess::Ranking* ranking = nullptr;      ///< whose colours are shown, or none
  const render::ResultShapes* result = nullptr;  ///< of another program, or none
  std::size_t result_column = 0;
  render::Look look{};
  Language language = Language::ja;
};

/// Name and moment, every rank with what it means, its count and kilometres (bridges: count by soundness), the shown
/// result's classes, and what buildings are coloured by.
exporting::PictureLegend legendOf(const PictureSubject& subject);

}  // namespace hashimichi::app
