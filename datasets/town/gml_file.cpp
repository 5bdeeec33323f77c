#include "datasets/town/gml_file.h"

#include <fmt/format.h>

#include <cmath>
#include <iterator>

#include "datasets/town/random.h"
#include "datasets/town/town_parts.h"
#include "geo/core/file.h"

namespace hashimichi::datasets {
namespace {

constexpr std::size_t buffer_bytes = 1 << 20;

constexpr const char* head = R"(<?xml version="1.0" encoding="UTF-8"?>
<!-- {} -->
<core:CityModel xmlns:core="http://www.opengis.net/citygml/2.0" xmlns:bldg="http://www.opengis.net/citygml/building/2.0" xmlns:tran="http://www.opengis.net/citygml/transportation/2.0" xmlns:brid="http://www.opengis.net/citygml/bridge/2.0" xmlns:dem="http://www.opengis.net/citygml/relief/2.0" xmlns:gen="http://www.opengis.net/citygml/generics/2.0" xmlns:gml="http://www.opengis.net/gml" xmlns:uro="https://www.geospatial.jp/iur/uro/3.1" xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="https://www.geospatial.jp/iur/uro/3.1 ../../schemas/iur/uro/3.1/urbanObject.xsd http://www.opengis.net/citygml/2.0 http://schemas.opengis.net/citygml/2.0/cityGMLBase.xsd">
	<gml:boundedBy>
		<gml:Envelope srsName="http://www.opengis.net/def/crs/EPSG/0/6697" srsDimension="3">
			<gml:lowerCorner>{:.9f} {:.9f} {:.3f}</gml:lowerCorner>
			<gml:upperCorner>{:.9f} {:.9f} {:.3f}</gml:upperCorner>
		</gml:Envelope>
	</gml:boundedBy>
)";

}  // namespace

GmlFile::GmlFile(const std::filesystem::path& path, const crs::FromLocal& geographic)
    : path_(path), geographic_(geographic), file_(std::fopen(path.c_str(), "wb")) {
  failed_ = file_ == nullptr;
}

GmlFile::~GmlFile() {
  if (file_) std::fclose(file_);
}

void GmlFile::begin(const Bounds& extent) {
  Bounds geographic;
  for (const double x : {extent.low.x, extent.high.x})
    for (const double y : {extent.low.y, extent.high.y})
      for (const double z : {extent.low.z, extent.high.z}) geographic.add(geographic_({x, y, z}).value_or(Vec3d{}));
  const Vec3d low = geographic.low, high = geographic.high;
  text(fmt::format(head, synthetic_note, low.y, low.x, low.z, high.y, high.x, high.z));
}

void GmlFile::text(std::string_view xml) {
  buffer_ += xml;
  if (buffer_.size() > buffer_bytes) flush();
}

void GmlFile::posList(const std::vector<Vec3d>& places) {
  scratch_ = places;
  geographic_.apply(scratch_);
  for (std::size_t i = 0; i < scratch_.size(); ++i)
    fmt::format_to(std::back_inserter(buffer_), "{}{:.9f} {:.9f} {:.3f}", i > 0 ? " " : "", scratch_[i].y,
                   scratch_[i].x, scratch_[i].z);
}

void GmlFile::polygon(const std::vector<Vec3d>& ring, std::string_view id) {
  text(id.empty() ? "<gml:Polygon>" : fmt::format("<gml:Polygon gml:id=\"{}\">", id));
  text("<gml:exterior><gml:LinearRing><gml:posList>");
  posList(ring);
  text("</gml:posList></gml:LinearRing></gml:exterior></gml:Polygon>");
}

void GmlFile::multiSurface(const std::vector<std::vector<Vec3d>>& rings) {
  text("<gml:MultiSurface>");
  for (const auto& ring : rings) {
    text("<gml:surfaceMember>");
    polygon(ring);
    text("</gml:surfaceMember>");
  }
  text("</gml:MultiSurface>\n");
}

void GmlFile::flush() {
  if (file_ && std::fwrite(buffer_.data(), 1, buffer_.size(), file_) != buffer_.size()) failed_ = true;
  buffer_.clear();
}

Status GmlFile::end() {
  text("</core:CityModel>\n");
  flush();
  if (file_ && std::fclose(file_) != 0) failed_ = true;
  file_ = nullptr;
  if (failed_)
    return Error{ErrorCode::write_failed, toUtf8(path_), "could not be written.",
                 "Check free space and write permission of the folder."};
  return done();
}

std::string uuidFor(std::uint64_t seed, std::int64_t kind, std::int64_t index) {
  const std::uint64_t a = hashOf(seed, 901, kind, index), b = hashOf(seed, 902, kind, index);
  return fmt::format("{:08x}-{:04x}-4{:03x}-{:04x}-{:012x}", a >> 32, (a >> 16) & 0xffff, a & 0xfff, 0x8000 | (b >> 50),
                     b & 0xffffffffffff);
}

std::string meshCode(double lat_deg, double lon_deg, int digits) {
  const double rows = lat_deg * 1.5, columns = lon_deg - 100;
  const int p = static_cast<int>(rows), u = static_cast<int>(columns);
  const int q = static_cast<int>((rows - p) * 8), v = static_cast<int>((columns - u) * 8);
  if (digits == 6) return fmt::format("{:02}{:02}{}{}", p, u, q, v);
  const int r = static_cast<int>(((rows - p) * 8 - q) * 10), w = static_cast<int>(((columns - u) * 8 - v) * 10);
  return fmt::format("{:02}{:02}{}{}{}{}", p, u, q, v, r, w);
}

std::string coded(std::string_view tag, std::string_view list, std::string_view code) {
  return fmt::format("<{0} codeSpace=\"../../codelists/{1}.xml\">{2}</{0}>\n", tag, list, code);
}

}  // namespace hashimichi::datasets
