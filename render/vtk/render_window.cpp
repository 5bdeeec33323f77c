#include "render/vtk/render_window.h"

#include <vtkObjectFactory.h>
#include <vtk_glew.h>

namespace hashimichi::render {
namespace {

/// glewInit() of a GLEW that was built for GLX says this where no X display is open, after it has loaded every
/// function.
constexpr GLenum glew_no_glx_display = 4;

class TownRenderWindow final : public vtkGenericOpenGLRenderWindow {
 public:
  static TownRenderWindow* New();
  vtkTypeMacro(TownRenderWindow, vtkGenericOpenGLRenderWindow);

  std::function<void()> make_current;
  std::function<bool()> is_current;

  void MakeCurrent() override { make_current(); }
  bool IsCurrent() override { return is_current(); }
  int SupportsOpenGL() override { return 1; }

  /// The superclass takes GLEW's code 4 for a failure.
  void OpenGLInitContext() override {
    this->ContextCreationTime.Modified();
    if (this->Initialized) return;
    glewExperimental = GL_TRUE;
    const GLenum result = glewInit();
    this->GlewInitValid = result == GLEW_OK || result == glew_no_glx_display;
    if (!this->GlewInitValid || !GLEW_VERSION_3_2) {
      vtkErrorMacro("OpenGL 3.2 functions could not be loaded, GLEW code " << result);
      return;
    }
    this->Initialized = true;
  }

  /// Asked of framebuffer 0, which a surfaceless context has not; ours is RGBA8.
  int GetColorBufferSizes(int* rgba) override {
    for (int i = 0; i < 4; ++i) rgba[i] = 8;
    return 32;
  }

 private:
  TownRenderWindow() = default;
};
vtkStandardNewMacro(TownRenderWindow);

}  // namespace

vtkSmartPointer<vtkGenericOpenGLRenderWindow> makeRenderWindow(std::function<void()> make_current,
                                                               std::function<bool()> is_current) {
  const auto window = vtkSmartPointer<TownRenderWindow>::New();
  window->make_current = std::move(make_current);
  window->is_current = std::move(is_current);
  window->SetOwnContext(0);
  window->SetReadyForRendering(true);
  window->SetMapped(1);
  window->SetFrameBlitModeToNoBlit();
  window->SetMultiSamples(0);
  return window;
}

}  // namespace hashimichi::render
