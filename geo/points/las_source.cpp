#include "geo/points/las_source.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <laszip/laszip_api.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <cstring>

#include "geo/core/file.h"
#include "geo/crs/transform.h"
#include "geo/import/points/las_header.h"
#include "geo/import/points/las_layout.h"
#include "geo/points/las_unpack.h"

namespace hashimichi::points {
namespace {

using import::LasHeader;
using import::LasLayout;

/// Points that one thread takes at a time: long enough that opening a reader costs nothing.
constexpr std::uint64_t piece_points = 1u << 18;
constexpr std::size_t read_bytes = 1u << 20;

/// Uncompressed records.
class LasCursor final : public PointCursor {
 public:
  LasCursor(int file, std::uint64_t at, std::uint64_t count, std::uint32_t record_bytes, LasUnpack unpack)
      : file_(file), at_(at), left_(count), record_bytes_(record_bytes), unpack_(std::move(unpack)) {
    const std::uint64_t room = std::max<std::uint64_t>(1, std::min<std::uint64_t>(read_bytes / record_bytes_, count));
    buffer_.resize(static_cast<std::size_t>(room) * record_bytes_);
  }
  ~LasCursor() override { ::close(file_); }
  LasCursor(const LasCursor&) = delete;
  LasCursor& operator=(const LasCursor&) = delete;

  std::size_t read(std::byte* records, std::size_t limit) override {
    const std::size_t room = buffer_.size() / record_bytes_;
    std::size_t done = 0;
    while (done < limit && left_ > 0) {
      const auto wanted = static_cast<std::size_t>(std::min<std::uint64_t>({left_, room, limit - done}));
      const ssize_t got = ::pread(file_, buffer_.data(), wanted * record_bytes_, static_cast<off_t>(at_));
      const std::size_t whole = got > 0 ? static_cast<std::size_t>(got) / record_bytes_ : 0;
      if (whole == 0) {
        left_ = 0;
        damage_ = got < 0 ? std::string("the file cannot be read: ") + std::strerror(errno) : "the file ends there";
        break;
      }
      unpack_.apply(buffer_.data(), whole, records + done * unpack_.recordBytes());
      at_ += whole * record_bytes_, left_ -= whole, done += whole;
    }
    return done;
  }
  std::string damage() const override { return damage_; }

 private:
  int file_;
  std::uint64_t at_, left_;
  std::uint32_t record_bytes_;
  LasUnpack unpack_;
  std::vector<std::byte> buffer_;
  std::string damage_;
};

/// Through LASzip, whose points are packed again into the file's own records.
class LazCursor final : public PointCursor {
 public:
  LazCursor(std::uint64_t count, int format, std::uint32_t record_bytes, LasUnpack unpack)
      : left_(count), format_(format), record_bytes_(record_bytes), unpack_(std::move(unpack)) {
    batch_points_ = std::max<std::size_t>(1, 65536 / record_bytes_);
    buffer_.resize(batch_points_ * record_bytes_);
  }
  ~LazCursor() override {
    if (open_) laszip_close_reader(zip_);
    if (zip_) laszip_destroy(zip_);
  }
  LazCursor(const LazCursor&) = delete;
  LazCursor& operator=(const LazCursor&) = delete;

  Status open(const std::filesystem::path& path, std::uint64_t first) {
    laszip_BOOL compressed = 0;
    if (laszip_create(&zip_) != 0) return failed(path, "LASzip cannot be started");
    if (laszip_open_reader(zip_, path.string().c_str(), &compressed) != 0) return failed(path, reason());
    open_ = true;
    if (laszip_get_point_pointer(zip_, &point_) != 0) return failed(path, reason());
    if (first > 0 && laszip_seek_point(zip_, static_cast<laszip_I64>(first)) != 0) return failed(path, reason());
    // The record that is packed below must be the one that LASzip unpacks.
    const std::uint32_t extra = record_bytes_ - unpack_.formatBytes();
    if (point_->num_extra_bytes < 0 || static_cast<std::uint32_t>(point_->num_extra_bytes) < extra ||
        (extra > 0 && !point_->extra_bytes))
      return failed(path, "its points are shorter than its header says");
    return done();
  }

  std::size_t read(std::byte* records, std::size_t limit) override {
    std::size_t done = 0;
    while (done < limit && left_ > 0) {
      const auto wanted = static_cast<std::size_t>(std::min<std::uint64_t>({left_, batch_points_, limit - done}));
      std::size_t got = 0;
      for (; got < wanted && laszip_read_point(zip_) == 0; ++got) pack(buffer_.data() + got * record_bytes_);
      unpack_.apply(buffer_.data(), got, records + done * unpack_.recordBytes());
      done += got, left_ -= got;
      if (got < wanted) {
        damage_ = reason();
        left_ = 0;
      }
    }
    return done;
  }
  std::string damage() const override { return damage_; }

 private:
  static Error failed(const std::filesystem::path& path, const std::string& why) {
    return {ErrorCode::unreadable, toUtf8(path), "The point cloud cannot be opened: " + why + ".",
            "Check that the file was copied completely."};
  }
  std::string reason() const {
    laszip_CHAR* text = nullptr;
    if (!zip_ || laszip_get_error(zip_, &text) != 0 || !text || !*text) return "LASzip gives no reason";
    const std::string whole(text);
    return whole.substr(0, whole.find(" (LASzip"));
  }
  void pack(std::byte* record) const {
    const laszip_point_struct& p = *point_;
    std::byte* at = record;
    const auto put = [&](const auto& value) {
      std::memcpy(at, &value, sizeof(value));
      at += sizeof(value);
    };
    if (format_ < 6) {
      std::memcpy(at, &p, 20);  // the struct begins with the record of formats 0 to 5
      at += 20;
      if (format_ != 0 && format_ != 2) put(p.gps_time);
      if (format_ == 2 || format_ == 3 || format_ == 5) std::memcpy(at, p.rgb, 6), at += 6;
    } else {
      std::memcpy(at, &p, 14);
      at += 14;
      put(static_cast<std::uint8_t>(p.extended_return_number | p.extended_number_of_returns << 4));
      put(static_cast<std::uint8_t>(p.extended_classification_flags | p.extended_scanner_channel << 4 |
                                    p.scan_direction_flag << 6 | p.edge_of_flight_line << 7));
      put(p.extended_classification);
      put(p.user_data);
      put(p.extended_scan_angle);
      put(p.point_source_ID);
      put(p.gps_time);
      const std::size_t colours = format_ == 7 ? 6 : format_ == 8 || format_ == 10 ? 8 : 0;
      std::memcpy(at, p.rgb, colours);
      at += colours;
    }
    const std::uint32_t extra = record_bytes_ - unpack_.formatBytes();
    if (extra > 0) std::memcpy(record + unpack_.formatBytes(), p.extra_bytes, extra);
  }

  laszip_POINTER zip_ = nullptr;
  laszip_point_struct* point_ = nullptr;
  bool open_ = false;
  std::uint64_t left_;
  int format_;
  std::uint32_t record_bytes_;
  LasUnpack unpack_;
  std::size_t batch_points_ = 1;
  std::vector<std::byte> buffer_;
  std::string damage_;
};

class LasSource final : public PointSource {
 public:
  LasSource(std::filesystem::path path, LasHeader header, LasLayout layout, SourceInfo info)
      : path_(std::move(path)), header_(std::move(header)), layout_(std::move(layout)), info_(std::move(info)) {}

  const SourceInfo& info() const override { return info_; }

  std::vector<Piece> pieces() const override {
    if (!header_.compressed) return evenPieces(info_.points, piece_points);
    if (layout_.chunk_points == 0) return evenPieces(info_.points, std::max<std::uint64_t>(1, info_.points));
    const std::uint64_t chunk = layout_.chunk_points;
    return evenPieces(info_.points, (piece_points + chunk - 1) / chunk * chunk);
  }

  std::vector<Piece> samples(std::uint64_t wanted) const override {
    if (!header_.compressed) return spreadPieces(info_.points, wanted, 256, 1);
    // Only the beginning of a chunk is reached without unpacking what lies before it.
    if (layout_.chunk_points == 0) return spreadPieces(info_.points, wanted, info_.points, info_.points);
    return spreadPieces(info_.points, wanted, 512, layout_.chunk_points);
  }

  Result<std::unique_ptr<PointCursor>> open(const Piece& piece, const RecordLayout& layout,
                                            const Steps& steps) const override {
    LasUnpack unpack(header_.point_format, layout_, info_.fields, layout, StepChange(info_.steps, steps),
                     header_.record_length);
    if (header_.compressed) {
      auto cursor = std::make_unique<LazCursor>(piece.count, header_.point_format, header_.record_length, unpack);
      if (const Status opened = cursor->open(path_, piece.first); !opened) return opened.error();
      return std::unique_ptr<PointCursor>(std::move(cursor));
    }
    const int file = ::open(path_.c_str(), O_RDONLY | O_CLOEXEC);
    if (file < 0)
      return Error{ErrorCode::unreadable,
                   info_.file,
                   std::string("The file cannot be opened any more: ") + std::strerror(errno) + ".",
                   {}};
    return std::unique_ptr<PointCursor>(
        std::make_unique<LasCursor>(file, header_.points_at + piece.first * header_.record_length, piece.count,
                                    header_.record_length, std::move(unpack)));
  }

 private:
  std::filesystem::path path_;
  LasHeader header_;
  LasLayout layout_;
  SourceInfo info_;
};

/// A step of 0, or one that is no number, puts all points in one place; survey programs mean millimetres then.
bool mendSteps(Steps& steps) {
  bool mended = false;
  for (double Vec3d::*axis : {&Vec3d::x, &Vec3d::y, &Vec3d::z}) {
    if (!std::isfinite(steps.scale.*axis) || steps.scale.*axis == 0 || std::fabs(steps.scale.*axis) < 1e-15 ||
        std::fabs(steps.scale.*axis) > 1e9)
      steps.scale.*axis = 0.001, mended = true;
    if (!std::isfinite(steps.offset.*axis) || std::fabs(steps.offset.*axis) > 1e15)
      steps.offset.*axis = 0, mended = true;
  }
  return mended;
}

}  // namespace

Result<PointSourcePtr> openLasSource(const std::filesystem::path& path, Problems& problems) {
  const std::string file = toUtf8(path);
  Result<LasHeader> header = import::readLasHeader(path, problems);
  if (!header) return header.error();
  Result<LasLayout> layout = import::readLasLayout(path, *header);
  if (!layout) return layout.error();
  if (header->stated_points == 0)
    return Error{ErrorCode::bad_input, file, "The file holds no points.", "Copy or export it again."};
  if (header->plausible_points == 0)
    return Error{
        ErrorCode::bad_input, file,
        fmt::format("The header promises {} points, but the file ends before the first.", header->stated_points),
        "Copy or export it again."};
  SourceInfo info;
  info.file = file, info.format = header->compressed ? "LAZ" : "LAS";
  info.points = header->plausible_points, info.stated = header->stated_points;
  info.steps = {layout->scale, layout->offset};
  if (mendSteps(info.steps))
    problems.assume(file, {}, "las.scale",
                    "The header's scale or offset is zero or no number; steps of 0.001 from 0 were assumed.",
                    "Check the coordinates.");
  info.bounds = header->bounds, info.crs = header->crs;
  if (!info.crs.empty())
    if (const Result<crs::CrsInfo> known = crs::describeCrs(info.crs)) info.geographic = known->geographic;
  info.fields = lasFields(header->point_format, *layout);
  std::error_code ignored;
  info.bytes = std::filesystem::file_size(path, ignored);
  if (layout->described_too_much)
    problems.assume(
        file, {}, "las.extra_bytes",
        "The header describes more extra bytes than a point has; those that fit were taken as described, the "
        "others as plain bytes.");
  const int format = header->point_format;
  if (format == 4 || format == 5 || format == 9 || format == 10)
    problems.assume(file, {}, "las.waveform", "Waveform packets are not taken into the octree; everything else is.");
  return PointSourcePtr(std::make_unique<LasSource>(path, std::move(*header), std::move(*layout), std::move(info)));
}

}  // namespace hashimichi::points
