#include "geo/model/city_model.h"

namespace hashimichi::model {

Bounds CityModel::bounds() const {
  Bounds bounds;
  for (const Building& b : buildings) bounds.add(boundsOf(b.geometry));
  for (const RoadSegment& r : roads) bounds.add(boundsOf(r.geometry));
  for (const Bridge& b : bridges) {
    bounds.add(boundsOf(b.geometry));
    if (b.position) bounds.add(*b.position);
  }
  for (const CityObject& o : objects) bounds.add(boundsOf(o));
  for (const PointCloud& c : clouds) bounds.add(c.bounds);
  if (terrain) bounds.add(terrain->bounds());
  // Results lie upon a town; only where there is nothing else do they make one.
  if (bounds.empty())
    for (const ResultLayer& result : results)
      for (const ResultLayer::Item& item : result.items) bounds.add(boundsOf(item.geometry));
  return bounds;
}

}  // namespace hashimichi::model
