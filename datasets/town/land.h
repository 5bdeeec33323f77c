#pragma once
#include <vector>

#include "datasets/town/line_index.h"
#include "datasets/town/network.h"
#include "datasets/town/valley.h"

namespace hashimichi::datasets {

/// The finished ground: the valley with its river bed, canals, and roads cut in and banked up. What a DEM measures;
/// bridges are not part of it. Immutable after construction; share between threads.
class Land {
 public:
  Land(const Valley& valley, const Window& window, const Network& network);

  /// Bare earth (river and canal beds included), T.P.
  double ground(double x, double y) const;
  /// What a 5 m elevation model shows: canals are too narrow for it, river and creeks are not.
  double modelled(double x, double y) const;
  /// Ground before water is cut into it: the banks, roads included.
  double bank(double x, double y) const;

  struct OnRoad {
    int road = -1;
    double clearance_m = 0;  ///< negative on the carriageway
    double z = 0;            ///< profile of the road
  };
  OnRoad roadAt(double x, double y, double reach_m, int skip = -1) const;
  /// Distance to the edge of canals and creeks, negative in them; `reach_m` when farther.
  double fromWater(double x, double y, double reach_m) const;
  bool inWater(double x, double y) const;

  const Valley& valley() const { return valley_; }
  const Window& window() const { return window_; }

 private:
  const Valley& valley_;
  Window window_;
  const Network& network_;
  double cut(double x, double y, double z, bool creeks_only) const;
  LineIndex roads_, waters_;
};

}  // namespace hashimichi::datasets
