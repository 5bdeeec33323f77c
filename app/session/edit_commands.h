#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <variant>

#include "geo/core/geometry.h"
#include "geo/model/asset_ref.h"
#include "render/camera.h"

namespace hashimichi::app {

// What a person writes into the project, and taking it back. Places are in the project's local frame.

struct AddNote {
  Vec3d place;
  std::string text;
  std::optional<model::AssetRef> asset{};
};
struct ChangeNote {
  std::string id, text;
  bool done = false;
};
struct RemoveNote {
  std::string id;
};
/// Selects a note in list and town; empty: none.
struct SelectNote {
  std::string id;
};

/// The present view under a name; an empty name makes one ("View 3").
struct SaveViewpoint {
  std::string name;
  std::optional<render::CameraPose> pose{};  ///< nothing: the camera as it stands
};
struct RenameViewpoint {
  std::string id, name;
};
struct RemoveViewpoint {
  std::string id;
};
struct GoToViewpoint {
  std::string id;
};

/// One step back or forth in the list of edits: notes, viewpoints, measurements, imports.
struct Undo {};
struct Redo {};
/// To the state after that many steps of the list; 0 is how the project was opened.
struct GoToStep {
  std::size_t step = 0;
};

using EditCommand = std::variant<AddNote, ChangeNote, RemoveNote, SelectNote, SaveViewpoint, RenameViewpoint,
                                 RemoveViewpoint, GoToViewpoint, Undo, Redo, GoToStep>;

}  // namespace hashimichi::app
