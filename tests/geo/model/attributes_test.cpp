#include "geo/model/attributes.h"

#include <gtest/gtest.h>

namespace hashimichi::model {
namespace {

TEST(Attributes, AreReadAsAPersonWritesThem) {
  EXPECT_EQ(textOf(Attribute{"bldg:usage", "422", "文教厚生施設", {}, 0, ValueType::code}), "422 (文教厚生施設)");
  EXPECT_EQ(textOf(Attribute{"bldg:measuredHeight", "2.9", {}, "m", 0, ValueType::number}), "2.9 m");
}

TEST(Attributes, TypeIsGuessedFromTheTextAndLeadingZerosAreNoNumber) {
  for (const char* number : {"0", "-12", "12.5", "0.5", "1e-3", "+4"})
    EXPECT_EQ(guessType(number), ValueType::number) << number;
  for (const char* text : {"", "-", "007", "1.", ".5", "1e", "12 m", "0x10", "nan", "１２", "2024-1-31"})
    EXPECT_EQ(guessType(text), ValueType::text) << text;
  EXPECT_EQ(guessType("2024-01-31"), ValueType::date);
  EXPECT_EQ(guessType("true"), ValueType::boolean);
}

TEST(Attributes, TheFirstOfANameIsFound) {
  Attributes attributes;
  append(attributes, "幅員", "7.25");
  append(attributes, "備考", "一つ目");
  append(attributes, "備考", "二つ目");
  EXPECT_EQ(textOf(attributes, "備考"), "一つ目");
  EXPECT_EQ(find(attributes, "幅員")->type, ValueType::number);
  EXPECT_EQ(find(attributes, "名称"), nullptr);
  EXPECT_EQ(textOf(attributes, "名称"), "");
}

TEST(Attributes, InternedTextsAreOnePlaceAndSortByContent) {
  const std::string built = std::string("uro:") + "width";
  EXPECT_TRUE(Interned(built) == Interned("uro:width"));
  EXPECT_EQ(&Interned(built).str(), &Interned("uro:width").str());
  EXPECT_TRUE(Interned("a") < Interned("b"));
  EXPECT_TRUE(Interned().empty() && Interned("") == Interned());
}

}  // namespace
}  // namespace hashimichi::model
