#pragma once
#include "app/session/command.h"

namespace hashimichi::app {

/// What a drag in the town does.
enum class Drag { none, orbit, pan, zoom };

enum class MouseButton { left, right, middle };

/// As people know it from other programs:
///
/// |                        | left  | right | middle | Shift + left | Ctrl + left |
/// | QGIS (3D map view)     | pan   | zoom  | orbit  | orbit        | orbit       |
/// | CloudCompare, ParaView | orbit | pan   | pan    | pan          | zoom        |
/// | PLATEAU VIEW (globe)   | pan   | zoom  | orbit  | pan          | orbit       |
///
/// The wheel zooms to the cursor and a click selects in all of them.
Drag dragOf(MousePreset preset, MouseButton button, bool shift, bool control);

}  // namespace hashimichi::app
