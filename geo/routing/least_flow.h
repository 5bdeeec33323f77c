#pragma once
#include <cstdint>
#include <vector>

// Plain C++17: the file behind it cannot be compiled as C++20 (CMakeLists.txt says why).
namespace hashimichi::routing {

struct FlowArc {
  int from = 0, to = 0;
  std::int64_t cost = 0, least = 0, most = 0;
};

/// The least cost at which all supplies (positive) reach all demands (negative), whose sum is zero; −1: there is no
/// such flow. Whole numbers in, whole numbers out. LEMON's network simplex.
std::int64_t leastFlow(const std::vector<std::int64_t>& supply, const std::vector<FlowArc>& arcs);

}  // namespace hashimichi::routing
