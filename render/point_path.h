#pragma once
#include "render/scene.h"

namespace hashimichi::render {

/// Draws points through OpenGL's buffers, as on a GPU, even where there is none: tests and benchmarks compare both
/// ways.
void usePointBuffers(Scene& scene, bool always);

}  // namespace hashimichi::render
