#include "app/jobs/job_queue.h"

#include <atomic>
#include <chrono>
#include <exception>
#include <new>

namespace hashimichi::app {
namespace {

constexpr double least_fraction = 0.03, least_elapsed_s = 1;

}  // namespace

std::optional<double> remainingSeconds(double fraction, double elapsed_s) {
  if (fraction < least_fraction || fraction > 1 || elapsed_s < least_elapsed_s) return std::nullopt;
  return elapsed_s * (1 - fraction) / fraction;
}

struct JobQueue::Job final : Progress {
  JobId id = 0;
  std::string title;
  Work work;
  std::atomic<bool> stop{false};
  mutable std::mutex mutex;
  std::string step;
  double fraction = -1;
  std::chrono::steady_clock::time_point began = std::chrono::steady_clock::now();

  void report(double new_fraction, std::string_view new_step) override {
    const std::lock_guard lock(mutex);
    fraction = new_fraction;
    step = new_step;
  }
  bool cancelled() const override { return stop; }
  JobView look(bool is_waiting) const {
    const std::lock_guard lock(mutex);
    const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - began;
    JobView shown{id, title, step, fraction, is_waiting ? 0 : elapsed.count(), is_waiting};
    if (!is_waiting) shown.remaining_s = remainingSeconds(fraction, elapsed.count());
    return shown;
  }
  void begin() {
    const std::lock_guard lock(mutex);
    began = std::chrono::steady_clock::now();
  }
};

JobQueue::JobQueue(std::function<void(const Error&)> on_failure)
    : on_failure_(std::move(on_failure)), worker_([this](const std::stop_token& stop) { run(stop); }) {}

JobQueue::~JobQueue() {
  {
    const std::lock_guard lock(mutex_);
    if (running_) running_->stop = true;
    waiting_.clear();
  }
  worker_.request_stop();
}

JobId JobQueue::start(std::string title, Work work) {
  auto job = std::make_shared<Job>();
  job->title = std::move(title);
  job->work = std::move(work);
  const std::lock_guard lock(mutex_);
  job->id = next_id_++;
  waiting_.push_back(job);
  wake_.notify_one();
  return job->id;
}

void JobQueue::cancel(JobId id) {
  const std::lock_guard lock(mutex_);
  if (running_ && running_->id == id) running_->stop = true;
  std::erase_if(waiting_, [&](const auto& job) { return job->id == id; });
}

std::vector<JobView> JobQueue::view() const {
  const std::lock_guard lock(mutex_);
  std::vector<JobView> views;
  if (running_) views.push_back(running_->look(false));
  for (const auto& job : waiting_) views.push_back(job->look(true));
  return views;
}

bool JobQueue::idle() const {
  const std::lock_guard lock(mutex_);
  return !running_ && waiting_.empty() && finished_.empty();
}

bool JobQueue::drain() {
  std::vector<Finish> ready;
  {
    const std::lock_guard lock(mutex_);
    ready.swap(finished_);
  }
  for (const Finish& finish : ready)
    if (finish) finish();
  return !ready.empty();
}

void JobQueue::finishAll() {
  while (!idle()) {
    {
      std::unique_lock lock(mutex_);
      changed_.wait(lock, [&] { return !finished_.empty() || (!running_ && waiting_.empty()); });
    }
    drain();
  }
}

void JobQueue::run(const std::stop_token& stop) {
  while (!stop.stop_requested()) {
    std::shared_ptr<Job> job;
    {
      std::unique_lock lock(mutex_);
      if (!wake_.wait(lock, stop, [&] { return !waiting_.empty(); })) return;
      running_ = job = waiting_.front();
      waiting_.pop_front();
      job->begin();  // the time that it waited tells nothing about its work
    }
    Finish finish = runOne(*job);
    const std::lock_guard lock(mutex_);
    running_.reset();
    finished_.push_back(std::move(finish));
    changed_.notify_all();
  }
}

JobQueue::Finish JobQueue::runOne(Job& job) {
  try {
    return job.work(job);
  } catch (const std::bad_alloc&) {
    const Error error{ErrorCode::limit, job.title, "There is not enough memory for this.",
                      "Close other programs or choose a smaller area."};
    return [this, error] { on_failure_(error); };
  } catch (const std::exception& broken) {
    const Error error{ErrorCode::bad_input, job.title, std::string("An internal check failed: ") + broken.what() + ".",
                      ""};
    return [this, error] { on_failure_(error); };
  }
}

}  // namespace hashimichi::app
