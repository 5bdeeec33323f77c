#include "geo/import/citygml/file_report.h"

#include <fmt/format.h>

namespace hashimichi::import::citygml {

void tellLeftOut(const LeftOut& left_out, const SourceFrame& frame, const std::string& file, Context& context) {
  Problems& problems = context.problems;
  const auto skip = [&](std::size_t count, const char* code, const std::string& what, const char* advice = "") {
    if (count > 0) problems.skip(file, {}, code, fmt::format("{} {}", count, what), advice);
  };
  const auto assume = [&](std::size_t count, const char* code, const std::string& what, const char* advice = "") {
    if (count > 0) problems.assume(file, {}, code, fmt::format("{} {}", count, what), advice);
  };
  assume(left_out.other_crs, "geometry.other_crs",
         fmt::format("geometries state a coordinate reference system of their own ({}) and were placed by it.",
                     left_out.first_other_crs.substr(0, 100)));
  skip(left_out.unknown_crs, "geometry.unknown_crs",
       fmt::format("geometries are in a coordinate reference system that is not known (\"{}\").",
                   left_out.first_unknown_crs.substr(0, 100)),
       "Ask the source which one is meant.");
  skip(left_out.interior, "geometry.interior", "interior rooms, installations or furniture were not read.");
  skip(left_out.library, "implicit.library",
       fmt::format("forms stand in library files, the first \"{}\", which are not read.", left_out.first_library),
       "Ask the source for forms inside the file.");
  skip(left_out.without_template, "implicit.no_template", "implicit geometries name no form.");
  assume(left_out.absolute_templates, "implicit.absolute",
         "faces of templates repeat the reference point's coordinates; they were read as standing there already.",
         "Check that they lie where they should.");
  skip(left_out.refused_links, "xlink.remote",
       fmt::format("links, the first \"{}\", lead out of the data set or name no geometry; nothing is fetched.",
                   left_out.first_refused_link));
  assume(left_out.uv_faults, "texture.coordinates",
         "faces have another number of texture coordinates than points; they were left without their picture.");
  tellCrs(frame.info().definition, frame.heights(), true, file, {}, context);
}

void tellSkippedTypes(const std::map<std::string, std::size_t>& types, const std::string& file, Problems& problems) {
  for (const auto& [type, count] : types)
    problems.skip(file, {}, "feature.type",
                  fmt::format("{}: {} not read, because they hold no form of their own.", type, count));
}

}  // namespace hashimichi::import::citygml
