#include "geo/project/point_cache.h"

#include <fmt/format.h>

#include <array>
#include <bit>

#include "geo/core/file.h"
#include "geo/project/cache_bytes.h"

namespace hashimichi::project {
namespace fs = std::filesystem;

namespace {

static_assert(std::endian::native == std::endian::little, "the cache is written as it lies in memory");

constexpr std::array<char, 8> magic{'H', 'M', 'P', 'O', 'I', 'N', 'T', 'S'};
constexpr std::uint32_t version = 1;
constexpr std::uint32_t has_colours = 1, has_classes = 2;
/// More than any sample budget; a count beyond it is damage, not data.
constexpr std::uint64_t most_points = 200'000'000;

struct Header {
  std::array<char, 8> magic{};
  std::uint32_t version = 0, flags = 0;
  std::uint64_t count = 0, hash = 0, reserved = 0;
};
static_assert(sizeof(Header) == 40);

std::uint64_t hashOf(const model::PointSample& sample) {
  std::uint64_t hash = mix(sample.size(), sample.xyz.data(), sample.xyz.size() * sizeof(float));
  hash = mix(hash, sample.rgb.data(), sample.rgb.size());
  return mix(hash, sample.classification.data(), sample.classification.size());
}

Error damaged(const fs::path& file, const char* reason) {
  return {ErrorCode::unreadable, toUtf8(file), std::string("The point cache is damaged: ") + reason + ".",
          "Import the survey again."};
}

}  // namespace

Result<std::string> writePointCache(const fs::path& folder, const model::PointSample& sample) {
  Header header{magic, version, 0, sample.size(), hashOf(sample), 0};
  if (sample.rgb.size() == 3 * sample.size()) header.flags |= has_colours;
  if (sample.classification.size() == sample.size()) header.flags |= has_classes;
  const std::string name = fmt::format("points_{:016x}.bin", header.hash);
  const fs::path target = folder / name;
  std::error_code ignored;
  if (fs::exists(target, ignored) && readPointCache(target)) return name;
  const fs::path beside = besideOf(target);
  std::ofstream stream(beside, std::ios::binary | std::ios::trunc);
  stream.write(reinterpret_cast<const char*>(&header), sizeof header);
  put(stream, sample.xyz);
  if (header.flags & has_colours) put(stream, sample.rgb);
  if (header.flags & has_classes) put(stream, sample.classification);
  stream.close();
  if (!stream) {
    fs::remove(beside, ignored);
    return Error{ErrorCode::write_failed, toUtf8(target), "The point cache cannot be written.",
                 "Check free space and whether the folder is writable."};
  }
  if (const Status moved = moveIntoPlace(beside, target); !moved) return moved.error();
  return name;
}

Result<model::PointSample> readPointCache(const fs::path& file) {
  std::error_code failed;
  const std::uintmax_t size = fs::file_size(file, failed);
  if (failed)
    return Error{ErrorCode::not_found, toUtf8(file), "The point cache is not there.", "Import the survey again."};
  std::ifstream stream(file, std::ios::binary);
  Header header;
  stream.read(reinterpret_cast<char*>(&header), sizeof header);
  if (!stream || header.magic != magic) return damaged(file, "it does not begin as one");
  if (header.version != version)
    return Error{ErrorCode::unsupported, toUtf8(file), "The point cache is of another version.",
                 "Import the survey again."};
  const std::uint64_t bytes_each = 12 + (header.flags & has_colours ? 3 : 0) + (header.flags & has_classes ? 1 : 0);
  if ((header.flags & ~(has_colours | has_classes)) != 0 || header.reserved != 0)
    return damaged(file, "its header holds what this version does not know");
  if (header.count > most_points || size != sizeof header + header.count * bytes_each)
    return damaged(file, "its size does not fit its number of points");
  model::PointSample sample;
  get(stream, sample.xyz, 3 * header.count);
  if (header.flags & has_colours) get(stream, sample.rgb, 3 * header.count);
  if (header.flags & has_classes) get(stream, sample.classification, header.count);
  if (!stream || hashOf(sample) != header.hash) return damaged(file, "its content has changed");
  return sample;
}

}  // namespace hashimichi::project
