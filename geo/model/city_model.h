#pragma once
#include <memory>
#include <optional>
#include <vector>

#include "geo/crs/local_frame.h"
#include "geo/model/bridge.h"
#include "geo/model/building.h"
#include "geo/model/city_object.h"
#include "geo/model/pavement.h"
#include "geo/model/point_cloud.h"
#include "geo/model/result_layer.h"
#include "geo/model/road.h"
#include "geo/model/terrain.h"
#include "geo/model/winter.h"
#include "geo/sensors/series.h"

namespace hashimichi::model {

/// One frozen state of a town. Made by CityBuilder, never changed afterwards; an edit makes a new one.
/// Share between threads as `CityModelPtr`.
struct CityModel {
  crs::LocalFrame frame;
  std::vector<Building> buildings;
  std::vector<RoadSegment> roads;
  std::vector<Bridge> bridges;
  std::vector<CityObject> objects;
  std::vector<Material> materials;  ///< what SurfaceAppearance::material counts
  std::vector<SnowDumpSite> dump_sites;
  std::vector<sensors::Station> stations;
  std::vector<sensors::Series> series;  ///< observations and forecasts
  std::optional<Terrain> terrain;
  std::vector<ImageryRef> imagery;
  std::vector<PointCloud> clouds;
  std::vector<PavementSection> pavements;
  std::vector<Depot> depots;
  std::vector<PloughTrack> tracks;
  std::vector<BusLine> bus_lines;
  std::vector<PopulationCell> population;
  std::vector<ResultLayer> results;  ///< of other programs, beside our own decision

  Bounds bounds() const;
};
using CityModelPtr = std::shared_ptr<const CityModel>;

}  // namespace hashimichi::model
