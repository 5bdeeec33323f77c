#pragma once
#include <vtkGenericOpenGLRenderWindow.h>
#include <vtkSmartPointer.h>

#include <functional>

namespace hashimichi::render {

/// VTK's render window for a context that VTK does not own, on a window or without one. It draws into its own
/// framebuffer and blits nothing; the picture is the display framebuffer's colour texture.
///
/// The two functions are called while the window lives; Finalize() it while the context still exists.
vtkSmartPointer<vtkGenericOpenGLRenderWindow> makeRenderWindow(std::function<void()> make_current,
                                                               std::function<bool()> is_current);

}  // namespace hashimichi::render
