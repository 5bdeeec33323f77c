#include "app/desktop/mouse_preset.h"

namespace hashimichi::app {

Drag dragOf(MousePreset preset, MouseButton button, bool shift, bool control) {
  if (preset == MousePreset::paraview) {
    if (button != MouseButton::left || shift) return Drag::pan;
    return control ? Drag::zoom : Drag::orbit;
  }
  if (button == MouseButton::middle) return Drag::orbit;
  if (button == MouseButton::right) return Drag::zoom;
  if (control || (shift && preset == MousePreset::qgis)) return Drag::orbit;
  return Drag::pan;
}

}  // namespace hashimichi::app
