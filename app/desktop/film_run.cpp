#include "app/desktop/film_run.h"

#include <GLFW/glfw3.h>

namespace hashimichi::app {
namespace {

constexpr int first_px = 64;

}  // namespace

void FilmRun::drop() {
  picture_.reset(), scene_.reset(), target_.reset(), reel_.reset();
  next_ = 0;
}

bool FilmRun::begin(const ViewModel& view) {
  GLFWwindow* handle = glfwGetCurrentContext();
  Result<std::unique_ptr<render::Target>> target =
      render::Target::inContext([handle] { glfwMakeContextCurrent(handle); },
                                [handle] { return glfwGetCurrentContext() == handle; }, first_px, first_px);
  if (!target) return false;
  target_ = std::move(*target);
  scene_ = std::make_unique<render::Scene>();
  SceneSync sync;
  sync.apply(view, *scene_);
  scene_->setHover(std::nullopt);
  scene_->awaitLook();
  return true;
}

void FilmRun::step(const ViewModel& view) {
  if (reel_ && (reel_ != view.look.film || reel_->ended())) drop();
  if (!view.look.film || view.look.film->ended() || !view.town) return;
  if (!reel_) {
    reel_ = view.look.film;
    if (!begin(view)) {
      reel_->end();
      return drop();
    }
  }
  if (next_ >= reel_->poses().size() || !reel_->wantsBand()) return;
  if (!picture_) {
    scene_->setCamera(reel_->poses()[next_]);
    picture_ = std::make_unique<render::TiledPicture>(*target_, *scene_, reel_->width(), reel_->height());
  }
  if (std::optional<render::Band> band = picture_->step()) reel_->give(std::move(*band));
  if (!picture_->finished()) return;
  picture_.reset();
  ++next_;
}

}  // namespace hashimichi::app
