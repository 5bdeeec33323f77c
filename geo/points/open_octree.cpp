#include <algorithm>

#include "geo/core/file.h"
#include "geo/points/octree.h"
#include "geo/points/octree_formats.h"
#include "geo/points/record_layout.h"

namespace hashimichi::points {
namespace {

/// The folder of a Potree 2 octree, whether it, its metadata.json or another of its files is named.
std::filesystem::path potreeFolder(const std::filesystem::path& path) {
  std::error_code ignored;
  if (std::filesystem::is_directory(path, ignored)) return path;
  const std::filesystem::path name = path.filename();
  return name == "metadata.json" || name == "hierarchy.bin" || name == "octree.bin" ? path.parent_path()
                                                                                    : std::filesystem::path();
}

bool has(const std::filesystem::path& folder, const char* name) {
  std::error_code ignored;
  return std::filesystem::is_regular_file(folder / name, ignored);
}

bool isPotree(const std::filesystem::path& path, std::filesystem::path& folder) {
  folder = potreeFolder(path);
  if (folder.empty() && path.has_parent_path()) return false;
  return has(folder, "metadata.json") && has(folder, "hierarchy.bin") && has(folder, "octree.bin");
}

}  // namespace

bool isStandard(const AttributeInfo& attribute) {
  struct Known {
    std::string_view name, type;
    int elements;
  };
  static constexpr Known known[]{{field::position, "int32", 3},
                                 {field::intensity, "uint16", 1},
                                 {field::return_number, "uint8", 1},
                                 {field::number_of_returns, "uint8", 1},
                                 {field::flags, "uint8", 1},
                                 {field::classification, "uint8", 1},
                                 {field::scan_angle_rank, "int8", 1},
                                 {field::user_data, "uint8", 1},
                                 {field::scan_angle, "int16", 1},
                                 {field::point_source_id, "uint16", 1},
                                 {field::gps_time, "double", 1},
                                 {field::rgb, "uint16", 3},
                                 {field::nir, "uint16", 1}};
  return std::any_of(std::begin(known), std::end(known), [&](const Known& k) {
    return attribute.name == k.name && attribute.type == k.type && attribute.elements == k.elements;
  });
}

bool looksLikeOctree(const std::filesystem::path& path) {
  std::filesystem::path folder;
  return isPotree(path, folder) || looksLikeCopc(path);
}

Result<OctreePtr> openOctree(const std::filesystem::path& path, Problems& problems) {
  const std::string name = toUtf8(path);
  std::error_code ignored;
  if (!std::filesystem::exists(path, ignored))
    return Error{ErrorCode::not_found, name, "There is no such file or folder.", "Check the name."};
  std::filesystem::path folder;
  if (isPotree(path, folder)) return openPotree(folder, problems);
  if (looksLikeCopc(path)) return openCopc(path, problems);
  folder = potreeFolder(path);
  if (has(folder, "cloud.js"))
    return Error{ErrorCode::unsupported, name, "This is an octree of Potree 1; version 2 and COPC are read.",
                 "Import the survey itself, or convert it with PotreeConverter 2."};
  if (has(folder, "metadata.json"))
    return Error{ErrorCode::unreadable, name,
                 "The folder has a metadata.json, but not the hierarchy.bin and octree.bin of a Potree 2 octree.",
                 "Copy the whole folder."};
  return Error{ErrorCode::unsupported, name, "This is neither a Potree 2 octree nor a COPC file.",
               "Index the survey first: hashimichi index FILE --out FOLDER."};
}

}  // namespace hashimichi::points
