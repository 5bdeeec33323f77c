#pragma once
#include <string>
#include <string_view>

#include "geo/core/text.h"

namespace hashimichi::app {

/// The sentence for a key from ja/*.json or en/*.json; the key itself where it is missing (a test sees to it that none is).
const std::string& tr(Language language, std::string_view key);

/// From LC_ALL, LC_MESSAGES, LANG: Japanese for ja*, else English.
Language languageFromEnvironment();

}  // namespace hashimichi::app
