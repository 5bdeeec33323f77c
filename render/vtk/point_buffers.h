#pragma once
#include <vtkOpenGLFramebufferObject.h>
#include <vtkOpenGLRenderWindow.h>
#include <vtkSmartPointer.h>
#include <vtkTextureObject.h>

#include <span>
#include <unordered_map>

#include "render/layers/point_choice.h"
#include "render/layers/point_layer.h"

namespace hashimichi::render {

/// The way of drawing points that a GPU wants: one buffer and vertex array a block, kept while the block is drawn, into
/// a framebuffer of its own. Coordinates stay in 16 bits; each block's matrix is multiplied in double.
class PointBuffers {
 public:
  PointBuffers() = default;
  ~PointBuffers() = default;

  /// Draws into own textures. @returns false where the framebuffer or the shader cannot be had
  bool draw(vtkOpenGLRenderWindow& window, std::span<const DrawnBlock> drawn, const splat::View& view);
  vtkTextureObject& colour() const { return *colour_; }
  vtkTextureObject& depth() const { return *depth_; }
  /// While the window's context is current.
  void release(vtkWindow* window);

 private:
  struct Buffer {
    unsigned vertex_array = 0, places = 0, colours = 0;
    std::uint64_t painted = 0, used = 0;
  };
  bool prepareTextures(vtkOpenGLRenderWindow& window, int width_px, int height_px);
  Buffer& bufferOf(const PointBlock& block, unsigned program);
  static void drop(const Buffer& buffer);
  void dropUnused();

  vtkSmartPointer<vtkOpenGLFramebufferObject> target_;
  vtkSmartPointer<vtkTextureObject> colour_, depth_;
  std::unordered_map<std::uint64_t, Buffer> buffers_;  ///< by block
  std::uint64_t picture_ = 0;
};

}  // namespace hashimichi::render
