#include "render/vtk/overlay_mapper.h"

#include <vtkObjectFactory.h>
#include <vtkOpenGLPolyDataMapper.h>
#include <vtkOpenGLRenderer.h>
#include <vtkOpenGLState.h>
#include <vtk_glew.h>

namespace hashimichi::render {
namespace {

class OverlayMapper final : public vtkOpenGLPolyDataMapper {
 public:
  static OverlayMapper* New();
  vtkTypeMacro(OverlayMapper, vtkOpenGLPolyDataMapper);
  double nudge = 0;

  // Depth range instead of polygon offset: it holds for lines and points, too, and costs no shader work.
  void RenderPiece(vtkRenderer* renderer, vtkActor* actor) override {
    vtkOpenGLState* state = static_cast<vtkOpenGLRenderer*>(renderer)->GetState();
    state->vtkglDepthMask(GL_FALSE);
    glDepthRange(0, 1 - nudge);
    this->Superclass::RenderPiece(renderer, actor);
    glDepthRange(0, 1);
    state->vtkglDepthMask(GL_TRUE);
  }

 private:
  OverlayMapper() = default;
};
vtkStandardNewMacro(OverlayMapper);

}  // namespace

vtkSmartPointer<vtkPolyDataMapper> makeOverlayMapper() {
  return vtkSmartPointer<OverlayMapper>::New();
}

void setNudge(vtkPolyDataMapper& overlay, double nudge) {
  static_cast<OverlayMapper&>(overlay).nudge = nudge;
}

}  // namespace hashimichi::render
