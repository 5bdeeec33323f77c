#pragma once
#include <cstddef>
#include <deque>
#include <memory>
#include <string>
#include <vector>

#include "geo/measure/saved.h"
#include "geo/project/notebook.h"
#include "geo/project/project.h"

namespace hashimichi::app {

/// All of a project that a person's edits change. Frozen parts, shared between the states that do not differ in them.
struct EditableState {
  std::shared_ptr<const project::Project> project;
  std::shared_ptr<const project::Notebook> book;
  std::shared_ptr<const measure::SavedMeasurements> measured;
};

/// The states that a project went through since it was opened, with the name of the edit that led to each. A value
/// without files or clock; not thread-safe.
///
/// Bounded: when one of the limits is passed, the oldest states are forgotten, and step 0 is then the oldest one left.
class History {
 public:
  struct Limits {
    std::size_t steps = 2000;
    std::size_t bytes = 64u << 20;  ///< of notes, viewpoints and measurements together, estimated
    std::size_t revisions = 5;      ///< of the town: each may take hundreds of megabytes
  };

  History() = default;
  explicit History(Limits limits) : limits_(limits) {}

  /// Forgets everything; `start` is step 0.
  void begin(EditableState start);
  /// The person did something: what had been undone cannot be done again any more.
  void add(std::string name, EditableState after);
  /// False, and nothing happens, when there is no such step.
  bool goTo(std::size_t step);
  /// The same revision in another form (with point clouds indexed, or read anew), wherever it stands.
  void replaceProject(const std::shared_ptr<const project::Project>& former,
                      const std::shared_ptr<const project::Project>& now);

  bool empty() const { return states_.empty(); }
  /// Not while empty().
  const EditableState& current() const { return states_[step_].state; }
  const EditableState& at(std::size_t step) const { return states_[step].state; }
  std::size_t step() const { return step_; }
  /// Of the edits, oldest first: the n-th leads from step n to step n + 1.
  std::vector<std::string> names() const;

 private:
  struct Entry {
    std::string name;  ///< of the edit that led here; of the oldest one it is not asked for
    EditableState state;
    std::size_t bytes = 0;  ///< of what it does not share with the state before
  };
  bool tooLarge() const;

  Limits limits_;
  std::deque<Entry> states_;
  std::size_t step_ = 0;
  std::size_t bytes_ = 0;
};

}  // namespace hashimichi::app
