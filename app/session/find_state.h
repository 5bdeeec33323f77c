#pragma once
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "geo/core/geometry.h"
#include "geo/model/asset_ref.h"

namespace hashimichi::app {

/// A line of the search's list.
struct Found {
  std::string title, detail;              ///< "中央橋", "Bridge · 市道中央3号線 · 42.0 m"
  std::optional<model::AssetRef> asset;   ///< nothing: a place
  std::vector<model::AssetRef> assets{};  ///< where the line stands for several (a road's pieces): all of them
  Vec3d place;                            ///< local frame
  double extent_m = 0;                    ///< how much is worth seeing round it; 0: as for an asset
  bool coordinates = false;               ///< a place that was typed: what is known there is shown as well
};

/// One fact of "everything known at this place", under a heading.
struct PlaceFact {
  std::string heading, name, value;
  std::optional<model::AssetRef> asset;  ///< whose fact it is
};

/// Read-only for panels.
struct FindState {
  bool ready = false;  ///< the index of the open town is built; until then there is nothing to find
  std::string words;
  std::vector<Found> found;  ///< best first
  std::size_t matches = 0;   ///< how many there are in all; the list is cut
  std::string trouble;       ///< why words that look like coordinates are no place here; empty: nothing to say

  std::optional<Vec3d> asked_place;
  std::vector<PlaceFact> place_facts;
};

}  // namespace hashimichi::app
