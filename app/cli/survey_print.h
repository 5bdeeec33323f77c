#pragma once
#include <nlohmann/json.hpp>

#include "geo/core/text.h"
#include "geo/import/survey.h"

namespace hashimichi::app::cli {

/// `import --list`: one line per file, then the sum; for machines the same as JSON.
void printSurvey(const import::Survey& survey, Language language);
nlohmann::json surveyJson(const import::Survey& survey);

}  // namespace hashimichi::app::cli
