#include "render/look_worker.h"

#include <chrono>
#include <new>
#include <utility>

namespace hashimichi::render {

LookWorker::LookWorker() = default;

LookWorker::~LookWorker() {
  const std::lock_guard lock(mutex_);
  current_.request_stop();
  thread_.request_stop();
  asked_.notify_all();
}

void LookWorker::ask(LookWish wish) {
  const std::lock_guard lock(mutex_);
  current_.request_stop();
  wish_ = std::move(wish);
  answer_.reset();
  if (!thread_.joinable()) thread_ = std::jthread([this](const std::stop_token& stop) { work(stop); });
  asked_.notify_one();
}

void LookWorker::forget() {
  const std::lock_guard lock(mutex_);
  current_.request_stop();
  wish_.reset(), answer_.reset();
}

TownLookPtr LookWorker::take() {
  const std::lock_guard lock(mutex_);
  return std::exchange(answer_, nullptr);
}

bool LookWorker::ready() const {
  const std::lock_guard lock(mutex_);
  return answer_ != nullptr;
}

bool LookWorker::busy() const {
  const std::lock_guard lock(mutex_);
  return wish_.has_value() || (working_ && !current_.stop_requested());
}

bool LookWorker::await(double within_s) {
  std::unique_lock lock(mutex_);
  return answered_.wait_for(lock, std::chrono::duration<double>(within_s),
                            [this] { return !wish_ && (!working_ || current_.stop_requested()); });
}

void LookWorker::work(const std::stop_token& stop) {
  LookCache cache;
  while (!stop.stop_requested()) {
    LookWish wish;
    std::stop_token given_up;
    {
      std::unique_lock lock(mutex_);
      if (!asked_.wait(lock, stop, [this] { return wish_.has_value(); })) return;
      wish = std::move(*wish_);
      wish_.reset();
      current_ = std::stop_source();
      given_up = current_.get_token();
      working_ = true;
    }
    TownLookPtr answer;
    try {
      answer = lookAt(wish, cache, given_up);
    } catch (const std::bad_alloc&) {  // a picture that does not fit leaves the former look
      cache = {};
    }
    const std::lock_guard lock(mutex_);
    working_ = false;
    if (!given_up.stop_requested()) answer_ = std::move(answer);
    answered_.notify_all();
  }
}

}  // namespace hashimichi::render
