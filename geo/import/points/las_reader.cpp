#include "geo/import/points/las_reader.h"

#include <laszip/laszip_api.h>

#include "geo/core/file.h"

namespace hashimichi::import {

struct LasReader::Impl {
  laszip_POINTER zip = nullptr;
  laszip_point_struct* point = nullptr;
  laszip_header_struct* header = nullptr;
  bool extended = false;  ///< point formats 6…10 keep the class in another field
  bool open = false;
  std::string damage;

  ~Impl() {
    if (open) laszip_close_reader(zip);
    if (zip) laszip_destroy(zip);
  }
  std::string reason() const {
    laszip_CHAR* text = nullptr;
    if (!zip || laszip_get_error(zip, &text) != 0 || !text || !*text) return "LASzip gives no reason";
    // What follows is advice about LASzip itself, not about the file.
    const std::string reason(text);
    return reason.substr(0, reason.find(" (LASzip"));
  }
};

LasReader::LasReader(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
LasReader::~LasReader() = default;
LasReader::LasReader(LasReader&&) noexcept = default;
LasReader& LasReader::operator=(LasReader&&) noexcept = default;

Result<LasReader> LasReader::open(const std::filesystem::path& path, int point_format) {
  const std::string file = toUtf8(path);
  const auto failed = [&](const std::string& reason) {
    return Error{ErrorCode::unreadable, file, "The point cloud cannot be opened: " + reason + ".",
                 "Check that the file was copied completely."};
  };
  auto impl = std::make_unique<Impl>();
  if (laszip_create(&impl->zip) != 0) return failed("LASzip cannot be started");
  // Of the newer formats only what is drawn is unpacked; the older ones have no separate parts and ignore this.
  laszip_decompress_selective(impl->zip,
                              laszip_DECOMPRESS_SELECTIVE_CHANNEL_RETURNS_XY | laszip_DECOMPRESS_SELECTIVE_Z |
                                  laszip_DECOMPRESS_SELECTIVE_CLASSIFICATION | laszip_DECOMPRESS_SELECTIVE_RGB);
  laszip_BOOL compressed = 0;
  if (laszip_open_reader(impl->zip, path.string().c_str(), &compressed) != 0) return failed(impl->reason());
  impl->open = true;
  if (laszip_get_header_pointer(impl->zip, &impl->header) != 0 ||
      laszip_get_point_pointer(impl->zip, &impl->point) != 0)
    return failed(impl->reason());
  impl->extended = point_format >= 6;
  return LasReader(std::move(impl));
}

bool LasReader::next(LasPoint& point) {
  if (laszip_read_point(impl_->zip) != 0) {
    impl_->damage = impl_->reason();
    return false;
  }
  const laszip_point_struct& raw = *impl_->point;
  const laszip_header_struct& header = *impl_->header;
  point.position = {raw.X * header.x_scale_factor + header.x_offset, raw.Y * header.y_scale_factor + header.y_offset,
                    raw.Z * header.z_scale_factor + header.z_offset};
  point.classification = impl_->extended ? raw.extended_classification : static_cast<std::uint8_t>(raw.classification);
  point.rgb = {raw.rgb[0], raw.rgb[1], raw.rgb[2]};
  return true;
}

const std::string& LasReader::damage() const {
  return impl_->damage;
}

}  // namespace hashimichi::import
