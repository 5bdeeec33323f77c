#pragma once
#include "app/session/desk.h"

namespace hashimichi::app {

/// How the town is shown: sun, ground, viewshed, two moments, films.
class LookDesk {
 public:
  explicit LookDesk(DeskTools tools) : tools_(std::move(tools)) {}

  void apply(const LookCommand& command);
  /// Another project, or the same one with another model, is shown now.
  void opened(bool same_place);
  /// Profile or language changed: the second moment's rankings and readings are of the former ones.
  void assessAgain();

 private:
  void on(const SetLook& command);
  void on(const ShowViewshed& command);
  void on(const SetMomentComparison& command);
  void on(const FilmTown& command);
  void on(const SetPlayback& command);
  void forgetOther();

  DeskTools tools_;
};

}  // namespace hashimichi::app
