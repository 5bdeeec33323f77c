// Searching and asking what is known at a place, by the words that menus, keys and scripts say.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/session/session.h"
#include "geo/project/project.h"
#include "tests/support/made_town.h"
#include "tests/support/shared_data.h"

namespace hashimichi::app {
namespace {

using testing::AllOf;
using testing::Contains;
using testing::Field;
using testing::HasSubstr;

class Finding : public testing::Test {
 protected:
  void SetUp() override {
    project::Project project;
    project.folder = folder_ / "town.hashimichi";
    project.name = "雪国市";
    project.model = tests::madeTown({.streets = 4, .buildings = 10, .bridges = 4, .points = 100, .terrain_side = 40});
    SilentProgress silent;
    ASSERT_TRUE(project::save(project, silent));
    session_.apply(SetLanguage{Language::en});
    session_.apply(OpenProject{project.folder});
    session_.finishJobs();
    ASSERT_TRUE(session_.view().project);
    ASSERT_TRUE(session_.view().find.ready);
  }
  const FindState& search(const std::string& words) {
    session_.apply(FindCommand{SearchFor{words}});
    return session_.view().find;
  }

  tests::TempFolder folder_;
  Session session_;
};

TEST_F(Finding, ABridgeIsSelectedAndFlownToByTheNameThatPeopleType) {
  const FindState& state = search("高崎橋");
  ASSERT_EQ(state.found.size(), 1u);
  EXPECT_EQ(state.found[0].title, "髙﨑槗");
  EXPECT_THAT(state.found[0].detail, HasSubstr("市道東3号線"));
  session_.apply(FindCommand{ShowFound{0}});
  EXPECT_EQ(session_.view().selection, (model::AssetRef{model::AssetKind::bridge, "B103"}));
  ASSERT_TRUE(session_.view().flight);
  EXPECT_EQ(session_.view().flight->viewpoint, Viewpoint::selection);
}

TEST_F(Finding, TheThreePiecesOfARoadAreOneLineAndAreSelectedTogether) {
  const FindState& state = search("市道東1号線");
  ASSERT_EQ(state.found.size(), 1u);
  EXPECT_EQ(state.found[0].assets.size(), 3u) << "between four crossings";
  session_.apply(FindCommand{ShowFound{0}});
  EXPECT_EQ(session_.view().also_selected.size(), 3u);
  EXPECT_EQ(session_.view().flight->viewpoint, Viewpoint::pose);
}

TEST_F(Finding, CoordinatesLeadThereAndTellAllThatIsKnown) {
  ASSERT_EQ(search("8系 X=160500.5 Y=31000.25").found.size(), 1u);
  session_.apply(FindCommand{ShowFound{0}});
  const ViewModel& view = session_.view();
  ASSERT_TRUE(view.find.asked_place);
  EXPECT_NEAR(view.find.asked_place->x, 0, 0.01);
  EXPECT_NEAR(view.find.asked_place->y, 0, 0.01);
  EXPECT_TRUE(view.open_windows.contains(WindowId::place));
  EXPECT_THAT(view.find.place_facts, Contains(Field(&PlaceFact::value, "X 160500.50  Y 31000.25")));
  EXPECT_THAT(view.find.place_facts,
              Contains(AllOf(Field(&PlaceFact::heading, "Nearest"), Field(&PlaceFact::name, "Road"))));
  EXPECT_THAT(view.find.place_facts, Contains(Field(&PlaceFact::value, HasSubstr("gauges, 1 σ"))));
  EXPECT_THAT(view.find.place_facts, Contains(Field(&PlaceFact::name, "survey"))) << "the cloud that covers it";
  session_.apply(SetLanguage{Language::ja});
  EXPECT_THAT(session_.view().find.place_facts, Contains(Field(&PlaceFact::heading, "最寄り")));
  session_.apply(FindCommand{AskPlace{}});
  EXPECT_TRUE(session_.view().find.place_facts.empty());
}

TEST_F(Finding, CoordinatesOfAnotherTownAreNoPlaceHereAndSaySo) {
  const FindState& state = search("35.68, 139.77");
  EXPECT_TRUE(state.found.empty());
  EXPECT_THAT(state.trouble, HasSubstr("km"));
  EXPECT_EQ(search("").trouble, "");
  session_.apply(FindCommand{ShowFound{7}});  // a line that is not there does nothing
  EXPECT_FALSE(session_.view().find.asked_place);
}

}  // namespace
}  // namespace hashimichi::app
