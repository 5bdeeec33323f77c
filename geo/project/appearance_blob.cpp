#include "geo/project/appearance_blob.h"

#include <bit>
#include <cstring>

namespace hashimichi::project {
namespace {

static_assert(std::endian::native == std::endian::little, "the blob is written as it lies in memory");

using Uv = std::array<float, 2>;
constexpr std::size_t head_bytes = 3 * sizeof(std::uint32_t);

void put(std::string& blob, std::uint32_t value) {
  blob.append(reinterpret_cast<const char*>(&value), sizeof value);
}

/// Takes bytes from the front; never more than there are.
bool take(std::string_view& rest, void* target, std::size_t bytes) {
  if (rest.size() < bytes) return false;
  if (bytes > 0) std::memcpy(target, rest.data(), bytes);
  rest.remove_prefix(bytes);
  return true;
}

}  // namespace

std::string blobFromAppearance(const std::vector<model::SurfaceAppearance>& appearance) {
  std::string blob;
  if (appearance.empty()) return blob;
  put(blob, static_cast<std::uint32_t>(appearance.size()));
  for (const model::SurfaceAppearance& face : appearance) {
    put(blob, face.surface);
    put(blob, face.material);
    put(blob, static_cast<std::uint32_t>(face.uv.size()));
    blob.append(reinterpret_cast<const char*>(face.uv.data()), face.uv.size() * sizeof(Uv));
  }
  return blob;
}

std::optional<std::vector<model::SurfaceAppearance>> appearanceFromBlob(std::string_view blob) {
  std::vector<model::SurfaceAppearance> appearance;
  if (blob.empty()) return appearance;
  std::uint32_t count = 0;
  // Counts are believed only as far as the bytes that are left could hold them.
  if (!take(blob, &count, sizeof count) || count > blob.size() / head_bytes) return std::nullopt;
  appearance.reserve(count);
  for (std::uint32_t i = 0; i < count; ++i) {
    model::SurfaceAppearance& face = appearance.emplace_back();
    std::uint32_t points = 0;
    if (!take(blob, &face.surface, sizeof face.surface) || !take(blob, &face.material, sizeof face.material) ||
        !take(blob, &points, sizeof points) || points > blob.size() / sizeof(Uv))
      return std::nullopt;
    face.uv.resize(points);
    if (!take(blob, face.uv.data(), points * sizeof(Uv))) return std::nullopt;
  }
  return blob.empty() ? std::optional(std::move(appearance)) : std::nullopt;
}

}  // namespace hashimichi::project
