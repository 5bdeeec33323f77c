#pragma once
#include <cstdint>
#include <optional>
#include <vector>

#include "datasets/town/town_parts.h"

namespace hashimichi::datasets {

/// LAS classes that the survey uses; 64 is the first one that users may define.
inline constexpr unsigned char class_ground = 2, class_vegetation = 5, class_building = 6, class_road = 11,
                               class_deck = 17, class_snow = 21, class_girder = 64;

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
  /// Where `sample` looks for these bits, and what it finds there. @param noise  share of the usual survey's
  Vec3d placeOf(std::uint64_t bits) const;
  std::optional<SurveyPoint> at(double x, double y, std::uint64_t bits, double noise = 1) const;

 private:
  struct Ground {
    float z = 0, clearance = 9;
  };
  Ground groundAt(double x, double y) const;
  std::optional<SurveyPoint> onBridge(double x, double y, std::uint64_t bits, double noise) const;
  std::optional<SurveyPoint> onBuilding(double x, double y, std::uint64_t bits) const;
  std::optional<SurveyPoint> onTree(double x, double y, std::uint64_t bits) const;

  const Town& town_;
  double west_, south_;
  std::vector<Ground> grid_;
  std::vector<const TownBuilding*> buildings_;
  std::vector<const TownBridge*> bridges_;
  std::vector<const Tree*> trees_;
};

/// Where a place lies along and beside an axis (left positive), the height of the axis and its direction there;
/// nothing beyond its ends.
struct Foot {
  double chainage = 0, across = 0, z = 0;
  Vec3d direction;
};
std::optional<Foot> footOn(const std::vector<Vec3d>& axis, double x, double y);

/// South-west corners of the tiles along the main streets and over their river bridges.
std::vector<Vec3d> surveyTiles(const Town& town);

}  // namespace hashimichi::datasets
