#include "render/vtk/point_prop.h"

#include <vtkMath.h>
#include <vtkObjectFactory.h>
#include <vtkOpenGLRenderWindow.h>
#include <vtkOpenGLShaderCache.h>
#include <vtkOpenGLState.h>
#include <vtkRenderer.h>
#include <vtkShaderProgram.h>
#include <vtk_glew.h>

#include <chrono>

namespace hashimichi::render {
namespace {

/// Eye-dome lighting of points that the processor splatted is in their colours; of others it is done here, by the same
/// formula (render/splat/shade.h): logarithms of distance compared with the eight neighbours.
constexpr const char* fragment_shader = R"(//VTK::System::Dec
//VTK::Output::Dec
in vec2 texCoord;
uniform sampler2D colours;
uniform sampler2D depths;
uniform float eye_dome;
uniform float flat_scale;
uniform float far_by_range;
uniform float product_by_range;
float logOf(float depth) {
  if (depth >= 1.0) return 1e30;
  if (flat_scale > 0.0) return depth * flat_scale;
  return log2(product_by_range / (far_by_range - depth));
}
void main() {
  ivec2 size = textureSize(colours, 0);
  ivec2 at = min(ivec2(texCoord * vec2(size)), size - 1);
  vec4 colour = texelFetch(colours, at, 0);
  float depth = texelFetch(depths, at, 0).r;
  if (colour.a < 0.5) discard;
  if (eye_dome > 0.0) {
    float centre = logOf(depth), sum = 0.0;
    for (int y = -1; y <= 1; ++y)
      for (int x = -1; x <= 1; ++x) {
        ivec2 beside = clamp(at + ivec2(x, y), ivec2(0), size - 1);
        sum += max(0.0, centre - logOf(texelFetch(depths, beside, 0).r));
      }
    colour.rgb *= exp2(-15.0 * eye_dome * sum);
  }
  gl_FragData[0] = vec4(colour.rgb, 1.0);
  gl_FragDepth = depth;
}
)";

}  // namespace

vtkStandardNewMacro(PointProp);

PointProp::PointProp() = default;
PointProp::~PointProp() = default;

vtkSmartPointer<PointProp> makePointProp(PointLayer& layer) {
  auto prop = vtkSmartPointer<PointProp>::New();
  prop->setLayer(layer);
  prop->PickableOff();
  return prop;
}

double* PointProp::GetBounds() {
  vtkMath::UninitializeBounds(bounds_);
  const Bounds box = layer_ && layer_->visible() ? layer_->bounds() : Bounds{};
  if (box.empty()) return nullptr;
  bounds_[0] = box.low.x, bounds_[1] = box.high.x, bounds_[2] = box.low.y;
  bounds_[3] = box.high.y, bounds_[4] = box.low.z, bounds_[5] = box.high.z;
  return bounds_;
}

void PointProp::uploadSplats(vtkOpenGLRenderWindow& window) {
  std::vector<splat::Draw> draws;
  for (const DrawnBlock& block : layer_->drawn())
    draws.push_back({block.block->points(block.count), block.size_px, block.size_m});
  splat::Options options;
  options.eye_dome = layer_->style().eye_dome, options.eye_dome_strength = layer_->style().eye_dome_strength;
  const splat::Frame& frame = splatter_.draw(draws, view_, options);
  covered_ = frame.covered;
  if (!colour_) colour_ = vtkSmartPointer<vtkTextureObject>::New(), depth_ = vtkSmartPointer<vtkTextureObject>::New();
  colour_->SetContext(&window), depth_->SetContext(&window);
  const auto width = static_cast<unsigned>(frame.width_px), height = static_cast<unsigned>(frame.height_px);
  if (colour_->GetHandle() == 0 || colour_->GetWidth() != width || colour_->GetHeight() != height) {
    // VTK takes what it uploads for changeable.
    colour_->Create2DFromRaw(width, height, 4, VTK_UNSIGNED_CHAR, const_cast<std::uint32_t*>(frame.rgba.data()));
    depth_->Create2DFromRaw(width, height, 1, VTK_FLOAT, const_cast<float*>(frame.depth.data()));
    return;
  }
  // Into the memory that is there, and only what may have points.
  if (covered_.empty()) return;
  const auto place = static_cast<std::ptrdiff_t>(covered_.y_from) * frame.width_px + covered_.x_from;
  const auto replace = [&](vtkTextureObject& texture, GLenum format, GLenum type, const void* pixels) {
    texture.Activate();
    glTexSubImage2D(GL_TEXTURE_2D, 0, covered_.x_from, covered_.y_from, covered_.x_to - covered_.x_from,
                    covered_.y_to - covered_.y_from, format, type, pixels);
    texture.Deactivate();
  };
  window.GetState()->vtkglPixelStorei(GL_UNPACK_ALIGNMENT, 4);
  glPixelStorei(GL_UNPACK_ROW_LENGTH, frame.width_px);
  replace(*colour_, GL_RGBA, GL_UNSIGNED_BYTE, frame.rgba.data() + place);
  replace(*depth_, GL_RED, GL_FLOAT, frame.depth.data() + place);
  glPixelStorei(GL_UNPACK_ROW_LENGTH, 0);
}

void PointProp::composite(vtkOpenGLRenderWindow& window, vtkTextureObject& colour, vtkTextureObject& depth,
                          float eye_dome) {
  vtkOpenGLState* const state = window.GetState();
  if (!quad_)
    quad_ = std::make_unique<vtkOpenGLQuadHelper>(&window, nullptr, fragment_shader, "");
  else
    window.GetShaderCache()->ReadyShaderProgram(quad_->Program);
  vtkShaderProgram* const program = quad_->Program;
  if (!program || !program->GetCompiled()) return;
  vtkOpenGLState::ScopedglEnableDisable testing(state, GL_DEPTH_TEST);
  vtkOpenGLState::ScopedglEnableDisable blending(state, GL_BLEND);
  vtkOpenGLState::ScopedglDepthMask writing(state);
  vtkOpenGLState::ScopedglDepthFunc comparing(state);
  state->vtkglEnable(GL_DEPTH_TEST), state->vtkglDisable(GL_BLEND);
  state->vtkglDepthMask(GL_TRUE), state->vtkglDepthFunc(GL_LEQUAL);
  colour.Activate(), depth.Activate();
  program->SetUniformi("colours", colour.GetTextureUnit());
  program->SetUniformi("depths", depth.GetTextureUnit());
  program->SetUniformf("eye_dome", eye_dome);
  const double range = view_.far_m - view_.near_m;
  const double per_m = 1.4426950408889634 / std::max(1e-3, view_.reference_m);
  program->SetUniformf("flat_scale", view_.orthographic ? static_cast<float>(range * per_m) : 0.0f);
  program->SetUniformf("far_by_range", static_cast<float>(view_.far_m / range));
  program->SetUniformf("product_by_range", static_cast<float>(view_.far_m * view_.near_m / range));
  quad_->Render();
  depth.Deactivate(), colour.Deactivate();
}

void PointProp::prepare(vtkOpenGLRenderWindow& window) {
  prepared_ = false, prepared_in_ms_ = 0, drawn_in_ms_ = 0;
  if (!software_ || !layer_ || layer_->drawn().empty()) return;
  const auto start = std::chrono::steady_clock::now();
  uploadSplats(window);
  prepared_ = true;
  prepared_in_ms_ = std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
}

int PointProp::RenderOpaqueGeometry(vtkViewport* viewport) {
  auto* renderer = vtkRenderer::SafeDownCast(viewport);
  auto* window = renderer ? vtkOpenGLRenderWindow::SafeDownCast(renderer->GetRenderWindow()) : nullptr;
  if (!window || !layer_ || layer_->drawn().empty()) return 0;
  if (made_for_ && made_for_ != window) quad_.reset();
  made_for_ = window;
  const auto start = std::chrono::steady_clock::now();
  const PointStyle& style = layer_->style();
  if (!software_ && buffers_.draw(*window, layer_->drawn(), view_)) {
    composite(*window, buffers_.colour(), buffers_.depth(),
              style.eye_dome ? static_cast<float>(style.eye_dome_strength) : 0.0f);
  } else {
    if (!prepared_) uploadSplats(*window);
    prepared_ = false;
    if (covered_.empty()) return 0;
    vtkOpenGLState* const state = window->GetState();
    vtkOpenGLState::ScopedglScissor scissor(state);
    vtkOpenGLState::ScopedglEnableDisable scissoring(state, GL_SCISSOR_TEST);
    state->vtkglEnable(GL_SCISSOR_TEST);
    state->vtkglScissor(covered_.x_from, covered_.y_from, covered_.x_to - covered_.x_from,
                        covered_.y_to - covered_.y_from);
    composite(*window, *colour_, *depth_, 0);
  }
  drawn_in_ms_ =
      prepared_in_ms_ + std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
  if (software_) layer_->tookTime(drawn_in_ms_);
  return 1;
}

void PointProp::ReleaseGraphicsResources(vtkWindow* window) {
  buffers_.release(window);
  for (vtkTextureObject* texture : {colour_.Get(), depth_.Get()})
    if (texture) texture->ReleaseGraphicsResources(window);
  colour_ = nullptr, depth_ = nullptr;
  quad_.reset();
  made_for_ = nullptr;
}

}  // namespace hashimichi::render
