#pragma once
#include "app/session/view_model.h"

namespace hashimichi::app {

/// What the picture shows: the decision in question, and each layer with an eye, its name and how much of it there is.
class LayersPanel {
 public:
  void draw(const ViewModel& view, CommandQueue& out, float scale);
};

}  // namespace hashimichi::app
