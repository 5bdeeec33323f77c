#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "geo/points/potree_parts.h"

namespace hashimichi::points {
namespace {

using Json = nlohmann::json;

constexpr std::size_t most_attributes = 512, most_elements = 65536;

Error broken(const std::string& file, const std::string& what) {
  return {ErrorCode::unreadable, file, "The octree's metadata is damaged: " + what + ".", "Copy or make it again."};
}

double numberOf(const Json& json, const char* key, double otherwise) {
  const auto found = json.find(key);
  return found != json.end() && found->is_number() ? found->get<double>() : otherwise;
}
std::string textOf(const Json& json, const char* key) {
  const auto found = json.find(key);
  return found != json.end() && found->is_string() ? found->get<std::string>() : std::string();
}
std::vector<double> numbersOf(const Json& json, const char* key) {
  std::vector<double> numbers;
  const auto found = json.find(key);
  if (found == json.end() || !found->is_array()) return numbers;
  for (const Json& value : *found) {
    if (!value.is_number() || numbers.size() == most_elements) return {};
    numbers.push_back(value.get<double>());
  }
  return numbers;
}
std::optional<Vec3d> vectorOf(const Json& json, const char* key) {
  const std::vector<double> numbers = numbersOf(json, key);
  if (numbers.size() != 3) return std::nullopt;
  const Vec3d v{numbers[0], numbers[1], numbers[2]};
  return isFinite(v) ? std::optional(v) : std::nullopt;
}

int bytesOfType(const std::string& type) {
  if (type == "int8" || type == "uint8") return 1;
  if (type == "int16" || type == "uint16") return 2;
  if (type == "int32" || type == "uint32" || type == "float") return 4;
  if (type == "int64" || type == "uint64" || type == "double") return 8;
  return 0;
}

void readHistogram(const Json& json, OctreeInfo& info) {
  const auto found = json.find("histogram");
  if (found == json.end() || !found->is_array() || found->size() > 256) return;
  for (std::size_t i = 0; i < found->size(); ++i)
    if ((*found)[i].is_number_unsigned()) info.count_by_class[i] = (*found)[i].get<std::uint64_t>();
  // A histogram that does not add up (some writers sample) is no count.
  std::uint64_t sum = 0;
  for (const std::uint64_t count : info.count_by_class) sum += count;
  if (sum != info.point_count) info.count_by_class.fill(0);
}

/// @returns why it cannot be read; empty when it could
std::string readAttributes(const Json& list, PotreeMetadata& metadata) {
  if (!list.is_array() || list.empty() || list.size() > most_attributes) return "it lists no attributes";
  for (const Json& json : list) {
    if (!json.is_object()) return "an attribute is not described";
    AttributeInfo attribute;
    attribute.name = textOf(json, "name");
    attribute.description = textOf(json, "description");
    attribute.type = textOf(json, "type");
    const double elements = numberOf(json, "numElements", 1), size = numberOf(json, "size", 0);
    const int element_bytes = bytesOfType(attribute.type);
    if (!(elements >= 1 && elements <= 65535)) return "an attribute has no sensible size";
    attribute.elements = static_cast<int>(elements);
    // "undefined" comes from extra bytes that nobody described: their size alone is known.
    if (!(size >= 1 && size <= 65535)) return "an attribute has no sensible size";
    attribute.bytes = static_cast<int>(size);
    if (element_bytes > 0 && attribute.bytes != element_bytes * attribute.elements)
      return fmt::format("attribute \"{}\" has {} bytes, but {} of type {}", attribute.name, attribute.bytes,
                         attribute.elements, attribute.type);
    attribute.low = numbersOf(json, "min");
    attribute.high = numbersOf(json, "max");
    attribute.scale = numbersOf(json, "scale");
    attribute.offset = numbersOf(json, "offset");
    if (attribute.name == "classification") readHistogram(json, metadata.info);
    if (attribute.name == "rgb" && !attribute.high.empty())
      metadata.wide_colours = *std::max_element(attribute.high.begin(), attribute.high.end()) > 255;
    metadata.point_bytes += static_cast<std::size_t>(attribute.bytes);
    metadata.info.attributes.push_back(std::move(attribute));
  }
  const auto position = std::find_if(metadata.info.attributes.begin(), metadata.info.attributes.end(),
                                     [](const AttributeInfo& a) { return a.name == "position"; });
  if (position == metadata.info.attributes.end() || position->type != "int32" || position->elements != 3)
    return "its points have no position of three 32-bit integers";
  if (position->low.size() == 3 && position->high.size() == 3) {
    const Vec3d low{position->low[0], position->low[1], position->low[2]},
        high{position->high[0], position->high[1], position->high[2]};
    if (isFinite(low) && isFinite(high)) metadata.info.bounds.add(low), metadata.info.bounds.add(high);
  }
  return {};
}

std::string readBody(const Json& json, PotreeMetadata& metadata) {
  OctreeInfo& info = metadata.info;
  info.format = "Potree 2";
  info.crs = textOf(json, "projection");
  if (const auto heights = json.find("heights"); heights != json.end() && heights->is_object())
    info.geoid = textOf(*heights, "geoid");
  const auto points = json.find("points");
  if (points == json.end() || !points->is_number_unsigned()) return "it does not say how many points there are";
  info.point_count = points->get<std::uint64_t>();
  const auto scale = vectorOf(json, "scale"), offset = vectorOf(json, "offset");
  if (!scale || !offset || scale->x == 0 || scale->y == 0 || scale->z == 0) return "its scale or offset is missing";
  info.scale = *scale;
  info.offset = *offset;
  const auto box = json.find("boundingBox");
  if (box == json.end() || !box->is_object()) return "its bounding box is missing";
  const auto low = vectorOf(*box, "min"), high = vectorOf(*box, "max");
  if (!low || !high || low->x > high->x || low->y > high->y || low->z > high->z) return "its bounding box is no box";
  info.cube.add(*low);
  info.cube.add(*high);
  info.spacing = numberOf(json, "spacing", 0);
  if (!(info.spacing > 0) || !std::isfinite(info.spacing)) info.spacing = info.cube.size().x / 128;
  const auto hierarchy = json.find("hierarchy");
  const double first =
      hierarchy != json.end() && hierarchy->is_object() ? numberOf(*hierarchy, "firstChunkSize", 0) : 0;
  if (!(first >= 22 && first < 1e12)) return "the size of the hierarchy's first part is missing";
  metadata.first_chunk_bytes = static_cast<std::uint64_t>(first);
  const auto attributes = json.find("attributes");
  if (attributes == json.end()) return "it lists no attributes";
  std::string why = readAttributes(*attributes, metadata);
  if (info.bounds.empty()) info.bounds = info.cube;
  return why;
}

}  // namespace

Result<PotreeMetadata> parsePotreeMetadata(std::string_view text, const std::string& file) {
  // The parser counts no depth: what opens brackets without end is no metadata.
  constexpr std::ptrdiff_t most_brackets = 4096;
  if (std::count(text.begin(), text.end(), '[') + std::count(text.begin(), text.end(), '{') > most_brackets)
    return broken(file, "it is nested without end");
  const Json json = Json::parse(text, nullptr, false);
  if (!json.is_object()) return broken(file, "it is cut off or no JSON");
  const std::string version = textOf(json, "version");
  if (!version.starts_with("2"))
    return Error{ErrorCode::unsupported, file,
                 version.empty() ? "This is no metadata of a Potree 2 octree."
                                 : fmt::format("Potree octrees of version {} are not read, only version 2.", version),
                 "Convert the survey with PotreeConverter 2, or import the survey itself."};
  PotreeMetadata metadata;
  const std::string encoding = textOf(json, "encoding");
  metadata.brotli = encoding == "BROTLI";
  if (!metadata.brotli && encoding != "DEFAULT" && !encoding.empty())
    return Error{ErrorCode::unsupported,
                 file,
                 fmt::format("The octree's encoding \"{}\" is not read, only DEFAULT and BROTLI.", encoding),
                 {}};
  if (const std::string why = readBody(json, metadata); !why.empty()) return broken(file, why);
  return metadata;
}

}  // namespace hashimichi::points
