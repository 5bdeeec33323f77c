#include "render/target.h"

#include <vtkNew.h>
#include <vtkOpenGLFramebufferObject.h>
#include <vtkOpenGLShaderCache.h>
#include <vtkTextureObject.h>
#include <vtkUnsignedCharArray.h>
#include <vtk_glew.h>

#include <chrono>
#include <cstring>
#include <thread>

#include "render/scene_inside.h"
#include "render/vtk/egl_context.h"
#include "render/vtk/render_window.h"

namespace hashimichi::render {
namespace {

constexpr int gpu_samples = 4;  ///< free on a GPU, the most expensive thing there is without one
constexpr int side_limit_px = 1 << 14;

class WindowTarget final : public Target {
 public:
  WindowTarget(std::unique_ptr<EglContext> own_context, std::function<void()> make_current,
               std::function<bool()> is_current, int width_px, int height_px)
      : own_context_(std::move(own_context)),
        make_current_(std::move(make_current)),
        window_(makeRenderWindow(make_current_, std::move(is_current))) {
    make_current_();
    window_->OpenGLInit();
    if (const auto* name = glGetString(GL_RENDERER)) renderer_name_ = reinterpret_cast<const char*>(name);
    if (!software()) window_->SetMultiSamples(gpu_samples);
    resize(width_px, height_px);
  }

  ~WindowTarget() override {
    make_current_();
    release();
    window_->Finalize();
  }

  void resize(int width_px, int height_px) override {
    width_px_ = std::clamp(width_px, 1, side_limit_px), height_px_ = std::clamp(height_px, 1, side_limit_px);
    window_->SetSize(width_px_, height_px_);
  }

  void draw(Scene& scene) override {
    SceneInside& in = insideOf(scene);
    make_current_();
    if (attached_ != in.renderer) {
      release();
      window_->AddRenderer(in.renderer);
      attached_ = in.renderer;
    }
    in.beforeDraw(width_px_, height_px_, software());
    in.point_prop->prepare(*window_);
    window_->GetShaderCache()->ReleaseCurrentShader();  // another target may have drawn in this context since
    window_->Render();
    in.times.points_ms = in.point_prop->drawnIn_ms();
    in.changed = false;
  }

  unsigned colourTexture() const override {
    vtkOpenGLFramebufferObject* buffer = window_->GetDisplayFramebuffer();
    vtkTextureObject* texture = buffer ? buffer->GetColorAttachmentAsTextureObject(0) : nullptr;
    return texture ? texture->GetHandle() : 0;
  }

  Image read() override {
    make_current_();
    Image image{width_px_, height_px_, {}};
    vtkNew<vtkUnsignedCharArray> pixels;
    window_->GetRGBACharPixelData(0, 0, width_px_ - 1, height_px_ - 1, /*front=*/0, pixels);
    const auto row_bytes = 4 * static_cast<std::size_t>(width_px_), rows = static_cast<std::size_t>(height_px_);
    image.rgba.assign(row_bytes * rows, 0);
    if (static_cast<std::size_t>(pixels->GetNumberOfValues()) < row_bytes * rows) return image;
    for (std::size_t row = 0; row < rows; ++row)
      std::memcpy(&image.rgba[row * row_bytes], pixels->GetPointer(0) + (rows - 1 - row) * row_bytes, row_bytes);
    for (std::size_t i = 3; i < image.rgba.size(); i += 4) image.rgba[i] = 255;
    return image;
  }

  std::string renderer() const override { return renderer_name_; }

  bool software() const override {
    for (const char* word : {"llvmpipe", "softpipe", "swrast", "SWR", "Software"})
      if (renderer_name_.find(word) != std::string::npos) return true;
    return false;
  }

 private:
  /// Lets go of a scene, alive or not, and of what it put on the graphics card.
  void release() {
    if (!attached_) return;
    attached_->ReleaseGraphicsResources(window_);
    window_->RemoveRenderer(attached_);
    attached_ = nullptr;
  }

  std::unique_ptr<EglContext> own_context_;  // outlives the window
  std::function<void()> make_current_;
  vtkSmartPointer<vtkGenericOpenGLRenderWindow> window_;
  vtkSmartPointer<vtkRenderer> attached_;
  std::string renderer_name_;
  int width_px_ = 1, height_px_ = 1;
};

}  // namespace

void Target::drawComplete(Scene& scene, double within_s) {
  const auto end = std::chrono::steady_clock::now() + std::chrono::duration<double>(within_s);
  scene.awaitLook(within_s);
  draw(scene);
  while ((scene.changed() || !scene.pointStatus().detail_complete) && std::chrono::steady_clock::now() < end) {
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
    draw(scene);
  }
}

Result<std::unique_ptr<Target>> Target::headless(int width_px, int height_px) {
  auto made = EglContext::create();
  if (!made) return made.error();
  EglContext* context = made->get();
  return std::unique_ptr<Target>(std::make_unique<WindowTarget>(
      std::move(*made), [context] { context->makeCurrent(); }, [context] { return context->isCurrent(); }, width_px,
      height_px));
}

Result<std::unique_ptr<Target>> Target::inContext(std::function<void()> make_current, std::function<bool()> is_current,
                                                  int width_px, int height_px) {
  make_current();
  if (!is_current())
    return Error{ErrorCode::no_display, "OpenGL", "the window's OpenGL context cannot be made current.",
                 "Check the graphics driver, or use the command line, which needs no window."};
  return std::unique_ptr<Target>(
      std::make_unique<WindowTarget>(nullptr, std::move(make_current), std::move(is_current), width_px, height_px));
}

}  // namespace hashimichi::render
