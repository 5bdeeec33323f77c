#include <fmt/format.h>

#include "geo/core/file.h"
#include "geo/core/text.h"
#include "geo/import/importer.h"
#include "geo/import/mesh/glb.h"
#include "geo/import/mesh/place_mesh.h"

namespace hashimichi::import {
namespace {

namespace fs = std::filesystem;

enum class MeshFormat { none, glb, gltf, obj, ply };

MeshFormat formatOf(const fs::path& path, std::string_view head) {
  if (head.starts_with("glTF")) return MeshFormat::glb;
  if (head.starts_with("ply\n") || head.starts_with("ply\r")) return MeshFormat::ply;
  const std::string ending = toLower(toUtf8(path.extension()));
  if (ending == ".gltf") return MeshFormat::gltf;
  // OBJ has no magic; binary content under its name is something else.
  if (ending == ".obj" && head.find('\0') == head.npos) return MeshFormat::obj;
  return MeshFormat::none;
}

const char* nameOf(MeshFormat format) {
  switch (format) {
    case MeshFormat::glb:
      return "GLB";
    case MeshFormat::gltf:
      return "glTF";
    case MeshFormat::obj:
      return "OBJ";
    default:
      return "PLY";
  }
}

Result<MeshFormat> formatOfFile(const fs::path& path) {
  constexpr std::size_t head_bytes = 64;
  const Result<std::string> head = readHead(path, head_bytes);
  if (!head) return head.error();
  return formatOf(path, *head);
}

/// glTF is y-up by its own rules; of the others z-up is what surveyors mean.
Result<mesh::Georeference> placeOf(const fs::path& path, MeshFormat format, const Options& options) {
  const bool y_up = format == MeshFormat::glb || format == MeshFormat::gltf;
  Result<std::optional<mesh::Georeference>> found = mesh::findGeoreference(path, y_up);
  if (!found) return found.error();
  if (*found) return std::move(**found);
  if (options.source_crs.empty())
    return Error{
        ErrorCode::bad_crs, toUtf8(path), "The model's format cannot say where it stands.",
        fmt::format("Write \"{}\" beside it: {{\"crs\": \"EPSG:6676\", \"origin\": [east, north, height]}}; or "
                    "name the system of its coordinates with --source-crs EPSG:code.",
                    toUtf8(fs::path(path).replace_extension(".georef.json").filename()))};
  mesh::Georeference absolute;
  absolute.crs = options.source_crs;
  absolute.file = path;
  return absolute;
}

Result<mesh::GltfFacts> factsOf(const fs::path& path, MeshFormat format) {
  if (format != MeshFormat::glb && format != MeshFormat::gltf) return mesh::GltfFacts{};
  constexpr std::uintmax_t limit_bytes = 2ull << 30;
  const Result<std::string> bytes = readFile(path, limit_bytes);
  if (!bytes) return bytes.error();
  return format == MeshFormat::glb ? mesh::checkGlb(*bytes, toUtf8(path)) : mesh::checkGltf(*bytes, toUtf8(path));
}

class MeshImporter final : public Importer {
 public:
  std::string_view format() const override { return "Mesh"; }

  bool accepts(const fs::path& path, std::string_view head) const override {
    return formatOf(path, head) != MeshFormat::none;
  }

  Result<Peek> peek(const fs::path& path, const Options& options, Problems&) const override {
    const Result<MeshFormat> format = formatOfFile(path);
    if (!format) return format.error();
    const Result<mesh::Georeference> place = placeOf(path, *format, options);
    if (!place) return place.error();
    Peek peek{nameOf(*format), place->crs, crs::AxisOrder::east_first, {}};
    if (place->file != path) peek.bounds.add(place->origin);
    return peek;
  }

  Status read(const fs::path& path, Context& context) const override {
    const std::string file = toUtf8(path);
    const Result<MeshFormat> format = formatOfFile(path);
    if (!format) return format.error();
    const Result<mesh::Georeference> place = placeOf(path, *format, context.options);
    if (!place) return place.error();
    const auto placer = mesh::placerOf(*place, context.frame);
    if (!placer) return placer.error();
    const Result<mesh::GltfFacts> facts = factsOf(path, *format);
    if (!facts) return facts.error();
    context.progress.report(0, "model");
    Result<mesh::Scene> scene = mesh::readSceneFile(path, context.problems);
    if (!scene) return scene.error();
    if (context.progress.cancelled()) return Error{ErrorCode::cancelled, file, "Reading the model was cancelled.", {}};

    const std::size_t triangles = scene->triangleCount();
    mesh::MeshMaker maker(context.sink);
    maker.add(std::move(*scene), [&](std::vector<Vec3d>& points) {
      for (Vec3d& p : points) p = p + facts->centre;
      (*placer)(points);
    });
    const std::size_t lost = maker.lost();
    model::CityObject object;
    object.mesh = maker.finish();
    if (const Status near = mesh::checkArea(*object.mesh, file, context); !near) return near;
    if (lost > 0)
      context.problems.skip(file, {}, "mesh.no_place",
                            fmt::format("{} of {} triangles have no place in the project.", lost, triangles));
    object.id = object.name = toUtf8(path.stem());
    object.source = file;
    object.type = "Mesh";
    object.kind = model::ObjectKind::generic;
    model::append(object.attributes, "triangles", std::to_string(triangles));
    context.sink.add(std::move(object));
    return done();
  }
};

}  // namespace

const Importer& meshImporter() {
  static const MeshImporter importer;
  return importer;
}

}  // namespace hashimichi::import
