#pragma once
#include <brotli/encode.h>

#include <cstdint>
#include <cstring>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "tests/support/shared_data.h"

namespace hashimichi::tests {

/// A Potree 2 octree written from the description of the layout, node by node as a test wants it.
struct PotreeWriter {
  struct Point {
    std::int32_t x, y, z;
    std::uint16_t intensity = 0;
    std::uint8_t classification = 0;
    std::uint16_t red = 0, green = 0, blue = 0;
  };
  struct Record {
    std::uint8_t kind = 0, mask = 0;
    std::uint32_t points = 0;
    std::uint64_t at = 0, bytes = 0;
  };

  bool brotli = false;
  std::string octree, hierarchy;
  std::uint64_t points = 0, first_chunk = 0;
  nlohmann::json change;  ///< merged into the metadata at the end

  template <typename T>
  static void put(std::string& to, T value) {
    to.append(reinterpret_cast<const char*>(&value), sizeof value);
  }
  /// Bits of three numbers in turn, the first lowest.
  static std::uint64_t morton(std::uint32_t a, std::uint32_t b, std::uint32_t c) {
    std::uint64_t bits = 0;
    for (int k = 0; k < 16; ++k)
      bits |= std::uint64_t{(a >> k) & 1u} << (3 * k) | std::uint64_t{(b >> k) & 1u} << (3 * k + 1) |
              std::uint64_t{(c >> k) & 1u} << (3 * k + 2);
    return bits;
  }

  /// Appends the points and says where they lie.
  Record store(const std::vector<Point>& node, std::uint8_t kind, std::uint8_t mask) {
    std::string bytes;
    if (!brotli)
      for (const Point& p : node) {
        put(bytes, p.x), put(bytes, p.y), put(bytes, p.z), put(bytes, p.intensity), put(bytes, p.classification);
        put(bytes, p.red), put(bytes, p.green), put(bytes, p.blue);
      }
    else
      bytes = packed(node);
    const Record record{kind, mask, static_cast<std::uint32_t>(node.size()), octree.size(), bytes.size()};
    octree += bytes;
    points += node.size();
    return record;
  }
  void add(const Record& record) {
    put(hierarchy, record.kind), put(hierarchy, record.mask), put(hierarchy, record.points);
    put(hierarchy, record.at), put(hierarchy, record.bytes);
  }

  static std::string packed(const std::vector<Point>& node) {
    std::string plain;
    const auto u = [](std::int32_t v) { return static_cast<std::uint32_t>(v); };
    for (const Point& p : node) {
      put(plain, morton(u(p.x) >> 16, u(p.y) >> 16, u(p.z) >> 16));
      put(plain, morton(u(p.x) & 0xffff, u(p.y) & 0xffff, u(p.z) & 0xffff));
    }
    for (const Point& p : node) put(plain, p.intensity);
    for (const Point& p : node) put(plain, p.classification);
    for (const Point& p : node) put(plain, morton(p.red, p.green, p.blue));
    std::string small(BrotliEncoderMaxCompressedSize(plain.size()), '\0');
    std::size_t bytes = small.size();
    BrotliEncoderCompress(5, 22, BROTLI_MODE_GENERIC, plain.size(), reinterpret_cast<const std::uint8_t*>(plain.data()),
                          &bytes, reinterpret_cast<std::uint8_t*>(small.data()));
    small.resize(bytes);
    return small;
  }

  nlohmann::json metadata() const {
    const auto attribute = [](const char* name, const char* type, int elements, int size) {
      return nlohmann::json{{"name", name},
                            {"description", ""},
                            {"type", type},
                            {"numElements", elements},
                            {"elementSize", size / elements},
                            {"size", size}};
    };
    nlohmann::json json{{"version", "2.0"},
                        {"name", "made"},
                        {"points", points},
                        {"projection", "EPSG:6676"},
                        {"hierarchy", {{"firstChunkSize", first_chunk ? first_chunk : hierarchy.size()}}},
                        {"offset", {31000.0, 160000.0, 0.0}},
                        {"scale", {0.001, 0.001, 0.001}},
                        {"spacing", 1.0},
                        {"boundingBox", {{"min", {31000.0, 160000.0, 0.0}}, {"max", {31128.0, 160128.0, 128.0}}}},
                        {"encoding", brotli ? "BROTLI" : "DEFAULT"}};
    json["attributes"] = {attribute("position", "int32", 3, 12), attribute("intensity", "uint16", 1, 2),
                          attribute("classification", "uint8", 1, 1), attribute("rgb", "uint16", 3, 6)};
    json["attributes"][3]["max"] = {65535, 65535, 65535};
    if (change.is_object()) json.merge_patch(change);
    return json;
  }

  void write(const std::filesystem::path& folder) const {
    const auto file = [&](const char* name, const std::string& bytes) {
      std::ofstream(folder / name, std::ios::binary) << bytes;
    };
    file("metadata.json", metadata().dump());
    file("hierarchy.bin", hierarchy);
    file("octree.bin", octree);
  }
};

}  // namespace hashimichi::tests
