#pragma once
#include <atomic>
#include <cstdint>
#include <exception>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "geo/core/progress.h"
#include "geo/core/result.h"

namespace hashimichi::points {

/// Several threads at one step of a long work: who asks to stop, what went wrong first, how far it is. Progress is told
/// by the caller's thread alone, which works along as number 0.
class IndexWork {
 public:
  IndexWork(Progress& progress, int threads) : progress_(progress), threads_(threads) {}
  int threads() const { return threads_; }

  /// Runs `work(thread)` on every thread and waits; the first failure stops the others.
  /// @param from, to  what part of the whole this step is, 0…1
  /// @param total  in the unit of `advance`
  Status run(std::string step, double from, double to, std::uint64_t total, const std::function<Status(int)>& work);

  /// To be asked often; false when the work should end at once.
  bool goOn(int thread) {
    if (thread == 0) look();
    return !stop_.load(std::memory_order_relaxed);
  }
  void advance(std::uint64_t amount) { done_.fetch_add(amount, std::memory_order_relaxed); }

  static Error cancelledError() { return {ErrorCode::cancelled, {}, "Indexing was cancelled; nothing was kept.", {}}; }

 private:
  void look();
  void guarded(int thread, const std::function<Status(int)>& work);
  void fail(Error error);

  Progress& progress_;
  int threads_;
  std::string step_;
  double from_ = 0, to_ = 1;
  std::uint64_t total_ = 1;
  std::atomic<std::uint64_t> done_{0};
  std::atomic<bool> stop_{false};
  std::mutex mutex_;
  std::optional<Error> error_;
};

}  // namespace hashimichi::points
