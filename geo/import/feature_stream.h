#pragma once
// Included only by the .cpp files of this room that talk to GDAL.
#include <ogrsf_frmts.h>

#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>
#include <vector>

#include "geo/import/gdal_support.h"

namespace hashimichi::import {

/// The features of a layer in their order. With two threads GDAL reads ahead while the caller makes the model of what
/// is there already: reading a layer then costs about what GDAL's own reading costs. Bounded: a few thousand features
/// wait at most. Nobody else touches the dataset while a stream lives.
class FeatureStream {
 public:
  FeatureStream(OGRLayer& layer, bool read_ahead);
  ~FeatureStream();
  FeatureStream(const FeatureStream&) = delete;
  FeatureStream& operator=(const FeatureStream&) = delete;

  /// Valid until the next call; null at the end.
  const OGRFeature* next();
  /// What GDAL complained of on the reading thread; after the end.
  void tell(GdalMessages& messages) const { messages.merge(worker_messages_); }

 private:
  using Batch = std::vector<OGRFeatureUniquePtr>;
  void readAhead();
  bool put(Batch batch);

  OGRLayer& layer_;
  bool read_ahead_;
  GdalMessages::Kept worker_messages_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Batch> waiting_;
  std::vector<Batch> used_;  ///< to be freed where they were made: memory that wanders between threads is slow
  bool ended_ = false, unwanted_ = false;
  Batch current_;
  OGRFeatureUniquePtr single_;  ///< without reading ahead
  std::size_t at_ = 0;
  std::thread worker_;
};

}  // namespace hashimichi::import
