#pragma once
#include <condition_variable>
#include <mutex>
#include <thread>

#include "render/town_look.h"

namespace hashimichi::render {

/// Computes looks beside the picture; only the newest wish counts. Ask from one thread.
class LookWorker {
 public:
  LookWorker();
  ~LookWorker();
  /// The wish before it, if it is not answered yet, is given up.
  void ask(LookWish wish);
  /// Nothing is wanted any more; what is on its way is dropped.
  void forget();
  /// The answer to the newest wish, once.
  TownLookPtr take();
  bool ready() const;
  bool busy() const;
  /// Until the newest wish is answered; false when that took longer.
  bool await(double within_s);

 private:
  void work(const std::stop_token& stop);

  mutable std::mutex mutex_;
  std::condition_variable_any asked_, answered_;
  std::optional<LookWish> wish_;
  TownLookPtr answer_;
  bool working_ = false;
  std::stop_source current_;
  std::jthread thread_;  ///< started with the first wish: a picture in the plain look needs none
};

}  // namespace hashimichi::render
