#include "app/session/film_reel.h"

#include <chrono>

namespace hashimichi::app {

bool FilmReel::wantsBand() const {
  const std::lock_guard lock(mutex_);
  return begun_ && !ended_ && bands_.size() < most_bands;
}

void FilmReel::give(render::Band band) {
  {
    const std::lock_guard lock(mutex_);
    if (ended_) return;
    bands_.push_back(std::move(band));
  }
  came_.notify_one();
}

std::optional<render::Band> FilmReel::take(double within_s) {
  std::unique_lock lock(mutex_);
  if (!came_.wait_for(lock, std::chrono::duration<double>(within_s), [this] { return !bands_.empty(); }))
    return std::nullopt;
  render::Band band = std::move(bands_.front());
  bands_.pop_front();
  return band;
}

void FilmReel::begin() {
  const std::lock_guard lock(mutex_);
  begun_ = true;
}

void FilmReel::end() {
  const std::lock_guard lock(mutex_);
  ended_ = true;
  bands_.clear();
}

bool FilmReel::ended() const {
  const std::lock_guard lock(mutex_);
  return ended_;
}

}  // namespace hashimichi::app
