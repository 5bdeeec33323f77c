#include "geo/import/feature_stream.h"

namespace hashimichi::import {
namespace {
constexpr std::size_t batch_features = 256;
constexpr std::size_t most_batches = 16;
}  // namespace

FeatureStream::FeatureStream(OGRLayer& layer, bool read_ahead) : layer_(layer), read_ahead_(read_ahead) {
  layer_.ResetReading();
  if (read_ahead_) worker_ = std::thread([this] { readAhead(); });
}

FeatureStream::~FeatureStream() {
  {
    const std::lock_guard lock(mutex_);
    unwanted_ = true;
  }
  changed_.notify_all();
  if (worker_.joinable()) worker_.join();
}

bool FeatureStream::put(Batch batch) {
  std::vector<Batch> used;  // freed last, outside the lock
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return unwanted_ || waiting_.size() < most_batches; });
  if (unwanted_) return false;
  waiting_.push_back(std::move(batch));
  used.swap(used_);
  lock.unlock();
  changed_.notify_all();
  return true;
}

void FeatureStream::readAhead() {
  const GdalMessages messages;  // handlers belong to a thread
  try {
    for (bool more = true; more;) {
      Batch batch;
      while (more && batch.size() < batch_features) {
        OGRFeatureUniquePtr feature(layer_.GetNextFeature());
        more = feature != nullptr;
        if (feature) batch.push_back(std::move(feature));
      }
      if (!batch.empty() && !put(std::move(batch))) break;
    }
  } catch (const std::exception&) {
    // The layer ends here; its announced count shows in the report how much is missing.
  }
  const std::lock_guard lock(mutex_);
  worker_messages_ = messages.kept();
  ended_ = true;
  changed_.notify_all();
}

const OGRFeature* FeatureStream::next() {
  if (!read_ahead_) {
    single_.reset(layer_.GetNextFeature());
    return single_.get();
  }
  if (at_ == current_.size()) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return ended_ || !waiting_.empty(); });
    if (!ended_ && !current_.empty()) used_.push_back(std::move(current_));
    if (waiting_.empty()) return nullptr;
    current_ = std::move(waiting_.front());
    waiting_.pop_front();
    at_ = 0;
    lock.unlock();
    changed_.notify_all();
  }
  return current_[at_++].get();
}

}  // namespace hashimichi::import
