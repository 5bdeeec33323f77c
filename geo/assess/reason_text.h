#pragma once
#include <string>
#include <vector>

#include "geo/assess/ranking.h"

namespace hashimichi::assess {

/// Every reason code that has a sentence. A code without one is a programmer's mistake, found by a test.
std::vector<std::string> reasonCodes();
/// Every key that describeInput knows.
std::vector<std::string> inputKeys();

/// Text for `Reason::text` that differs by language: "1種・函館市|class 1, Hakodate City". `describe` takes its part.
std::string bilingual(const std::string& ja, const std::string& en);
/// A name from the data that is the same in both languages; its bars become slashes.
std::string plain(std::string name);

}  // namespace hashimichi::assess
