#pragma once
#include <string>
#include <vector>

#include "geo/core/result.h"
#include "geo/import/field_map.h"

namespace hashimichi::import {

/// What a GIS layer holds. `ignored` layers are named in the report with the reason.
enum class LayerKind { road, bridge, building, water, vegetation, dump_site, other, ignored };
enum class ShapeType { none, point, line, polygon, mixed };

/// What can be known of a layer before its features are read; names in UTF-8.
struct LayerFacts {
  std::string name, file_stem;
  ShapeType shape = ShapeType::mixed;
  std::vector<std::string> heads;
  std::optional<Encoding> dbf;  ///< set when the heads come from a DBF
};

struct LayerVerdict {
  LayerKind kind = LayerKind::ignored;
  std::string reason;  ///< in words, for ignored layers
};

/// The words in layer and file names, from datasets/field_maps/layers.json, and the columns of each kind.
class LayerRules {
 public:
  /// @param own_fields  a person's field map, see FieldMap::load
  static Result<LayerRules> load(const std::filesystem::path& own_fields = {});

  /// By the layer's name, the file's name, and telling columns. What nothing tells is an "other" object: shown, never
  /// ranked.
  LayerVerdict judge(const LayerFacts& facts) const;
  const FieldMap& fields(LayerKind kind) const;

 private:
  LayerRules(FieldMap roads, FieldMap bridges, FieldMap buildings, FieldMap areas, FieldMap dump_sites);
  struct Row {
    LayerKind holds;
    std::vector<std::string> words;
  };
  const Row* rowOf(const std::string& name) const;
  LayerKind byColumns(const LayerFacts& facts) const;
  std::vector<Row> rows_;
  FieldMap roads_, bridges_, buildings_, areas_, dump_sites_;
};

}  // namespace hashimichi::import
