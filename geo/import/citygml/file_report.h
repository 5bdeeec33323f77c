#pragma once
#include <map>
#include <string>

#include "geo/import/citygml/shape.h"

namespace hashimichi::import::citygml {

/// What is told once for a whole file.
void tellLeftOut(const LeftOut& left_out, const SourceFrame& frame, const std::string& file, Context& context);

/// Types that hold no form of their own, and how often they came.
void tellSkippedTypes(const std::map<std::string, std::size_t>& types, const std::string& file, Problems& problems);

}  // namespace hashimichi::import::citygml
