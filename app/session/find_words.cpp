#include "app/session/find_words.h"

#include <fmt/format.h>

#include <set>

#include "app/i18n/text.h"
#include "geo/crs/japan.h"
#include "geo/find/place_index.h"

namespace hashimichi::app {
namespace {

using find::Field;
using find::Thing;
using find::ThingKind;

/// More things than this under one text are one line, except where it is the name of one kind of thing (three
/// bridges of one name are three bridges).
constexpr std::size_t lines_for_one_text = 3;

const char* kindKey(ThingKind kind) {
  switch (kind) {
    case ThingKind::bridge:
      return "asset.bridge";
    case ThingKind::road:
      return "asset.road";
    case ThingKind::station:
      return "asset.station";
    case ThingKind::dump_site:
      return "asset.dump_site";
    case ThingKind::building:
      return "asset.building";
    case ThingKind::object:
      return "asset.object";
    case ThingKind::result:
      break;
  }
  return "find.result";
}

const char* fieldKey(Field field) {
  switch (field) {
    case Field::kana:
      return "find.by_kana";
    case Field::route:
      return "find.by_route";
    case Field::address:
      return "find.by_address";
    case Field::id:
      return "find.by_id";
    case Field::type:
      return "find.by_type";
    case Field::name:
      break;
  }
  return "find.by_name";
}

/// What tells one thing of a name from another: route, length, address.
std::string particulars(const model::CityModel& model, Thing thing) {
  std::string text;
  const auto add = [&](const std::string& part) {
    if (!part.empty()) text += " · " + part;
  };
  if (thing.kind == ThingKind::bridge) {
    const model::Bridge& bridge = model.bridges[thing.index];
    add(bridge.route_name);
    if (bridge.length_m) add(fmt::format("{:.1f} m", *bridge.length_m));
  } else if (thing.kind == ThingKind::road) {
    add(lengthWords(model.roads[thing.index].length_m));
  } else if (thing.kind == ThingKind::building) {
    add(find::addressOf(model.buildings[thing.index].attributes));
  } else if (thing.kind == ThingKind::result) {
    add(model.results[thing.index].name);
  }
  return text;
}

Vec3d onGround(const model::CityModel& model, Vec3d place) {
  if (model.terrain)
    if (const auto height = model.terrain->heightAt(place.x, place.y)) place.z = *height;
  return place;
}

Found lineOf(const ViewModel& view, const find::Match& match, Thing thing) {
  const model::CityModel& model = *view.project->model;
  Found line;
  line.title = nameOf(model, thing);
  line.detail = tr(view.language, kindKey(thing.kind)) + particulars(model, thing);
  if (match.text != line.title) line.detail += " · " + words(view.language, fieldKey(match.field), {match.text});
  if (match.fit == find::Fit::one_edit) line.detail += " · " + tr(view.language, "find.similar");
  line.asset = assetOf(model, thing);
  if (const Bounds box = boxOf(model, thing); !box.empty()) {
    line.place = onGround(model, box.centre());
    line.extent_m = std::max(box.size().x, box.size().y);
  }
  return line;
}

/// All that carry one text.
Found groupOf(const ViewModel& view, const find::Match& match, const std::vector<Thing>& things) {
  const model::CityModel& model = *view.project->model;
  Found line;
  Bounds all;
  bool one_kind = true;
  for (const Thing thing : things) {
    all.add(boxOf(model, thing));
    one_kind = one_kind && thing.kind == things.front().kind;
    if (auto asset = assetOf(model, thing)) line.assets.push_back(std::move(*asset));
  }
  line.title = match.text;
  line.detail = words(
      view.language, "find.several",
      {tr(view.language, one_kind ? kindKey(things.front().kind) : "find.things"), std::to_string(things.size())});
  if (match.field != Field::name) line.detail += " · " + words(view.language, fieldKey(match.field), {""});
  if (match.fit == find::Fit::one_edit) line.detail += " · " + tr(view.language, "find.similar");
  if (!all.empty()) {
    line.place = onGround(model, all.centre());
    line.extent_m = std::max(all.size().x, all.size().y);
  }
  return line;
}

}  // namespace

std::string words(Language language, std::string_view key, std::initializer_list<std::string> values) {
  std::string text = tr(language, key);
  std::size_t from = 0;
  for (const std::string& value : values) {
    const std::size_t gap = text.find("{}", from);
    if (gap == std::string::npos) break;
    text.replace(gap, 2, value);
    from = gap + value.size();
  }
  while (text.ends_with(' ')) text.pop_back();
  return text;
}

std::string lengthWords(double metres) {
  return metres < 1000 ? fmt::format("{:.0f} m", metres) : fmt::format("{:.1f} km", metres / 1000);
}

std::optional<model::AssetRef> assetOf(const model::CityModel& model, Thing thing) {
  using model::AssetKind;
  switch (thing.kind) {
    case ThingKind::bridge:
      return model::AssetRef{AssetKind::bridge, model.bridges[thing.index].id};
    case ThingKind::road:
      return model::AssetRef{AssetKind::road, model.roads[thing.index].id};
    case ThingKind::station:
      return model::AssetRef{AssetKind::station, model.stations[thing.index].id};
    case ThingKind::dump_site:
      return model::AssetRef{AssetKind::dump_site, model.dump_sites[thing.index].id};
    case ThingKind::building:
      return model::AssetRef{AssetKind::building, model.buildings[thing.index].id};
    case ThingKind::object:
      return model::AssetRef{AssetKind::object, model.objects[thing.index].id};
    case ThingKind::result:
      break;
  }
  return std::nullopt;
}

std::string nameOf(const model::CityModel& model, Thing thing) {
  const auto of = [](const auto& record) { return record.name.empty() ? record.id : record.name; };
  switch (thing.kind) {
    case ThingKind::bridge:
      return of(model.bridges[thing.index]);
    case ThingKind::road:
      return of(model.roads[thing.index]);
    case ThingKind::station:
      return of(model.stations[thing.index]);
    case ThingKind::dump_site:
      return of(model.dump_sites[thing.index]);
    case ThingKind::building:
      return of(model.buildings[thing.index]);
    case ThingKind::object:
      return of(model.objects[thing.index]);
    case ThingKind::result:
      break;
  }
  return of(model.results[thing.index].items[thing.item]);
}

Bounds boxOf(const model::CityModel& model, Thing thing) {
  Bounds box;
  switch (thing.kind) {
    case ThingKind::bridge: {
      const model::Bridge& bridge = model.bridges[thing.index];
      box = model::boundsOf(bridge.geometry);
      if (box.empty() && bridge.position) box.add(*bridge.position);
      break;
    }
    case ThingKind::road:
      box = model::boundsOf(model.roads[thing.index].geometry);
      for (const Vec3d corner : model.roads[thing.index].centreline) box.add(corner);
      break;
    case ThingKind::station:
      box.add(model.stations[thing.index].position);
      break;
    case ThingKind::dump_site:
      box.add(model.dump_sites[thing.index].position);
      break;
    case ThingKind::building:
      box = model::boundsOf(model.buildings[thing.index].geometry);
      break;
    case ThingKind::object:
      box = model::boundsOf(model.objects[thing.index]);
      break;
    case ThingKind::result:
      box = model::boundsOf(model.results[thing.index].items[thing.item].geometry);
      break;
  }
  return box;
}

std::vector<Found> linesOf(const ViewModel& view, const find::Matches& matches) {
  std::vector<Found> lines;
  if (!view.project) return lines;
  std::set<Thing> shown;
  for (const find::Match& match : matches.best) {
    std::vector<Thing> fresh;
    for (const Thing thing : match.things)
      if (!shown.contains(thing)) fresh.push_back(thing);
    if (fresh.empty()) continue;
    // The pieces of one road are one road; the others of one name are told apart.
    const bool road = std::ranges::all_of(fresh, [](Thing thing) { return thing.kind == ThingKind::road; });
    if (fresh.size() > (road ? 1 : lines_for_one_text)) {
      lines.push_back(groupOf(view, match, fresh));
    } else {
      for (const Thing thing : fresh) lines.push_back(lineOf(view, match, thing));
    }
    // Who is in a large group may still have a line of his own.
    if (road || fresh.size() <= lines_for_one_text) shown.insert(fresh.begin(), fresh.end());
  }
  return lines;
}

Found foundPlace(const ViewModel& view, const find::TypedPlace& typed) {
  const find::TypedNumbers& numbers = typed.numbers;
  const model::CityModel& model = *view.project->model;
  Found line;
  line.coordinates = true;
  line.place = onGround(model, typed.place);
  line.extent_m = typed.extent_m;
  if (numbers.kind == find::PlaceKind::mesh) {
    line.title = words(view.language, "find.mesh", {numbers.code});
    line.detail = lengthWords(typed.extent_m);
  } else if (numbers.kind == find::PlaceKind::sheet) {
    line.title = words(view.language, "find.sheet", {numbers.code});
    line.detail = lengthWords(typed.extent_m);
  } else if (numbers.kind == find::PlaceKind::geographic) {
    line.title = words(view.language, "find.degrees",
                       {fmt::format("{:.6f}", numbers.north), fmt::format("{:.6f}", numbers.east)});
    line.detail = numbers.crs.empty() ? words(view.language, "find.crs_assumed", {"JGD2011"}) : numbers.crs;
  } else {
    const bool own = numbers.crs.empty();
    const int epsg = own ? model.frame.epsg() : std::atoi(numbers.crs.c_str() + 5);
    const bool zone = !crs::planeZoneNumeral(epsg).empty();
    line.title = words(view.language, zone ? "find.plane" : "find.east_north",
                       {fmt::format("{:.2f}", zone ? numbers.north : numbers.east),
                        fmt::format("{:.2f}", zone ? numbers.east : numbers.north)});
    const std::string name = fmt::format("EPSG:{}", epsg);
    line.detail = own ? words(view.language, "find.crs_assumed", {name}) : name;
  }
  if (numbers.swapped) line.detail += " · " + tr(view.language, "find.swapped");
  if (typed.away_m > 0) line.detail += " · " + words(view.language, "find.away", {lengthWords(typed.away_m)});
  return line;
}

std::string troubleWords(Language language, const find::TypedPlace& typed) {
  switch (typed.trouble) {
    case find::PlaceTrouble::none:
      return {};
    case find::PlaceTrouble::unknown_crs:
      return words(language, "find.trouble_crs", {typed.numbers.crs});
    case find::PlaceTrouble::impossible:
      return tr(language, "find.trouble_impossible");
    case find::PlaceTrouble::far_away:
      return words(language, "find.trouble_far", {lengthWords(typed.away_m)});
  }
  return {};
}

}  // namespace hashimichi::app
