#include "geo/project/mesh_cache.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <bit>

#include "geo/core/file.h"
#include "geo/project/cache_bytes.h"

namespace hashimichi::project {
namespace fs = std::filesystem;

namespace {

static_assert(std::endian::native == std::endian::little, "the cache is written as it lies in memory");

constexpr std::array<char, 8> magic{'H', 'M', 'T', 'R', 'I', 'M', 'S', 'H'};
constexpr std::uint32_t version = 1;

struct Header {
  std::array<char, 8> magic{};
  std::uint32_t version = 0, parts = 0;
  std::uint64_t hash = 0;
  double low[3] = {}, high[3] = {};
};
static_assert(sizeof(Header) == 72);

struct PartHeader {
  std::uint32_t material = 0, reserved = 0;
  std::uint64_t xyz = 0, uv = 0, rgb = 0, triangles = 0;  ///< lengths of the arrays
};
static_assert(sizeof(PartHeader) == 40);

std::uint64_t hashOf(const model::TriangleMesh& mesh) {
  std::uint64_t hash = mesh.parts.size();
  for (const model::MeshPart& part : mesh.parts) {
    hash = mix(hash, &part.material, sizeof part.material);
    hash = mix(hash, part.xyz.data(), part.xyz.size() * sizeof(float));
    hash = mix(hash, part.uv.data(), part.uv.size() * sizeof(float));
    hash = mix(hash, part.rgb.data(), part.rgb.size());
    hash = mix(hash, part.triangles.data(), part.triangles.size() * sizeof(std::uint32_t));
  }
  return hash;
}

Error damaged(const fs::path& file, const char* reason) {
  return {ErrorCode::unreadable, toUtf8(file), std::string("The mesh cache is damaged: ") + reason + ".",
          "Import the model again."};
}

Error notWritten(const fs::path& target) {
  return {ErrorCode::write_failed, toUtf8(target), "The cache cannot be written.",
          "Check free space and whether the folder is writable."};
}

bool isSound(const model::MeshPart& part) {
  const std::size_t vertices = part.xyz.size() / 3;
  return part.xyz.size() % 3 == 0 && part.triangles.size() % 3 == 0 &&
         (part.uv.empty() || part.uv.size() == 2 * vertices) && (part.rgb.empty() || part.rgb.size() == 3 * vertices) &&
         std::all_of(part.triangles.begin(), part.triangles.end(), [&](std::uint32_t i) { return i < vertices; });
}

/// The arrays of one part; false when their lengths do not fit what is left of the file.
bool readPart(std::ifstream& stream, std::uint64_t& left, model::MeshPart& part) {
  PartHeader header;
  stream.read(reinterpret_cast<char*>(&header), sizeof header);
  if (!stream || left < sizeof header || header.reserved != 0) return false;
  left -= sizeof header;
  if (std::max({header.xyz, header.uv, header.rgb, header.triangles}) > left) return false;
  const std::uint64_t bytes = 4 * (header.xyz + header.uv + header.triangles) + header.rgb;
  if (bytes > left) return false;
  left -= bytes;
  part.material = header.material;
  get(stream, part.xyz, header.xyz);
  get(stream, part.uv, header.uv);
  get(stream, part.rgb, header.rgb);
  get(stream, part.triangles, header.triangles);
  return stream && isSound(part);
}

}  // namespace

Result<std::string> writeMeshCache(const fs::path& folder, const model::TriangleMesh& mesh) {
  const Vec3d &low = mesh.bounds.low, &high = mesh.bounds.high;
  const Header header{magic,
                      version,
                      static_cast<std::uint32_t>(mesh.parts.size()),
                      hashOf(mesh),
                      {low.x, low.y, low.z},
                      {high.x, high.y, high.z}};
  const std::string name = fmt::format("mesh_{:016x}.bin", header.hash);
  const fs::path target = folder / name;
  std::error_code ignored;
  if (fs::exists(target, ignored) && readMeshCache(target)) return name;
  const fs::path beside = besideOf(target);
  std::ofstream stream(beside, std::ios::binary | std::ios::trunc);
  stream.write(reinterpret_cast<const char*>(&header), sizeof header);
  for (const model::MeshPart& part : mesh.parts) {
    const PartHeader of_part{part.material, 0, part.xyz.size(), part.uv.size(), part.rgb.size(), part.triangles.size()};
    stream.write(reinterpret_cast<const char*>(&of_part), sizeof of_part);
    put(stream, part.xyz), put(stream, part.uv), put(stream, part.rgb), put(stream, part.triangles);
  }
  stream.close();
  if (!stream) {
    fs::remove(beside, ignored);
    return notWritten(target);
  }
  if (const Status moved = moveIntoPlace(beside, target); !moved) return moved.error();
  return name;
}

Result<model::TriangleMesh> readMeshCache(const fs::path& file) {
  std::error_code failed;
  std::uint64_t left = fs::file_size(file, failed);
  if (failed)
    return Error{ErrorCode::not_found, toUtf8(file), "The mesh cache is not there.", "Import the model again."};
  std::ifstream stream(file, std::ios::binary);
  Header header;
  stream.read(reinterpret_cast<char*>(&header), sizeof header);
  if (!stream || header.magic != magic) return damaged(file, "it does not begin as one");
  if (header.version != version)
    return Error{ErrorCode::unsupported, toUtf8(file), "The mesh cache is of another version.",
                 "Import the model again."};
  left -= sizeof header;
  if (header.parts > left / sizeof(PartHeader)) return damaged(file, "its size does not fit its number of parts");
  model::TriangleMesh mesh;
  mesh.bounds.low = {header.low[0], header.low[1], header.low[2]};
  mesh.bounds.high = {header.high[0], header.high[1], header.high[2]};
  mesh.parts.resize(header.parts);
  for (model::MeshPart& part : mesh.parts)
    if (!readPart(stream, left, part)) return damaged(file, "its arrays do not fit together");
  if (left != 0 || hashOf(mesh) != header.hash) return damaged(file, "its content has changed");
  return mesh;
}

Result<std::string> writePicture(const fs::path& folder, const std::string& encoded) {
  const char* ending = encoded.starts_with("\xff\xd8") ? "jpg" : encoded.starts_with("\x89PNG") ? "png" : "img";
  const std::string name = fmt::format("picture_{:016x}.{}", mix(0, encoded.data(), encoded.size()), ending);
  const fs::path target = folder / name;
  std::error_code ignored;
  if (fs::file_size(target, ignored) == encoded.size()) return name;
  if (const Status written = writeFile(target, encoded); !written) return notWritten(target);
  return name;
}

}  // namespace hashimichi::project
