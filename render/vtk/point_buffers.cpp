#include "render/vtk/point_buffers.h"

#include <vtkOpenGLShaderCache.h>
#include <vtkOpenGLState.h>
#include <vtkShaderProgram.h>
#include <vtk_glew.h>

namespace hashimichi::render {
namespace {

/// A block that no picture has shown for so long gives its memory back.
constexpr std::uint64_t kept_pictures = 60;

constexpr const char* vertex_shader = R"(//VTK::System::Dec
in vec3 place;
in vec4 colour;
uniform mat4 to_clip;
uniform float size_px;
uniform float size_scale;
out vec4 tint;
void main() {
  tint = colour;
  gl_Position = to_clip * vec4(place, 1.0);
  float size = size_scale > 0.0 ? size_scale / gl_Position.w : size_px;
  gl_PointSize = clamp(floor(size + 0.5), 1.0, 12.0);
  if (colour.a < 0.5) gl_Position = vec4(2.0, 2.0, 2.0, 1.0);
}
)";
constexpr const char* fragment_shader = R"(//VTK::System::Dec
//VTK::Output::Dec
in vec4 tint;
void main() {
  gl_FragData[0] = vec4(tint.rgb, 1.0);
}
)";

/// Block's integers → clip space, in double until the last step; VTK's setter wants columns.
void matrixOf(const PointBlock& block, const splat::View& view, float (&out)[16]) {
  const std::array<double, 16> m = viewProjection(view);
  const Vec3d o = block.node->bounds.low, s = block.step_m;
  for (std::size_t row = 0; row < 4; ++row) {
    const double* const r = &m[4 * row];
    out[0 + row] = static_cast<float>(r[0] * s.x);
    out[4 + row] = static_cast<float>(r[1] * s.y);
    out[8 + row] = static_cast<float>(r[2] * s.z);
    out[12 + row] = static_cast<float>(r[0] * o.x + r[1] * o.y + r[2] * o.z + r[3]);
  }
}

}  // namespace

bool PointBuffers::prepareTextures(vtkOpenGLRenderWindow& window, int width_px, int height_px) {
  if (!colour_) colour_ = vtkSmartPointer<vtkTextureObject>::New();
  if (!depth_) depth_ = vtkSmartPointer<vtkTextureObject>::New();
  if (!target_) target_ = vtkSmartPointer<vtkOpenGLFramebufferObject>::New();
  const auto w = static_cast<unsigned>(width_px), h = static_cast<unsigned>(height_px);
  if (colour_->GetHandle() == 0 || colour_->GetWidth() != w || colour_->GetHeight() != h) {
    colour_->SetContext(&window), depth_->SetContext(&window);
    if (!colour_->Create2D(w, h, 4, VTK_UNSIGNED_CHAR, false)) return false;
    if (!depth_->AllocateDepth(w, h, vtkTextureObject::Float32)) return false;
  }
  target_->SetContext(&window);
  return true;
}

PointBuffers::Buffer& PointBuffers::bufferOf(const PointBlock& block, unsigned program) {
  Buffer& buffer = buffers_[block.id];
  buffer.used = picture_;
  const std::size_t count = block.rgba.size();
  if (buffer.vertex_array == 0) {
    glGenVertexArrays(1, &buffer.vertex_array);
    glBindVertexArray(buffer.vertex_array);
    glGenBuffers(1, &buffer.places), glGenBuffers(1, &buffer.colours);
    std::vector<std::uint16_t> interleaved(4 * count);  // four, so that every point begins at a multiple of 8 bytes
    for (std::size_t i = 0; i < count; ++i)
      for (std::size_t axis = 0; axis < 3; ++axis) interleaved[4 * i + axis] = block.xyz[axis * count + i];
    glBindBuffer(GL_ARRAY_BUFFER, buffer.places);
    glBufferData(GL_ARRAY_BUFFER, static_cast<GLsizeiptr>(8 * count), interleaved.data(), GL_STATIC_DRAW);
    const auto place = static_cast<GLuint>(glGetAttribLocation(program, "place"));
    glEnableVertexAttribArray(place);
    glVertexAttribPointer(place, 3, GL_UNSIGNED_SHORT, GL_FALSE, 8, nullptr);
    glBindBuffer(GL_ARRAY_BUFFER, buffer.colours);
    const auto colour = static_cast<GLuint>(glGetAttribLocation(program, "colour"));
    glEnableVertexAttribArray(colour);
    glVertexAttribPointer(colour, 4, GL_UNSIGNED_BYTE, GL_TRUE, 4, nullptr);
  }
  if (buffer.painted != block.painted) {
    glBindBuffer(GL_ARRAY_BUFFER, buffer.colours);
    glBufferData(GL_ARRAY_BUFFER, static_cast<GLsizeiptr>(4 * count), block.rgba.data(), GL_DYNAMIC_DRAW);
    buffer.painted = block.painted;
  }
  glBindVertexArray(buffer.vertex_array);
  return buffer;
}

bool PointBuffers::draw(vtkOpenGLRenderWindow& window, std::span<const DrawnBlock> drawn, const splat::View& view) {
  vtkOpenGLState* const state = window.GetState();
  vtkShaderProgram* const program = window.GetShaderCache()->ReadyShaderProgram(vertex_shader, fragment_shader, "");
  if (!program || !prepareTextures(window, view.width_px, view.height_px)) return false;
  ++picture_;
  vtkOpenGLState::ScopedglViewport viewport(state);
  vtkOpenGLState::ScopedglScissor scissor(state);
  vtkOpenGLState::ScopedglEnableDisable scissoring(state, GL_SCISSOR_TEST);
  vtkOpenGLState::ScopedglEnableDisable blending(state, GL_BLEND);
  vtkOpenGLState::ScopedglEnableDisable testing(state, GL_DEPTH_TEST);
  vtkOpenGLState::ScopedglDepthMask writing(state);
  vtkOpenGLState::ScopedglClearColor clearing(state);
  state->PushFramebufferBindings();
  target_->Bind();
  target_->AddColorAttachment(0, colour_);
  target_->AddDepthAttachment(depth_);
  target_->ActivateDrawBuffer(0);
  state->vtkglDisable(GL_SCISSOR_TEST), state->vtkglDisable(GL_BLEND), state->vtkglEnable(GL_DEPTH_TEST);
  state->vtkglDepthMask(GL_TRUE);
  state->vtkglViewport(0, 0, view.width_px, view.height_px);
  state->vtkglClearColor(0, 0, 0, 0);
  state->vtkglClear(GL_COLOR_BUFFER_BIT | GL_DEPTH_BUFFER_BIT);
  glEnable(GL_PROGRAM_POINT_SIZE);
  for (const DrawnBlock& block : drawn) {
    bufferOf(*block.block, static_cast<unsigned>(program->GetHandle()));
    float matrix[16];
    matrixOf(*block.block, view, matrix);
    program->SetUniformMatrix4x4("to_clip", matrix);
    program->SetUniformf("size_px", block.size_px);
    program->SetUniformf("size_scale", static_cast<float>(block.size_m * view.scale));
    glDrawArrays(GL_POINTS, 0, static_cast<GLsizei>(std::min(block.count, block.block->rgba.size())));
  }
  glDisable(GL_PROGRAM_POINT_SIZE);
  glBindVertexArray(0);
  glBindBuffer(GL_ARRAY_BUFFER, 0);
  state->PopFramebufferBindings();
  dropUnused();
  return true;
}

void PointBuffers::drop(const Buffer& buffer) {
  glDeleteVertexArrays(1, &buffer.vertex_array);
  glDeleteBuffers(1, &buffer.places), glDeleteBuffers(1, &buffer.colours);
}

void PointBuffers::dropUnused() {
  std::erase_if(buffers_, [&](const auto& entry) {
    if (entry.second.used + kept_pictures >= picture_) return false;
    drop(entry.second);
    return true;
  });
}

void PointBuffers::release(vtkWindow* window) {
  for (auto& [id, buffer] : buffers_) drop(buffer);
  buffers_.clear();
  for (vtkTextureObject* texture : {colour_.Get(), depth_.Get()})
    if (texture) texture->ReleaseGraphicsResources(window);
  if (target_) target_->ReleaseGraphicsResources(window);
  colour_ = nullptr, depth_ = nullptr, target_ = nullptr;
}

}  // namespace hashimichi::render
