#pragma once
#include <array>
#include <cstdint>
#include <cstring>
#include <string>
#include <vector>

namespace hashimichi::import::tests {

inline std::string word(std::uint32_t value) {
  std::string bytes(4, '\0');
  for (std::size_t i = 0; i < 4; ++i) bytes[i] = static_cast<char>(value >> (8 * i) & 0xff);
  return bytes;
}

/// One triangle as a binary glTF 2.0. @param extra  further members of the root object, each with a leading comma
inline std::string glbOf(const std::array<std::array<float, 3>, 3>& corners, const std::string& extra = "") {
  std::string buffer(sizeof corners, '\0');
  std::memcpy(buffer.data(), corners.data(), sizeof corners);
  std::string json = R"({"asset":{"version":"2.0"},"scene":0,"scenes":[{"nodes":[0]}],"nodes":[{"mesh":0}],)"
                     R"("meshes":[{"primitives":[{"attributes":{"POSITION":0},"material":0}]}],)"
                     R"("materials":[{"pbrMetallicRoughness":{"baseColorFactor":[1,0.5,0,1]}}],)"
                     R"("buffers":[{"byteLength":36}],"bufferViews":[{"buffer":0,"byteLength":36}],)"
                     R"("accessors":[{"bufferView":0,"componentType":5126,"count":3,"type":"VEC3",)"
                     R"("min":[-1000,-1000,-1000],"max":[1000,1000,1000]}])" +
                     extra + "}";
  json.resize((json.size() + 3) / 4 * 4, ' ');
  const auto total = static_cast<std::uint32_t>(12 + 8 + json.size() + 8 + buffer.size());
  return "glTF" + word(2) + word(total) + word(static_cast<std::uint32_t>(json.size())) + "JSON" + json +
         word(static_cast<std::uint32_t>(buffer.size())) + std::string("BIN\0", 4) + buffer;
}

inline std::string b3dmOf(const std::string& glb, std::string feature_table = R"({"BATCH_LENGTH":0})") {
  feature_table.resize((feature_table.size() + 7) / 8 * 8 + 4, ' ');
  const auto total = static_cast<std::uint32_t>(28 + feature_table.size() + glb.size());
  return "b3dm" + word(1) + word(total) + word(static_cast<std::uint32_t>(feature_table.size())) + word(0) + word(0) +
         word(0) + feature_table + glb;
}

}  // namespace hashimichi::import::tests
