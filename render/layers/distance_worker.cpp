#include "render/layers/distance_worker.h"

namespace hashimichi::render {

DistanceWorker::DistanceWorker(std::shared_ptr<std::atomic<bool>> arrived)
    : arrived_(std::move(arrived)), thread_([this](std::stop_token stop) { work(stop); }) {}

DistanceWorker::~DistanceWorker() {
  thread_.request_stop();
  asked_.notify_all();
}

void DistanceWorker::ask(points::ResidentNodePtr node, PointDistances distances) {
  const std::lock_guard lock(mutex_);
  questions_.push_back({std::move(node), std::move(distances), round_});
  asked_.notify_one();
}

std::vector<DistanceWorker::Answer> DistanceWorker::take() {
  const std::lock_guard lock(mutex_);
  return std::exchange(answers_, {});
}

void DistanceWorker::forget() {
  const std::lock_guard lock(mutex_);
  questions_.clear(), answers_.clear();
  ++round_;
}

bool DistanceWorker::busy() const {
  const std::lock_guard lock(mutex_);
  return working_ || !questions_.empty();
}

void DistanceWorker::work(std::stop_token stop) {
  std::unique_lock lock(mutex_);
  while (asked_.wait(lock, stop, [this] { return !questions_.empty(); })) {
    const Question question = std::move(questions_.back());
    questions_.pop_back();
    working_ = true;
    lock.unlock();
    std::vector<Vec3d> places(question.node->size());
    for (std::size_t i = 0; i < places.size(); ++i) places[i] = question.node->position(i);
    std::vector<float> distances(places.size(), std::numeric_limits<float>::quiet_NaN());
    question.distances(places, distances);
    lock.lock();
    working_ = false;
    if (question.round == round_) answers_.push_back({question.node, std::move(distances)});
    *arrived_ = true;
  }
}

}  // namespace hashimichi::render
