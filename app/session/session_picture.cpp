// The session's part for what is prepared of the town's picture on the worker: levels of detail, textures, results.
#include <fmt/format.h>

#include "app/i18n/text.h"
#include "app/session/session.h"
#include "render/prepared_town.h"

namespace hashimichi::app {

void Session::on(const SetResult& command) {
  if (command.id == view_.result_id) return;
  view_.result_id = command.id;
  view_.result.reset();
  readResult();
}

void Session::readResult() {
  const render::PreparedTownPtr town = view_.town;
  if (!town || view_.result_id.empty() || (view_.result && view_.result->town == town)) return;
  jobs_.start(tr(view_.language, "layers.results"), [this, town, id = view_.result_id](Progress& progress) {
    const render::ResultShapesPtr shapes = render::prepareResult(town, id, progress);
    return JobQueue::Finish([this, town, id, shapes] {
      // Another town, or another choice meanwhile: this one is late.
      if (view_.town == town && view_.result_id == id) view_.result = shapes;
    });
  });
}

void Session::on(const SetLayerVisible& command) {
  if (command.visible)
    view_.hidden_layers.erase(command.layer);
  else
    view_.hidden_layers.insert(command.layer);
  readTextures();
}

void Session::on(const SetLod& command) {
  render::LodChoice lod = view_.lod;
  if (!command.type)
    lod.all = command.lod;
  else if (command.lod)
    lod.each[*command.type] = *command.lod;
  else
    lod.each.erase(*command.type);
  if (!view_.town || lod == view_.lod) return;
  view_.lod = lod;
  jobs_.start(tr(view_.language, "layers.lod"), [this, lod, former = view_.town](Progress& progress) {
    const auto town = render::prepareTown(former->model, progress, {.lod = lod, .former = former});
    return JobQueue::Finish([this, town] {
      // Another town, or another choice meanwhile: this one is late.
      if (!town || !view_.town || town->model != view_.town->model || town->lod != view_.lod) return;
      view_.town = town;
      view_.textures.reset();
      view_.result.reset();
      readTextures();
      readResult();
    });
  });
}

void Session::readTextures() {
  const bool hidden = view_.hidden_layers.contains(render::Layer::textures);
  const render::PreparedTownPtr town = view_.town;
  if (!town || hidden || !render::hasTextures(*town) || textures_wanted_ == town) return;
  textures_wanted_ = town;
  jobs_.start(tr(view_.language, "layer.textures"), [this, town](Progress& progress) {
    const render::TextureSetPtr textures = render::loadTextures(town, progress);
    return JobQueue::Finish([this, town, textures] {
      if (textures_wanted_ == town && !textures) textures_wanted_.reset();  // cancelled: they may be asked for again
      if (!textures || view_.town != town) return;
      view_.textures = textures;
      if (textures->missing > 0)
        notify(false, fmt::format(fmt::runtime(tr(view_.language, "textures.missing")), textures->missing,
                                  textures->pictures));
    });
  });
}

}  // namespace hashimichi::app
