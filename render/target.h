#pragma once
#include <filesystem>
#include <functional>
#include <memory>

#include "geo/core/result.h"
#include "render/prepared_town.h"
#include "render/scene.h"

namespace hashimichi::render {

/// Where a Scene is drawn: an own framebuffer in an OpenGL context, with or without a window system. Main thread only.
class Target {
 public:
  /// Without any display server: EGL surfaceless, then an EGL device. no_display with a sentence that says what to do.
  static Result<std::unique_ptr<Target>> headless(int width_px, int height_px);

  /// In a context that somebody else (GLFW) made and keeps; `make_current` and `is_current` are asked by VTK.
  static Result<std::unique_ptr<Target>> inContext(std::function<void()> make_current, std::function<bool()> is_current,
                                                   int width_px, int height_px);
  virtual ~Target() = default;

  virtual void resize(int width_px, int height_px) = 0;
  /// Draws the scene into the framebuffer. Call when scene.changed() or the size changed.
  virtual void draw(Scene& scene) = 0;
  /// Draws until all points of the view have come, for pictures that are kept; at most so long.
  void drawComplete(Scene& scene, double within_s = 60);
  /// The OpenGL texture with the last picture (bottom row first); it changes on resize.
  virtual unsigned colourTexture() const = 0;
  /// The last picture, read back.
  virtual Image read() = 0;
  /// "llvmpipe (LLVM 15.0.6, 256 bits)" …; software() tells whether no GPU is at work.
  virtual std::string renderer() const = 0;
  virtual bool software() const = 0;
};

/// PNG, written beside and renamed.
Status writePng(const Image& image, const std::filesystem::path& path);
Result<Image> readPng(const std::filesystem::path& path);

/// How two pictures differ: mean absolute difference per channel (0…255) over 8×8 blocks, the largest block counts.
/// Tolerant of a line that moved by a pixel, not of a colour that changed.
struct ImageDifference {
  double worst_block = 0;
  double mean = 0;
  bool same_size = true;
};
ImageDifference compareImages(const Image& a, const Image& b);
/// Share of pixels that differ from the most frequent colour, 0…1: a blank picture has 0.
double inkShare(const Image& image);

}  // namespace hashimichi::render
