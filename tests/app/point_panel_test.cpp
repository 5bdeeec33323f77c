// The windows for point clouds and measuring: what they work out, and that each draws in both languages.
#include "app/panels/point_panel.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <imgui.h>

#include <cmath>

#include "app/desktop/measure_overlay.h"
#include "app/panels/compare_window.h"
#include "app/panels/measure_panel.h"
#include "app/panels/point_legend.h"
#include "app/panels/profile_window.h"
#include "app/panels/section_window.h"
#include "app/widgets/plot_frame.h"
#include "tests/support/made_town.h"

namespace hashimichi::app {
namespace {

using testing::DoubleNear;
using testing::ElementsAre;

TEST(Plot, AnAxisIsMarkedAtRoundValuesInsideTheRangeOnly) {
  EXPECT_THAT(roundTicks({-0.3, 1.1}, 5), ElementsAre(DoubleNear(0, 1e-9), DoubleNear(0.5, 1e-9), DoubleNear(1, 1e-9)));
  EXPECT_THAT(roundTicks({120, 260}, 4), ElementsAre(150, 200, 250));
  EXPECT_TRUE(roundTicks({5, 5}, 4).empty());
  EXPECT_TRUE(roundTicks({0, std::nan("")}, 4).empty());
}

TEST(Plot, APlaceOnTheScreenLeadsBackToItsValues) {
  const PlotFrame frame{{100, 50}, {500, 250}, {0, 80}, {10, 20}};
  const ImVec2 place = frame.toScreen(20, 15);
  EXPECT_FLOAT_EQ(place.x, 200);
  EXPECT_FLOAT_EQ(place.y, 150);
  EXPECT_NEAR(frame.xAt(place.x), 20, 1e-5);
  EXPECT_NEAR(frame.yAt(place.y), 15, 1e-5);
}

TEST(MeasureOverlay, APlaceStandsWhereItsRayWasSent) {
  render::CameraPose camera;
  camera.target = {100, 200, 10};
  camera.distance_m = 300, camera.azimuth_deg = 37, camera.elevation_deg = 25;
  for (const bool parallel : {false, true}) {
    camera.orthographic = parallel;
    const auto centre = onScreen(camera, camera.target, {40, 60}, {800, 600});
    ASSERT_TRUE(centre);
    EXPECT_NEAR(centre->x, 440, 1e-3);  // 40 + 800 / 2
    EXPECT_NEAR(centre->y, 360, 1e-3);
    // Half the height of the picture at the turning point: 300 m × tan 15°.
    const Vec3d up = render::axesOf(camera).up * (300 * std::tan(M_PI / 12));
    const auto top = onScreen(camera, camera.target + up, {40, 60}, {800, 600});
    ASSERT_TRUE(top);
    EXPECT_NEAR(top->y, 60, 1e-2);
  }
  camera.orthographic = false;
  const Vec3d behind = render::eyeOf(camera) - render::axesOf(camera).forward * 5;
  EXPECT_FALSE(onScreen(camera, behind, {0, 0}, {800, 600}));
}

TEST(PointPanel, AClipBoxOfTheViewIsAsWideAsThePictureAndTurnedWithIt) {
  render::CameraPose camera;
  camera.target = {5, 6, 7};
  camera.distance_m = 100, camera.view_angle_deg = 90, camera.azimuth_deg = 30;
  Bounds clouds;
  clouds.add(Vec3d{-500, -500, 0}), clouds.add(Vec3d{500, 500, 40});
  const render::ClipBox box = clipFromView(camera, clouds);
  EXPECT_NEAR(box.half_size.x, 100, 1e-9);  // 100 m × tan 45°
  EXPECT_NEAR(box.turn_rad, -M_PI / 6, 1e-12) << "30° clockwise";
  EXPECT_NEAR(box.centre.z - box.half_size.z, -1, 1e-9) << "all heights, and a metre more";
  EXPECT_NEAR(box.centre.z + box.half_size.z, 41, 1e-9);
}

TEST(PointPanel, AClipBoxOfABridgeKeepsItsSurroundings) {
  model::CityModel city;
  model::Bridge& bridge = city.bridges.emplace_back();
  bridge.id = "B1";
  bridge.axis = {{0, 0, 10}, {30, 0, 12}};
  const auto box = clipFromAsset(city, {model::AssetKind::bridge, "B1"});
  ASSERT_TRUE(box);
  EXPECT_EQ(box->centre, (Vec3d{15, 0, 11}));
  EXPECT_EQ(box->half_size, (Vec3d{20, 5, 6}));
  EXPECT_FALSE(clipFromAsset(city, {model::AssetKind::bridge, "B2"}));
}

/// Draws into memory: no window, no graphics.
class Windows : public testing::TestWithParam<Language> {
 protected:
  void SetUp() override {
    ImGui::CreateContext();
    ImGuiIO& io = ImGui::GetIO();
    io.IniFilename = nullptr;
    io.DisplaySize = {1600, 1000};
    io.DeltaTime = 1.0F / 60;
    unsigned char* pixels = nullptr;
    int width = 0, height = 0;
    io.Fonts->GetTexDataAsRGBA32(&pixels, &width, &height);
    view_.language = GetParam();
    auto project = std::make_shared<project::Project>();
    auto city = tests::madeTown({.streets = 3, .buildings = 5, .bridges = 3, .points = 100, .terrain_side = 20});
    project->model = city;
    view_.project = project;
  }
  void TearDown() override { ImGui::DestroyContext(); }

  /// ImGui needs a few frames to lay out tables; returns how many corners the last one drew.
  template <typename Draw>
  int corners(Draw draw) {
    for (int frame = 0; frame < 4; ++frame) {
      ImGui::NewFrame();
      draw();
      ImGui::Render();
    }
    return ImGui::GetDrawData()->TotalVtxCount;
  }

  ViewModel view_;
  CommandQueue out_;
  PathDialog dialog_;
};

TEST_P(Windows, ThePointCloudsAreListedWithEveryWayToColourThem) {
  view_.open_windows = {WindowId::points};
  PointPanel panel;
  render::PointStatus status;
  status.trouble = "A node cannot be read.";
  for (int i = 0; i <= static_cast<int>(render::PointColour::distance); ++i) {
    view_.points.style.colour = static_cast<render::PointColour>(i);
    EXPECT_GT(corners([&] { panel.draw(view_, out_, status, {}, 1); }), 500);
  }
  EXPECT_EQ(countByClass(view_)[17], 12u);
  view_.points.hidden_clouds = {"survey"};
  EXPECT_EQ(countByClass(view_)[17], 0u) << "hidden clouds do not count";
  EXPECT_TRUE(out_.take().empty()) << "drawing alone changes nothing";
}

TEST_P(Windows, TheMeasurementsAreListedAndTheChosenOneIsToldInFull) {
  view_.open_windows = {WindowId::measure};
  measure::SavedMeasurement one;
  one.result_json = R"({"distance_m": 13, "height_m": 12})";
  one.points = {{0, 0, 0}, {3, 4, 12}};
  one.unrefined = true;
  MeasurePanel panel;
  const int before = corners([&] { panel.draw(view_, out_, dialog_, 1); });
  view_.points.selected_measurement = view_.points.saved.add(one);
  view_.points.picked.emplace().classification = 17;
  const int after = corners([&] { panel.draw(view_, out_, dialog_, 1); });
  EXPECT_GT(after, before + 200);
  EXPECT_TRUE(out_.take().empty());
}

TEST_P(Windows, ASectionDrawsAPointForEveryCellThatHoldsOne) {
  auto section = std::make_shared<ShownSection>();
  for (int i = 0; i <= 400; ++i) {
    section->points.chainage_m.push_back(i * 0.25);
    section->points.height_m.push_back(30 + std::sin(i * 0.05));
    section->points.classification.push_back(i % 2 == 0 ? 2 : 17);
  }
  section->points.width_m = 1;
  view_.points.section = section;
  view_.open_windows = {WindowId::section};
  SectionWindow window;
  const int all = corners([&] { window.draw(view_, out_, dialog_, 1); });
  ASSERT_TRUE(window.plotArea());
  view_.points.style.hidden_classes.set(17);
  const int half = corners([&] { window.draw(view_, out_, dialog_, 1); });
  EXPECT_NEAR(all - half, 4 * 200, 4 * 20) << "200 squares fewer, of four corners each";
  view_.open_windows.clear();
  corners([&] { window.draw(view_, out_, dialog_, 1); });
  EXPECT_FALSE(window.plotArea()) << "nothing can be saved of a closed window";
}

TEST_P(Windows, RoadProfilesAreListedAndTheChosenOneIsDrawn) {
  auto shown = std::make_shared<ShownRoadSections>();
  shown->road = view_.project->model->roads[0].id;
  for (int i = 0; i < 3; ++i) {
    measure::CrossSection& section = shown->result.sections.emplace_back();
    section.chainage_m = 10 * i;
    section.lanes.push_back({-3, 0, 2, 0.1, measure::Rut{-1.5, 12, 13, 600, 0.5}, std::nullopt, 12});
    for (int step = -60; step <= 60; ++step) section.profile.push_back({step * 0.05, 20 + step * 0.001, 0.001});
  }
  view_.points.road_sections = shown;
  view_.selection = model::AssetRef{model::AssetKind::road, shown->road};
  view_.open_windows = {WindowId::road_sections};
  ProfileWindow window;
  EXPECT_GT(corners([&] { window.draw(view_, out_, dialog_, 1); }), 1500);
}

TEST_P(Windows, AComparisonIsSummedUpWithAHistogram) {
  auto change = std::make_shared<ShownChange>();
  change->before = "2024", change->after = "2025";
  for (int i = -50; i <= 50; ++i) {
    measure::PointChange& point = change->result.points.emplace_back();
    point.distance_m = i * 0.0002;
  }
  change->result.summary = measure::summaryOf(change->result.points);
  view_.open_windows = {WindowId::compare};
  CompareWindow window;
  const int before = corners([&] { window.draw(view_, out_, 1); });
  view_.points.change = change;
  const int after = corners([&] { window.draw(view_, out_, 1); });
  EXPECT_GT(after, before + 4 * 20) << "more than twenty bars, of four corners each";
}

TEST_P(Windows, NothingIsDrawnOfWindowsThatAreClosed) {
  PointPanel points;
  MeasurePanel measuring;
  EXPECT_EQ(corners([&] {
              points.draw(view_, out_, {}, {}, 1);
              measuring.draw(view_, out_, dialog_, 1);
            }),
            0);
}

INSTANTIATE_TEST_SUITE_P(Languages, Windows, testing::Values(Language::ja, Language::en));

}  // namespace
}  // namespace hashimichi::app
