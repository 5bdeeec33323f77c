#pragma once
#include <filesystem>

#include "geo/core/result.h"

namespace hashimichi::points {

/// The folder beside its place in which an octree grows; whatever happens, nothing is left of it but the finished
/// octree. Only a program that was killed leaves it behind: the next one that builds in this place goes on from there,
/// or empties it. One program at a time: a lock holds as long as its program lives. Move-only.
class Workshop {
 public:
  /// What lies in it beside the octree itself.
  static constexpr const char *points_name = "points.tmp", *state_name = "state.tmp", *journal_name = "built.tmp",
                              *owner_name = "owner.tmp";

  /// @returns bad_input (something else is in that place, or another program builds there), write_failed
  static Result<Workshop> open(const std::filesystem::path& out);
  Workshop(Workshop&& other) noexcept;
  ~Workshop();

  /// Whether an earlier program left something here.
  bool found() const { return found_; }
  /// Nothing of that can be used.
  void empty();
  std::filesystem::path operator/(const char* name) const { return folder_ / name; }
  /// The octree is finished. @returns write_failed
  Status moveIntoPlace();

 private:
  explicit Workshop(const std::filesystem::path& out);
  Status own();

  std::filesystem::path out_, folder_;
  bool made_ = false, made_parent_ = false, found_ = false;
  int owner_ = -1;
};

}  // namespace hashimichi::points
