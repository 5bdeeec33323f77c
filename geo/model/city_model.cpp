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
  return bounds;
}

}  // namespace hashimichi::model
