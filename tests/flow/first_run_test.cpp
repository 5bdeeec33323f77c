// A person's first minutes, in the real window: from the first question to a printed map, by mouse and keys; and what
// people do to windows.
#include <gtest/gtest.h>

#include "geo/project/project.h"
#include "tests/flow/desktop.h"
#include "tests/support/made_town.h"

namespace hashimichi {
namespace {

using nlohmann::json;
using tests::DesktopRun;

struct Place {
  double x, y;
};
Place centreOf(const json& region) {
  return {region[0].get<double>() + region[2].get<double>() / 2, region[1].get<double>() + region[3].get<double>() / 2};
}

class FirstRun : public testing::Test {
 protected:
  void SetUp() override {
    HASHIMICHI_NEEDS_DISPLAY();
    setenv("HASHIMICHI_CONFIG_DIR", (folder_ / "config").c_str(), 1);
    setenv("XDG_DATA_HOME", (folder_ / "data").c_str(), 1);
    setenv("XDG_CACHE_HOME", (folder_ / "cache").c_str(), 1);
  }

  std::string savedTown() {
    project::Project project;
    project.folder = folder_ / "town.hashimichi";
    project.name = "雪国市";
    project.model = tests::madeTown({.streets = 8, .buildings = 60, .bridges = 6, .terrain_side = 80});
    SilentProgress silent;
    const Status saved = project::save(project, silent);
    EXPECT_TRUE(saved) << (saved ? "" : saved.error().text());
    return project.folder.string();
  }

  tests::TempFolder folder_;
};

bool tourIs(const json& now, int step) {
  return now["tour"].is_number() && now["tour"] == step && now["regions"].contains("tour_button");
}

/// Presses the button that leads on; the window is laid out a frame after its step was shown.
void leadOn(DesktopRun& run) {
  DesktopRun::pause(0.3);
  const Place button = centreOf(run.state()["regions"]["tour_button"]);
  run.click(button.x, button.y);
}

/// Chooses a command by its English words, as one does who knows no menu.
void byPalette(DesktopRun& run, const std::string& words) {
  run.key("ctrl+k");
  DesktopRun::pause(0.4);
  run.type(words);
  run.key("Return");
}

TEST_F(FirstRun, LeadsFromTheQuestionsOverTheDemoTownToAPrintedMap) {
  DesktopRun run({"--lang", "en"});
  ASSERT_TRUE(run.takeFocus());
  ASSERT_TRUE(run.waitFor([](const json& now) { return now.contains("tour"); }));
  if (run.state()["tour"].is_null()) byPalette(run, "guided tour");
  ASSERT_TRUE(run.waitFor([](const json& now) { return tourIs(now, 0); })) << run.state().dump(1);
  leadOn(run);
  ASSERT_TRUE(run.waitFor([](const json& now) { return tourIs(now, 1); })) << run.state().dump(1);
  ASSERT_TRUE(run.waitFor([](const json& now) { return now["drew_town"] == true && !now["rows"].empty(); }, 240));
  ASSERT_TRUE(run.waitFor([](const json& now) { return now["jobs"] == 0 && now["flying"] == false; }, 120));

  const json start = run.state();
  const Place centre = centreOf(start["regions"]["view"]);
  run.drag(centre.x, centre.y, centre.x + 150, centre.y, 2);
  ASSERT_TRUE(run.waitFor([&](const json& now) {
    return now["camera"]["azimuth_deg"] != start["camera"]["azimuth_deg"];
  })) << "step 1: a middle drag turns the town";
  leadOn(run);
  ASSERT_TRUE(run.waitFor([](const json& now) { return tourIs(now, 2); }));
  run.click(300, run.state()["rows"][0]["y"]);
  ASSERT_TRUE(run.waitFor([](const json& now) { return !now["selection"].is_null(); })) << "step 2: a row is picked";
  leadOn(run);
  ASSERT_TRUE(run.waitFor([](const json& now) { return tourIs(now, 3); }));
  leadOn(run);
  ASSERT_TRUE(run.waitFor([](const json& now) { return tourIs(now, 4); }));
  run.key("bracketleft");
  ASSERT_TRUE(run.waitFor([&](const json& now) { return now["time"] != start["time"]; })) << "step 4: one hour back";
  leadOn(run);
  ASSERT_TRUE(run.waitFor([](const json& now) { return tourIs(now, 5); }));
  leadOn(run);  // asks for the path
  DesktopRun::pause(0.6);
  run.key("Return");
  ASSERT_TRUE(run.waitFor([](const json& now) { return !now["notices"].empty(); }, 120)) << run.state().dump(1);
  const json notice = run.state()["notices"][0];
  ASSERT_EQ(notice["failed"], false) << notice.dump();
  std::ifstream sheet(notice["text"].get<std::string>());
  std::string head(5, ' ');
  sheet.read(head.data(), 5);
  EXPECT_EQ(head, "%PDF-");
  leadOn(run);
  EXPECT_TRUE(run.waitFor([](const json& now) { return now["tour"].is_null(); })) << "the tour ends";
}

TEST_F(FirstRun, ThePaletteFindsACommandInEitherLanguageAndThemeAndTextSizeChangeAtOnce) {
  DesktopRun run({savedTown(), "--lang", "en"});
  ASSERT_TRUE(run.takeFocus());
  ASSERT_TRUE(run.waitForTown());
  const Result<render::Image> dark = run.picture();
  byPalette(run, "light");
  ASSERT_TRUE(run.waitFor([](const json& now) { return now["theme"] == "light"; })) << run.state().dump(1);
  DesktopRun::pause(0.5);
  const Result<render::Image> light = run.picture();
  ASSERT_TRUE(dark && light);
  const auto brightness = [&](const render::Image& picture) {
    const render::Image part = tests::cut(picture, run.state()["regions"]["ranking"]);
    double sum = 0;
    for (std::size_t i = 0; i < part.rgba.size(); i += 4) sum += part.rgba[i];
    return sum / (static_cast<double>(part.rgba.size()) / 4);
  };
  EXPECT_GT(brightness(*light), brightness(*dark) + 100);
  const json before = run.state();
  run.key("ctrl+equal");
  ASSERT_TRUE(run.waitFor([](const json& now) { return now["text_scale"] == 1.25; }));
  EXPECT_TRUE(run.waitFor([&](const json& now) {
    return now["regions"]["menu"][3].get<double>() > before["regions"]["menu"][3].get<double>() * 1.2;
  })) << "everything grows with the text";
  run.key("ctrl+0");
  EXPECT_TRUE(run.waitFor([](const json& now) { return now["text_scale"] == 1.0; }));
  run.key("1");
  EXPECT_TRUE(run.waitFor([](const json& now) {
    return std::abs(now["camera"]["elevation_deg"].get<double>() - 10) < 1e-6 && now["flying"] == false;
  })) << "1 looks from the front";
}

TEST_F(FirstRun, ASplitterMovesTheTownAndARegionFloatsAndComesBack) {
  DesktopRun run({savedTown(), "--lang", "en"});
  ASSERT_TRUE(run.takeFocus());
  ASSERT_TRUE(run.waitForTown());
  const json view = run.state()["regions"]["view"];
  const double x = view[0], y = view[1].get<double>() + view[3].get<double>() / 2;
  run.drag(x - 2, y, x + 98, y);
  ASSERT_TRUE(run.waitFor([&](const json& now) { return now["regions"]["view"][0].get<double>() > x + 60; }))
      << run.state()["regions"].dump();
  const json inspector = run.state()["regions"]["inspector"];
  run.click(inspector[0].get<double>() + inspector[2].get<double>() - 15, inspector[1].get<double>() + 14);
  EXPECT_TRUE(run.waitFor([](const json& now) { return !now["regions"].contains("inspector"); }))
      << "it floats, and the town has its room";
}

TEST_F(FirstRun, AWindowThatIsResizedMinimisedAndRestoredIsDrawnWhole) {
  DesktopRun run({savedTown(), "--lang", "ja"});
  ASSERT_TRUE(run.takeFocus());
  ASSERT_TRUE(run.waitForTown());
  run.resize(1100, 720);
  ASSERT_TRUE(run.waitFor([](const json& now) { return now["regions"]["menu"][2] == 1100; })) << run.state().dump(1);
  run.hideAndShow();
  run.resize(1300, 800);
  ASSERT_TRUE(run.waitFor([](const json& now) { return now["regions"]["menu"][2] == 1300; }));
  ASSERT_TRUE(run.takeFocus());
  DesktopRun::pause(1);
  const Result<render::Image> picture = run.picture();
  ASSERT_TRUE(picture);
  for (const char* name : {"view", "layers", "inspector", "ranking"})
    EXPECT_GT(render::inkShare(tests::cut(*picture, run.state()["regions"][name])), 0.004) << name;
}

}  // namespace
}  // namespace hashimichi
