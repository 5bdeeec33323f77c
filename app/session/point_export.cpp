// What leaves the window of what was cut and measured along a line.
#include <fmt/format.h>

#include "app/session/point_job.h"
#include "geo/core/file.h"
#include "geo/core/text.h"

namespace hashimichi::app {
namespace {

std::string roadTable(const measure::RoadSections& sections, const crs::LocalFrame& frame) {
  std::string text =
      "\xEF\xBB\xBF"
      "chainage_m,easting_m,northing_m,height_m,grade_percent,crossfall_percent,crossfall_sigma_percent,"
      "lane,lane_crossfall_percent,lane_crossfall_sigma_percent,rut_left_mm,rut_right_mm,rut_mm,points,unrefined\r\n";
  const auto rut = [](const std::optional<measure::Rut>& one) {
    return one ? fmt::format("{:.1f}", one->straight_edge_mm) : std::string();
  };
  for (const measure::CrossSection& section : sections.sections) {
    const Vec3d p = frame.toProjected(section.centre);
    const std::string head =
        fmt::format("{:.2f},{:.3f},{:.3f},{:.3f},{:.2f},{:.2f},{:.3f}", section.chainage_m, p.x, p.y, p.z,
                    section.grade_percent, section.crossfall_percent, section.crossfall_sigma_percent);
    for (std::size_t lane = 0; lane < section.lanes.size(); ++lane) {
      const measure::LaneSection& one = section.lanes[lane];
      text += fmt::format("{},{},{:.2f},{:.3f},{},{},{:.1f},{},{}\r\n", head, lane + 1, one.crossfall_percent,
                          one.crossfall_sigma_percent, rut(one.left), rut(one.right), one.rut_depth_mm, section.points,
                          sections.basis.unrefined ? "true" : "false");
    }
  }
  return text;
}

}  // namespace

void PointDesk::on(const ExportSection& command) {
  if (!state().section) return;
  const std::string ending = toLower(toUtf8(command.path.extension()));
  if (ending != ".csv" && ending != ".dxf")
    return told(Error{ErrorCode::unsupported, toUtf8(command.path), "A section is not written in this format.",
                      "Let the name end in .csv or .dxf."},
                command.path);
  job<std::filesystem::path>(
      toUtf8(command.path.filename()),
      [path = command.path, section = state().section, ending](const model::CityModel& model,
                                                               Progress&) -> Result<std::filesystem::path> {
        const Status written = ending == ".csv" ? measure::writeSectionCsv(path, section->points, model.frame)
                                                : measure::writeSectionDxf(path, section->points);
        if (!written) return written.error();
        return path;
      },
      [this](std::filesystem::path path) { told(done(), path); });
}

void PointDesk::on(const ExportRoadSections& command) {
  if (!state().road_sections) return;
  told(writeFile(command.path, roadTable(state().road_sections->result, view_.project->model->frame)), command.path);
}

}  // namespace hashimichi::app
