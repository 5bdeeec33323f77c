// The search box, the place window and the ranking's rows, driven by keys and mouse without a window.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <imgui.h>

#include "app/panels/inspector_panel.h"
#include "app/panels/place_window.h"
#include "app/panels/ranking_panel.h"
#include "app/panels/search_box.h"
#include "tests/support/made_town.h"

namespace hashimichi::app {
namespace {

class Searching : public testing::TestWithParam<Language> {
 protected:
  void SetUp() override {
    ImGui::CreateContext();
    ImGuiIO& io = ImGui::GetIO();
    io.IniFilename = nullptr;
    io.DisplaySize = {1600, 1000};
    io.DeltaTime = 1.0F / 60;
    for (const ImGuiKey key : {ImGuiKey_DownArrow, ImGuiKey_UpArrow, ImGuiKey_Enter, ImGuiKey_Escape, ImGuiKey_End})
      io.KeyMap[key] = 300 + static_cast<int>(key);
    unsigned char* pixels = nullptr;
    int width = 0, height = 0;
    io.Fonts->GetTexDataAsRGBA32(&pixels, &width, &height);
    view_.language = GetParam();
    auto project = std::make_shared<project::Project>();
    project->model = tests::madeTown({.streets = 4, .buildings = 5, .bridges = 3, .points = 0, .terrain_side = 20});
    view_.project = project;
    view_.time = *parseInstant("2026-01-15T03:00+09:00");
    if (auto snow = assess::rankSnow(*project->model, "generic", view_.time); snow)
      view_.snow = std::make_shared<const assess::Ranking>(std::move(*snow));
  }
  void TearDown() override { ImGui::DestroyContext(); }

  template <typename Draw>
  void frames(int count, Draw draw) {
    for (int frame = 0; frame < count; ++frame) {
      ImGui::NewFrame();
      draw();
      ImGui::Render();
    }
  }
  template <typename Draw>
  void press(ImGuiKey key, Draw draw) {
    ImGui::GetIO().KeysDown[300 + static_cast<int>(key)] = true;
    frames(1, draw);
    ImGui::GetIO().KeysDown[300 + static_cast<int>(key)] = false;
    frames(1, draw);
  }
  template <typename Wanted>
  std::vector<Wanted> said() {
    std::vector<Wanted> all;
    for (const Command& command : out_.take())
      if (const auto* found = std::get_if<FindCommand>(&command))
        if (const auto* wanted = std::get_if<Wanted>(found)) all.push_back(*wanted);
    return all;
  }

  ViewModel view_;
  CommandQueue out_;
};

TEST_P(Searching, TypingSearchesDownChoosesAndEnterGoesThere) {
  SearchBox box;
  const auto draw = [&] { box.draw(view_, out_, 800, 1300, 1); };
  box.focus();
  frames(3, draw);
  ImGui::GetIO().AddInputCharactersUTF8("B10");
  frames(2, draw);
  const auto words = said<SearchFor>();
  ASSERT_FALSE(words.empty());
  EXPECT_EQ(words.back().words, "B10");
  view_.find.words = "B10", view_.find.ready = true;
  view_.find.found = {{"B100", "", std::nullopt, {}, {}, 0, false}, {"B101", "", std::nullopt, {}, {}, 0, false}};
  view_.find.matches = 2;
  frames(2, draw);
  EXPECT_TRUE(box.listOpen());
  press(ImGuiKey_DownArrow, draw);
  EXPECT_EQ(box.chosen(), 1u);
  press(ImGuiKey_Enter, draw);
  const auto shown = said<ShowFound>();
  ASSERT_EQ(shown.size(), 1u);
  EXPECT_EQ(shown[0].index, 1u);
  EXPECT_FALSE(box.listOpen());
}

TEST_P(Searching, ThePlaceWindowListsItsFactsAndCopiesThemAsLines) {
  view_.open_windows = {WindowId::place};
  PlaceWindow window;
  frames(3, [&] { window.draw(view_, out_, 1); });
  const int empty = ImGui::GetDrawData()->TotalVtxCount;
  view_.find.asked_place = Vec3d{1, 2, 3};
  view_.find.place_facts = {
      {"Where", "Height of the ground above the sea", "3.00 m above the mean level of Tokyo Bay", std::nullopt},
      {"Nearest", "Road", "R10000", model::AssetRef{model::AssetKind::road, "R10000"}}};
  frames(3, [&] { window.draw(view_, out_, 1); });
  EXPECT_GT(ImGui::GetDrawData()->TotalVtxCount, empty);
  EXPECT_EQ(
      placeAsText(view_.find.place_facts),
      "Where\tHeight of the ground above the sea\t3.00 m above the mean level of Tokyo Bay\nNearest\tRoad\tR10000\n");
  EXPECT_TRUE(out_.take().empty());
}

TEST_P(Searching, ShiftTakesAllRowsBetweenAndControlOneMore) {
  ASSERT_TRUE(view_.snow);
  RankingPanel panel;
  const auto draw = [&] {
    ImGui::SetNextWindowPos({0, 0});
    ImGui::SetNextWindowSize({1600, 500});
    ImGui::Begin("ranking");
    panel.draw(view_, out_, 1);
    ImGui::End();
  };
  frames(4, draw);
  ASSERT_GE(panel.visibleRows().size(), 4u);
  const auto rows = panel.visibleRows();
  const auto click = [&](std::size_t row, bool control, bool shift) -> std::vector<model::AssetRef> {
    ImGuiIO& io = ImGui::GetIO();
    io.MousePos = {300, rows[row].second}, io.KeyCtrl = control, io.KeyShift = shift;
    frames(2, draw);
    io.MouseDown[0] = true;
    frames(2, draw);
    io.MouseDown[0] = false;
    frames(2, draw);
    for (const Command& command : out_.take()) {
      if (const auto* one = std::get_if<SelectAsset>(&command)) {
        view_.selection = one->asset, view_.also_selected.clear();
        return {*one->asset};
      }
      if (const auto* several = std::get_if<SelectAssets>(&command)) {
        view_.selection = several->assets.front(), view_.also_selected = several->assets;
        return several->assets;
      }
    }
    return {};
  };
  EXPECT_EQ(click(0, false, false).size(), 1u);
  EXPECT_EQ(click(2, false, true).size(), 3u);
  EXPECT_EQ(view_.selection->id, rows[2].first) << "the one that was clicked is looked at";
  EXPECT_EQ(click(3, true, false).size(), 4u);
  EXPECT_EQ(click(3, true, false).size(), 3u) << "Ctrl again takes it out";
}

TEST_P(Searching, ABridgeKnowsTheRoadOverItAndThatRoadItsBridge) {
  model::CityModel city;
  city.bridges.resize(1), city.roads.resize(2);
  city.bridges[0].id = "B", city.bridges[0].position = Vec3d{0, 0, 5}, city.bridges[0].length_m = 60;
  city.roads[0].id = "over", city.roads[0].on_bridge = true;
  city.roads[0].centreline = {{-40, 25, 5}, {40, 25, 5}};  // 25 m off: within half of 60 m
  city.roads[1].id = "beside", city.roads[1].centreline = {{-40, 1, 5}, {40, 1, 5}};
  EXPECT_EQ(otherOf(city, {model::AssetKind::bridge, "B"}), (model::AssetRef{model::AssetKind::road, "over"}));
  EXPECT_EQ(otherOf(city, {model::AssetKind::road, "over"}), (model::AssetRef{model::AssetKind::bridge, "B"}));
  EXPECT_EQ(otherOf(city, {model::AssetKind::road, "beside"}), std::nullopt) << "it lies on no bridge";
}

INSTANTIATE_TEST_SUITE_P(BothLanguages, Searching, testing::Values(Language::ja, Language::en));

}  // namespace
}  // namespace hashimichi::app
