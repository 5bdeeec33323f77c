#pragma once
#include <algorithm>
#include <atomic>
#include <future>
#include <string_view>
#include <thread>
#include <vector>

#include "geo/core/progress.h"

namespace hashimichi::measure {

/// work(i) for every i below `count`, in shares, on several threads; the caller's thread works too and alone speaks to
/// `progress`. An exception of any share comes out here when all have stopped.
/// @returns false when cancelled: then some were not done
template <typename Work>
bool inParallel(std::size_t count, int threads, Progress& progress, std::string_view step, Work&& work) {
  constexpr std::size_t share = 256;
  const unsigned cores = std::max(1u, std::thread::hardware_concurrency());
  const std::size_t wanted = threads > 0 ? static_cast<std::size_t>(threads) : cores;
  std::atomic<std::size_t> next{0};
  std::atomic<bool> stopped{false};
  const auto loop = [&](bool speaks) {
    try {
      for (std::size_t from; !stopped && (from = next.fetch_add(share)) < count;) {
        if (speaks) {
          progress.report(static_cast<double>(from) / static_cast<double>(count), step);
          if (progress.cancelled()) stopped = true;
        }
        for (std::size_t i = from; i < std::min(from + share, count); ++i) work(i);
      }
    } catch (...) {
      stopped = true;
      throw;
    }
  };
  std::vector<std::future<void>> others;
  const std::size_t helpers = std::min(wanted, count / share + 1) - 1;
  for (std::size_t t = 0; t < helpers; ++t) others.push_back(std::async(std::launch::async, loop, false));
  std::exception_ptr broken;
  try {
    loop(true);
  } catch (...) {
    broken = std::current_exception();
  }
  for (std::future<void>& other : others) {
    try {
      other.get();
    } catch (...) {
      broken = std::current_exception();
    }
  }
  if (broken) std::rethrow_exception(broken);
  return !stopped;
}

}  // namespace hashimichi::measure
