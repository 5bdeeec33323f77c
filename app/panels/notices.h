#pragma once
#include <imgui.h>

#include "app/session/view_model.h"

namespace hashimichi::app {

/// What the session has to say, in the lower right corner of the town until it is dismissed; failures carry an icon and
/// a word, never a colour alone.
void drawNotices(const ViewModel& view, CommandQueue& out, ImVec2 position, ImVec2 size, float scale);

}  // namespace hashimichi::app
