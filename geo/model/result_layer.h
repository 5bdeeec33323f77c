#pragma once
#include <cstddef>
#include <limits>
#include <string>
#include <vector>

#include "geo/core/date_time.h"
#include "geo/model/geometry.h"

namespace hashimichi::model {

/// What another program computed for a town, on the time line: the roof-snow tool's priority of every building and
/// hour, the zones of a hazard map, a grid of a wind or snow simulation. Shown beside our own decision, never mixed in.
struct ResultLayer {
  /// What carries a value. `id` is the neighbour's (a building's gml:id where the neighbour keeps it, so that the
  /// building itself can be coloured); `geometry` is the neighbour's own shape in the local frame and may be empty
  /// where the id is that of a feature of the model.
  struct Item {
    std::string id, name;
    Geometry geometry;
  };

  std::string id;                        ///< unique in the model
  std::string name;                      ///< what a person reads: "除雪優先度"
  std::string quantity;                  ///< the neighbour's own name of the column: "snow_removal_priority"
  std::string unit;                      ///< "%", "kg/m2", "m"; empty when the neighbour names none
  std::string source;                    ///< index of a file as every feature's
  std::vector<Instant> times;            ///< ascending; empty: holds at any time
  std::vector<double> class_limits;      ///< lower limits of the neighbour's classes, ascending; empty: none
  std::vector<std::string> class_names;  ///< one more than limits, or empty
  std::vector<Item> items;
  std::vector<float> values;  ///< items × max(1, times), row by item; NaN where the neighbour says nothing

  std::size_t columns() const { return times.empty() ? 1 : times.size(); }
  float at(std::size_t item, std::size_t column) const { return values[item * columns() + column]; }
  /// The column that holds at a time: the last not after it and not more than `max_age_h` before; npos is a gap.
  std::size_t columnAt(Instant time, double max_age_h = 1.0) const;
  static constexpr std::size_t gap = std::numeric_limits<std::size_t>::max();
  /// 0…class_limits.size(): how many limits the value reaches.
  std::size_t classOf(float value) const;
};

}  // namespace hashimichi::model
