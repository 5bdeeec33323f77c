#include "geo/assess/reason_text.h"

#include <gtest/gtest.h>

#include <set>

#include "geo/core/text.h"

namespace hashimichi::assess {
namespace {

bool hasJapanese(const std::string& text) {
  for (const char c : text)
    if ((static_cast<unsigned char>(c) & 0xF0) == 0xE0) return true;  // three-byte characters: kana, kanji, ・
  return false;
}

TEST(ReasonText, EveryCodeHasASentenceInBothLanguagesWithoutEmptySlots) {
  const auto codes = reasonCodes();
  ASSERT_GT(codes.size(), 50u);
  EXPECT_EQ(std::set<std::string>(codes.begin(), codes.end()).size(), codes.size());
  for (const std::string& code : codes) {
    const Reason reason{code, 12, 10, 0, "一|one"};
    const std::string ja = describe(reason, Language::ja), en = describe(reason, Language::en);
    for (const std::string& text : {ja, en}) {
      EXPECT_NE(text, code);
      EXPECT_EQ(text.find('{'), std::string::npos) << text;
      EXPECT_EQ(text.find('|'), std::string::npos) << text;
      EXPECT_TRUE(isUtf8(text));
    }
    EXPECT_TRUE(hasJapanese(ja)) << ja;
    EXPECT_EQ(en.find("一"), std::string::npos) << en;
  }
}

TEST(ReasonText, EveryInputAndTierHasANameInBothLanguages) {
  for (const std::string& key : inputKeys()) {
    EXPECT_TRUE(hasJapanese(describeInput(key, Language::ja))) << key;
    EXPECT_FALSE(describeInput(key, Language::en).empty());
  }
  for (const Subject subject : {Subject::snow, Subject::ageing})
    for (const Tier tier : {Tier::overdue, Tier::dispatch, Tier::hold, Tier::watch, Tier::none, Tier::not_assessed}) {
      EXPECT_TRUE(hasJapanese(describeTier(subject, tier, Language::ja)));
      EXPECT_FALSE(hasJapanese(describeTier(subject, tier, Language::en)));
    }
}

TEST(ReasonText, NumbersKeepTheirUnitAndLoseIdleZeros) {
  EXPECT_EQ(describe({"snow.depth_over_trigger", 12, 10, 0, "1種・函館|class 1, Hakodate"}, Language::en),
            "new snow 12 cm ≥ trigger 10 cm (class 1, Hakodate)");
  EXPECT_EQ(describe({"snow.depth_over_trigger", 12, 10, 0, "1種・函館|class 1, Hakodate"}, Language::ja),
            "新積雪 12 cm が出動基準 10 cm 以上(1種・函館)");
  EXPECT_EQ(describe({"snow.grade", 4.25, 0, 0, {}}, Language::en), "grade 4.2 %");
  EXPECT_EQ(describe({"snow.traffic", 12000, 0, 0, {}}, Language::en), "12000 vehicles a day");
}

TEST(ReasonText, TwoDifferentNumbersNeverLookTheSame) {
  EXPECT_EQ(describe({"snow.below_trigger", 9.96, 10, 0, "x"}, Language::en), "new snow 9.96 cm < trigger 10 cm (x)");
  EXPECT_EQ(describe({"snow.below_trigger", 9.9, 10, 0, "x"}, Language::en), "new snow 9.9 cm < trigger 10 cm (x)");
}

TEST(ReasonText, NamesFromTheDataCannotForgeTheOtherLanguage) {
  EXPECT_EQ(plain("a|b"), "a/b");
  EXPECT_EQ(describe({"snow.station_stale", 3, 0, 0, plain("局|x")}, Language::en),
            "station \"局/x\" left out: nothing sent for 3 h");
  EXPECT_EQ(describe({"no.such_code", 0, 0, 0, {}}, Language::en), "no.such_code");
}

}  // namespace
}  // namespace hashimichi::assess
