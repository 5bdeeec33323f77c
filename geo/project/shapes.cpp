#include "geo/project/shapes.h"

#include "geo/project/layout.h"
#include "geo/project/meshes.h"
#include "geo/project/schema.h"

namespace hashimichi::project {
namespace {

using model::CityModel;
using model::Geometry;

/// One geometry of one feature, where it stands in the model.
struct Place {
  const TableInfo* table;
  std::size_t index;
  const std::string* id;
  std::size_t shape;  ///< 0: the one that is shown; n: other_lods[n − 1]
  const Geometry* geometry;

  FeatureRef ref() const { return {table->name, *id, static_cast<std::int64_t>(index) + 1, shape}; }
};

template <typename Feature>
void addPlaces(std::vector<Place>& places, const TableInfo& table, const std::vector<Feature>& features) {
  for (std::size_t i = 0; i < features.size(); ++i) {
    const Feature& feature = features[i];
    places.push_back({&table, i, &feature.id, 0, &feature.geometry});
    for (std::size_t n = 0; n < feature.other_lods.size(); ++n)
      places.push_back({&table, i, &feature.id, n + 1, &feature.other_lods[n]});
  }
}

std::vector<Place> placesIn(const CityModel& city) {
  std::vector<Place> places;
  addPlaces(places, table::buildings, city.buildings);
  addPlaces(places, table::objects, city.objects);
  addPlaces(places, table::roads, city.roads);
  addPlaces(places, table::bridges, city.bridges);
  return places;
}

/// One row for every place that `wanted` names, in their order.
template <typename Wanted, typename Write>
Status writePlaces(Gpkg& file, const TableInfo& table, const std::vector<Place>& places, Wanted wanted, Write write) {
  FeatureRef sample_ref;
  Geometry sample;
  auto at = places.begin();
  return file.write(
      table, [&](Columns& definition) { write(definition, sample_ref, sample); },
      [&](Columns& cells) {
        while (at != places.end() && !wanted(*at)) ++at;
        if (at == places.end()) return false;
        FeatureRef ref = at->ref();
        write(cells, ref, const_cast<Geometry&>(*at->geometry));  // a writer only looks
        ++at;
        return true;
      });
}

/// Lines of a road that only repeat its centre line are told by a flag of the road's own row.
bool linesAreElsewhere(const CityModel& city, const Place& place) {
  return place.table == &table::roads && place.shape == 0 && linesRepeatCentreline(city.roads[place.index]);
}

Status writeLines(Gpkg& file, const CityModel& city, const std::vector<Place>& places) {
  std::vector<LinesRow> rows;
  for (const Place& place : places)
    if (!place.geometry->lines.empty() && !linesAreElsewhere(city, place))
      rows.push_back({place.ref(), "line", place.geometry->lines});
  for (std::size_t i = 0; i < city.bridges.size(); ++i) {
    const Bridge& bridge = city.bridges[i];
    if (!bridge.axis.empty())
      rows.push_back({{table::bridges.name, bridge.id, static_cast<std::int64_t>(i) + 1, 0}, "axis", {bridge.axis}});
  }
  return writeRows(file, table::lines, rows, linesColumns);
}

Status writeMaterials(Gpkg& file, const CityModel& city, const std::filesystem::path& folder,
                      std::set<std::string>& caches) {
  const Result<std::vector<model::Material>> materials = storedMaterials(city, folder, caches);
  if (!materials) return materials.error();
  return writeRows(file, table::materials, *materials, materialColumns);
}

Error damaged(const TableInfo& table, const char* reason) {
  return {ErrorCode::unreadable, std::string("project.gpkg#") + table.name,
          std::string("The project file is damaged: ") + reason + ".",
          "Restore it from a backup, or import the sources again."};
}

template <typename Owner>
Owner* ownerOf(std::vector<Owner>& owners, std::int64_t fid) {
  return fid >= 1 && static_cast<std::size_t>(fid) <= owners.size() ? &owners[static_cast<std::size_t>(fid) - 1]
                                                                    : nullptr;
}

/// Calls `use` with the feature that a row belongs to; false when there is none.
template <typename Use>
bool withOwner(CityModel& city, const FeatureRef& ref, Use use) {
  const auto with = [&use](auto* owner) { return owner != nullptr && use(*owner); };
  if (ref.owner_table == table::buildings.name) return with(ownerOf(city.buildings, ref.owner));
  if (ref.owner_table == table::roads.name) return with(ownerOf(city.roads, ref.owner));
  if (ref.owner_table == table::bridges.name) return with(ownerOf(city.bridges, ref.owner));
  if (ref.owner_table == table::objects.name || ref.owner_table == table::areas_v1.name)
    return with(ownerOf(city.objects, ref.owner));
  return false;
}

Geometry* geometryOf(CityModel& city, const FeatureRef& ref) {
  Geometry* found = nullptr;
  withOwner(city, ref, [&](auto& feature) {
    if (ref.shape == 0) found = &feature.geometry;
    if (ref.shape >= 1 && ref.shape <= feature.other_lods.size()) found = &feature.other_lods[ref.shape - 1];
    return true;
  });
  return found;
}

Status readOtherLods(Gpkg& file, CityModel& city) {
  bool lost = false;
  const Status status = file.read(table::other_lods.name, [&](Columns& cells) {
    FeatureRef ref;
    Geometry geometry;
    otherLodColumns(cells, ref, geometry);
    lost |= !withOwner(city, ref, [&](auto& feature) {
      if (ref.shape != feature.other_lods.size() + 1) return false;
      feature.other_lods.push_back(std::move(geometry));
      return true;
    });
  });
  if (status && lost) return damaged(table::other_lods, "a level of detail belongs to nothing");
  return status;
}

Status readLines(Gpkg& file, CityModel& city) {
  return file.read(table::lines.name, [&](Columns& cells) {
    LinesRow row;
    linesColumns(cells, row);
    if (row.role == "axis") {
      Bridge* bridge = ownerOf(city.bridges, row.ref.owner);
      if (bridge != nullptr && !row.lines.empty()) bridge->axis = std::move(row.lines.front());
    } else if (Geometry* geometry = geometryOf(city, row.ref)) {
      geometry->lines = std::move(row.lines);
    }
  });
}

Status readPoints(Gpkg& file, CityModel& city) {
  return file.read(table::points.name, [&](Columns& cells) {
    FeatureRef ref;
    Geometry read;
    pointsColumns(cells, ref, read);
    if (Geometry* geometry = geometryOf(city, ref)) geometry->points = std::move(read.points);
  });
}

/// Indices are followed while drawing, so they are checked here, once.
bool fits(const std::vector<model::SurfaceAppearance>& appearance, const Geometry& geometry, std::size_t materials) {
  for (const model::SurfaceAppearance& face : appearance)
    if (face.surface >= geometry.surfaces.size() || face.material >= materials) return false;
  return true;
}

Status readAppearances(Gpkg& file, CityModel& city, const std::filesystem::path& folder) {
  if (const Status s = readRows(file, table::materials, city.materials, materialColumns); !s) return s;
  for (model::Material& material : city.materials) material.texture_path = resolvedPath(material.texture_path, folder);
  bool broken = false;
  const Status status = file.read(table::appearances.name, [&](Columns& cells) {
    FeatureRef ref;
    Geometry read;
    const bool whole = appearanceColumns(cells, ref, read);
    Geometry* geometry = geometryOf(city, ref);
    if (whole && geometry != nullptr && fits(read.appearance, *geometry, city.materials.size()))
      geometry->appearance = std::move(read.appearance);
    else
      broken = true;
  });
  if (status && broken) return damaged(table::appearances, "a colour or texture belongs to no face");
  return status;
}

}  // namespace

Status writeShapes(Gpkg& file, const CityModel& city, const std::filesystem::path& folder,
                   std::set<std::string>& caches) {
  const std::vector<Place> places = placesIn(city);
  const auto isOther = [](const Place& place) { return place.shape > 0; };
  if (const Status s = writePlaces(file, table::other_lods, places, isOther, otherLodColumns); !s) return s;
  if (const Status s = writeLines(file, city, places); !s) return s;
  const auto hasPoints = [](const Place& place) { return !place.geometry->points.empty(); };
  if (const Status s = writePlaces(file, table::points, places, hasPoints, pointsColumns); !s) return s;
  if (const Status s = writeMaterials(file, city, folder, caches); !s) return s;
  const auto isCovered = [](const Place& place) { return !place.geometry->appearance.empty(); };
  if (const Status s = writePlaces(file, table::appearances, places, isCovered, appearanceColumns); !s) return s;
  return writeMeshes(file, city, folder, caches);
}

Status readShapes(Gpkg& file, CityModel& city, const std::filesystem::path& folder, int version, Problems& report) {
  if (version >= 2)
    if (const Status s = readOtherLods(file, city); !s) return s;
  if (const Status s = readLines(file, city); !s || version < 2) return s;
  if (const Status s = readPoints(file, city); !s) return s;
  if (const Status s = readAppearances(file, city, folder); !s) return s;
  return readMeshes(file, city, folder, report);
}

std::size_t countOtherLods(const CityModel& city) {
  std::size_t count = 0;
  const auto add = [&count](const auto& features) {
    for (const auto& feature : features) count += feature.other_lods.size();
  };
  add(city.buildings), add(city.objects), add(city.roads), add(city.bridges);
  return count;
}

}  // namespace hashimichi::project
