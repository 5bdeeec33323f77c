#include "geo/import/citygml/image_size.h"

#include "geo/core/file.h"

namespace hashimichi::import::citygml {
namespace {

std::uint32_t bigEndian(std::string_view bytes, std::size_t at, int count) {
  std::uint32_t value = 0;
  for (int i = 0; i < count; ++i)
    value = value << 8 | static_cast<unsigned char>(bytes[at + static_cast<std::size_t>(i)]);
  return value;
}

/// Marker by marker to the start of frame (SOF0–SOF15 without DHT, JPG, DAC), ITU-T T.81 annex B.
std::optional<ImageSize> jpegSize(std::string_view bytes) {
  for (std::size_t at = 2; at + 9 <= bytes.size();) {
    if (bytes[at] != '\xff') return std::nullopt;
    const auto marker = static_cast<unsigned char>(bytes[at + 1]);
    if (marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC)
      return ImageSize{bigEndian(bytes, at + 7, 2), bigEndian(bytes, at + 5, 2)};
    at += 2 + bigEndian(bytes, at + 2, 2);
  }
  return std::nullopt;
}

}  // namespace

std::optional<ImageSize> imageSizeOf(const std::filesystem::path& path) {
  constexpr std::size_t head_bytes = 256u << 10;  // a JPEG's preview may stand before its frame
  const Result<std::string> head = readHead(path, head_bytes);
  if (!head || head->size() < 24) return std::nullopt;
  std::optional<ImageSize> size;
  if (head->starts_with("\x89PNG"))
    size = ImageSize{bigEndian(*head, 16, 4), bigEndian(*head, 20, 4)};
  else if (head->starts_with("\xff\xd8"))
    size = jpegSize(*head);
  return size && size->width > 0 && size->height > 0 ? size : std::nullopt;
}

}  // namespace hashimichi::import::citygml
