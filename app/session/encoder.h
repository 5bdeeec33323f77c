#pragma once
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>

#include "geo/core/result.h"

namespace hashimichi::app {

/// ffmpeg as it is installed beside this program, started as a child process without a shell; raw pictures go to it
/// through a socket. One thread at a time.
class Encoder {
 public:
  /// Where PATH has it; nothing when it is not installed.
  static std::optional<std::filesystem::path> find();
  static Result<std::unique_ptr<Encoder>> start(const std::filesystem::path& program, const std::filesystem::path& out,
                                                int width_px, int height_px, int frames_per_second);
  /// Ends the child and removes what it wrote so far, unless finish() was reached.
  ~Encoder();
  Encoder(const Encoder&) = delete;
  Encoder& operator=(const Encoder&) = delete;

  /// Rows of RGBA, frame after frame, top row first.
  Status write(std::span<const std::uint8_t> rgba);
  /// Waits for the child; the video is then in its place.
  Status finish();

 private:
  Encoder() = default;
  Error failed(const char* what) const;

  std::filesystem::path out_, beside_;
  int socket_ = -1;
  int child_ = -1;
};

}  // namespace hashimichi::app
