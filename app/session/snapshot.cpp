#include "app/session/snapshot.h"

#include <algorithm>

#include "app/session/picture_words.h"
#include "app/session/workflow.h"
#include "geo/core/file.h"

namespace hashimichi::app {
namespace {

/// Below this share of pixels that differ from the background a picture counts as blank (a lost context draws nothing).
constexpr double blank_below = 0.005;
constexpr double legend_rows_px = 1000;
/// Every so many pixels one is looked at, in both directions.
constexpr int sample_step_px = 8;

Error cancelled(const project::Project& project) {
  return {ErrorCode::cancelled, toUtf8(project.folder), "The picture was cancelled.", {}};
}

Error blank(const project::Project& project) {
  return {ErrorCode::unreadable, toUtf8(project.folder), "The picture came out blank.",
          "Check the camera and the OpenGL driver."};
}

bool hasResult(const model::CityModel& model, const std::string& id) {
  return std::ranges::find(model.results, id, &model::ResultLayer::id) != model.results.end();
}

Error unknownResult(const project::Project& project, const std::string& id) {
  std::string known;
  for (const model::ResultLayer& layer : project.model->results) known += (known.empty() ? "" : ", ") + layer.id;
  return {ErrorCode::not_found, toUtf8(project.folder), "The project has no result \"" + id + "\".",
          known.empty() ? "Import one first." : "It has: " + known + "."};
}

/// A few of a picture's pixels, which tell whether there is anything in it.
class Sample {
 public:
  explicit Sample(int width_px) : width_px_(static_cast<std::size_t>(width_px)) {}
  void add(const render::Band& band) {
    for (int row = 0; row < band.rows; ++row) {
      if ((band.first_row + row) % sample_step_px != 0) continue;
      for (std::size_t x = 0; x < width_px_; x += sample_step_px) {
        const auto* pixel = &band.rgba[4 * (static_cast<std::size_t>(row) * width_px_ + x)];
        image_.rgba.insert(image_.rgba.end(), pixel, pixel + 4);
      }
    }
  }
  bool isBlank() {
    image_.width = static_cast<int>(image_.rgba.size() / 4), image_.height = 1;
    return render::inkShare(image_) < blank_below;
  }

 private:
  std::size_t width_px_;
  render::Image image_;
};

}  // namespace

Result<std::unique_ptr<Stage>> Stage::set(const project::Project& project, const assess::Ranking* ranking,
                                          const StageOptions& options, Problems& problems, Progress& progress) {
  std::unique_ptr<Stage> stage(new Stage(project, ranking, options));
  if (const Status dressed = stage->dress(problems, progress); !dressed) return dressed.error();
  return stage;
}

Status Stage::dress(Problems& problems, Progress& progress) {
  const model::CityModel& model = *project_.model;
  town_ = render::prepareTown(project_.model, progress, {.lod = options_.lod});
  if (!town_) return cancelled(project_);
  render::TextureSetPtr textures;
  if (options_.textures && render::hasTextures(*town_)) {
    textures = render::loadTextures(town_, progress);
    if (!textures) return cancelled(project_);
    problems.merge(textures->problems);
  }
  if (!options_.result.empty()) {
    if (!hasResult(model, options_.result)) return unknownResult(project_, options_.result);
    result_ = render::prepareResult(town_, options_.result, progress);
    if (!result_) return cancelled(project_);
  }
  constexpr int first_px = 64;
  Result<std::unique_ptr<render::Target>> target = render::Target::headless(first_px, first_px);
  if (!target) return target.error();
  target_ = std::move(*target);
  scene_.setLook(options_.look);
  scene_.show(town_);
  scene_.setTextures(textures);
  paintRanking(scene_, model, ranking_);
  if (ranking_) {
    scene_.setSensors(sensorReadings(model, ranking_->profile_id, ranking_->as_of, options_.language));
    scene_.setMoment(ranking_->as_of);
    scene_.setRoadSnow(roadSnow_cm(model, ranking_));
  }
  if (result_) scene_.setResult(result_, result_->layer().columnAt(options_.result_time));
  scene_.awaitLook();
  return done();
}

exporting::PictureLegend Stage::legend() const {
  const std::size_t column = result_ ? result_->layer().columnAt(options_.result_time) : 0;
  return legendOf({project_, ranking_, result_.get(), column, options_.look, options_.language});
}

Status Stage::film(const FilmTown& film, const std::vector<render::CameraPose>& poses, FilmFile& file,
                   Progress& progress) {
  for (std::size_t i = 0; i < poses.size(); ++i) {
    scene_.setCamera(poses[i]);
    render::TiledPicture picture(*target_, scene_, film.width_px, film.height_px);
    Sample sample(picture.width());
    while (!picture.finished()) {
      if (progress.cancelled()) return cancelled(project_);
      std::optional<render::Band> band = picture.step();
      progress.report((static_cast<double>(i) + picture.fraction()) / static_cast<double>(poses.size()), "drawing");
      if (!band) continue;
      sample.add(*band);
      if (picture.finished() && sample.isBlank()) return blank(project_);
      if (const Status added = file.add(std::move(*band)); !added) return added;
    }
  }
  return file.finish();
}

Result<render::Image> Stage::picture(const render::CameraPose& pose, int width_px, int height_px) {
  scene_.setCamera(pose);
  render::Image image = render::drawImage(*target_, scene_, width_px, height_px);
  if (render::inkShare(image) < blank_below) return blank(project_);
  return image;
}

Status saveSnapshot(const project::Project& project, const assess::Ranking* ranking, const SnapshotOptions& options,
                    const std::filesystem::path& path, Problems& problems, Progress& progress) {
  const Result<std::unique_ptr<Stage>> stage = Stage::set(project, ranking, options.stage, problems, progress);
  if (!stage) return stage.error();
  const Result<render::CameraPose> pose =
      render::cameraFrom(options.camera, (*stage)->bounds(), static_cast<double>(options.width_px) / options.height_px);
  if (!pose) return pose.error();
  FilmTown still;
  still.along = FilmTown::Path::still, still.out = path;
  still.width_px = options.width_px, still.height_px = options.height_px;
  exporting::LegendPicture legend;
  if (options.legend)
    legend = exporting::drawLegend((*stage)->legend(), std::max(0.5, options.height_px / legend_rows_px));
  const Result<std::unique_ptr<FilmFile>> file = FilmFile::create(still, std::move(legend));
  if (!file) return file.error();
  return (*stage)->film(still, {*pose}, **file, progress);
}

}  // namespace hashimichi::app
