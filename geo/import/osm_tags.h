#pragma once
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace hashimichi::import {

/// The tags of one OpenStreetMap object: key → value.
using OsmTags = std::map<std::string, std::string, std::less<>>;

/// What a way or an area of OpenStreetMap is for us.
enum class OsmThing {
  road,
  bridge,  ///< the outline of a bridge (man_made=bridge)
  building,
  water,
  vegetation,
  railway,
  left_out_highway,  ///< a highway that no vehicle clears: footway, steps, cycleway, construction …
  nothing,
};

/// @param area  whether the shape is an area: building and natural=water say nothing on a line
OsmThing osmThing(const OsmTags& tags, bool area);

/// GDAL's rest of the tags ("lanes"=>"2","surface"=>"asphalt"), added to `tags`. A damaged rest ends where it breaks.
void addOtherTags(std::string_view hstore, OsmTags& tags);

/// "6.5", "6.5 m", "21'4\"", "3 ft" in metres; nothing for other words and for lengths that are none.
std::optional<double> osmMetres(std::string_view value);
/// "2", "3;4" (the first); nothing for other words.
std::optional<int> osmCount(std::string_view value);
/// Empty when there is no such tag.
std::string osmTag(const OsmTags& tags, std::string_view key);
/// A tag that is there and does not say no.
bool osmYes(const OsmTags& tags, std::string_view key);

}  // namespace hashimichi::import
