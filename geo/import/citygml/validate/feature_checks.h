#pragma once
#include <functional>
#include <optional>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "geo/import/citygml/codelists.h"
#include "geo/import/citygml/feature_tree.h"
#include "geo/import/citygml/source_frame.h"
#include "geo/import/citygml/validate/face_checks.h"
#include "geo/import/citygml/validate/validate.h"

namespace hashimichi::import::citygml {

/// Turns a file's coordinates into metres near its first point: enough to measure with, no place on a map.
class Metres {
 public:
  explicit Metres(const crs::CrsInfo& info) : info_(info) {}
  Vec3d operator()(Vec3d file_order);

 private:
  crs::CrsInfo info_;
  std::optional<Vec3d> origin_;
  double metres_per_lat_ = 1, metres_per_lon_ = 1;
};

/// Where an identifier stands for the first time.
struct IdPlace {
  std::string file, place, type;
  bool told = false;
};

/// Inspects the features of one file, one tree after the other.
class FeatureChecks {
 public:
  /// @param ids  of all files of the run so far
  FeatureChecks(const std::filesystem::path& file, const FileHead& head, const crs::CrsInfo& info,
                std::unordered_map<std::string, IdPlace>& ids, Validation& into);

  void check(const FeatureTree& tree);
  /// A relief's triangle, whose tree goes on.
  void checkTriangle(const FeatureTree& tree, NodeId triangle);
  /// Links whose target was in none of the file's features.
  void finish();

 private:
  struct Owner {
    std::string type, id;
    int lod = -1;
  };
  struct Link {
    std::string target, place;
    Owner owner;
  };

  void add(const FeatureTree& tree, NodeId node, Finding finding);
  Owner ownerOf(const FeatureTree& tree, NodeId node) const;
  void checkIds(const FeatureTree& tree, NodeId node);
  void checkLink(const FeatureTree& tree, NodeId node);
  void checkCode(const FeatureTree& tree, NodeId node);
  void checkSentinel(const FeatureTree& tree, NodeId node);
  void checkCrs(const FeatureTree& tree, NodeId node);
  void checkFace(const FeatureTree& tree, NodeId polygon);
  void checkSolid(const FeatureTree& tree, NodeId solid);
  void checkExtent(const FeatureTree& tree);
  void checkSharedFaces(const FeatureTree& tree);
  std::optional<RawFace> faceOf(const FeatureTree& tree, NodeId polygon, bool tell);
  std::optional<RawRing> ringOf(const FeatureTree& tree, NodeId ring, bool tell);

  std::filesystem::path path_;
  std::string file_;
  FileHead head_;
  Metres metres_;
  std::unordered_map<std::string, IdPlace>& ids_;
  Validation& into_;
  Problems codelist_problems_;
  Codelists codelists_;
  std::unordered_set<std::string> own_ids_, missing_lists_, told_crs_;
  std::vector<Link> links_;
  Bounds extent_;  ///< of the feature at hand, in the file's axis order
};

}  // namespace hashimichi::import::citygml
