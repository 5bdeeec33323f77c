#pragma once
#include <atomic>
#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "geo/points/node_store.h"
#include "render/scene.h"

namespace hashimichi::render {

/// Asks for the distances of nodes' points beside the picture, newest question first: what is looked at now is wanted
/// before what was looked at then.
class DistanceWorker {
 public:
  struct Answer {
    points::ResidentNodePtr node;
    std::vector<float> distances_m;
  };
  /// @param arrived  set with every answer
  explicit DistanceWorker(std::shared_ptr<std::atomic<bool>> arrived);
  ~DistanceWorker();

  void ask(points::ResidentNodePtr node, PointDistances distances);
  std::vector<Answer> take();
  /// What is not answered yet is not wanted any more.
  void forget();
  bool busy() const;

 private:
  struct Question {
    points::ResidentNodePtr node;
    PointDistances distances;
    std::uint64_t round;
  };
  void work(std::stop_token stop);

  std::shared_ptr<std::atomic<bool>> arrived_;
  mutable std::mutex mutex_;
  std::condition_variable_any asked_;
  std::deque<Question> questions_;
  std::vector<Answer> answers_;
  std::uint64_t round_ = 0;
  bool working_ = false;
  std::jthread thread_;
};

}  // namespace hashimichi::render
