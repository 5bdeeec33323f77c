#include "geo/project/meshes.h"

#include <map>

#include "geo/core/file.h"
#include "geo/project/layout.h"
#include "geo/project/mesh_cache.h"
#include "geo/project/schema.h"

namespace hashimichi::project {
namespace fs = std::filesystem;

namespace {

/// A picture that an earlier save put below caches/ of this or another project.
bool isCachedPicture(const std::string& path) {
  const fs::path file(path);
  return file.parent_path().filename() == "caches" && toUtf8(file.filename()).starts_with("picture_");
}

Result<std::string> keptPicture(const model::Material& material, const fs::path& folder) {
  if (material.embedded) return writePicture(cachesOf(folder), *material.embedded);
  const fs::path file(material.texture_path);
  const std::string name = toUtf8(file.filename());
  std::error_code failed;
  if (fs::weakly_canonical(file.parent_path(), failed) != fs::weakly_canonical(cachesOf(folder), failed))
    fs::copy_file(file, cachesOf(folder) / file.filename(), fs::copy_options::skip_existing, failed);
  return name;
}

}  // namespace

Result<std::vector<model::Material>> storedMaterials(const model::CityModel& city, const fs::path& folder,
                                                     std::set<std::string>& caches) {
  std::vector<model::Material> materials = city.materials;
  for (model::Material& material : materials) {
    if (material.embedded || isCachedPicture(material.texture_path)) {
      Result<std::string> name = keptPicture(material, folder);
      if (!name) return name.error();
      caches.insert(*name);
      material.texture_path = toUtf8(cachesOf(folder) / fs::path(*name));
    }
    material.texture_path = storedPath(material.texture_path, folder);
  }
  return materials;
}

Status writeMeshes(Gpkg& file, const model::CityModel& city, const fs::path& folder, std::set<std::string>& caches) {
  std::vector<MeshRow> rows;
  for (std::size_t i = 0; i < city.objects.size(); ++i) {
    const model::CityObject& object = city.objects[i];
    if (!object.mesh) continue;
    Result<std::string> cache = writeMeshCache(cachesOf(folder), *object.mesh);
    if (!cache) return cache.error();
    caches.insert(*cache);
    rows.push_back({static_cast<std::int64_t>(i) + 1, object.id, std::move(*cache)});
  }
  return writeRows(file, table::meshes, rows, meshColumns);
}

Status readMeshes(Gpkg& file, model::CityModel& city, const fs::path& folder, Problems& report) {
  return file.read(table::meshes.name, [&](Columns& cells) {
    MeshRow row;
    meshColumns(cells, row);
    if (row.owner < 1 || static_cast<std::size_t>(row.owner) > city.objects.size()) return;
    model::CityObject& object = city.objects[static_cast<std::size_t>(row.owner) - 1];
    Result<model::TriangleMesh> mesh = readMeshCache(cachesOf(folder) / fs::path(row.cache).filename());
    if (!mesh)
      return report.assume(object.source, object.id, "project.cache_missing",
                           mesh.error().what + " The model opens without its form.", mesh.error().advice);
    for (const model::MeshPart& part : mesh->parts)
      if (part.material >= city.materials.size())
        return report.assume(object.source, object.id, "project.cache_missing",
                             "The mesh names a material that the project does not have; it opens without its form.",
                             "Import the model again.");
    object.mesh = std::make_shared<const model::TriangleMesh>(std::move(*mesh));
  });
}

}  // namespace hashimichi::project
