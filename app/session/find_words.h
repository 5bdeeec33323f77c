#pragma once
#include <string>
#include <vector>

#include "app/session/view_model.h"
#include "geo/find/search_index.h"
#include "geo/find/typed_place.h"

namespace hashimichi::app {

/// What the search found, as lines for a person: a text that several things carry is one line (all pieces of a road,
/// the buildings of a 町丁目), and no thing has two.
std::vector<Found> linesOf(const ViewModel& view, const find::Matches& matches);

/// The line of typed coordinates, and what is to be said of them where they lead nowhere; empty: nothing.
Found foundPlace(const ViewModel& view, const find::TypedPlace& typed);
std::string troubleWords(Language language, const find::TypedPlace& typed);

/// The asset that a thing is; nothing for an item of another program's result.
std::optional<model::AssetRef> assetOf(const model::CityModel& model, find::Thing thing);
/// Its name, else its id.
std::string nameOf(const model::CityModel& model, find::Thing thing);
/// Where it is; empty where it has no shape.
Bounds boxOf(const model::CityModel& model, find::Thing thing);

/// "{}" filled in, in order.
std::string words(Language language, std::string_view key, std::initializer_list<std::string> values);
/// "850 m", "12.3 km".
std::string lengthWords(double metres);

}  // namespace hashimichi::app
