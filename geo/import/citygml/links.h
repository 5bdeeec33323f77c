#pragma once
#include <filesystem>
#include <map>
#include <vector>

#include "geo/import/citygml/dataset.h"
#include "geo/import/citygml/shape.h"
#include "geo/import/importer.h"

namespace hashimichi::import::citygml {

/// Geometry that features of a file take from other features, of this file or of others of the data set.
///
/// The file is read a second time only when some feature waits for another; each linked file is read once, at most
/// linked_file_limit of them, and only inside the data set. What the links of a linked file name in turn is not
/// followed.
class Links {
 public:
  Links(const std::filesystem::path& path, const Context& context, GeometryContext& geometry)
      : path_(path), context_(context), geometry_(geometry), dataset_(path) {}

  void want(const Shape& shape);
  /// Reads what was wanted. @returns cancelled
  Status read();
  /// Puts what was found into the shape; what stays unknown is reported (xlink.unresolved).
  void resolve(Shape& shape) const;

 private:
  Status readFrom(const std::filesystem::path& path, GeometryContext& geometry, GeometryById& wanted);
  Status readOther(const std::filesystem::path& path, GeometryById& wanted);
  const FoundGeometry* found(const MissingFace& missing) const;

  std::filesystem::path path_;
  const Context& context_;
  GeometryContext& geometry_;
  Dataset dataset_;
  std::map<std::string, GeometryById> wanted_;  ///< by the file as links write it; "" is this one
};

}  // namespace hashimichi::import::citygml
