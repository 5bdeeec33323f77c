#pragma once
#include <cstddef>
#include <string>
#include <vector>

#include "geo/project/notebook.h"

namespace hashimichi::app {

/// What was written into the project, and the steps that led there. Read-only for panels.
struct EditState {
  project::Notebook book;
  std::string selected_note;  ///< id; empty: none

  std::vector<std::string> steps;  ///< names in the person's language, oldest first
  std::size_t step = 0;            ///< how many of them hold at present; the rest can be done again

  bool canUndo() const { return step > 0; }
  bool canRedo() const { return step < steps.size(); }
};

}  // namespace hashimichi::app
