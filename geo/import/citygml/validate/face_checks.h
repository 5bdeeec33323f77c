#pragma once
#include <span>
#include <string>
#include <vector>

#include "geo/core/geometry.h"

/// The geometry rules of PLATEAU's quality inspection, on plain rings. Coordinates in metres, x east, y north, z up;
/// rings with their last point repeated, as files have them.
namespace hashimichi::import::citygml {

using RawRing = std::vector<Vec3d>;

struct Fault {
  const char* rule = "";
  const char* issue = "";
  std::string what = {};
};

struct RawFace {
  RawRing outer;
  std::vector<RawRing> holes;
};

/// Consecutive points nearer than this are one (L07).
inline constexpr double same_point_m = 0.01;
/// How far a point may lie off the plane of its face (L11).
inline constexpr double planar_within_m = 0.03;

/// Faults of one ring: RingNotClosed, DuplicateConsecutivePoints, SelfIntersection (crossing or
/// touching itself), DegenerateSurface (no area).
/// Each at most once.
std::vector<Fault> ringFaults(const RawRing& ring);
/// NonPlanarSurface, InteriorRingNotContainedInExteriorRing, besides those of its rings.
std::vector<Fault> faceFaults(const RawFace& face);
/// Whether a face looks down although maps are read from above.
bool facesDown(const RawFace& face);

/// A closed solid's faces meet pairwise along edges, each run once in either direction: SurfaceNotClosed where an edge
/// has no partner, InvalidSolidBoundaries where faces disagree about outside, where more than two meet, where
/// several bodies do not touch, or where the whole looks inwards.
std::vector<Fault> solidFaults(std::span<const RawFace> faces);

}  // namespace hashimichi::import::citygml
