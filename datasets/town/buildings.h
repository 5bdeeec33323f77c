#pragma once
#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "datasets/town/bridges.h"
#include "datasets/town/land.h"
#include "datasets/town/network.h"

namespace hashimichi::datasets {

enum class Roof { flat, gabled, hipped };

struct Rgb {
  unsigned char red = 0, green = 0, blue = 0;
};

/// A rectangle on the ground with a roof. The long axis is (ux, uy); half_length along it, half_depth across.
struct TownBuilding {
  double x = 0, y = 0, ux = 1, uy = 0;
  double half_length = 5, half_depth = 4;
  double ground_z = 0;             ///< lowest corner, T.P.
  double eave_m = 6, ridge_m = 8;  ///< above ground_z
  Roof roof = Roof::gabled;
  bool lod2 = false;
  int usage = 411, storeys = 2, year = 1985;  ///< PLATEAU Building_usage; year 0: unknown
  bool wooden = true;
  std::string name;
  Rgb roof_colour, wall_colour;

  /// Corners counter-clockwise, z = ground.
  std::array<Vec3d, 4> corners() const;
  /// Height of the roof above a plan position inside; the eave outside.
  double roofAt(double x, double y) const;
  bool covers(double px, double py, double margin = 0) const;
};

struct Tree {
  double x = 0, y = 0, ground_z = 0, height_m = 6, crown_m = 2;
  bool conifer = false;
};

/// A school's ground, a car park: kept free of houses.
struct OpenGround {
  TownBuilding outline;  ///< only its rectangle counts
  bool paved = false;
};

/// Houses along the streets, facing them, and the large buildings in the open blocks; nothing overlaps roads, water
/// or another building.
std::vector<TownBuilding> placeBuildings(const Network& network, const Land& land, std::uint64_t seed, double scale,
                                         std::vector<OpenGround>& grounds);

/// Rectangles in plan, for "is this place free?".
class BuildingIndex {
 public:
  explicit BuildingIndex(const Window& window);
  void add(const TownBuilding& building);
  bool overlaps(const TownBuilding& building, double gap_m) const;
  /// Index of the building over a place, or −1.
  int at(double x, double y) const;
  /// Indices of the buildings that may touch a box; each once.
  std::vector<int> within(double west, double south, double east, double north) const;

 private:
  std::size_t square(double x, double y) const;
  double west_, south_;
  int columns_, rows_;
  std::vector<TownBuilding> kept_;
  std::vector<std::vector<int>> in_square_;
};

}  // namespace hashimichi::datasets
