#pragma once
#include <memory>
#include <string>

#include "app/session/film_file.h"
#include "geo/project/project.h"
#include "render/target.h"

namespace hashimichi::app {

/// How the town is dressed for pictures without a window.
struct StageOptions {
  Language language = Language::ja;
  render::LodChoice lod{};
  bool textures = true;
  render::Look look{};
  std::string result{};   ///< of another program, by its id; empty: none
  Instant result_time{};  ///< the moment at which it is shown
};

/// A project's town, ready to be photographed without any display server.
class Stage {
 public:
  /// @param ranking   whose colours and moment are shown, or nullptr
  /// @param problems  gets a line for each picture of a face that could not be read
  /// @returns no_display, not_found for a result that the project has not, or cancelled
  static Result<std::unique_ptr<Stage>> set(const project::Project& project, const assess::Ranking* ranking,
                                            const StageOptions& options, Problems& problems, Progress& progress);

  const Bounds& bounds() const { return town_->bounds; }
  /// Every pose in turn, at the film's size, to where it wants to be.
  /// @returns write_failed, cancelled, or unreadable when a picture came out blank
  Status film(const FilmTown& film, const std::vector<render::CameraPose>& poses, FilmFile& file, Progress& progress);
  /// One picture in memory.
  Result<render::Image> picture(const render::CameraPose& pose, int width_px, int height_px);
  /// What its colours mean.
  exporting::PictureLegend legend() const;

 private:
  Stage(const project::Project& project, const assess::Ranking* ranking, StageOptions options)
      : project_(project), ranking_(ranking), options_(std::move(options)) {}
  Status dress(Problems& problems, Progress& progress);

  const project::Project& project_;
  const assess::Ranking* ranking_;
  StageOptions options_;
  render::PreparedTownPtr town_;
  render::ResultShapesPtr result_;
  std::unique_ptr<render::Target> target_;  // outlives the scene
  render::Scene scene_;
};

struct SnapshotOptions {
  std::string camera = "overview";  ///< words of render::cameraFrom
  int width_px = 1600, height_px = 1000;
  StageOptions stage{};
  bool legend = false;
};

/// One picture of a project as a PNG of any size.
/// @returns as Stage, and bad_input for the camera's words
Status saveSnapshot(const project::Project& project, const assess::Ranking* ranking, const SnapshotOptions& options,
                    const std::filesystem::path& path, Problems& problems, Progress& progress);

}  // namespace hashimichi::app
