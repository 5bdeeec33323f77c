#include "render/vtk/overlay_mapper.h"

#include <vtkActor.h>
#include <vtkObjectFactory.h>
#include <vtkOpenGLIndexBufferObject.h>
#include <vtkOpenGLPolyDataMapper.h>
#include <vtkOpenGLRenderer.h>
#include <vtkOpenGLState.h>
#include <vtkPolyData.h>
#include <vtkTexture.h>
#include <vtk_glew.h>

#include <optional>

namespace hashimichi::render {
namespace {

class TownMapper : public vtkOpenGLPolyDataMapper {
 public:
  static TownMapper* New();
  vtkTypeMacro(TownMapper, vtkOpenGLPolyDataMapper);
  std::optional<std::vector<std::uint32_t>> chosen;
  bool uploaded = false, plain_mipmaps = false;

 protected:
  TownMapper() = default;

  /// The whole index that VTK would build is never needed then.
  void BuildIBO(vtkRenderer* renderer, vtkActor* actor, vtkPolyData* data) override {
    if (!chosen) return this->Superclass::BuildIBO(renderer, actor, data);
    for (int kind = PrimitiveStart; kind < PrimitiveEnd; ++kind) this->Primitives[kind].IBO->IndexCount = 0;
    upload(*data);
  }

  void RenderPieceDraw(vtkRenderer* renderer, vtkActor* actor) override {
    if (chosen && !uploaded && this->CurrentInput) upload(*this->CurrentInput);
    if (plain_mipmaps && actor->GetTexture()) usePlainMipmaps(*renderer, *actor->GetTexture());
    this->Superclass::RenderPieceDraw(renderer, actor);
  }

 private:
  void upload(vtkPolyData& data) {
    vtkOpenGLIndexBufferObject& index =
        *this->Primitives[data.GetNumberOfPolys() > 0 ? PrimitiveTris : PrimitiveLines].IBO;
    if (!chosen->empty()) index.Upload(*chosen, vtkOpenGLBufferObject::ElementArrayBuffer);
    index.IndexCount = chosen->size();
    uploaded = true;
  }

  static void usePlainMipmaps(vtkRenderer& renderer, vtkTexture& texture) {
    const int unit = texture.GetTextureUnit();
    if (unit < 0) return;
    static_cast<vtkOpenGLRenderer&>(renderer).GetState()->vtkglActiveTexture(GL_TEXTURE0 + static_cast<GLenum>(unit));
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_LINEAR_MIPMAP_NEAREST);
  }
};
vtkStandardNewMacro(TownMapper);

class OverlayMapper final : public TownMapper {
 public:
  static OverlayMapper* New();
  vtkTypeMacro(OverlayMapper, TownMapper);
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

vtkSmartPointer<vtkPolyDataMapper> makeSolidMapper() {
  return vtkSmartPointer<TownMapper>::New();
}

vtkSmartPointer<vtkPolyDataMapper> makeOverlayMapper() {
  return vtkSmartPointer<OverlayMapper>::New();
}

void setNudge(vtkPolyDataMapper& overlay, double nudge) {
  static_cast<OverlayMapper&>(overlay).nudge = nudge;
}

void setChosen(vtkPolyDataMapper& mapper, std::vector<std::uint32_t>& corners) {
  auto& town = static_cast<TownMapper&>(mapper);
  if (!town.chosen) {
    town.chosen.emplace();
    town.Modified();  // the whole index is given up
  } else if (town.uploaded && *town.chosen == corners) {
    return;
  }
  town.chosen->swap(corners);
  town.uploaded = false;
}

void unsetChosen(vtkPolyDataMapper& mapper) {
  auto& town = static_cast<TownMapper&>(mapper);
  if (!town.chosen) return;
  town.chosen.reset();
  town.Modified();
}

void setPlainMipmaps(vtkPolyDataMapper& mapper, bool plain) {
  static_cast<TownMapper&>(mapper).plain_mipmaps = plain;
}

}  // namespace hashimichi::render
