#pragma once
#include <string>
#include <string_view>

#include "geo/assess/ranking.h"
#include "geo/assets/inspection.h"
#include "geo/model/road.h"

namespace hashimichi::exporting {

/// The town's own words for values that are keys inside the program. Sentences of ranks come from geo/assess.
std::string_view word(model::ClearingClass value, Language language);
std::string_view word(model::RoadAdministrator value, Language language);
std::string_view word(model::SprinklerPipe value, Language language);
std::string_view word(assets::MeasureStatus value, Language language);

/// Stable key of a tier for files: "overdue", "dispatch", "hold", "watch", "none", "not_assessed".
const char* toString(assess::Tier tier);

/// What a rank means on the map, in the words of its tiers: "overdue", "dispatch, first half" …
std::string bandMeaning(assess::Subject subject, int band, Language language);

}  // namespace hashimichi::exporting
