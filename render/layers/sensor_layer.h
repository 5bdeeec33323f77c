#pragma once
#include <string>
#include <vector>

#include "render/layers/layer_props.h"
#include "render/scene.h"

namespace hashimichi::render {

/// Readings as columns whose height follows the value; what cannot be used is a short hatched post, never a zero.
class SensorLayer : public LayerProps {
 public:
  struct Column {
    std::string station_id;
    Bounds box;
  };

  SensorLayer();
  /// Readings of stations that the town does not have are left out.
  void show(const PreparedTown& town, const std::vector<SensorReading>& readings);
  const std::vector<Column>& columns() const { return columns_; }
  /// The values, to be written on top of the columns.
  const std::vector<Label>& labels() const { return labels_; }

 private:
  vtkActor &solids_, &lines_;
  std::vector<Column> columns_;
  std::vector<Label> labels_;
};

}  // namespace hashimichi::render
