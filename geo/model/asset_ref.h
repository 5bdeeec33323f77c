#pragma once
#include <string>

namespace hashimichi::model {

enum class AssetKind { road, bridge, building, station, dump_site, object };

/// "road", "bridge", …: the word in files and tables.
inline const char* toString(AssetKind kind) {
  switch (kind) {
    case AssetKind::road:
      return "road";
    case AssetKind::bridge:
      return "bridge";
    case AssetKind::building:
      return "building";
    case AssetKind::station:
      return "station";
    case AssetKind::dump_site:
      return "dump_site";
    case AssetKind::object:
      break;
  }
  return "object";
}

/// One thing that can be pointed at: what kind, and its id (stable across revisions, unlike an index).
struct AssetRef {
  AssetKind kind = AssetKind::road;
  std::string id;
  bool operator==(const AssetRef&) const = default;
};

}  // namespace hashimichi::model
