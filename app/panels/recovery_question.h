#pragma once
#include "app/session/view_model.h"

namespace hashimichi::app {

/// Asks, once it is offered, whether what an earlier run left is taken over. Stands before everything else: what comes
/// after it depends on the answer.
void drawRecoveryQuestion(const ViewModel& view, CommandQueue& out, float scale);

}  // namespace hashimichi::app
