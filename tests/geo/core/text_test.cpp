#include "geo/core/text.h"

#include <gtest/gtest.h>

namespace hashimichi {
namespace {

TEST(Text, Cp932BytesBecomeUtf8WithTheCharactersThatShiftJisLacks) {
  // 髙﨑 and ① as Windows writes them (NEC/IBM extensions): FB FC, FA B1, 87 40.
  const std::optional<Decoded> text = decodeText("\xFB\xFC\xFA\xB1\x87\x40");
  ASSERT_TRUE(text);
  EXPECT_EQ(text->utf8, "髙﨑①");
  EXPECT_EQ(text->encoding, Encoding::cp932);
}

TEST(Text, AByteOrderMarkIsRemovedAndMeansUtf8) {
  const std::optional<Decoded> text = decodeText("\xEF\xBB\xBF橋名");
  ASSERT_TRUE(text);
  EXPECT_EQ(text->utf8, "橋名");
  EXPECT_TRUE(text->had_bom);
}

TEST(Text, BytesThatAreNeitherUtf8NorCp932AreRefused) {
  EXPECT_FALSE(decodeText("\xFF\xFF\xFD"));
}

TEST(Text, ACharacterWithoutAPlaceInCp932IsNotReplacedByAQuestionMark) {
  EXPECT_FALSE(cp932FromUtf8("𠮷野橋"));
}

TEST(Text, FullWidthDigitsAndSignsBecomeAscii) {
  EXPECT_EQ(normalizeWidth("Ｈ２３．４　－５"), "H23.4 -5");
}

TEST(Text, NumbersAreReadAsJapaneseTablesWriteThem) {
  EXPECT_DOUBLE_EQ(parseNumber(" １，２３４．５ ").value(), 1234.5);
  EXPECT_DOUBLE_EQ(parseNumber("-0.5").value(), -0.5);
  EXPECT_FALSE(parseNumber("12m"));
  EXPECT_FALSE(parseNumber(""));
  EXPECT_FALSE(parseNumber("nan"));
}

TEST(Text, OverlongAndCutUtf8IsNotUtf8) {
  EXPECT_FALSE(isUtf8("\xC0\xAF"));
  EXPECT_FALSE(isUtf8("\xE6\xA9"));
  EXPECT_TRUE(isUtf8("橋"));
}

TEST(Text, NamesStayWellFormedInsideXml) {
  EXPECT_EQ(escapeXml("A&B <\"橋\">"), "A&amp;B &lt;&quot;橋&quot;&gt;");
}

}  // namespace
}  // namespace hashimichi
