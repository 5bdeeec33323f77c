#pragma once
#include <cstdint>
#include <functional>
#include <vector>

#include "datasets/town/town_parts.h"

namespace hashimichi::datasets {

/// LAS classes that the survey uses; 64 is the first one that users may define.
inline constexpr unsigned char class_ground = 2, class_vegetation = 5, class_building = 6, class_road = 11,
                               class_deck = 17, class_girder = 64;

struct SurveyPoint {
  Vec3d place;  ///< local frame
  unsigned char classification = class_ground;
  Rgb colour;
};

/// A square of the survey with everything near it looked up once; gives points one by one.
class SurveyTile {
 public:
  static constexpr double side_m = 16;
  SurveyTile(const Town& town, const BuildingIndex& houses, double west, double south);
  /// Nothing where the beam is lost (water).
  std::optional<SurveyPoint> sample(std::uint64_t bits) const;

 private:
  struct Ground {
    float z = 0, clearance = 9;
  };
  Ground groundAt(double x, double y) const;
  std::optional<SurveyPoint> onBridge(double x, double y, std::uint64_t bits) const;
  std::optional<SurveyPoint> onBuilding(double x, double y, std::uint64_t bits) const;
  std::optional<SurveyPoint> onTree(double x, double y, std::uint64_t bits) const;

  const Town& town_;
  double west_, south_;
  std::vector<Ground> grid_;
  std::vector<const TownBuilding*> buildings_;
  std::vector<const TownBridge*> bridges_;
  std::vector<const Tree*> trees_;
};

/// South-west corners of the tiles along the main streets and over their river bridges.
std::vector<Vec3d> surveyTiles(const Town& town);

}  // namespace hashimichi::datasets
