#pragma once
#include <optional>
#include <string>

namespace hashimichi::bench {

/// How long libcitygml takes to load a file into its own model, with its tesselation off; nothing where the benchmark
/// was built without it or it fails.
std::optional<double> libcitygmlSeconds(const std::string& path);

}  // namespace hashimichi::bench
