#include "render/vtk/egl_context.h"

#include <EGL/egl.h>
#include <EGL/eglext.h>

#include <string_view>
#include <vector>

namespace hashimichi::render {
namespace {

bool hasWord(const char* words, std::string_view word) {
  return words && std::string_view(words).find(word) != std::string_view::npos;
}

/// Displays that need no server, in the order in which they are tried.
std::vector<EGLDisplay> serverlessDisplays() {
  std::vector<EGLDisplay> displays;
  const char* extensions = eglQueryString(EGL_NO_DISPLAY, EGL_EXTENSIONS);
  const auto display_of =
      reinterpret_cast<PFNEGLGETPLATFORMDISPLAYEXTPROC>(eglGetProcAddress("eglGetPlatformDisplayEXT"));
  if (!display_of) return displays;
  if (hasWord(extensions, "EGL_MESA_platform_surfaceless"))
    displays.push_back(display_of(EGL_PLATFORM_SURFACELESS_MESA, EGL_DEFAULT_DISPLAY, nullptr));
  const auto devices_of = reinterpret_cast<PFNEGLQUERYDEVICESEXTPROC>(eglGetProcAddress("eglQueryDevicesEXT"));
  if (devices_of && hasWord(extensions, "EGL_EXT_platform_device")) {
    EGLDeviceEXT devices[16];
    EGLint count = 0;
    if (devices_of(16, devices, &count))
      for (EGLint i = 0; i < count; ++i) displays.push_back(display_of(EGL_PLATFORM_DEVICE_EXT, devices[i], nullptr));
  }
  return displays;
}

EGLContext contextOn(EGLDisplay display) {
  if (display == EGL_NO_DISPLAY || !eglInitialize(display, nullptr, nullptr)) return EGL_NO_CONTEXT;
  if (!hasWord(eglQueryString(display, EGL_EXTENSIONS), "EGL_KHR_surfaceless_context")) return EGL_NO_CONTEXT;
  if (!eglBindAPI(EGL_OPENGL_API)) return EGL_NO_CONTEXT;
  // Drivers without surfaces offer no window configs; pbuffer is the one kind that all of them know.
  const EGLint wanted[] = {EGL_RENDERABLE_TYPE, EGL_OPENGL_BIT, EGL_SURFACE_TYPE, EGL_PBUFFER_BIT, EGL_NONE};
  EGLConfig config = nullptr;
  EGLint count = 0;
  if (!eglChooseConfig(display, wanted, &config, 1, &count) || count < 1) config = EGL_NO_CONFIG_KHR;
  const EGLint version[] = {
      EGL_CONTEXT_MAJOR_VERSION,           3,       EGL_CONTEXT_MINOR_VERSION, 3, EGL_CONTEXT_OPENGL_PROFILE_MASK,
      EGL_CONTEXT_OPENGL_CORE_PROFILE_BIT, EGL_NONE};
  return eglCreateContext(display, config, EGL_NO_CONTEXT, version);
}

}  // namespace

Result<std::unique_ptr<EglContext>> EglContext::create() {
  for (const EGLDisplay display : serverlessDisplays()) {
    const EGLContext context = contextOn(display);
    if (context == EGL_NO_CONTEXT) continue;
    std::unique_ptr<EglContext> made(new EglContext(display, context));
    if (made->makeCurrent()) return made;
  }
  return Error{ErrorCode::no_display, "OpenGL",
               "no OpenGL 3.3 context without a display could be made, because EGL offers neither a surfaceless "
               "platform nor a device.",
               "Install the packages libegl1, libegl-mesa0 and libgl1-mesa-dri."};
}

EglContext::~EglContext() {
  if (isCurrent()) eglMakeCurrent(display_, EGL_NO_SURFACE, EGL_NO_SURFACE, EGL_NO_CONTEXT);
  // The display stays: EGL counts no users of it, and another context may live on it.
  eglDestroyContext(display_, context_);
}

bool EglContext::makeCurrent() {
  if (isCurrent()) return true;
  eglBindAPI(EGL_OPENGL_API);  // the binding is per thread
  return eglMakeCurrent(display_, EGL_NO_SURFACE, EGL_NO_SURFACE, context_) == EGL_TRUE;
}

bool EglContext::isCurrent() const {
  return eglGetCurrentContext() == context_;
}

}  // namespace hashimichi::render
