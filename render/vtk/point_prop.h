#pragma once
#include <vtkOpenGLQuadHelper.h>
#include <vtkProp.h>
#include <vtkSmartPointer.h>
#include <vtkTextureObject.h>

#include <memory>

#include "render/layers/point_layer.h"
#include "render/splat/splat.h"
#include "render/vtk/point_buffers.h"

namespace hashimichi::render {

/// Draws a PointLayer's choice into VTK's framebuffer with depth, so that houses hide points and points hide houses.
///
/// Without a GPU the points are splatted by the processor; with one they are drawn from buffers into a picture of
/// their own. Either way colour and depth then go through one triangle over the whole view, which tests depth.
class PointProp : public vtkProp {
 public:
  static PointProp* New();
  vtkTypeMacro(PointProp, vtkProp);

  void setLayer(PointLayer& layer) { layer_ = &layer; }
  /// Right before VTK draws.
  void look(const splat::View& view, bool software) { view_ = view, software_ = software; }

  /// What the last picture's points took, without waiting for the graphics card.
  double drawnIn_ms() const { return drawn_in_ms_; }

  /// After look and before anything is drawn, while the window's context is current: points that the processor draws
  /// are made and handed over, which would otherwise wait for what OpenGL has begun.
  void prepare(vtkOpenGLRenderWindow& window);

  int RenderOpaqueGeometry(vtkViewport* viewport) override;
  double* GetBounds() override;
  void ReleaseGraphicsResources(vtkWindow* window) override;

 private:
  PointProp();
  ~PointProp() override;
  void uploadSplats(vtkOpenGLRenderWindow& window);
  void composite(vtkOpenGLRenderWindow& window, vtkTextureObject& colour, vtkTextureObject& depth, float eye_dome);

  PointLayer* layer_ = nullptr;
  splat::View view_;
  bool software_ = true;
  splat::Area covered_;
  bool prepared_ = false;
  double prepared_in_ms_ = 0, drawn_in_ms_ = 0;
  splat::Splatter splatter_;
  PointBuffers buffers_;
  vtkSmartPointer<vtkTextureObject> colour_, depth_;
  std::unique_ptr<vtkOpenGLQuadHelper> quad_;
  vtkWindow* made_for_ = nullptr;
  double bounds_[6];
};

vtkSmartPointer<PointProp> makePointProp(PointLayer& layer);

}  // namespace hashimichi::render
