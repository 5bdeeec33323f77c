#include "geo/import/mesh/scene_file.h"

#include <assimp/GltfMaterial.h>
#include <assimp/postprocess.h>
#include <assimp/scene.h>
#include <fmt/format.h>

#include <algorithm>
#include <assimp/Importer.hpp>
#include <cmath>

#include "geo/core/file.h"
#include "geo/import/mesh/scene_files.h"

namespace hashimichi::import::mesh {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t triangle_limit = 20'000'000;
constexpr int depth_limit = 256;
/// Beyond this a coordinate in float32, as the reader holds it, is coarser than a millimetre's eighth.
constexpr double exact_limit = 1e5;

/// Row-major, as Assimp's; products in double, so that a large shift in a node costs nothing.
struct Matrix {
  double m[3][4] = {{1, 0, 0, 0}, {0, 1, 0, 0}, {0, 0, 1, 0}};

  Vec3d apply(Vec3d p) const {
    return {m[0][0] * p.x + m[0][1] * p.y + m[0][2] * p.z + m[0][3],
            m[1][0] * p.x + m[1][1] * p.y + m[1][2] * p.z + m[1][3],
            m[2][0] * p.x + m[2][1] * p.y + m[2][2] * p.z + m[2][3]};
  }
  Matrix then(const aiMatrix4x4& child) const {
    Matrix result;
    for (int row = 0; row < 3; ++row)
      for (unsigned column = 0; column < 4; ++column) {
        double sum = column == 3 ? m[row][3] : 0;
        for (unsigned k = 0; k < 3; ++k) sum += m[row][k] * static_cast<double>(child[k][column]);
        result.m[row][column] = sum;
      }
    return result;
  }
  bool mirrors() const {
    const Vec3d a{m[0][0], m[1][0], m[2][0]}, b{m[0][1], m[1][1], m[2][1]}, c{m[0][2], m[1][2], m[2][2]};
    return dot(cross(a, b), c) < 0;
  }
};

std::uint8_t byteOf(float value) {
  return static_cast<std::uint8_t>(std::lround(std::clamp(std::isfinite(value) ? value : 0.0f, 0.0f, 1.0f) * 255));
}

class SceneReader {
 public:
  SceneReader(const aiScene& from, const SceneFiles& files, const std::string& file, Problems& problems)
      : from_(from), files_(files), file_(file), problems_(problems) {}

  Result<Scene> read() {
    for (unsigned i = 0; i < from_.mNumMaterials; ++i) scene_.materials.push_back(materialOf(*from_.mMaterials[i]));
    if (from_.mRootNode) visit(*from_.mRootNode, Matrix{}, 0);
    tell();
    if (scene_.parts.empty())
      return Error{ErrorCode::bad_input, file_, "The model holds no triangles.",
                   "Point clouds are read from LAS and LAZ files."};
    return std::move(scene_);
  }

 private:
  model::Material materialOf(const aiMaterial& from);
  void setTexture(const aiString& name, model::Material& material);
  void visit(const aiNode& node, const Matrix& above, int depth);
  void add(const aiMesh& mesh, const Matrix& matrix);
  void tell();

  const aiScene& from_;
  const SceneFiles& files_;
  const std::string& file_;
  Problems& problems_;
  Scene scene_;
  std::size_t triangles_ = 0, over_limit_ = 0, bad_ = 0, too_deep_ = 0;
  bool far_ = false;
};

model::Material SceneReader::materialOf(const aiMaterial& from) {
  model::Material material;
  material.source = file_;
  aiString text;
  if (from.Get(AI_MATKEY_NAME, text) == aiReturn_SUCCESS) material.name = text.C_Str();
  aiColor4D colour(1, 1, 1, 1);
  if (from.Get(AI_MATKEY_BASE_COLOR, colour) != aiReturn_SUCCESS) from.Get(AI_MATKEY_COLOR_DIFFUSE, colour);
  material.rgb = {byteOf(colour.r), byteOf(colour.g), byteOf(colour.b)};
  float opacity = colour.a;
  from.Get(AI_MATKEY_OPACITY, opacity);
  material.transparency = 1 - std::clamp(std::isfinite(opacity) ? opacity : 1.0f, 0.0f, 1.0f);
  if (from.GetTexture(aiTextureType_BASE_COLOR, 0, &text) == aiReturn_SUCCESS ||
      from.GetTexture(aiTextureType_DIFFUSE, 0, &text) == aiReturn_SUCCESS)
    setTexture(text, material);
  return material;
}

void SceneReader::setTexture(const aiString& name, model::Material& material) {
  material.wrap = model::TextureWrap::repeat;
  if (const aiTexture* inside = from_.GetEmbeddedTexture(name.C_Str())) {
    // mHeight 0: the picture as it was encoded, mWidth bytes of it.
    if (inside->mHeight == 0 && inside->mWidth > 0)
      material.embedded =
          std::make_shared<const std::string>(reinterpret_cast<const char*>(inside->pcData), inside->mWidth);
    return;
  }
  const fs::path path = files_.inside(name.C_Str());
  std::error_code ignored;
  if (!path.empty() && fs::is_regular_file(path, ignored))
    material.texture_path = toUtf8(path);
  else if (!path.empty())
    problems_.skip(file_, {}, "texture.missing",
                   fmt::format("The picture \"{}\" is not there; the material's colour is shown.",
                               std::string_view(name.C_Str()).substr(0, 200)),
                   "Copy the model together with its pictures.");
}

void SceneReader::visit(const aiNode& node, const Matrix& above, int depth) {
  if (depth >= depth_limit) {
    ++too_deep_;
    return;
  }
  const Matrix matrix = above.then(node.mTransformation);
  for (unsigned i = 0; i < node.mNumMeshes; ++i)
    if (node.mMeshes[i] < from_.mNumMeshes) add(*from_.mMeshes[node.mMeshes[i]], matrix);
  for (unsigned i = 0; i < node.mNumChildren; ++i) visit(*node.mChildren[i], matrix, depth + 1);
}

void SceneReader::add(const aiMesh& mesh, const Matrix& matrix) {
  if (mesh.mNumVertices == 0 || !mesh.mVertices) return;
  ScenePart part;
  part.material =
      std::min<std::size_t>(mesh.mMaterialIndex, scene_.materials.empty() ? 0 : scene_.materials.size() - 1);
  part.points.reserve(mesh.mNumVertices);
  for (unsigned i = 0; i < mesh.mNumVertices; ++i) {
    const aiVector3D& v = mesh.mVertices[i];
    part.points.push_back(matrix.apply({v.x, v.y, v.z}));
    if (std::fabs(v.x) > exact_limit || std::fabs(v.y) > exact_limit || std::fabs(v.z) > exact_limit) far_ = true;
    if (mesh.mTextureCoords[0]) part.uv.push_back({mesh.mTextureCoords[0][i].x, mesh.mTextureCoords[0][i].y});
    if (mesh.mColors[0])
      part.rgb.push_back({byteOf(mesh.mColors[0][i].r), byteOf(mesh.mColors[0][i].g), byteOf(mesh.mColors[0][i].b)});
  }
  const bool mirrors = matrix.mirrors();
  for (unsigned f = 0; f < mesh.mNumFaces; ++f) {
    const aiFace& face = mesh.mFaces[f];
    if (face.mNumIndices != 3) continue;
    const bool sound = std::all_of(face.mIndices, face.mIndices + 3,
                                   [&](unsigned i) { return i < part.points.size() && isFinite(part.points[i]); });
    if (!sound) {
      ++bad_;
      continue;
    }
    if (triangles_ >= triangle_limit) {
      ++over_limit_;
      continue;
    }
    ++triangles_;
    part.triangles.insert(part.triangles.end(),
                          {face.mIndices[0], face.mIndices[mirrors ? 2 : 1], face.mIndices[mirrors ? 1 : 2]});
  }
  if (!part.triangles.empty()) scene_.parts.push_back(std::move(part));
}

void SceneReader::tell() {
  if (bad_ > 0)
    problems_.skip(file_, {}, "mesh.bad_triangles",
                   fmt::format("{} triangles name points that do not exist or are no numbers.", bad_),
                   "Export the model again.");
  if (over_limit_ > 0)
    problems_.skip(file_, {}, "mesh.too_large",
                   fmt::format("{} triangles beyond the first {} were left out.", over_limit_, triangle_limit),
                   "Export the model in parts or as 3D Tiles.");
  if (too_deep_ > 0)
    problems_.skip(file_, {}, "mesh.too_deep", fmt::format("Nodes more than {} deep were left out.", depth_limit));
  if (far_)
    problems_.assume(file_, {}, "mesh.precision",
                     "Some coordinates are beyond 100,000 units: they were read with 7 digits, to about a centimetre "
                     "or worse.",
                     "Export the model with a local origin and name it in the .georef.json file.");
  for (const std::string& name : files_.refused())
    problems_.skip(file_, {}, "mesh.path_escape",
                   fmt::format("\"{}\" leads out of the model's folder and was not opened.", name),
                   "Keep the model's files in one folder.");
}

constexpr unsigned wanted_steps = aiProcess_Triangulate | aiProcess_SortByPType;

Error notRead(const Assimp::Importer& importer, const std::string& file) {
  std::string reason = importer.GetErrorString();
  if (reason.empty()) reason = "unknown reason";
  return {ErrorCode::bad_input, file, fmt::format("The model cannot be read: {}.", reason.substr(0, 300)),
          "Export it again, without compression extensions where there are some."};
}

void onlyTriangles(Assimp::Importer& importer) {
  importer.SetPropertyInteger(AI_CONFIG_PP_SBP_REMOVE, aiPrimitiveType_POINT | aiPrimitiveType_LINE);
}

}  // namespace

std::size_t Scene::triangleCount() const {
  std::size_t count = 0;
  for (const ScenePart& part : parts) count += part.triangles.size() / 3;
  return count;
}

Result<Scene> readSceneFile(const fs::path& path, Problems& problems) {
  const std::string file = toUtf8(path);
  auto files = std::make_unique<SceneFiles>(path.parent_path());
  const SceneFiles& allowed = *files;
  Assimp::Importer importer;
  importer.SetIOHandler(files.release());
  onlyTriangles(importer);
  const aiScene* scene = importer.ReadFile(toUtf8(path.filename()), wanted_steps);
  if (!scene) return notRead(importer, file);
  return SceneReader(*scene, allowed, file, problems).read();
}

Result<Scene> readGlb(std::string_view bytes, const fs::path& folder, const std::string& file, Problems& problems) {
  auto files = std::make_unique<SceneFiles>(folder);
  const SceneFiles& allowed = *files;
  Assimp::Importer importer;
  importer.SetIOHandler(files.release());
  onlyTriangles(importer);
  const aiScene* scene = importer.ReadFileFromMemory(bytes.data(), bytes.size(), wanted_steps, "glb");
  if (!scene) return notRead(importer, file);
  return SceneReader(*scene, allowed, file, problems).read();
}

}  // namespace hashimichi::import::mesh
