#pragma once
#include "geo/model/city_model.h"
#include "render/prepared_town.h"

namespace hashimichi::tests {

/// A small drawn town for the pictures: hills, a river with bridges, a grid of roads, houses; everything placed round
/// `centre` of the local frame. Deterministic.
struct SampleTown {
  Vec3d centre{};
  int houses = 400;
  double side_m = 1000;
  bool relief = true;
};
model::CityModelPtr makeSampleTown(const SampleTown& wanted = {});
render::PreparedTownPtr prepared(const model::CityModelPtr& model);

/// A box-shaped building with gable roof, LOD2.
model::Building houseAt(const std::string& id, Vec3d foot, double width_m, double depth_m, double height_m);
model::RoadSegment roadAlong(const std::string& id, model::Polyline line, double width_m);

}  // namespace hashimichi::tests
