// Every panel and window, in both languages, three themes and three text sizes: drawn once without any display, kept as
// a picture for a person to look at, and read letter by letter for text that is cut off or lies on other text.
#include <gtest/gtest.h>
#include <imgui.h>

#include <array>
#include <filesystem>
#include <functional>

#include "app/desktop/fonts.h"
#include "app/desktop/theme.h"
#include "app/panels/compare_window.h"
#include "app/panels/film_window.h"
#include "app/panels/guide_window.h"
#include "app/panels/help_panel.h"
#include "app/panels/history_window.h"
#include "app/panels/import_panel.h"
#include "app/panels/import_preview.h"
#include "app/panels/inspector_panel.h"
#include "app/panels/layers_panel.h"
#include "app/panels/legend.h"
#include "app/panels/measure_panel.h"
#include "app/panels/menu_bar.h"
#include "app/panels/notebook_window.h"
#include "app/panels/notices.h"
#include "app/panels/overlay.h"
#include "app/panels/palette_window.h"
#include "app/panels/path_dialog.h"
#include "app/panels/place_window.h"
#include "app/panels/point_panel.h"
#include "app/panels/problems_window.h"
#include "app/panels/profile_window.h"
#include "app/panels/ranking_panel.h"
#include "app/panels/section_window.h"
#include "app/panels/settings_window.h"
#include "app/panels/status_bar.h"
#include "app/panels/time_panel.h"
#include "app/panels/tour.h"
#include "app/panels/what_if_window.h"
#include "app/session/workflow.h"
#include "render/target.h"
#include "tests/app/panel_picture.h"
#include "tests/support/made_town.h"

namespace hashimichi::app {
namespace {

namespace fs = std::filesystem;

constexpr float width_px = 1600, height_px = 1000;
constexpr std::array scales_percent{80, 100, 200};
constexpr std::array theme_names{"dark", "light", "contrast"};

/// A town with everything that a panel can show.
ViewModel filledView(Language language) {
  ViewModel view;
  view.language = language;
  auto project = std::make_shared<project::Project>();
  project->name = "髙﨑市槗詰";
  project->folder = "/data/snow/town.hashimichi";
  project->model = tests::madeTown({.streets = 6, .buildings = 40, .bridges = 8, .points = 100, .terrain_side = 40});
  project->report.assume("道路中心線_2025.shp", "", "encoding.assumed", "Read as CP932.");
  project->report.about("bldg_1");
  project->report.skip("53394525_bldg_6697_op.gml", "line 120", "ring.unclosed", "A ring was not closed.", "Close it.");
  view.project = project;
  view.contents = contentsOf(*project->model);
  view.profiles = assess::snowProfiles();
  view.time = view.time_now = defaultMoment(*project->model);
  const TimeSpan span = shownSpanOf(*project->model).value_or(TimeSpan{view.time, view.time, view.time});
  view.time_first = span.first, view.time_last = span.last;
  const auto ranked = [&](assess::Subject subject) -> std::shared_ptr<const assess::Ranking> {
    auto ranking = assessProject(*project->model, subject, view.profile, view.time);
    return ranking ? std::make_shared<const assess::Ranking>(std::move(*ranking)) : nullptr;
  };
  view.snow = ranked(assess::Subject::snow), view.ageing = ranked(assess::Subject::ageing);
  if (view.snow && !view.snow->rows.empty())
    view.selection = model::AssetRef{model::AssetKind::road, view.snow->rows.front().asset_id};
  view.jobs.push_back({7, "town", "buildings", 0.42, 12, false, 17.0});
  view.jobs.push_back({8, "point clouds", "", -1, 0, true});
  view.notices = {{false, "/data/snow/town_snow.pdf"}, {true, "The disk is full. Make room and save again."}};
  return view;
}

/// A panel, and what it needs of the view.
struct Shown {
  const char* name;
  std::function<void(ViewModel&)> prepare;
  std::function<void(const ViewModel&, CommandQueue&, float)> draw;
};

/// A region of the window, as the shell makes it.
void inRegion(ImVec2 position, ImVec2 size, float scale, const std::function<void()>& draw) {
  ImGui::SetNextWindowPos(position);
  ImGui::SetNextWindowSize(size);
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {8 * scale, 6 * scale});
  ImGui::Begin("##region", nullptr, ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoSavedSettings);
  ImGui::PopStyleVar();
  draw();
  ImGui::End();
}

std::function<void(ViewModel&)> opened(WindowId window) {
  return [window](ViewModel& view) { view.open_windows = {window}; };
}

/// The panels of one window, made anew for every picture.
struct Panels {
  MenuBar menu;
  LayersPanel layers;
  InspectorPanel inspector;
  RankingPanel ranking;
  TimePanel time;
  StatusBar status;
  Overlay overlay;
  ImportPanel import;
  ImportPreview preview;
  PointPanel points;
  MeasurePanel measure;
  SectionWindow section;
  ProfileWindow profile;
  CompareWindow compare;
  PathDialog dialog;
  PaletteWindow palette;
  ProblemsWindow problems;
  SettingsWindow settings;
  Tour tour;
  Notices notices;
  WhatIfWindow what_if;
  FilmWindow film;
  NotebookWindow notebook;
  PlaceWindow place;
  GuideWindow guide;
};

std::vector<Shown> regions(Panels& p) {
  const auto nothing = [](ViewModel&) {};
  const auto side = [](float width) {
    return [width](float scale) { return ImVec2{std::min(width * scale, width_px * 0.35F), height_px - 400}; };
  };
  return {
      {"menu", nothing, [&p](const ViewModel& view, CommandQueue& out, float scale) { p.menu.draw(view, out, scale); }},
      {"layers", nothing,
       [&p, side](const ViewModel& view, CommandQueue& out, float scale) {
         inRegion({0, 40}, side(220)(scale), scale, [&] { p.layers.draw(view, out, scale); });
       }},
      {"inspector", nothing,
       [&p, side](const ViewModel& view, CommandQueue& out, float scale) {
         inRegion({0, 40}, side(340)(scale), scale, [&] { p.inspector.draw(view, out, scale); });
       }},
      {"ranking", nothing,
       [&p](const ViewModel& view, CommandQueue& out, float scale) {
         inRegion({0, 40}, {width_px, std::min(250 * scale, 450.0F)}, scale, [&] { p.ranking.draw(view, out, scale); });
       }},
      {"time", nothing,
       [&p](const ViewModel& view, CommandQueue& out, float scale) {
         inRegion({0, 40}, {width_px, 52 * scale}, scale, [&] { p.time.draw(view, out, scale); });
       }},
      {"status", nothing,
       [&p](const ViewModel& view, CommandQueue& out, float scale) {
         inRegion({0, 40}, {width_px, 30 * scale}, scale, [&] {
           p.status.draw(view, out, Vec3d{1, 2, 3}, "llvmpipe (LLVM 15.0.6, 256 bits)", {}, scale);
         });
       }},
      {"overlay", nothing,
       [&p](const ViewModel& view, CommandQueue& out, float scale) {
         p.overlay.draw(view, out, {}, {0, 40}, {1040, 700}, false, scale);
       }},
      {"notices", nothing,
       [&p](const ViewModel& view, CommandQueue& out, float scale) {
         p.notices.draw(view, out, {0, 40}, {1040, 700}, scale);
       }},
  };
}

std::vector<Shown> windows(Panels& p) {
  const auto plain = [](WindowId id, const char* name, auto& panel) {
    return Shown{name, opened(id),
                 [&panel](const ViewModel& view, CommandQueue& out, float scale) { panel.draw(view, out, scale); }};
  };
  const auto asking = [](WindowId id, const char* name, auto& panel, PathDialog& dialog) {
    return Shown{name, opened(id), [&panel, &dialog](const ViewModel& view, CommandQueue& out, float scale) {
                   panel.draw(view, out, dialog, scale);
                 }};
  };
  const auto help = [](WindowId id, const char* name) {
    return Shown{name, opened(id),
                 [](const ViewModel& view, CommandQueue& out, float scale) { drawHelpWindows(view, out, scale); }};
  };
  std::vector<Shown> list{
      plain(WindowId::import_report, "import_report", p.import),
      plain(WindowId::problems, "problems", p.problems),
      plain(WindowId::settings, "settings", p.settings),
      plain(WindowId::palette, "palette", p.palette),
      plain(WindowId::compare, "compare", p.compare),
      plain(WindowId::film, "film", p.film),
      plain(WindowId::notebook, "notebook", p.notebook),
      plain(WindowId::place, "place", p.place),
      plain(WindowId::guide, "guide", p.guide),
      {"history", opened(WindowId::history),
       [](const ViewModel& view, CommandQueue& out, float scale) { drawHistoryWindow(view, out, scale); }},
      {"what_if",
       [](ViewModel& view) {
         view.open_windows = {WindowId::what_if};
         view.what_if = {.snowfall_factor = 1.5, .added_snow_cm = 5, .air_offset_c = -2, .trigger_factor = 1.2};
       },
       [&p](const ViewModel& view, CommandQueue& out, float scale) { p.what_if.draw(view, out, scale); }},
      asking(WindowId::measure, "measure", p.measure, p.dialog),
      asking(WindowId::section, "section", p.section, p.dialog),
      asking(WindowId::road_sections, "road_sections", p.profile, p.dialog),
      help(WindowId::keys, "keys"),
      help(WindowId::about, "about"),
      {"import_preview",
       [](ViewModel& view) {
         view.open_windows = {WindowId::import_preview};
         auto pending = std::make_shared<PendingImport>();
         import::SurveyedFile file;
         file.types = {"Building"}, file.lods = {0, 1, 2};
         pending->survey.files = {file, file};
         view.pending_import = pending;
       },
       [&p](const ViewModel& view, CommandQueue& out, float scale) { p.preview.draw(view, out, scale); }},
      {"points", opened(WindowId::points),
       [&p](const ViewModel& view, CommandQueue& out, float scale) { p.points.draw(view, out, {}, {}, scale); }},
      {"path_dialog", [](ViewModel&) {},
       [&p](const ViewModel& view, CommandQueue& out, float scale) {
         if (!p.dialog.isOpen()) p.dialog.open(PathPurpose::export_pdf, view);
         p.dialog.draw(view, out, scale);
       }},
  };
  static constexpr std::array tour_names{"tour_0", "tour_1", "tour_2", "tour_3", "tour_4", "tour_5"};
  for (std::size_t step = 0; step < tour_names.size(); ++step)
    list.push_back({tour_names[step], [step](ViewModel& view) { view.tour_step = static_cast<int>(step); },
                    [&p](const ViewModel& view, CommandQueue& out, float scale) {
                      p.tour.draw(view, out, {220, 32}, {1040, 700}, scale);
                    }});
  return list;
}

/// Long names in narrow columns of these are cut at the column's edge and told whole in a tooltip.
bool cutsAtColumns(const std::string& name) {
  return name == "ranking" || name == "import_report" || name == "import_preview" || name == "points" ||
         name == "layers" || name == "compare" || name == "measure" || name == "section" || name == "road_sections";
}

class EveryPanel : public testing::TestWithParam<int> {
 protected:
  void SetUp() override {
    ImGui::CreateContext();
    ImGuiIO& io = ImGui::GetIO();
    io.IniFilename = nullptr;
    io.DisplaySize = {width_px, height_px};
    io.DeltaTime = 1.0F / 60;
    const Status built = buildFonts(scale());
    if (!built) GTEST_SKIP() << built.error().text();
    io.Fonts->SetTexID(reinterpret_cast<ImTextureID>(1));
    folder_ = fs::current_path() / "every_panel";
    fs::create_directories(folder_);
  }
  void TearDown() override { ImGui::DestroyContext(); }
  static float scale() { return static_cast<float>(GetParam()) / 100; }

  void check(const Shown& shown, const ViewModel& view, const tests::GlyphIndex& glyphs,
             const std::string& name) const {
    CommandQueue out;
    for (int frame = 0; frame < 4; ++frame) {  // tables and windows that fit themselves need a few
      ImGui::NewFrame();
      shown.draw(view, out, scale());
      ImGui::Render();
    }
    const ImDrawData& data = *ImGui::GetDrawData();
    ASSERT_GT(data.TotalVtxCount, 20) << name << " draws nothing";
    for (int i = 0; i < data.CmdListsCount; ++i) {
      const tests::DrawnLetters letters(*data.CmdLists[i], glyphs);
      EXPECT_EQ(letters.overlaps(), "") << name << ": letters on letters";
      if (!cutsAtColumns(shown.name)) {
        EXPECT_EQ(letters.cutLetters(), "") << name << ": letters cut off";
      }
    }
    EXPECT_TRUE(render::writePng(tests::PanelPicture(data).image(), folder_ / (name + ".png")));
  }

  fs::path folder_;
};

TEST_P(EveryPanel, IsDrawnAndNoTextIsCutOffOrLiesOnOther) {
  const tests::GlyphIndex glyphs;
  for (const Language language : {Language::ja, Language::en}) {
    const ViewModel filled = filledView(language);
    for (const ThemeId theme : {ThemeId::dark, ThemeId::light, ThemeId::high_contrast}) {
      applyTheme(theme, scale());
      Panels panels;
      std::vector<Shown> all = regions(panels);
      for (Shown& window : windows(panels)) all.push_back(std::move(window));
      for (const Shown& shown : all) {
        ViewModel view = filled;
        view.theme = theme, view.text_scale = scale();
        shown.prepare(view);
        check(shown, view, glyphs,
              std::string(shown.name) + "_" + (language == Language::ja ? "ja" : "en") + "_" +
                  theme_names[static_cast<std::size_t>(theme)] + "_" + std::to_string(GetParam()));
      }
    }
  }
}

INSTANTIATE_TEST_SUITE_P(AtTextSize, EveryPanel, testing::ValuesIn(scales_percent),
                         [](const auto& size) { return std::to_string(size.param); });

}  // namespace
}  // namespace hashimichi::app
