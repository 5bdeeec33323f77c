#pragma once
#include <vtkRenderer.h>
#include <vtkSmartPointer.h>
#include <vtkTextActor.h>
#include <vtkTextProperty.h>

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "render/camera.h"
#include "render/prepared_town.h"

namespace hashimichi::render {

/// Names and values in the picture's plane. Of thousands of candidates a few dozen are placed, the most important first
/// and then the nearest, so that none covers another; only these cost anything to draw. What stands in the picture
/// already goes before its equals and may come closer to others, so that names do not flicker while the camera moves.
class LabelLayer {
 public:
  static constexpr std::size_t most_shown = 28, most_shown_dense = 90;

  explicit LabelLayer(vtkRenderer& renderer);
  void setNames(std::vector<Label> names) { names_ = std::move(names); }
  /// What pins say: neither a name nor a sensor's value.
  void setNotes(std::vector<Label> notes) { notes_ = std::move(notes); }
  void setValues(std::vector<Label> values) { values_ = std::move(values); }
  /// Names and values are switched separately: values belong to the sensors.
  void setVisible(bool names, bool values);
  /// Names closer to each other, and more of them.
  void setDense(bool dense) { dense_ = dense; }
  /// Only labels whose place lies inside are shown; nothing: all.
  void clip(const std::optional<Bounds>& box) { clip_ = box; }
  /// Places what fits for this view. `hidden` tells whether the ground stands between the eye and a point.
  template <typename Hidden>
  void place(const CameraPose& pose, int width_px, int height_px, const Hidden& hidden);
  /// Moves what was placed, right and up: into a tile of the picture.
  void moveBy(int x_px, int y_px);

 private:
  struct Drawn {
    vtkSmartPointer<vtkTextActor> actor;
    int width_px = 0, height_px = 0;
    bool used = false;
    bool stood = false;  ///< in the picture before this one
  };
  struct Candidate {
    const Label* label;
    double x_px, y_px, depth_m;
    bool stood;
  };
  static std::string keyOf(const Label& label);
  std::vector<Candidate> candidates(const CameraPose& pose, int width_px, int height_px) const;
  Drawn& drawn(const Label& label);
  void begin();
  bool fits(const Candidate& candidate, const Drawn& text, int width_px, int height_px);
  void end();

  vtkRenderer& renderer_;
  vtkSmartPointer<vtkTextProperty> name_style_, value_style_;
  std::vector<Label> names_, values_, notes_;
  bool show_names_ = true, show_values_ = true, dense_ = false;
  std::optional<Bounds> clip_;
  struct Taken {
    double left, bottom, right, top;
  };
  std::vector<Taken> taken_;
  std::map<std::string, Drawn> drawn_;
};

template <typename Hidden>
void LabelLayer::place(const CameraPose& pose, int width_px, int height_px, const Hidden& hidden) {
  begin();
  for (const Candidate& candidate : candidates(pose, width_px, height_px)) {
    if (taken_.size() >= (dense_ ? most_shown_dense : most_shown)) break;
    if (hidden(candidate.label->anchor)) continue;
    Drawn& text = drawn(*candidate.label);
    if (fits(candidate, text, width_px, height_px)) text.used = true;
  }
  end();
}

}  // namespace hashimichi::render
