#include "geo/points/index_work.h"

#include <algorithm>
#include <new>

namespace hashimichi::points {

Status IndexWork::run(std::string step, double from, double to, std::uint64_t total,
                      const std::function<Status(int)>& work) {
  step_ = std::move(step), from_ = from, to_ = to, total_ = std::max<std::uint64_t>(1, total), done_ = 0;
  if (!goOn(0)) return error_ ? *error_ : cancelledError();
  std::vector<std::thread> others;
  for (int thread = 1; thread < threads_; ++thread)
    others.emplace_back([this, thread, &work] { guarded(thread, work); });
  guarded(0, work);
  for (std::thread& other : others) other.join();
  if (error_) return *error_;
  return stop_ ? Status(cancelledError()) : done();
}

void IndexWork::guarded(int thread, const std::function<Status(int)>& work) {
  try {
    if (Status status = work(thread); !status) fail(status.error());
  } catch (const std::bad_alloc&) {
    fail({ErrorCode::limit, {}, "There is not enough memory to index the points.", "Give less with --memory."});
  } catch (const std::exception& broken) {
    fail({ErrorCode::bad_input, {}, std::string("Indexing failed: ") + broken.what() + ".", {}});
  }
}

void IndexWork::fail(Error error) {
  const std::lock_guard lock(mutex_);
  if (!error_) error_ = std::move(error);
  stop_ = true;
}

void IndexWork::look() {
  if (progress_.cancelled()) stop_ = true;
  const double part =
      std::min(1.0, static_cast<double>(done_.load(std::memory_order_relaxed)) / static_cast<double>(total_));
  progress_.report(from_ + (to_ - from_) * part, step_);
}

}  // namespace hashimichi::points
