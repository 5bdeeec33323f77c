#pragma once
#include <algorithm>
#include <cstddef>
#include <thread>
#include <vector>

namespace hashimichi::assess {

/// Calls `work(begin, end)` for parts of 0 … count, one part a processor, and waits. Each item is worked on alone and
/// writes to its own place, so the result does not depend on how many processors there are. Small counts stay on the
/// calling thread. `work` must not throw.
template <typename Work>
void inParts(std::size_t count, const Work& work) {
  constexpr std::size_t fewest_per_thread = 256;
  const std::size_t threads =
      std::clamp<std::size_t>(count / fewest_per_thread, 1, std::max(1u, std::thread::hardware_concurrency()));
  std::vector<std::jthread> helpers;
  for (std::size_t i = 1; i < threads; ++i)
    helpers.emplace_back([&, i] { work(count * i / threads, count * (i + 1) / threads); });
  work(std::size_t{0}, count / threads);
}

}  // namespace hashimichi::assess
