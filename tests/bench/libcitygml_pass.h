#pragma once
#include <string>

namespace hashimichi::bench {

/// Loads a file with libcitygml into its own model, without tesselation; false where the benchmark was built without it
/// or it fails.
bool loadWithLibcitygml(const std::string& path);

}  // namespace hashimichi::bench
