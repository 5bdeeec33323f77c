#pragma once
#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>

#include "render/tiled_picture.h"

namespace hashimichi::app {

/// Where the pictures of a film go from the main thread, which draws them, to the job that writes them. It holds a few
/// bands of rows; while it is full, the drawing waits.
class FilmReel {
 public:
  FilmReel(std::vector<render::CameraPose> poses, int width_px, int height_px)
      : poses_(std::move(poses)), width_px_(width_px), height_px_(height_px) {}

  const std::vector<render::CameraPose>& poses() const { return poses_; }
  int width() const { return width_px_; }
  int height() const { return height_px_; }

  /// Main thread: the job runs and has room for a band.
  bool wantsBand() const;
  void give(render::Band band);
  /// Job: the next band; nothing after so long, that it may look whether it should stop.
  std::optional<render::Band> take(double within_s);
  void begin();
  /// Nothing more is wanted: all is written, or the job failed or was cancelled.
  void end();
  bool ended() const;

 private:
  static constexpr std::size_t most_bands = 2;
  std::vector<render::CameraPose> poses_;
  int width_px_, height_px_;
  mutable std::mutex mutex_;
  std::condition_variable came_;
  std::deque<render::Band> bands_;
  bool begun_ = false, ended_ = false;
};

}  // namespace hashimichi::app
