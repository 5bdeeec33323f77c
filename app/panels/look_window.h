#pragma once
#include <optional>
#include <string>
#include <vector>

#include "app/session/view_model.h"
#include "render/attribute_colours.h"

namespace hashimichi::app {

/// How the town is shown: ground, sun and snow, colours of the buildings with their legend, a clip box, two moments,
/// and what can be seen from a place.
class LookWindow {
 public:
  void draw(const ViewModel& view, CommandQueue& out, const render::CameraPose& camera,
            const render::LookStatus& status, float scale);

 private:
  void count(const ViewModel& view);
  void drawLight(const ViewModel& view, CommandQueue& out, const render::LookStatus& status, float scale);
  void drawColours(const ViewModel& view, CommandQueue& out, float scale);
  void drawClip(const ViewModel& view, CommandQueue& out, const render::CameraPose& camera, float scale);
  void drawMoments(const ViewModel& view, CommandQueue& out, float scale);
  void drawViewshed(const ViewModel& view, CommandQueue& out, const render::CameraPose& camera,
                    const render::LookStatus& status, float scale);

  model::CityModelPtr counted_;  ///< what the choices and the legend are of
  std::vector<render::AttributeChoice> choices_;
  std::string legend_of_;
  render::AttributeLegend legend_;
  float eye_height_m_ = 1.6F, reach_m_ = 500;
};

}  // namespace hashimichi::app
