#pragma once
#include <string>

#include "app/session/view_model.h"

namespace hashimichi::app {

/// Everything known at a place, as lines under headings; a line about a thing leads to it.
class PlaceWindow {
 public:
  void draw(const ViewModel& view, CommandQueue& out, float scale);
};

/// The same as text for a table or a message: heading, name and value apart by tabs, a line each.
std::string placeAsText(const std::vector<PlaceFact>& facts);

}  // namespace hashimichi::app
