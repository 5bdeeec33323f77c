#pragma once
#include <string>

#include "app/session/view_model.h"

namespace hashimichi::app {

/// Pictures for others: one of any size, or a film round the town or along the saved viewpoints.
class FilmWindow {
 public:
  void draw(const ViewModel& view, CommandQueue& out, float scale);

 private:
  void drawSize(const ViewModel& view, float scale);
  void drawFilm(const ViewModel& view, float scale);
  void propose(const ViewModel& view);

  FilmTown film_{FilmTown::Path::still, {}, true, 3840, 2160};
  std::string out_, proposed_;
};

}  // namespace hashimichi::app
