#pragma once
#include <cstdint>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>
#include <vector>

namespace hashimichi::tests {

/// A reader of Potree 2 folders, written from the description of the format and nothing else, so that the builder is
/// not tested against itself. Throws where a folder is not as described.
struct PotreeFolder {
  struct Attribute {
    std::string name, type;
    int elements = 0, element_bytes = 0, offset = 0;
  };
  struct Node {
    std::string name;  ///< "r", "r0", "r07" …
    int type = 0, child_mask = 0;
    std::uint32_t points = 0;
    std::uint64_t at = 0, bytes = 0;
    double low[3]{}, high[3]{};
    int level() const { return static_cast<int>(name.size()) - 1; }
  };

  nlohmann::json metadata;
  std::vector<Attribute> attributes;
  int record_bytes = 0;
  std::vector<Node> nodes;
  std::string points, hierarchy;

  explicit PotreeFolder(const std::filesystem::path& folder)
      : metadata(nlohmann::json::parse(bytesOf(folder / "metadata.json"))),
        points(bytesOf(folder / "octree.bin")),
        hierarchy(bytesOf(folder / "hierarchy.bin")) {
    if (metadata["version"] != "2.0" || metadata["encoding"] != "DEFAULT") throw std::runtime_error("version");
    for (const auto& a : metadata["attributes"]) {
      attributes.push_back({a["name"], a["type"], a["numElements"], a["elementSize"], record_bytes});
      if (a["size"].get<int>() != attributes.back().elements * attributes.back().element_bytes)
        throw std::runtime_error("size");
      record_bytes += a["size"].get<int>();
    }
    Node root{"r"};
    for (int i = 0; i < 3; ++i) {
      root.low[i] = metadata["boundingBox"]["min"][static_cast<std::size_t>(i)];
      root.high[i] = metadata["boundingBox"]["max"][static_cast<std::size_t>(i)];
    }
    readPiece(root, 0, metadata["hierarchy"]["firstChunkSize"], 0);
  }

  double number(const Node& node, std::uint32_t point, const Attribute& attribute, int element) const {
    const char* at = points.data() + node.at +
                     static_cast<std::uint64_t>(point) * static_cast<std::uint64_t>(record_bytes) + attribute.offset +
                     element * attribute.element_bytes;
    const auto as = [&](auto value) {
      std::memcpy(&value, at, sizeof(value));
      return static_cast<double>(value);
    };
    if (attribute.type == "int8") return as(std::int8_t{});
    if (attribute.type == "uint8") return as(std::uint8_t{});
    if (attribute.type == "int16") return as(std::int16_t{});
    if (attribute.type == "uint16") return as(std::uint16_t{});
    if (attribute.type == "int32") return as(std::int32_t{});
    if (attribute.type == "uint32") return as(std::uint32_t{});
    if (attribute.type == "int64") return as(std::int64_t{});
    if (attribute.type == "uint64") return as(std::uint64_t{});
    if (attribute.type == "float") return as(float{});
    if (attribute.type == "double") return as(double{});
    throw std::runtime_error("type " + attribute.type);
  }
  double coordinate(const Node& node, std::uint32_t point, int axis) const {
    const auto i = static_cast<std::size_t>(axis);
    return number(node, point, attributes.front(), axis) * metadata["scale"][i].get<double>() +
           metadata["offset"][i].get<double>();
  }

 private:
  static std::string bytesOf(const std::filesystem::path& path) {
    std::ifstream stream(path, std::ios::binary);
    if (!stream) throw std::runtime_error(path.string());
    return {std::istreambuf_iterator<char>(stream), {}};
  }
  template <typename T>
  T at(std::uint64_t place) const {
    if (place + sizeof(T) > hierarchy.size()) throw std::runtime_error("hierarchy too short");
    T value;
    std::memcpy(&value, hierarchy.data() + place, sizeof(T));
    return value;
  }
  void readPiece(const Node& first, std::uint64_t begin, std::uint64_t length, int depth) {
    if (depth > 10 || length % 22 != 0) throw std::runtime_error("hierarchy piece");
    std::vector<Node> piece{first};
    for (std::size_t i = 0; i < piece.size(); ++i) {
      const std::uint64_t place = begin + 22 * i;
      if (22 * (i + 1) > length) throw std::runtime_error("more nodes than the piece holds");
      Node node = piece[i];
      node.type = at<std::uint8_t>(place), node.child_mask = at<std::uint8_t>(place + 1);
      node.points = at<std::uint32_t>(place + 2), node.at = at<std::uint64_t>(place + 6),
      node.bytes = at<std::uint64_t>(place + 14);
      if (node.type == 2) {
        readPiece(node, node.at, node.bytes, depth + 1);
        continue;
      }
      if (node.at + node.bytes > points.size() ||
          node.bytes != static_cast<std::uint64_t>(node.points) * static_cast<std::uint64_t>(record_bytes))
        throw std::runtime_error("node " + node.name + " beyond octree.bin");
      if ((node.type == 1) != (node.child_mask == 0)) throw std::runtime_error("leaf " + node.name);
      nodes.push_back(node);
      for (int child = 0; child < 8; ++child) {
        if ((node.child_mask >> child & 1) == 0) continue;
        Node next{node.name + static_cast<char>('0' + child)};
        for (int axis = 0; axis < 3; ++axis) {
          const double middle = (node.low[axis] + node.high[axis]) / 2;
          const bool upper = (child >> (2 - axis) & 1) != 0;
          next.low[axis] = upper ? middle : node.low[axis], next.high[axis] = upper ? node.high[axis] : middle;
        }
        piece.push_back(next);
      }
    }
    if (22 * piece.size() != length) throw std::runtime_error("fewer nodes than the piece holds");
  }
};

}  // namespace hashimichi::tests
