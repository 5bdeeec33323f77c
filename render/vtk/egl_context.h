#pragma once
#include <memory>

#include "geo/core/result.h"

namespace hashimichi::render {

/// An OpenGL 3.3 core context without any display server: Mesa's surfaceless platform, then an EGL device (a GPU
/// driver without Mesa). Nothing is drawn to but own framebuffers. One thread at a time.
class EglContext {
 public:
  /// no_display when neither way works; the advice names the packages that are missing on a bare machine.
  static Result<std::unique_ptr<EglContext>> create();
  ~EglContext();
  EglContext(const EglContext&) = delete;
  EglContext& operator=(const EglContext&) = delete;

  bool makeCurrent();
  bool isCurrent() const;

 private:
  EglContext(void* display, void* context) : display_(display), context_(context) {}
  void* display_;
  void* context_;
};

}  // namespace hashimichi::render
