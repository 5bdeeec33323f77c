#pragma once
#include <algorithm>
#include <atomic>
#include <cstddef>
#include <future>
#include <thread>
#include <vector>

namespace hashimichi::render {

/// make(from, to) for every processor's share of `count` things; the parts come back in their order, so that the result
/// does not depend on the number of processors. Exceptions of a share come out here.
template <typename Make>
auto inShares(std::size_t count, const Make& make) {
  using Part = decltype(make(count, count));
  constexpr std::size_t worth_a_thread = 512;
  const std::size_t processors = std::clamp<std::size_t>(std::thread::hardware_concurrency(), 1, 16);
  const std::size_t shares = std::clamp<std::size_t>(count / worth_a_thread, 1, processors);
  std::vector<std::future<Part>> others;
  for (std::size_t i = 1; i < shares; ++i)
    others.push_back(
        std::async(std::launch::async, [=, &make] { return make(count * i / shares, count * (i + 1) / shares); }));
  std::vector<Part> parts;
  parts.push_back(make(0, count / shares));
  for (std::future<Part>& other : others) parts.push_back(other.get());
  return parts;
}

/// work(i) for each of a few costly things, on all processors; which does which is not settled.
template <typename Work>
void inEqualShares(std::size_t count, const Work& work) {
  const std::size_t processors = std::clamp<std::size_t>(std::thread::hardware_concurrency(), 1, 16);
  std::atomic<std::size_t> next = 0;
  const auto take = [&] {
    for (std::size_t i = next++; i < count; i = next++) work(i);
  };
  std::vector<std::future<void>> others;
  for (std::size_t i = 1; i < std::min(processors, count); ++i) others.push_back(std::async(std::launch::async, take));
  take();
  for (std::future<void>& other : others) other.get();
}

}  // namespace hashimichi::render
