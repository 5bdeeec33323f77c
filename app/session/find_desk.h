#pragma once
#include <memory>
#include <optional>
#include <string>

#include "app/session/desk.h"
#include "geo/find/place_index.h"
#include "geo/find/search_index.h"
#include "geo/find/typed_place.h"

namespace hashimichi::app {

/// Search, and what is known at a place.
class FindDesk {
 public:
  explicit FindDesk(DeskTools tools) : tools_(std::move(tools)) {}

  void apply(const FindCommand& command);
  /// Another project, or the same one with another model, is shown now.
  void opened(bool same_place);
  /// Time, language or decisions changed: what is said of a place is said again.
  void refresh();

 private:
  void on(const SearchFor& command);
  void on(const ShowFound& command);
  void on(const AskPlace& command);
  void findText();
  void findPlace();
  FindState& state() { return tools_.view.find; }

  DeskTools tools_;
  std::shared_ptr<const find::SearchIndex> index_;
  std::shared_ptr<const find::PlaceIndex> places_;
  std::optional<find::PlaceReader> reader_;
};

}  // namespace hashimichi::app
