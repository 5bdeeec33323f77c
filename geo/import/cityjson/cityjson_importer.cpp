#include "geo/core/file.h"
#include "geo/core/text.h"
#include "geo/import/cityjson/file_reader.h"
#include "geo/import/importer.h"

namespace hashimichi::import {
namespace {

/// The first words of a JSON object, whatever its spaces.
bool beginsWithMember(std::string_view json, std::string_view name) {
  json = trim(json);
  if (!json.starts_with('{')) return false;
  return trim(json.substr(1)).starts_with(name);
}

class CityJsonImporter final : public Importer {
 public:
  std::string_view format() const override { return "CityJSON"; }

  bool accepts(const std::filesystem::path& path, std::string_view head) const override {
    if (head.starts_with("\xEF\xBB\xBF")) head.remove_prefix(3);
    if (!trim(head).starts_with('{')) return false;
    if (head.find("\"CityJSON") != head.npos || head.find("\"CityObjects\"") != head.npos) return true;
    const std::string name = toLower(toUtf8(path.filename()));
    return beginsWithMember(head, "\"vertices\"") || name.ends_with(".city.json") || name.ends_with(".city.jsonl");
  }

  Result<Peek> peek(const std::filesystem::path& path, const Options& options, Problems&) const override {
    const Result<cityjson::Survey> survey = cityjson::survey(path);
    if (!survey) return survey.error();
    Peek peek;
    peek.format = format();
    peek.crs = survey->head.crs.empty() ? options.source_crs : survey->head.crs;
    bool north_first = survey->axes.northFirst().value_or(false);
    if (!peek.crs.empty()) {
      const Result<crs::CrsInfo> info = crs::describeCrs(peek.crs);
      if (!info) {
        Error error = info.error();
        error.where = toUtf8(path);
        return error;
      }
      // The axes are judged by the same rule as in reading; there it is reported.
      bool stated = false;
      north_first = cityjson::northFirst(*survey, *info, stated);
    }
    if (survey->bounds.empty()) return peek;
    const Vec3d low = survey->bounds.low, high = survey->bounds.high;
    peek.bounds.add(north_first ? Vec3d{low.y, low.x, low.z} : low);
    peek.bounds.add(north_first ? Vec3d{high.y, high.x, high.z} : high);
    return peek;
  }

  Status read(const std::filesystem::path& path, Context& context) const override {
    return cityjson::readCityJson(path, context);
  }
};

}  // namespace

const Importer& cityjsonImporter() {
  static const CityJsonImporter importer;
  return importer;
}

}  // namespace hashimichi::import
