#include "geo/core/file.h"
#include "geo/import/citygml/file_head.h"
#include "geo/import/citygml/file_reader.h"
#include "geo/import/importer.h"

namespace hashimichi::import {
namespace {

using namespace citygml;

/// Whether the CRS itself lists north (latitude) first.
bool northFirst(const crs::CrsInfo& info) {
  if (info.geographic) return info.definition.find("CRS84") == std::string::npos;
  const Result<crs::LocalFrame> frame =
      crs::LocalFrame::create(info.horizontal_epsg ? info.horizontal_epsg : info.epsg, {});
  return frame.ok() && frame->northingFirst();
}

Vec3d eastFirst(Vec3d p, bool north_first) {
  return north_first ? Vec3d{p.y, p.x, p.z} : p;
}

class CityGmlImporter final : public Importer {
 public:
  std::string_view format() const override { return "CityGML"; }

  bool accepts(const std::filesystem::path&, std::string_view head) const override {
    return head.find("CityModel") != head.npos && head.find("opengis.net/citygml/") != head.npos;
  }

  Result<Peek> peek(const std::filesystem::path& path, const Options& options, Problems&) const override {
    SilentProgress silent;
    const Result<FileHead> head = readFileHead(path, HeadWish::with_extent, silent);
    if (!head) return head.error();
    Peek peek;
    peek.format = format();
    peek.crs = definitionFor(*head, options);
    peek.order = crs::AxisOrder::authority;
    if (peek.crs.empty()) return peek;
    const Result<crs::CrsInfo> info = crs::describeCrs(peek.crs);
    if (!info) {
      Error error = info.error();
      error.where = toUtf8(path);
      return error;
    }
    if (!head->low || !head->high) return peek;
    // The axes are judged by the same rule as in reading; there it is reported.
    const bool swapped = latLonSwapped(*info, *head->low);
    if (swapped) peek.order = crs::AxisOrder::east_first;
    const bool north_first = northFirst(*info) && !swapped;
    peek.bounds.add(eastFirst(*head->low, north_first));
    peek.bounds.add(eastFirst(*head->high, north_first));
    return peek;
  }

  Status read(const std::filesystem::path& path, Context& context) const override {
    return citygml::readCityGml(path, context);
  }
};

}  // namespace

const Importer& citygmlImporter() {
  static const CityGmlImporter importer;
  return importer;
}

}  // namespace hashimichi::import
