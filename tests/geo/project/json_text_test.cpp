#include "geo/project/json_text.h"

#include <gtest/gtest.h>

namespace hashimichi::project {
namespace {

TEST(AttributesAsJson, KeepOrderRepetitionsAndRareCharacters) {
  const model::Attributes attributes{{"名称", "髙﨑槗 𠮷"}, {"b", "\"quoted\"\n\\"}, {"a", ""}, {"b", "again"}};
  const std::string json = jsonFromAttributes(attributes);
  EXPECT_EQ(json, R"({"名称": "髙﨑槗 𠮷", "b": "\"quoted\"\n\\", "a": "", "b": "again"})");
  EXPECT_EQ(attributesFromJson(json), attributes);
}

TEST(AttributesAsJson, KeepTypeUnitLabelAndGroup) {
  const model::Attributes attributes{
      {"uro:width", "7.25", {}, "m", 3, model::ValueType::number},
      {"bldg:usage", "411", "住宅", {}, 0, model::ValueType::code},
      {"uro:surveyYear", "2019", {}, {}, 3, model::ValueType::number},
  };
  const std::string json = jsonFromAttributes(attributes);
  EXPECT_EQ(json, R"({"uro:width": {"value": "7.25", "unit": "m", "group": 3, "type": "number"}, )"
                  R"("bldg:usage": {"value": "411", "label": "住宅", "type": "code"}, )"
                  R"("uro:surveyYear": {"value": "2019", "group": 3, "type": "number"}})");
  EXPECT_EQ(attributesFromJson(json), attributes);
}

TEST(AttributesAsJson, BytesThatAreNoUtf8DoNotStopSaving) {
  const std::string json = jsonFromAttributes({{"a", "\xff\xfe"}});
  EXPECT_EQ(attributesFromJson(json).size(), 1u);
}

TEST(AttributesAsJson, ForeignTextGivesWhatCouldBeRead) {
  EXPECT_TRUE(attributesFromJson("").empty());
  EXPECT_TRUE(attributesFromJson("[1, 2").empty());
  EXPECT_EQ(attributesFromJson(R"({"n": 12, "x": {"deep": 1}, "y": true})"),
            (model::Attributes{{"n", "12"}, {"x", ""}, {"y", "true"}}));
}

TEST(SurfaceKinds, AreToldRunByRun) {
  using enum model::SurfaceKind;
  std::vector<model::Surface> surfaces(4);
  surfaces[0].kind = ground, surfaces[1].kind = wall, surfaces[2].kind = wall, surfaces[3].kind = road_other;
  EXPECT_EQ(textFromKinds(surfaces), "ground:1 wall:2 road_other:1");
  std::vector<model::Surface> again(4);
  applyKinds("ground:1 wall:2 road_other:1", again);
  for (std::size_t i = 0; i < 4; ++i) EXPECT_EQ(again[i].kind, surfaces[i].kind);
  applyKinds("wall:99999999999 nonsense:x", again);
  EXPECT_EQ(again[3].kind, wall);
}

TEST(ClassCounts, NameOnlyThePresentClasses) {
  std::vector<std::size_t> counts(256, 0);
  counts[2] = 5'000'000'000, counts[17] = 1;
  EXPECT_EQ(jsonFromClassCounts(counts), R"({"2": 5000000000, "17": 1})");
  EXPECT_EQ(classCountsFromJson(jsonFromClassCounts(counts)), counts);
}

}  // namespace
}  // namespace hashimichi::project
