#pragma once
#include <array>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "geo/core/problem.h"
#include "geo/core/progress.h"
#include "geo/core/result.h"
#include "geo/import/citygml/feature_tree.h"
#include "geo/model/sink.h"

namespace hashimichi::import::citygml {

using TexturePoint = std::array<float, 2>;

/// The colours and pictures that a file gives to its faces, by the gml:id of a face or of a geometry around it.
///
/// Read before the features (appearances stand behind them), and only from files that have any. Pictures are looked
/// for, not decoded: a path that leaves the data set is refused, one in other letters (.JPG) is found, missing ones are
/// counted. Where a face has both a colour and a picture, or several themes, the first picture counts.
class Appearances {
 public:
  /// @param sink  gets each material when the first face with it is read; must outlive this
  /// @returns cancelled; damage inside the file is left to the reading of the features
  static Result<Appearances> read(const std::filesystem::path& file, model::Sink& sink, Problems& problems,
                                  Progress& progress);

  /// What a face is covered with; nothing when neither it nor a geometry around it is named. `surface` is not set.
  /// @param raw  the rings as in the file; `ring_nodes` are their elements, outer first
  /// @param reversed  the face is to be turned round
  /// @param uv_fault  set when the file gives another number of texture coordinates than a ring has points
  std::optional<model::SurfaceAppearance> of(const FeatureTree& tree, NodeId polygon,
                                             const std::vector<NodeId>& ring_nodes, const model::Polygon& raw,
                                             bool reversed, bool& uv_fault) const;
  bool empty() const { return looks_.empty(); }

 private:
  friend class AppearanceHandler;
  struct RingLook {
    std::string ring;  ///< gml:id of the ring, may be empty
    std::vector<TexturePoint> uv;
  };
  struct Look {
    std::uint32_t material = 0;  ///< index into materials_
    std::vector<RingLook> rings;
    /// (s·q, t·q, q) from coordinates as in the file, row by row; instead of `rings`.
    std::optional<std::array<double, 12>> world_to_texture;
  };
  struct Known {
    model::Material material;
    mutable std::optional<std::uint32_t> index;  ///< in the model, once it is used
  };
  const Look* lookAround(const FeatureTree& tree, NodeId polygon) const;
  static bool coordinatesOf(const Look& look, const FeatureTree& tree, const std::vector<NodeId>& ring_nodes,
                            const model::Polygon& raw, bool reversed, std::vector<TexturePoint>& out);

  model::Sink* sink_ = nullptr;
  std::unordered_map<std::string, Look> looks_;
  std::vector<Known> materials_;
};

}  // namespace hashimichi::import::citygml
