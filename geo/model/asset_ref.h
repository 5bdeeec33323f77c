#pragma once
#include <string>

namespace hashimichi::model {

enum class AssetKind { road, bridge, building, station, dump_site, object };

/// One thing that can be pointed at: what kind, and its id (stable across revisions, unlike an index).
struct AssetRef {
  AssetKind kind = AssetKind::road;
  std::string id;
  bool operator==(const AssetRef&) const = default;
};

}  // namespace hashimichi::model
