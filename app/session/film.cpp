#include "app/session/film.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>

#include "geo/core/file.h"
#include "render/tiled_picture.h"

namespace hashimichi::app {
namespace {

constexpr double most_seconds = 600;
constexpr int most_rate = 60, least_side_px = 16;

/// Starts and ends at rest.
double eased(double t) {
  return t * t * (3 - 2 * t);
}

Status check(const FilmTown& film) {
  const auto bad = [&](const char* what, const char* advice) {
    return Error{ErrorCode::bad_input, toUtf8(film.out), what, advice};
  };
  if (film.out.empty()) return bad("A film needs a place.", "Name a folder, or a video such as town.mp4.");
  const int least = std::min(film.width_px, film.height_px), most = std::max(film.width_px, film.height_px);
  if (least < least_side_px || most > render::largest_picture_px)
    return bad("The size is outside 16 … 16384 pixels a side.", "Choose another size.");
  if (film.along == FilmTown::Path::still) return done();
  if (!(film.seconds > 0) || film.seconds > most_seconds)
    return bad("A film lasts up to 600 seconds.", "Choose another length.");
  if (film.frames_per_second < 1 || film.frames_per_second > most_rate)
    return bad("A film has 1 … 60 pictures a second.", "Choose another rate.");
  return done();
}

}  // namespace

render::CameraPose poseOf(const project::Viewpoint& viewpoint) {
  render::CameraPose pose;
  pose.target = viewpoint.target, pose.distance_m = viewpoint.distance_m;
  pose.azimuth_deg = viewpoint.azimuth_deg, pose.elevation_deg = viewpoint.elevation_deg;
  pose.orthographic = viewpoint.orthographic, pose.view_angle_deg = viewpoint.view_angle_deg;
  return pose;
}

Result<std::vector<render::CameraPose>> filmPoses(const FilmTown& film, const render::CameraPose& from,
                                                  std::span<const project::Viewpoint> viewpoints) {
  if (const Status good = check(film); !good) return good.error();
  if (film.along == FilmTown::Path::still) return std::vector{from};
  const auto frames = static_cast<std::size_t>(std::max(1.0, std::round(film.seconds * film.frames_per_second)));
  std::vector<render::CameraPose> poses(frames, from);
  if (film.along == FilmTown::Path::turntable) {
    for (std::size_t i = 0; i < frames; ++i)
      poses[i].azimuth_deg =
          std::fmod(from.azimuth_deg + 360.0 * static_cast<double>(i) / static_cast<double>(frames), 360);
    return poses;
  }
  if (viewpoints.size() < 2)
    return Error{ErrorCode::bad_input, toUtf8(film.out),
                 "The way leads along saved viewpoints, and there are not two of them.",
                 "Save some viewpoints first, or turn once round the town."};
  const auto legs = static_cast<double>(viewpoints.size() - 1);
  for (std::size_t i = 0; i < frames; ++i) {
    const double along = frames > 1 ? legs * static_cast<double>(i) / static_cast<double>(frames - 1) : 0;
    const auto leg = std::min(static_cast<std::size_t>(along), viewpoints.size() - 2);
    poses[i] =
        render::between(poseOf(viewpoints[leg]), poseOf(viewpoints[leg + 1]), eased(along - static_cast<double>(leg)));
  }
  return poses;
}

bool namesVideo(const std::filesystem::path& path) {
  constexpr std::array<std::string_view, 5> endings{".mp4", ".mkv", ".webm", ".mov", ".avi"};
  std::string ending = toUtf8(path.extension());
  std::ranges::transform(ending, ending.begin(),
                         [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return std::ranges::find(endings, ending) != endings.end();
}

}  // namespace hashimichi::app
