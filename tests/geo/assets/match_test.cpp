#include "geo/assets/match.h"

#include <gmock/gmock.h>

namespace hashimichi::assets {
namespace {

using Keys = std::vector<BridgeKey>;

TEST(ComparableBridgeName, ForgetsWidthRareKanjiAndTheEnding) {
  EXPECT_EQ(comparableBridgeName("雪見橋"), comparableBridgeName("雪見槗"));
  EXPECT_EQ(comparableBridgeName("第１号橋"), comparableBridgeName(" 第1号 橋 "));
  EXPECT_EQ(comparableBridgeName("ゆきみばし"), comparableBridgeName("ゆきみはし"));
  EXPECT_EQ(comparableBridgeName("八ヶ岳橋"), comparableBridgeName("八ケ岳橋"));
  EXPECT_EQ(comparableBridgeName("城之橋"), comparableBridgeName("城の橋"));
  EXPECT_EQ(comparableBridgeName("Yukimi Bridge"), comparableBridgeName("yukimi"));
  EXPECT_NE(comparableBridgeName("雪見橋"), comparableBridgeName("月見橋"));
  EXPECT_EQ(comparableBridgeName("橋"), "橋");
}

TEST(MatchBridges, TheSameIdMatchesWhateverItsWidthAndCase) {
  const Keys left{{"Ｂ－００１", "", {}, {}}}, right{{"x", "", {}, {}}, {"b-001", "", {}, {}}};
  const auto matches = matchBridges(left, right);
  ASSERT_EQ(matches.size(), 1u);
  EXPECT_EQ(matches[0].right, 1u);
  EXPECT_EQ(matches[0].by, MatchedBy::id);
}

TEST(MatchBridges, ANameThatOnlyOneBridgeHasNeedsNoPosition) {
  const auto matches = matchBridges(Keys{{"1", "雪見橋", {}, {}}}, Keys{{"g", "雪見ばし", Vec3d{5, 5, 0}, {}}});
  ASSERT_EQ(matches.size(), 1u);
  EXPECT_EQ(matches[0].by, MatchedBy::name);
}

TEST(MatchBridges, OfTwoBridgesWithOneNameEachTakesTheNearer) {
  const Keys left{{"1", "中央橋", Vec3d{0, 0, 0}, {}}, {"2", "中央橋", Vec3d{250, 0, 0}, {}}};
  const Keys right{{"a", "中央橋", Vec3d{240, 0, 0}, {}}, {"b", "中央橋", Vec3d{12, 0, 0}, {}}};
  const auto matches = matchBridges(left, right);
  ASSERT_EQ(matches.size(), 2u);
  EXPECT_EQ(matches[0].right, 1u);
  EXPECT_EQ(matches[1].right, 0u);
}

TEST(MatchBridges, ANameFiveKilometresAwayIsAnotherBridge) {
  EXPECT_TRUE(
      matchBridges(Keys{{"1", "中央橋", Vec3d{0, 0, 0}, {}}}, Keys{{"a", "中央橋", Vec3d{5000, 0, 0}, {}}}).empty());
}

TEST(MatchBridges, PlaceMatchesWithinThirtyMetresAndAFifthOfTheLength) {
  const Keys left{{"1", "", Vec3d{0, 0, 0}, 20.0}};
  EXPECT_EQ(matchBridges(left, Keys{{"a", "", Vec3d{29, 0, 0}, 24.0}}).size(), 1u);  // 4 m of 24 m differ: 17 %
  EXPECT_EQ(matchBridges(left, Keys{{"a", "", Vec3d{31, 0, 0}, 20.0}}).size(), 0u);  // too far
  EXPECT_EQ(matchBridges(left, Keys{{"a", "", Vec3d{10, 0, 0}, 26.0}}).size(), 0u);  // 6 m of 26 m: 23 %
  EXPECT_EQ(matchBridges(left, Keys{{"a", "", Vec3d{-29, -5, 0}, {}}}).size(), 1u);  // length unknown
}

TEST(MatchBridges, EachShapeBelongsToOneEntryOnly) {
  const Keys left{{"1", "", Vec3d{0, 0, 0}, {}}, {"2", "", Vec3d{3, 0, 0}, {}}};
  const auto matches = matchBridges(left, Keys{{"a", "", Vec3d{4, 0, 0}, {}}});
  ASSERT_EQ(matches.size(), 1u);
  EXPECT_EQ(matches[0].left, 1u);
}

}  // namespace
}  // namespace hashimichi::assets
