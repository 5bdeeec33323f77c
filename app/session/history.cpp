#include "app/session/history.h"

#include <set>

namespace hashimichi::app {
namespace {

std::size_t bytesOf(const project::Notebook& book) {
  std::size_t bytes = sizeof book;
  for (const project::Viewpoint& viewpoint : book.viewpoints)
    bytes += sizeof viewpoint + viewpoint.id.size() + viewpoint.name.size();
  for (const project::Note& note : book.notes)
    bytes += sizeof note + note.id.size() + note.text.size() + (note.asset ? note.asset->id.size() : 0);
  return bytes;
}

std::size_t bytesOf(const measure::SavedMeasurements& measured) {
  std::size_t bytes = sizeof measured;
  for (const measure::SavedMeasurement& one : measured.all()) {
    bytes += sizeof one + one.id.size() + one.name.size() + one.result_json.size() + one.points.size() * sizeof(Vec3d);
    for (const std::string& cloud : one.clouds) bytes += sizeof cloud + cloud.size();
  }
  return bytes;
}

}  // namespace

void History::begin(EditableState start) {
  states_.clear();
  states_.push_back({{}, std::move(start), 0});
  step_ = bytes_ = 0;
}

void History::add(std::string name, EditableState after) {
  while (states_.size() > step_ + 1) {
    bytes_ -= states_.back().bytes;
    states_.pop_back();
  }
  std::size_t bytes = 0;
  if (after.book != current().book) bytes += bytesOf(*after.book);
  if (after.measured != current().measured) bytes += bytesOf(*after.measured);
  states_.push_back({std::move(name), std::move(after), bytes});
  bytes_ += bytes;
  ++step_;
  while (step_ > 1 && tooLarge()) {
    bytes_ -= states_.front().bytes;
    states_.pop_front();
    --step_;
  }
}

bool History::tooLarge() const {
  if (states_.size() > limits_.steps + 1 || bytes_ > limits_.bytes) return true;
  std::set<const project::Project*> revisions;
  for (const Entry& entry : states_) revisions.insert(entry.state.project.get());
  return revisions.size() > limits_.revisions;
}

bool History::goTo(std::size_t step) {
  if (step >= states_.size()) return false;
  step_ = step;
  return true;
}

void History::replaceProject(const std::shared_ptr<const project::Project>& former,
                             const std::shared_ptr<const project::Project>& now) {
  const std::shared_ptr<const project::Project> wanted = former;  // it may be one of ours
  for (Entry& entry : states_)
    if (entry.state.project == wanted) entry.state.project = now;
}

std::vector<std::string> History::names() const {
  std::vector<std::string> names;
  for (std::size_t i = 1; i < states_.size(); ++i) names.push_back(states_[i].name);
  return names;
}

}  // namespace hashimichi::app
