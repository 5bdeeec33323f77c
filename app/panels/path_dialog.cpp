#include "app/panels/path_dialog.h"

#include <imgui.h>
#include <imgui_stdlib.h>

#include <array>
#include <cstdlib>

#include "app/desktop/theme.h"
#include "app/widgets/facts.h"
#include "app/widgets/say.h"
#include "geo/core/file.h"
#include "geo/core/text.h"

namespace hashimichi::app {
namespace {

namespace fs = std::filesystem;

const std::string csv_ending = ".csv", picture_ending = ".png";

/// A file or folder that is there already.
bool isRead(PathPurpose purpose) {
  return purpose == PathPurpose::open_project || purpose == PathPurpose::import_files ||
         purpose == PathPurpose::unpack_zip || purpose == PathPurpose::script;
}

const char* titleKey(PathPurpose purpose) {
  switch (purpose) {
    case PathPurpose::open_project:
      return "dialog.open_project";
    case PathPurpose::import_files:
      return "dialog.import_files";
    case PathPurpose::export_pdf:
      return "dialog.export_pdf";
    case PathPurpose::export_geopackage:
      return "dialog.export_geopackage";
    case PathPurpose::export_geojson:
      return "dialog.export_geojson";
    case PathPurpose::export_csv:
      return "dialog.export_csv";
    case PathPurpose::picture:
      return "dialog.picture";
    case PathPurpose::measurements_csv:
      return "dialog.measurements";
    case PathPurpose::section_file:
      return "dialog.section";
    case PathPurpose::road_sections_csv:
      return "dialog.profiles";
    case PathPurpose::project_zip:
      return "dialog.project_zip";
    case PathPurpose::unpack_zip:
      return "dialog.unpack_zip";
    case PathPurpose::film:
      return "dialog.film";
    case PathPurpose::script:
      return "dialog.script";
  }
  return "";
}

std::optional<exporting::Format> formatOf(PathPurpose purpose) {
  switch (purpose) {
    case PathPurpose::export_pdf:
      return exporting::Format::pdf;
    case PathPurpose::export_geopackage:
      return exporting::Format::geopackage;
    case PathPurpose::export_geojson:
      return exporting::Format::geojson;
    case PathPurpose::export_csv:
      return exporting::Format::csv;
    default:
      return std::nullopt;
  }
}

std::string extensionFor(PathPurpose purpose) {
  const std::optional<exporting::Format> format = formatOf(purpose);
  return format ? exporting::extensionOf(*format) : "png";
}

/// What a path beside the project ends in.
std::string endingFor(PathPurpose purpose, const ViewModel& view) {
  if (purpose == PathPurpose::measurements_csv) return "_measurements" + csv_ending;
  if (purpose == PathPurpose::section_file) return "_section" + csv_ending;
  if (purpose == PathPurpose::road_sections_csv) return "_cross_sections" + csv_ending;
  if (purpose == PathPurpose::project_zip) return ".zip";
  const char* subject = view.subject == assess::Subject::snow ? "_snow." : "_ageing.";
  return subject + extensionFor(purpose);
}

}  // namespace

fs::path pathFromTyped(std::string typed) {
  std::string text(trim(typed));
  if (text.size() >= 2 && (text.front() == '"' || text.front() == '\'') && text.back() == text.front())
    text = text.substr(1, text.size() - 2);
  const char* home = std::getenv("HOME");
  if (home && (text == "~" || text.starts_with("~/"))) text = home + text.substr(1);
  return {std::u8string(text.begin(), text.end())};
}

void PathDialog::open(PathPurpose purpose, const ViewModel& view) {
  purpose_ = purpose;
  fresh_ = true;
  path_.clear();
  project_.clear();
  source_crs_.clear();
  encoding_ = 0;
  if (isRead(purpose) || !view.project) return;
  path_ = toUtf8(view.project->folder.parent_path() / view.project->folder.stem()) + endingFor(purpose, view);
}

void PathDialog::draw(const ViewModel& view, CommandQueue& out, float scale) {
  if (!purpose_) return;
  const std::string id = std::string(say(view, titleKey(*purpose_))) + "###path";
  if (fresh_) ImGui::OpenPopup(id.c_str());
  const ImVec2 all = ImGui::GetIO().DisplaySize;
  ImGui::SetNextWindowPos({all.x / 2, all.y * 0.4F}, ImGuiCond_Always, {0.5F, 0.5F});
  ImGui::SetNextWindowSize({620 * scale, 0});
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {16 * scale, 12 * scale});
  ImGui::PushStyleColor(ImGuiCol_PopupBg, paletteOf(view.theme).panel);
  bool open = true;
  if (ImGui::BeginPopupModal(id.c_str(), &open, ImGuiWindowFlags_AlwaysAutoResize | ImGuiWindowFlags_NoSavedSettings)) {
    drawFields(view, scale);
    const bool ready = !trim(path_).empty();
    const bool entered = ImGui::IsKeyPressed(ImGui::GetKeyIndex(ImGuiKey_Enter), false) && !fresh_;
    if (!ready) ImGui::BeginDisabled();
    const bool pressed = mainButton(say(view, "dialog.ok"), {110 * scale, 0}, paletteOf(view.theme));
    if (!ready) ImGui::EndDisabled();
    ImGui::SameLine();
    const bool left = ImGui::Button(say(view, "dialog.cancel"), {110 * scale, 0}) ||
                      ImGui::IsKeyPressed(ImGui::GetKeyIndex(ImGuiKey_Escape));
    if (ready && (pressed || entered)) confirm(out);
    if (left || !open || (ready && (pressed || entered))) {
      purpose_.reset();
      ImGui::CloseCurrentPopup();
    }
    ImGui::EndPopup();
  }
  ImGui::PopStyleColor();
  ImGui::PopStyleVar();
  fresh_ = false;
}

void PathDialog::drawFields(const ViewModel& view, float scale) {
  const Palette& colours = paletteOf(view.theme);
  const bool reads = *purpose_ == PathPurpose::open_project || *purpose_ == PathPurpose::import_files;
  if (*purpose_ == PathPurpose::unpack_zip || *purpose_ == PathPurpose::project_zip)
    quiet(say(view, *purpose_ == PathPurpose::unpack_zip ? "pack.unpack_help" : "pack.pack_help"), colours);
  else
    quiet(say(view, reads ? (*purpose_ == PathPurpose::open_project ? "dialog.open_help" : "dialog.import_help")
                    : *purpose_ == PathPurpose::section_file ? "dialog.section_help"
                                                             : "dialog.write_help"),
          colours);
  ImGui::SetNextItemWidth(-1);
  if (fresh_) ImGui::SetKeyboardFocusHere();
  ImGui::InputTextWithHint("##path", say(view, "dialog.path"), &path_);
  if (*purpose_ == PathPurpose::import_files) drawImportFields(view, scale);
  ImGui::Dummy({0, 4 * scale});
}

void PathDialog::drawImportFields(const ViewModel& view, float scale) {
  const Palette& colours = paletteOf(view.theme);
  const float width = 240 * scale;
  const auto label = [&](const char* text) {
    ImGui::AlignTextToFramePadding();
    quiet(text, colours);
    ImGui::SameLine(260 * scale);
    ImGui::SetNextItemWidth(width);
  };
  if (!view.project) {
    label(say(view, "dialog.new_project"));
    ImGui::InputTextWithHint("##project", say(view, "dialog.new_project_hint"), &project_);
  }
  label(say(view, "dialog.source_crs"));
  ImGui::InputTextWithHint("##crs", "EPSG:6676", &source_crs_);
  label(say(view, "dialog.encoding"));
  const std::array<const char*, 3> encodings{say(view, "dialog.encoding_auto"), "UTF-8", "CP932 (Shift_JIS)"};
  ImGui::Combo("##encoding", &encoding_, encodings.data(), static_cast<int>(encodings.size()));
}

void PathDialog::confirm(CommandQueue& out) {
  const fs::path path = pathFromTyped(path_);
  if (const std::optional<exporting::Format> format = formatOf(*purpose_)) {
    out.push(ExportRanking{*format, path});
  } else if (*purpose_ == PathPurpose::open_project) {
    out.push(OpenProject{path});
  } else if (*purpose_ == PathPurpose::project_zip) {
    out.push(FileCommand{PackProject{path}});
  } else if (*purpose_ == PathPurpose::unpack_zip) {
    out.push(FileCommand{UnpackProject{path}});
  } else if (*purpose_ == PathPurpose::picture) {
    out.push(SavePicture{path});
  } else if (*purpose_ == PathPurpose::measurements_csv) {
    out.push(PointCommand{ExportMeasurements{path}});
  } else if (*purpose_ == PathPurpose::section_file) {
    const bool picture = toLower(toUtf8(path.extension())) == picture_ending;
    out.push(picture ? PointCommand{SaveSectionPicture{path}} : PointCommand{ExportSection{path}});
  } else if (*purpose_ == PathPurpose::road_sections_csv) {
    out.push(PointCommand{ExportRoadSections{path}});
  } else {
    import::Options options;
    options.source_crs = std::string(trim(source_crs_));
    options.encoding = encoding_ == 1 ? "UTF-8" : encoding_ == 2 ? "CP932" : "";
    out.push(SurveyFiles{{path}, options, pathFromTyped(project_)});
  }
}

}  // namespace hashimichi::app
