#pragma once
#include <string>

#include "app/session/view_model.h"

namespace hashimichi::app {

/// "屋根雪:除雪優先度" / "Roof snow: priority": in the person's language where the quantity is known,
/// else as the neighbour calls it.
std::string resultName(const ViewModel& view, const model::ResultLayer& layer);
/// "112 % · 100–125 %"; only the class where no unit is known, "no value" for a gap.
std::string resultValue(const ViewModel& view, const model::ResultLayer& layer, const model::ResultClasses& classes,
                        float value);
/// The layer that is chosen, prepared or not; nullptr: none.
const model::ResultLayer* chosenResult(const ViewModel& view);

}  // namespace hashimichi::app
