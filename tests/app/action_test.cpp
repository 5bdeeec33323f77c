// The one list of actions: what menus, keys, palette and scripts promise a person.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cctype>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <typeindex>

#include "app/desktop/key_names.h"
#include "app/desktop/layout.h"
#include "app/desktop/mouse_preset.h"
#include "app/desktop/steering.h"
#include "app/desktop/typed_glyphs.h"
#include "app/panels/palette_window.h"
#include "app/panels/problems_window.h"
#include "app/panels/tour.h"
#include "app/session/actions.h"
#include "app/session/fuzzy.h"
#include "tests/support/made_town.h"

namespace hashimichi::app {
namespace {

namespace fs = std::filesystem;

/// A view in which nearly everything is available.
ViewModel busyView() {
  ViewModel view;
  auto project = std::make_shared<project::Project>();
  project->model = tests::madeTown({.streets = 3, .buildings = 5, .bridges = 2, .terrain_side = 20});
  view.project = project;
  view.snow = view.ageing = std::make_shared<assess::Ranking>();
  view.edits.steps = {"note", "viewpoint"};
  view.edits.step = 1;
  view.edits.selected_note = "n1";
  view.points.picks = {AddPick{}, AddPick{}};
  view.pending_import = std::make_shared<PendingImport>();
  view.files.recovery_offered = true;
  view.find.words = "橋";
  view.find.asked_place = Vec3d{};
  view.look.viewshed.emplace();
  view.result_id = "r";
  view.lod.all = 1;
  view.jobs.push_back({});
  view.notices.push_back({});
  return view;
}

std::set<std::type_index> typesIn(const Command& command) {
  return std::visit(
      [](const auto& one) {
        std::set<std::type_index> types{typeid(one)};
        if constexpr (requires { one.index(); })
          std::visit([&](const auto& inner) { types.insert(typeid(inner)); }, one);
        return types;
      },
      command);
}

/// Everything that the list can say, in a few situations.
std::set<std::type_index> reachedByActions() {
  ViewModel road = busyView(), bridge = busyView(), bare = busyView();
  road.selection = model::AssetRef{model::AssetKind::road, "r"};
  bridge.selection = model::AssetRef{model::AssetKind::bridge, "b"};
  bare.edits = {};
  road.what_if.snowfall_factor = 2;
  std::set<std::type_index> reached;
  for (const ViewModel& view : {road, bridge, bare})
    for (const Action& action : actions())
      if (action.availableIn(view)) reached.merge(typesIn(action.command(view)));
  return reached;
}

template <typename... Types>
std::set<std::type_index> typesOf() {
  return {typeid(Types)...};
}
template <typename... Types>
std::set<std::type_index> alternativesOf(const std::variant<Types...>*) {
  return {typeid(Types)...};
}

TEST(Actions, ReachEveryCommandThatNeedsNothingButItsDefaults) {
  // What only a file, a table, a click in the town, a window's own field or another command can fill in.
  std::set<std::type_index> needs_more =
      typesOf<OpenProject, ImportFiles, SurveyFiles, ShowProblem, ExportRanking, SaveReport, SavePicture, SelectAssets,
              HoverAsset, SetCloudVisible, AddPick, RenameMeasurement, RemoveMeasurement, SelectMeasurement,
              ExportMeasurements, SetSectionWidth, CutSection, ExportSection, SaveSectionPicture, ExportRoadSections,
              CompareClouds, AddNote, ChangeNote, SelectNote, RenameViewpoint, RemoveViewpoint, GoToViewpoint,
              ShowFound, PackProject, UnpackProject, ForgetRecent, RepairLink, FilmTown>();
  std::set<std::type_index> all = alternativesOf(static_cast<const Command*>(nullptr));
  all.merge(alternativesOf(static_cast<const PointCommand*>(nullptr)));
  all.merge(alternativesOf(static_cast<const EditCommand*>(nullptr)));
  all.merge(alternativesOf(static_cast<const FindCommand*>(nullptr)));
  all.merge(alternativesOf(static_cast<const FileCommand*>(nullptr)));
  all.merge(alternativesOf(static_cast<const LookCommand*>(nullptr)));
  ASSERT_GT(all.size(), 60u);
  const std::set<std::type_index> reached = reachedByActions();
  for (const std::type_index& type : all)
    EXPECT_TRUE(reached.contains(type) || needs_more.contains(type)) << type.name() << " is in no menu";
}

TEST(Actions, EveryOneHasWordsInBothLanguagesANameOfItsOwnAndAMenu) {
  std::set<std::string> ids;
  for (const Action& action : actions()) {
    EXPECT_TRUE(ids.insert(action.id).second) << action.id;
    EXPECT_EQ(actionNamed(action.id), &action);
    EXPECT_TRUE(action.command) << action.id;
    for (const Language language : {Language::ja, Language::en}) {
      const std::string text = action.text(language);
      EXPECT_FALSE(text.empty()) << action.id;
      EXPECT_NE(text, action.text_key) << action.id << " is not translated";
    }
    EXPECT_NE(action.menu, Menu::review) << "there is nothing to review yet";
  }
  EXPECT_EQ(actionNamed("view.nowhere"), nullptr);
}

TEST(Actions, NoKeyIsPromisedTwiceAndEveryKeyIsOnTheKeyboard) {
  std::map<std::pair<int, bool>, std::string> keys;
  for (const Action& action : actions())
    for (const std::string& name : action.keys) {
      const auto stroke = keyFrom(name);
      ASSERT_TRUE(stroke) << name;
      const auto [known, fresh] = keys.emplace(std::pair(stroke->glfw_key, stroke->control), action.id);
      EXPECT_TRUE(fresh) << name << " of " << action.id << " is the key of " << known->second;
    }
}

TEST(Actions, TheKeysAreThoseThatPeopleKnow) {
  const std::map<std::string, std::string> wanted{
      {"F", "view.fit"},          {"Home", "view.home"},  {"N", "view.north"},        {"T", "view.top"},
      {"5", "view.ortho"},        {"1", "view.front"},    {"3", "view.right"},        {"7", "view.top"},
      {"9", "view.opposite"},     {"Space", "time.play"}, {"Ctrl+Z", "edit.undo"},    {"Ctrl+Y", "edit.redo"},
      {"Ctrl+K", "help.palette"}, {"F1", "help.keys"},    {"Ctrl+P", "file.picture"}, {"Ctrl+O", "file.open"}};
  for (const auto& [key, id] : wanted) {
    const Action* action = actionNamed(id);
    ASSERT_TRUE(action) << id;
    EXPECT_THAT(action->keys, testing::Contains(key)) << id;
  }
}

TEST(Actions, UndoTellsWhichStepAndIsNotOfferedWithoutOne) {
  ViewModel view;
  const Action& undo = *actionNamed("edit.undo");
  EXPECT_FALSE(undo.availableIn(view));
  view.edits.steps = {"Note added"}, view.edits.step = 1;
  EXPECT_TRUE(undo.availableIn(view));
  EXPECT_EQ(undo.detail(view), "Note added");
  EXPECT_FALSE(actionNamed("edit.redo")->availableIn(view));
}

TEST(Actions, TheOppositeSideTwiceIsWhereOneWas) {
  ViewModel view = busyView();
  view.camera.azimuth_deg = 230;
  const Action& opposite = *actionNamed("view.opposite");
  const auto turned = std::get<FlyTo>(opposite.command(view));
  EXPECT_DOUBLE_EQ(turned.pose.azimuth_deg, 50);
  view.camera = turned.pose;
  EXPECT_DOUBLE_EQ(std::get<FlyTo>(opposite.command(view)).pose.azimuth_deg, 230);
}

TEST(Palette, FindsByLettersInTheirOrderInEitherLanguage) {
  const auto first = [](const char* typed) {
    const auto found = actionsFor(typed);
    return found.empty() ? std::string() : found.front()->id;
  };
  EXPECT_EQ(first("north"), "view.north");
  EXPECT_EQ(first("北を"), "view.north");
  EXPECT_EQ(first("nrth"), "view.north");
  EXPECT_EQ(first("ｎｏｒｔｈ"), "view.north") << "full width letters are those of a Japanese keyboard";
  EXPECT_EQ(first("view.home"), "view.home");
  EXPECT_EQ(first("qqq"), "");
  EXPECT_GT(actionsFor("").size(), 80u);
}

TEST(Palette, LettersTogetherAndAtBeginningsCountMore) {
  EXPECT_GT(*fuzzyScore("map", "Make the map"), *fuzzyScore("map", "import a sharp"));
  EXPECT_GT(*fuzzyScore("sp", "set point"), *fuzzyScore("sp", "gasp up"));
  EXPECT_EQ(fuzzyScore("map", "pam"), std::nullopt);
  EXPECT_EQ(fuzzyScore("", "anything"), 0);
}

TEST(MousePresets, DoWhatTheirProgramsDo) {
  using enum MouseButton;
  EXPECT_EQ(dragOf(MousePreset::qgis, left, false, false), Drag::pan);
  EXPECT_EQ(dragOf(MousePreset::qgis, left, true, false), Drag::orbit);
  EXPECT_EQ(dragOf(MousePreset::qgis, middle, false, false), Drag::orbit);
  EXPECT_EQ(dragOf(MousePreset::qgis, right, false, false), Drag::zoom);
  EXPECT_EQ(dragOf(MousePreset::paraview, left, false, false), Drag::orbit);
  EXPECT_EQ(dragOf(MousePreset::paraview, right, false, false), Drag::pan);
  EXPECT_EQ(dragOf(MousePreset::paraview, middle, false, false), Drag::pan);
  EXPECT_EQ(dragOf(MousePreset::plateau, left, false, false), Drag::pan);
  EXPECT_EQ(dragOf(MousePreset::plateau, left, false, true), Drag::orbit);
}

TEST(Steering, TheHeldPointStaysWhereItIsInThePicture) {
  render::CameraPose pose;
  pose.target = {100, 50, 20}, pose.distance_m = 400, pose.azimuth_deg = 20, pose.elevation_deg = 35;
  const Vec3d held{160, 10, 12};
  const render::CameraPose turned = orbitAbout(pose, held, 80, -20);
  EXPECT_NE(turned.azimuth_deg, pose.azimuth_deg);
  const auto inPicture = [&](const render::CameraPose& at) {
    const render::CameraAxes axes = render::axesOf(at);
    const Vec3d arm = held - render::eyeOf(at);
    return Vec3d{dot(arm, axes.right), dot(arm, axes.up), dot(arm, axes.forward)};
  };
  const Vec3d before = inPicture(pose), after = inPicture(turned);
  EXPECT_NEAR(after.x, before.x, 1e-9);
  EXPECT_NEAR(after.y, before.y, 1e-9);
  EXPECT_NEAR(after.z, before.z, 1e-9);
}

TEST(Steering, TheEyeNeverGoesBelowTheGround) {
  model::Terrain hill;
  hill.columns = hill.rows = 3, hill.spacing_m = 1000, hill.south_west = {-1000, -1000, 0};
  hill.height_m.assign(9, 50.0F);
  render::CameraPose pose;
  pose.target = {0, 0, 50}, pose.distance_m = 200, pose.elevation_deg = -20;
  EXPECT_GE(render::eyeOf(aboveGround(pose, hill)).z, 51.5);
  pose.target.z = 10, pose.elevation_deg = 3;
  EXPECT_GE(render::eyeOf(aboveGround(pose, hill)).z, 51.5);
  pose.elevation_deg = 80;
  EXPECT_EQ(aboveGround(pose, hill).elevation_deg, 80) << "high enough: nothing changes";
}

TEST(TypedGlyphs, ARareCharacterIsAskedForOnceOnly) {
  TypedGlyphs glyphs;
  const auto knows = [](unsigned character) { return character < 0x3400; };
  EXPECT_FALSE(glyphs.add({'a', 0x3042}, knows));
  EXPECT_TRUE(glyphs.add({0x3402}, knows));
  EXPECT_FALSE(glyphs.add({0x3402}, knows)) << "a font without it is not built again at every stroke";
  EXPECT_FALSE(glyphs.add({0x20BB7}, knows)) << "𠮷 is beyond what the window can draw";
  EXPECT_THAT(glyphs.characters(), testing::ElementsAre(0x3402u));
}

TEST(Layout, IsTheSameAfterItWasRemembered) {
  Layout layout;
  layout.moveLeft(60), layout.moveBottom(-40);
  layout.setFloating("inspector", true);
  layout.setPlace("inspector", {{700, 120}, {400, 500}});
  const Layout again = Layout::from(layout.values());
  EXPECT_EQ(again.values(), layout.values());
  EXPECT_TRUE(again.floating("inspector"));
  const auto regions = again.regions({1600, 1000}, 1);
  EXPECT_FALSE(regions.contains("inspector"));
  EXPECT_FLOAT_EQ(regions.at("layers").size.x, 280);
  EXPECT_FLOAT_EQ(regions.at("view").position.x + regions.at("view").size.x, 1600 - 4) << "the town gets the room";
}

TEST(Layout, NumbersThatMakeNoSenseAreKeptInBounds) {
  const Layout layout = Layout::from({{"left", 1e9F}, {"right", -5}, {"bottom", std::nanf("")}});
  EXPECT_EQ(layout.values().at("left"), 480);
  EXPECT_EQ(layout.values().at("right"), 220);
  EXPECT_EQ(layout.values().at("bottom"), 250);
}

TEST(Jobs, TheRemainingTimeIsToldOnlyOnceItIsMoreThanAGuess) {
  EXPECT_EQ(remainingSeconds(0.01, 30), std::nullopt);
  EXPECT_EQ(remainingSeconds(0.5, 0.2), std::nullopt);
  EXPECT_EQ(remainingSeconds(-1, 30), std::nullopt);
  EXPECT_DOUBLE_EQ(*remainingSeconds(0.25, 10), 30);  // a quarter in 10 s: three more quarters
}

TEST(ProblemsWindow, PutsFailuresFirstAndLeadsToTheFeature) {
  ViewModel view;
  auto project = std::make_shared<project::Project>();
  project->report.assume("a.gml", "", "crs.assumed", "EPSG:6676 was assumed.");
  project->report.about("bldg_1");
  project->report.skip("dir/a.gml", "line 7", "ring.unclosed", "A ring was not closed.", "Close it.");
  view.project = project;
  view.files.read_only = true, view.files.why_read_only = "Another program has it open.";
  const auto lines = problemLines(view, {"The map could not be written."});
  ASSERT_EQ(lines.size(), 4u);
  EXPECT_EQ(lines[0].kind, ProblemLine::Kind::failed);
  EXPECT_EQ(lines[1].what, "Another program has it open.");
  EXPECT_EQ(lines[2].what, "A ring was not closed. Close it.");
  EXPECT_EQ(lines[2].where, "a.gml  line 7");
  ASSERT_TRUE(lines[2].to);
  EXPECT_EQ(lines[2].to->feature_id, "bldg_1");
  EXPECT_EQ(lines[3].kind, ProblemLine::Kind::assumption);
}

TEST(Tour, TicksAStepWhenThePersonHasDoneIt) {
  ViewModel view = busyView();
  view.jobs.clear(), view.notices.clear();
  Tour tour;
  view.tour_step = 1;
  tour.follow(view);
  EXPECT_FALSE(tour.stepDone(view));
  view.camera.azimuth_deg += 40;
  EXPECT_TRUE(tour.stepDone(view));
  view.tour_step = 2, tour.follow(view);
  EXPECT_FALSE(tour.stepDone(view));
  view.selection = model::AssetRef{model::AssetKind::road, "r"};
  EXPECT_TRUE(tour.stepDone(view));
  view.tour_step = 5, tour.follow(view);
  EXPECT_FALSE(tour.stepDone(view));
  view.notices.push_back({false, "/somewhere/town_snow.pdf"});
  tour.follow(view);
  EXPECT_TRUE(tour.stepDone(view));
}

/// Calls that put words before a person's eyes.
const std::regex& literalWords() {
  static const std::regex pattern(
      R"re(ImGui::(?:Text|TextUnformatted|TextDisabled|TextWrapped|Button|SmallButton|Checkbox|RadioButton|Selectable|MenuItem|BeginMenu|BeginTabItem|SetTooltip|CollapsingHeader|LabelText|BulletText|TreeNode)\(\s*"((?:[^"\\]|\\.)*)")re");
  return pattern;
}

/// What is left of a literal without formats, ids and signs.
std::string wordsIn(std::string literal) {
  literal = literal.substr(0, literal.find("##"));
  literal = std::regex_replace(literal, std::regex(R"(\\.)"), "");  // \n
  literal = std::regex_replace(literal, std::regex("%[-+0-9.*]*[a-zA-Z%]+"), "");
  std::erase_if(literal, [](char sign) {
    const auto byte = static_cast<unsigned char>(sign);
    return byte < 0x80 && std::isalpha(byte) == 0;
  });
  return literal;
}

TEST(Texts, NoWindowSaysWordsThatStandInNoLanguageFile) {
  for (const char* room : {"panels", "widgets", "desktop"})
    for (const auto& entry : fs::directory_iterator(fs::path(HASHIMICHI_SOURCE_DIR) / "app" / room)) {
      if (entry.path().extension() != ".cpp" && entry.path().extension() != ".h") continue;
      std::ifstream stream(entry.path());
      const std::string source((std::istreambuf_iterator<char>(stream)), {});
      for (std::sregex_iterator match(source.begin(), source.end(), literalWords()), end; match != end; ++match)
        EXPECT_EQ(wordsIn((*match)[1]), "") << entry.path().filename() << ": " << (*match)[0];
    }
}

}  // namespace
}  // namespace hashimichi::app
