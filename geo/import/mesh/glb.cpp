#include "geo/import/mesh/glb.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

namespace hashimichi::import::mesh {
namespace {

using Json = nlohmann::json;

Error damaged(const std::string& file, std::string what) {
  return {ErrorCode::bad_input, file, std::move(what), "Copy or export it again."};
}

/// Extensions that leave the points as they are, or that Assimp reads.
constexpr std::array<std::string_view, 6> harmless{
    "KHR_draco_mesh_compression", "KHR_binary_glTF",       "CESIUM_RTC",
    "EXT_mesh_features",          "KHR_texture_transform", "EXT_structural_metadata"};

bool isHarmless(const std::string& extension) {
  return extension.starts_with("KHR_materials_") || extension.starts_with("KHR_lights_") ||
         std::find(harmless.begin(), harmless.end(), extension) != harmless.end();
}

std::optional<Vec3d> vectorIn(const Json& json) {
  if (!json.is_array() || json.size() != 3) return std::nullopt;
  for (const Json& number : json)
    if (!number.is_number()) return std::nullopt;
  const Vec3d v{json[0].get<double>(), json[1].get<double>(), json[2].get<double>()};
  return isFinite(v) ? std::optional(v) : std::nullopt;
}

const Json* member(const Json* json, const char* name) {
  if (!json || !json->is_object()) return nullptr;
  const auto found = json->find(name);
  return found == json->end() ? nullptr : &*found;
}

}  // namespace

std::uint32_t wordAt(std::string_view bytes, std::size_t at) {
  std::uint32_t word = 0;
  for (std::size_t i = 0; i < 4; ++i)
    word |= static_cast<std::uint32_t>(static_cast<unsigned char>(bytes[at + i])) << (8 * i);
  return word;
}

Result<GltfFacts> checkGltf(std::string_view text, const std::string& file) {
  const Json json = Json::parse(text, nullptr, false);
  if (!json.is_object()) return damaged(file, "The glTF's description is no JSON object.");
  if (const Json* required = member(&json, "extensionsRequired"); required && required->is_array())
    for (const Json& name : *required)
      if (name.is_string() && !isHarmless(name.get_ref<const std::string&>()))
        return Error{ErrorCode::unsupported, file,
                     fmt::format("The model needs the extension {}, which is not read.",
                                 name.get_ref<const std::string&>().substr(0, 100)),
                     "Export it without that extension."};
  GltfFacts facts;
  const Json* rtc = member(member(member(&json, "extensions"), "CESIUM_RTC"), "center");
  if (!rtc) return facts;
  const std::optional<Vec3d> centre = vectorIn(*rtc);
  if (!centre) return damaged(file, "The glTF's CESIUM_RTC centre is not three numbers.");
  facts.centre = *centre;
  return facts;
}

Result<GltfFacts> checkGlb(std::string_view bytes, const std::string& file) {
  constexpr std::size_t header = 20;
  if (bytes.size() < header || !bytes.starts_with("glTF")) return damaged(file, "The content is no binary glTF.");
  const std::uint32_t version = wordAt(bytes, 4), stated = wordAt(bytes, 8), json = wordAt(bytes, 12);
  if (stated > bytes.size() || json > bytes.size() - header)
    return damaged(
        file, fmt::format("The binary glTF promises {} bytes, {} are there.", std::max(stated, json), bytes.size()));
  if (version < 1 || version > 2)
    return Error{ErrorCode::unsupported, file, fmt::format("The binary glTF is of version {}.", version),
                 "Versions 1 and 2 are read."};
  return checkGltf(bytes.substr(header, json), file);
}

Result<B3dm> openB3dm(std::string_view bytes, const std::string& file) {
  constexpr std::size_t header = 28;
  if (bytes.size() < header || !bytes.starts_with("b3dm")) return damaged(file, "The content is no b3dm tile.");
  const std::uint64_t feature_json = wordAt(bytes, 12), feature_binary = wordAt(bytes, 16);
  const std::uint64_t before = header + feature_json + feature_binary + wordAt(bytes, 20) + wordAt(bytes, 24);
  if (before >= bytes.size()) return damaged(file, "The tile's tables are longer than the tile.");
  B3dm tile;
  tile.glb = bytes.substr(before);
  if (feature_json == 0) return tile;
  const Json json = Json::parse(bytes.substr(header, feature_json), nullptr, false);
  const Json* rtc = member(&json, "RTC_CENTER");
  if (!rtc) return tile;
  const std::optional<Vec3d> centre = vectorIn(*rtc);
  if (!centre) return damaged(file, "The tile's RTC_CENTER is not three numbers.");
  tile.centre = *centre;
  return tile;
}

}  // namespace hashimichi::import::mesh
