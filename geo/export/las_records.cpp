#include "geo/export/las_records.h"

#include <ogr_spatialref.h>

#include <algorithm>

namespace hashimichi::exporting {
namespace {

bool has(const points::OctreeInfo& info, const char* name) {
  return std::any_of(info.attributes.begin(), info.attributes.end(),
                     [&](const points::AttributeInfo& a) { return a.name == name; });
}

/// LAS's number for a kind of value; 0: bytes that nobody described.
int lasType(const points::AttributeInfo& attribute) {
  static constexpr const char* words[]{"",      "uint8",  "int8",  "uint16", "int16", "uint32",
                                       "int32", "uint64", "int64", "float",  "double"};
  for (int type = 1; type <= 10; ++type)
    if (attribute.type == words[type] && attribute.elements <= 3) return type + 10 * (attribute.elements - 1);
  return 0;
}

std::string descriptor(const std::string& name, const std::string& description, int type, int options) {
  constexpr std::size_t descriptor_bytes = 192, name_at = 4, description_at = 160, text_bytes = 32;
  std::string bytes(descriptor_bytes, '\0');
  bytes[2] = static_cast<char>(type), bytes[3] = static_cast<char>(options);
  std::memcpy(bytes.data() + name_at, name.data(), std::min(name.size(), text_bytes));
  std::memcpy(bytes.data() + description_at, description.data(), std::min(description.size(), text_bytes));
  return bytes;
}

}  // namespace

std::string record(const char* user, std::uint16_t id, const std::string& content, bool extended) {
  std::string bytes(extended ? evlr_header_bytes : vlr_header_bytes, '\0');
  std::memcpy(bytes.data() + 2, user, std::strlen(user));
  put(bytes, 18, id);
  if (extended)
    put<std::uint64_t>(bytes, 20, content.size());
  else
    put<std::uint16_t>(bytes, 20, static_cast<std::uint16_t>(content.size()));
  return bytes + content;
}

std::string wktOf(const std::string& crs) {
  OGRSpatialReference reference;
  char* text = nullptr;
  std::string wkt;
  if (!crs.empty() && reference.SetFromUserInput(crs.c_str()) == OGRERR_NONE &&
      reference.exportToWkt(&text) == OGRERR_NONE && text)
    wkt = text;
  CPLFree(text);
  // The length of a record has 16 bits; a final zero belongs to the text.
  return wkt.empty() || wkt.size() > 65000 ? std::string() : wkt + '\0';
}

points::LazShape shapeOf(const points::OctreeInfo& info) {
  points::LazShape shape{has(info, "rgb"), has(info, "nir"), 0};
  for (const points::AttributeInfo& attribute : info.attributes)
    if (!isStandard(attribute)) shape.extra_bytes += static_cast<std::uint32_t>(attribute.bytes);
  return shape;
}

std::string extraBytesRecord(const points::OctreeInfo& info) {
  constexpr int has_scale = 8, has_offset = 16, most_plain_bytes = 255;
  std::string content;
  for (const points::AttributeInfo& attribute : info.attributes) {
    if (isStandard(attribute)) continue;
    const int type = lasType(attribute);
    for (int left = attribute.bytes; type == 0 && left > 0; left -= most_plain_bytes)
      content += descriptor(attribute.name, attribute.description, 0, std::min(left, most_plain_bytes));
    if (type == 0) continue;
    const auto elements = static_cast<std::size_t>(attribute.elements);
    const bool scaled =
        attribute.scale.size() == elements && attribute.offset.size() == elements &&
        (std::any_of(attribute.scale.begin(), attribute.scale.end(), [](double s) { return s != 1; }) ||
         std::any_of(attribute.offset.begin(), attribute.offset.end(), [](double o) { return o != 0; }));
    std::string one = descriptor(attribute.name, attribute.description, type, scaled ? has_scale | has_offset : 0);
    for (std::size_t e = 0; scaled && e < elements; ++e)
      put(one, 112 + 8 * e, attribute.scale[e]), put(one, 136 + 8 * e, attribute.offset[e]);
    content += one;
  }
  // A record has 16 bits for its length; what it does not describe stays as plain bytes.
  constexpr std::size_t most_bytes = 65535 / 192 * 192;
  if (content.size() > most_bytes) content.resize(most_bytes);
  return content;
}

}  // namespace hashimichi::exporting
