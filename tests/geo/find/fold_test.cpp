#include "geo/find/fold.h"

#include <gtest/gtest.h>

namespace hashimichi::find {
namespace {

TEST(Fold, RareFormsOfKanjiAreThoseThatPeopleType) {
  EXPECT_EQ(fold("髙﨑槗"), "高崎橋");
  EXPECT_EQ(fold("渡邉澤"), fold("渡辺沢"));
  EXPECT_EQ(fold("𠮷田"), "吉田");
}

TEST(Fold, KanaMeetWhateverTheirWidthScriptVoiceAndSize) {
  for (const char* word : {"ばし", "バシ", "ﾊﾞｼ", "はし", "ハシ", "ﾊｼ"}) EXPECT_EQ(fold(word), "はし") << word;
  EXPECT_EQ(fold("ニッポンバシ"), fold("にっぽんばし"));
  EXPECT_EQ(fold("ｾﾝﾀｰ"), fold("センター")) << "the long vowel";
  EXPECT_EQ(fold("センター"), "せんた");
  EXPECT_EQ(fold("茅ヶ崎"), fold("茅ケ崎"));
  EXPECT_EQ(fold("ヴィラ"), "ういら");
}

TEST(Fold, WidthCaseSpacesAndDashesDoNotMatter) {
  EXPECT_EQ(fold("Ｂ１０３"), "b103");
  EXPECT_EQ(fold("15202－bldg−12"), "15202-bldg-12");
  EXPECT_EQ(fold("中央　橋・上り"), "中央橋上り");
}

TEST(Fold, AddressesAreTheSameInWordsAndInNumbers) {
  EXPECT_EQ(fold("中央一丁目2番3号"), "中央1-2-3");
  EXPECT_EQ(fold("中央1-2-3"), "中央1-2-3");
  EXPECT_EQ(fold("中央１丁目"), "中央1");
  EXPECT_EQ(fold("栄町二十三丁目"), "栄町23");
  EXPECT_EQ(fold("大手通10番地"), "大手通10");
}

TEST(Fold, ARouteKeepsItsNumberAndANameItsKanjiNumber) {
  EXPECT_EQ(fold("市道中央3号線"), "市道中央3号線");
  EXPECT_EQ(fold("三条大橋"), "三条大橋");
  EXPECT_EQ(fold("国道8号"), "国道8");
}

TEST(Fold, BytesThatAreNoUtf8AreKeptAndNothingIsReadBeyondTheEnd) {
  EXPECT_EQ(fold("\xE6\xA9"), "\xE6\xA9");
  EXPECT_EQ(fold("a\xFF\xC3"), "a\xFF\xC3");
  EXPECT_EQ(fold(""), "");
}

}  // namespace
}  // namespace hashimichi::find
