// A person types into the search box of the real window and lands at what was meant.
#include <gtest/gtest.h>

#include "geo/project/project.h"
#include "tests/flow/desktop.h"
#include "tests/support/made_town.h"

namespace hashimichi {
namespace {

using nlohmann::json;
using tests::DesktopRun;

class SearchWindow : public testing::Test {
 protected:
  void SetUp() override { HASHIMICHI_NEEDS_DISPLAY(); }

  std::string savedTown() {
    project::Project project;
    project.folder = folder_ / "town.hashimichi";
    project.name = "雪国市";
    project.model = tests::madeTown({.streets = 10, .buildings = 150, .bridges = 12, .terrain_side = 120});
    SilentProgress silent;
    const Status saved = project::save(project, silent);
    EXPECT_TRUE(saved) << (saved ? "" : saved.error().text());
    return project.folder.string();
  }
  static bool searchAndEnter(DesktopRun& run, const std::string& words) {
    run.waitFor([](const json& now) { return now["jobs"] == 0; });  // the index is made after the town came
    run.key("ctrl+f");
    run.type(words);
    DesktopRun::pause(0.5);
    run.key("Return");
    return true;
  }

  tests::TempFolder folder_;
};

TEST_F(SearchWindow, ABridgesIdAndEnterSelectItAndTheCameraComesCloser) {
  DesktopRun run({savedTown(), "--lang", "en"});
  ASSERT_TRUE(run.takeFocus());
  ASSERT_TRUE(run.waitForTown());
  const json before = run.state();
  searchAndEnter(run, "b104");
  ASSERT_TRUE(run.waitFor([](const json& now) { return now["selection"]["id"] == "B104"; }, 10)) << run.state().dump(1);
  EXPECT_TRUE(run.waitFor(
      [&](const json& now) {
        return now["flying"] == false && now["camera"]["distance_m"] < before["camera"]["distance_m"];
      },
      10))
      << before["camera"].dump() << run.state()["camera"].dump() << run.state()["flying"];
}

TEST_F(SearchWindow, TypedCoordinatesTurnTheCameraThereAndOpenWhatIsKnown) {
  DesktopRun run({savedTown(), "--lang", "ja"});
  ASSERT_TRUE(run.takeFocus());
  ASSERT_TRUE(run.waitForTown());
  searchAndEnter(run, "160700.5 31100.25");  // 100 m east and 200 m north of the frame's origin
  EXPECT_TRUE(run.waitFor(
      [](const json& now) {
        return now["flying"] == false && std::abs(now["camera"]["target"][0].get<double>() - 100) < 5 &&
               std::abs(now["camera"]["target"][1].get<double>() - 200) < 5;
      },
      10))
      << run.state()["camera"].dump();
  EXPECT_FALSE(run.state()["windows"].empty());
}

}  // namespace
}  // namespace hashimichi
