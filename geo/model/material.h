#pragma once
#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace hashimichi::model {

enum class TextureWrap : std::uint8_t { none, repeat, mirror, clamp, border };

/// How faces look: a colour, or a picture on disk that is read when it is drawn.
struct Material {
  std::string name;  ///< the theme or id that the source gives it; may be empty
  std::array<std::uint8_t, 3> rgb{204, 204, 204};
  float transparency = 0;    ///< 0 opaque … 1 invisible
  std::string texture_path;  ///< UTF-8; absolute while in memory, relative in the project file; empty: colour only
  TextureWrap wrap = TextureWrap::none;
  std::string source;
  /// The encoded picture (JPEG, PNG) itself, where the source carries it inside; the path is then empty.
  std::shared_ptr<const std::string> embedded{};

  bool hasPicture() const { return embedded || !texture_path.empty(); }
  bool operator==(const Material&) const = default;
};

/// What one face of a Geometry is covered with.
struct SurfaceAppearance {
  std::uint32_t surface = 0;   ///< index into Geometry::surfaces
  std::uint32_t material = 0;  ///< index into CityModel::materials
  /// One (s, t) per point, outer ring first, then the holes; t runs upwards. Empty: colour only.
  std::vector<std::array<float, 2>> uv;
};

}  // namespace hashimichi::model
