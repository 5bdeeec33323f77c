#pragma once
#include <string>

#include "app/session/view_model.h"

namespace hashimichi::app {

/// Two surveys, or a survey and a model: what is compared how, and what came out.
class CompareWindow {
 public:
  void draw(const ViewModel& view, CommandQueue& out, float scale);

 private:
  void drawChoice(const ViewModel& view, CommandQueue& out, float scale);

  CompareKind kind_ = CompareKind::m3c2;
  std::string before_, after_;
};

}  // namespace hashimichi::app
