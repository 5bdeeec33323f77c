#pragma once
#include "app/cli/verb.h"
#include "app/session/snapshot.h"

namespace hashimichi::app::cli {

/// How the town is shown in pictures: the words that snapshot and film share.
struct LookWords {
  std::string moment, ground, colour_by;
  bool sun = false, snow = false, legend = false, no_textures = false;
  std::optional<int> lod;

  void addTo(CLI::App& verb);
  /// The moment is also the decision's.
  void putInto(DecisionWords& decision) const;
  StageOptions stage(const DecisionWords& decision) const;
  /// bad_input with the attributes that there are, when buildings have none of that name.
  Status check(const project::Project& project) const;
};

/// "1600x1000"; nothing when it is no size within 16 … 16384 pixels a side.
std::optional<std::pair<int, int>> sizeFrom(const std::string& text);

}  // namespace hashimichi::app::cli
