#pragma once
#include <array>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "geo/core/problem.h"
#include "geo/import/cityjson/json_tree.h"
#include "geo/model/sink.h"

namespace hashimichi::import::cityjson {

/// The "appearance" of a document: colours, pictures, and the theme that counts. Colours and pictures that no face uses
/// do not reach the sink.
class Appearance {
 public:
  Appearance() = default;
  /// @param path  of the document: pictures are named relative to its folder
  Appearance(JsonValue appearance, const std::filesystem::path& path, model::Sink& sink);

  /// What to put into SurfaceAppearance::material; nothing when there is no such colour or picture.
  std::optional<std::uint32_t> material(std::uint32_t index);
  std::optional<std::uint32_t> texture(std::uint32_t index);
  /// Nothing when there is no such place in a picture.
  std::optional<std::array<float, 2>> uv(std::uint32_t index) const;

  /// The theme of a geometry's "material" or "texture" that counts: the default one, else its first; null without any.
  JsonValue materialTheme(JsonValue geometry) const { return themeOf(geometry["material"], material_theme_); }
  JsonValue textureTheme(JsonValue geometry) const { return themeOf(geometry["texture"], texture_theme_); }

  /// Pictures that do not lie beside the file, lie elsewhere on purpose or on the network: one line each kind.
  void tell(const std::string& file, Problems& problems) const;

 private:
  struct Entry {
    model::Material material;
    std::optional<std::uint32_t> given;  ///< by the sink
    bool usable = true;
  };
  static JsonValue themeOf(JsonValue themes, const std::string& preferred);
  void addTexture(JsonValue texture, const std::filesystem::path& folder);
  std::optional<std::uint32_t> give(std::vector<Entry>& entries, std::uint32_t index);

  model::Sink* sink_ = nullptr;
  std::vector<Entry> materials_, textures_;
  std::vector<std::array<float, 2>> uvs_;
  std::string material_theme_, texture_theme_, source_;
  std::size_t missing_ = 0, outside_ = 0, remote_ = 0;
  std::string first_missing_, first_outside_, first_remote_;
};

}  // namespace hashimichi::import::cityjson
