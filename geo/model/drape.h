#pragma once
#include <cstddef>
#include <optional>
#include <vector>

#include "geo/model/bridge.h"
#include "geo/model/geometry.h"
#include "geo/model/spatial_index.h"
#include "geo/model/terrain.h"

namespace hashimichi::model {

/// Roads lie this much above the terrain, so that neither the picture nor a grid of 5 m swallows them.
inline constexpr double road_lift_m = 0.15;
/// A road on a deck whose height is known.
inline constexpr double deck_lift_m = 0.05;
/// Water and other areas.
inline constexpr double area_lift_m = 0.05;

/// Heights for features that came without. Outside the terrain: that of its nearest edge, else its mean, counted.
/// Without any terrain: 0.
class Ground {
 public:
  /// @param terrain  must outlive this; nullptr = none
  explicit Ground(const Terrain* terrain);
  bool known() const { return terrain_ != nullptr; }
  double spacing_m() const { return terrain_ ? terrain_->spacing_m : 0; }
  double heightAt(double x, double y) const;
  bool covers(double x, double y) const { return terrain_ && terrain_->heightAt(x, y).has_value(); }
  /// How many places were asked for that the terrain does not cover.
  std::size_t outside() const { return outside_; }

 private:
  const Terrain* terrain_;
  double mean_m_ = 0;
  mutable std::size_t outside_ = 0;
};

/// A stretch of a line that spans freely between its two ends instead of following the ground.
struct Span {
  double from_m = 0, to_m = 0;
  double from_height_m = 0, to_height_m = 0;
};

class BridgeDecks;

/// Heights along one road: the ground plus a lift; over its spans straight from end to end, and never below the deck of
/// a bridge that has a shape with heights.
class HeightProfile {
 public:
  /// @param lift_m  above the ground; without any terrain there is nothing to lift from, and all heights are 0
  HeightProfile(const Ground& ground, double lift_m) : ground_(ground), lift_m_(ground.known() ? lift_m : 0) {}
  /// @param axis   in the local frame; its z is not used
  /// @param spans  chainages on the axis; overlapping ones become one; their heights are taken from the ground
  /// @param decks  must outlive this; nullptr = none
  HeightProfile(const Ground& ground, double lift_m, Polyline axis, std::vector<Span> spans,
                const BridgeDecks* decks = nullptr);

  double heightAt(double x, double y) const;
  const std::vector<Span>& spans() const { return spans_; }
  double spacing_m() const { return ground_.spacing_m(); }

 private:
  const Ground& ground_;
  double lift_m_;
  Polyline axis_;
  std::vector<Span> spans_;
  const BridgeDecks* decks_ = nullptr;
};

/// The same line with heights; corners are added where the ground leaves the straight line by more than 0.1 m, and at
/// the ends of spans.
Polyline drape(const Polyline& line, const HeightProfile& profile);
void drape(Polygon& polygon, const HeightProfile& profile);
/// Faces with a texture keep their corners, to which the texture is pinned; the others gain some.
void drape(Geometry& geometry, const HeightProfile& profile);
/// A shape that runs along something (a railway, a track): over bridges it spans from end to end like a road.
/// @param lift_m  above the ground
void drapeAlong(Geometry& geometry, const Ground& ground, double lift_m, const BridgeDecks& decks);

/// All z of a shape set to one height.
void flatten(Geometry& geometry, double height_m);
/// Lowest and highest ground below the corners of a shape.
struct HeightRange {
  double low_m = 0, high_m = 0;
};
HeightRange groundBelow(const Geometry& geometry, const Ground& ground);

/// Where bridges are, seen from above: which stretches of a road lie on one that runs the same way.
class BridgeDecks {
 public:
  explicit BridgeDecks(const std::vector<Bridge>& bridges);
  /// Chainages of a line; heights not set. A bridge that crosses the line (the road passes below) gives none.
  /// @param ground_spacing_m  a terrain grid smears a creek over this much of its banks; the spans reach beyond that
  std::vector<Span> over(const Polyline& line, double ground_spacing_m) const;
  /// Whether a road that runs this way here is on a bridge.
  bool carries(const OnLine& road) const;
  /// Top of a deck at a place: of surfaces told to be decks, else of the highest one that faces up and is not more than
  /// 3 m above `expected_m` (arches and portals are). Nothing where no bridge with such a surface is.
  std::optional<double> deckHeight(double x, double y, double expected_m) const;

 private:
  struct Deck {
    const Bridge* bridge;
    std::optional<Vec3d> along;  ///< nothing for bridges about as wide as long

    bool carries(const OnLine& road) const;
  };
  /// One face of a bridge that may be driven on.
  struct Face {
    const Surface* surface;
    bool deck;
  };
  void addFaces(const Bridge& bridge);

  std::vector<Deck> decks_;
  std::vector<Face> faces_;
  SpatialIndex index_{100}, face_index_{10};
};

}  // namespace hashimichi::model
