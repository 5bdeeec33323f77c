#pragma once
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "geo/core/progress.h"
#include "geo/core/result.h"

namespace hashimichi::app {

using JobId = std::uint64_t;

/// What the status bar shows of a job.
struct JobView {
  JobId id = 0;
  std::string title, step;
  double fraction = -1;  ///< 0…1, negative = unknown
  double elapsed_s = 0;
  bool waiting = false;
  std::optional<double> remaining_s{};  ///< as the work went so far; nothing while that cannot be told
};

/// How long work will still take that has come so far in that time; nothing near its beginning, where any figure would
/// be a guess.
std::optional<double> remainingSeconds(double fraction, double elapsed_s);

/// Long work beside the window: one worker, first come first served.
///
/// A job's work runs on the worker and returns what is to happen on the main thread; `drain` does that there.
/// Exceptions (broken invariants, out of memory) end at this border and become an Error for `on_failure`.
class JobQueue {
 public:
  using Finish = std::function<void()>;
  using Work = std::function<Finish(Progress&)>;

  explicit JobQueue(std::function<void(const Error&)> on_failure);
  ~JobQueue();
  JobQueue(const JobQueue&) = delete;
  JobQueue& operator=(const JobQueue&) = delete;

  JobId start(std::string title, Work work);
  /// Asks the job to stop; it ends at its next look at Progress::cancelled.
  void cancel(JobId id);
  std::vector<JobView> view() const;
  bool idle() const;

  /// Main thread, once per frame: runs what finished jobs left to do. Returns whether anything was run.
  bool drain();
  /// Blocks until every job has finished and been drained; for scripts and tests.
  void finishAll();

 private:
  struct Job;
  void run(const std::stop_token& stop);
  Finish runOne(Job& job);

  std::function<void(const Error&)> on_failure_;
  mutable std::mutex mutex_;
  std::condition_variable_any wake_;
  std::condition_variable changed_;
  std::deque<std::shared_ptr<Job>> waiting_;
  std::shared_ptr<Job> running_;
  std::vector<Finish> finished_;
  JobId next_id_ = 1;
  std::jthread worker_;
};

}  // namespace hashimichi::app
