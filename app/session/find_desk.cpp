#include "app/session/find_desk.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "app/i18n/text.h"
#include "app/session/find_words.h"
#include "app/session/place_words.h"

namespace hashimichi::app {
namespace {

constexpr std::size_t most_lines = 50;
/// From where one looks at a place of which only the coordinates are known.
constexpr double place_distance_m = 250, place_elevation_deg = 45;
/// How much wider the picture is than what is shown in it.
constexpr double room = 1.3;
/// A line that stands for more than this selects them no more: the picture would be nothing but casings.
constexpr std::size_t most_selected = 2000;

double distanceFor(double extent_m, double view_angle_deg) {
  if (extent_m <= 0) return place_distance_m;
  return std::max(place_distance_m, room * extent_m / 2 / std::tan(view_angle_deg * std::numbers::pi / 360));
}

}  // namespace

void FindDesk::opened(bool same_place) {
  if (!same_place) state() = {};
  state().ready = false;
  index_.reset(), places_.reset(), reader_.reset();
  const project::Project* project = tools_.view.project.get();
  if (!project || !project->model) return;
  const model::CityModelPtr model = project->model;
  reader_.emplace(model->frame, model->bounds());
  tools_.jobs.start(tr(tools_.view.language, "find.job"), [this, model](Progress& progress) -> JobQueue::Finish {
    const auto index = find::SearchIndex::build(*model, progress);
    const auto places = index ? find::PlaceIndex::build(model, progress) : nullptr;
    if (!places) return {};
    return [this, model, index, places] {
      if (!tools_.view.project || tools_.view.project->model != model) return;  // another one meanwhile
      index_ = index, places_ = places;
      state().ready = true;
      if (!state().words.empty()) on(SearchFor{state().words});
      refresh();
    };
  });
}

void FindDesk::apply(const FindCommand& command) {
  std::visit([this](const auto& c) { on(c); }, command);
}

void FindDesk::on(const SearchFor& command) {
  state().words = command.words;
  state().found.clear();
  state().trouble.clear();
  state().matches = 0;
  if (command.words.empty()) return;
  findPlace();
  findText();
  if (!state().found.empty()) state().trouble.clear();  // "1-2" is an address here, not a place in the ocean
}

/// Coordinates come first: nobody types them by chance.
void FindDesk::findPlace() {
  if (!reader_) return;
  const std::optional<find::TypedPlace> typed = reader_->read(state().words);
  if (!typed) return;
  state().trouble = troubleWords(tools_.view.language, *typed);
  if (typed->trouble != find::PlaceTrouble::none) return;
  state().found.push_back(foundPlace(tools_.view, *typed));
  ++state().matches;
}

void FindDesk::findText() {
  if (!index_) return;
  const find::Matches matches = index_->find(state().words, most_lines);
  state().matches += matches.total;
  for (Found& line : linesOf(tools_.view, matches)) state().found.push_back(std::move(line));
}

void FindDesk::on(const ShowFound& command) {
  if (command.index >= state().found.size()) return;
  const Found found = state().found[command.index];
  if (!found.assets.empty() && found.assets.size() <= most_selected) {
    tools_.say(SelectAssets{found.assets});
  } else if (found.asset) {
    tools_.say(SelectAsset{found.asset});
    tools_.say(FlyTo{Viewpoint::selection, {}});
    return;
  }
  FlyTo there{Viewpoint::pose, tools_.view.camera};
  there.pose.target = found.place;
  there.pose.distance_m = distanceFor(found.extent_m, there.pose.view_angle_deg);
  there.pose.elevation_deg = place_elevation_deg;
  tools_.say(there);
  if (!found.coordinates) return;
  on(AskPlace{found.place});
  tools_.say(ShowWindow{WindowId::place, true});
}

void FindDesk::on(const AskPlace& command) {
  state().asked_place = command.place && isFinite(*command.place) ? command.place : std::nullopt;
  refresh();
}

void FindDesk::refresh() {
  state().place_facts.clear();
  if (state().asked_place && places_) state().place_facts = factsAt(tools_.view, *places_, *state().asked_place);
}

}  // namespace hashimichi::app
