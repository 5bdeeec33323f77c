#include "geo/find/search_index.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "geo/find/text_gatherer.h"

namespace hashimichi::find {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

/// A few things whose names differ in ways that matter.
model::CityModel town() {
  model::CityModel city;
  city.bridges.resize(3);
  city.bridges[0].id = "B101", city.bridges[0].name = "髙﨑槗", city.bridges[0].kana = "たかさきばし";
  city.bridges[1].id = "B102", city.bridges[1].name = "中央橋", city.bridges[1].route_name = "市道中央3号線";
  city.bridges[2].id = "B103", city.bridges[2].name = "新中央橋";
  city.roads.resize(3);
  for (std::size_t i = 0; i < 3; ++i) city.roads[i].id = "R" + std::to_string(i);
  city.roads[0].name = city.roads[1].name = "市道中央3号線", city.roads[2].name = "国道8号";
  city.buildings.resize(3);
  for (std::size_t i = 0; i < 3; ++i) {
    city.buildings[i].id = "bldg_" + std::to_string(i);
    model::append(city.buildings[i].attributes, "住所", i < 2 ? "雪国市中央一丁目" : "雪国市栄町二丁目");
    model::append(city.buildings[i].attributes, "備考", "高崎橋の近く");
  }
  city.buildings[2].name = "市立病院";
  city.stations.push_back({"S1", "中央観測局", "", {}, false});
  return city;
}

class Search : public testing::Test {
 protected:
  std::vector<std::string> textsFor(const char* words) const {
    std::vector<std::string> texts;
    for (const Match& match : index_->find(words).best) texts.push_back(match.text);
    return texts;
  }
  SilentProgress silent_;
  std::shared_ptr<const SearchIndex> index_ = SearchIndex::build(town(), silent_);
};

TEST_F(Search, ABridgeIsFoundByItsNameInAnyFormAndByItsReading) {
  for (const char* words : {"高崎橋", "髙﨑槗", "髙崎"}) EXPECT_THAT(textsFor(words), ElementsAre("髙﨑槗")) << words;
  for (const char* words : {"たかさきばし", "タカサキハシ", "ﾀｶｻｷ"})
    EXPECT_THAT(textsFor(words), ElementsAre("たかさきばし")) << words;
}

TEST_F(Search, TheBestFitStandsFirstAndBridgesBeforeOtherThingsOfTheSameFit) {
  const Matches matches = index_->find("中央橋");
  ASSERT_GE(matches.best.size(), 2u);
  EXPECT_EQ(matches.best[0].text, "中央橋");
  EXPECT_EQ(matches.best[0].fit, Fit::exact);
  EXPECT_EQ(matches.best[1].text, "新中央橋");
  EXPECT_EQ(matches.best[1].fit, Fit::inside);
  EXPECT_EQ(textsFor("中央")[0], "中央橋") << "begins with it, and is a bridge";
  EXPECT_EQ(textsFor("中央")[1], "中央観測局");
}

TEST_F(Search, ATextThatSeveralThingsCarryIsOneLineWithAllOfThem) {
  const Matches matches = index_->find("市道中央3号線");
  ASSERT_EQ(matches.best.size(), 2u) << "the road's name, and the bridge's route";
  EXPECT_EQ(matches.best[0].field, Field::name);
  EXPECT_THAT(matches.best[0].things, ElementsAre(Thing{ThingKind::road, 0, 0}, Thing{ThingKind::road, 1, 0}));
  EXPECT_EQ(matches.best[1].field, Field::route);
}

TEST_F(Search, AnAddressIsFoundAsItIsWrittenOnEnvelopes) {
  const Matches matches = index_->find("中央1丁目");
  ASSERT_EQ(matches.best.size(), 1u);
  EXPECT_EQ(matches.best[0].field, Field::address);
  EXPECT_EQ(matches.best[0].things.size(), 2u);
}

TEST_F(Search, SeveralWordsMustAllBeOfOneThing) {
  EXPECT_THAT(textsFor("栄町 病院"), ElementsAre("雪国市栄町二丁目"));
  EXPECT_THAT(textsFor("中央1丁目 病院"), IsEmpty());
}

TEST_F(Search, OneWrongMissingExtraOrExchangedCharacterIsForgiven) {
  for (const char* words : {"たかさかばし", "たかさばし", "たかあさきばし", "たさかきばし", "なかさきばし"}) {
    const Matches matches = index_->find(words);
    ASSERT_EQ(matches.best.size(), 1u) << words;
    EXPECT_EQ(matches.best[0].text, "たかさきばし");
    EXPECT_EQ(matches.best[0].fit, Fit::one_edit);
  }
  EXPECT_THAT(textsFor("たなさなばし"), IsEmpty()) << "two wrong ones are not";
  EXPECT_THAT(textsFor("b1"), testing::SizeIs(3)) << "short words are not guessed at";
}

TEST_F(Search, RemarksAndNothingAreNotSearched) {
  EXPECT_THAT(textsFor("近く"), IsEmpty());
  EXPECT_THAT(textsFor(""), IsEmpty());
  EXPECT_THAT(textsFor("  　"), IsEmpty());
  EXPECT_EQ(index_->find("1", 2).best.size(), 2u);
  EXPECT_GT(index_->find("1", 2).total, 2u);
}

TEST(Attributes, AreSearchedByWhatTheirNamesPromise) {
  EXPECT_EQ(fieldOf("所在地"), Field::address);
  EXPECT_EQ(fieldOf("uro:BuildingIDAttribute/city"), Field::address);
  EXPECT_EQ(fieldOf("uro:BuildingIDAttribute/buildingID"), Field::id);
  EXPECT_EQ(fieldOf("橋梁名カナ"), Field::kana);
  EXPECT_EQ(fieldOf("路線番号"), Field::route);
  EXPECT_EQ(fieldOf("bldg:usage"), Field::type);
  EXPECT_EQ(fieldOf("bldg:measuredHeight"), std::nullopt);
}

}  // namespace
}  // namespace hashimichi::find
