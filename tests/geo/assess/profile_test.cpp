#include "geo/assess/snow/profile.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "geo/assess/assess.h"
#include "tests/support/shared_data.h"

namespace hashimichi::assess::snow {
namespace {

using model::ClearingClass;
using testing::HasSubstr;

TEST(SnowProfiles, EveryShippedProfileLoadsAndKnowsWhereItComesFrom) {
  const auto infos = snowProfiles();
  ASSERT_EQ(infos.size(), 18u);
  EXPECT_EQ(infos.front().id, "generic");
  for (const ProfileInfo& info : infos) {
    const auto profile = loadProfile(info.id);
    ASSERT_TRUE(profile.ok()) << profile.error().text();
    EXPECT_EQ(profile->id, info.id);
    EXPECT_FALSE(info.name_ja.empty());
    if (info.verified) {
      EXPECT_FALSE(info.source.empty()) << info.id;
    }
  }
}

TEST(SnowProfiles, WhatWasNotFoundIsNotCalledVerified) {
  for (const char* id : {"generic", "nagaoka", "toyama"}) EXPECT_FALSE(loadProfile(id)->verified) << id;
  EXPECT_TRUE(loadProfile("hakodate")->rule(ClearingClass::class1).trigger_verified);
  EXPECT_FALSE(loadProfile("hakodate")->rule(ClearingClass::priority).trigger_verified);
  EXPECT_FALSE(loadProfile("nagaoka")->rule(ClearingClass::class1).trigger_verified);
}

// Numbers of the table in DOMAIN A.3.
TEST(SnowProfiles, TriggersAreThoseThatTheMunicipalitiesPublished) {
  const auto trigger = [](const char* id, ClearingClass value) { return loadProfile(id)->rule(value).trigger_cm; };
  EXPECT_EQ(trigger("ishikawa", ClearingClass::priority), 5);
  EXPECT_EQ(trigger("ishikawa", ClearingClass::class3), 10);
  EXPECT_EQ(trigger("hakodate", ClearingClass::class2), 10);
  EXPECT_EQ(trigger("hakodate", ClearingClass::residential), 20);
  EXPECT_EQ(trigger("fukui", ClearingClass::priority), 5);
  EXPECT_EQ(trigger("fukui", ClearingClass::residential), 10);
  EXPECT_EQ(trigger("sabae", ClearingClass::class1), 15);
  EXPECT_EQ(trigger("okaya", ClearingClass::class1), 15);
  EXPECT_EQ(trigger("generic", ClearingClass::class3), 15);
  EXPECT_EQ(trigger("generic", ClearingClass::residential), 20);
  for (const char* id :
       {"sapporo", "joetsu", "myoko", "myoko-kogen", "ojiya", "takaoka", "tonami", "yamagata", "tendo"})
    EXPECT_EQ(trigger(id, ClearingClass::class1), 10) << id;
  EXPECT_EQ(loadProfile("myoko-kogen")->windows.front().finish.minute, 6 * 60 + 30);
  EXPECT_EQ(loadProfile("fukui")->scope, Scope::any);
}

class OwnProfile : public testing::Test {
 protected:
  std::string write(const std::string& content, const char* name = "own.json") {
    const auto path = folder_ / name;
    std::ofstream(path) << content;
    return path.string();
  }
  std::string errorOf(const std::string& content) {
    const auto profile = loadProfile(write(content));
    return profile.ok() ? "" : profile.error().text();
  }
  static std::string with(const std::string& settings) {
    return R"({"id":"own","name_ja":"自町","name_en":"Own","extends":"generic","verified":false,)"
           R"("sources":{"us":{"text":"own plan","verified":true}},"settings":{)" +
           settings + "}}";
  }
  tests::TempFolder folder_;
};

TEST_F(OwnProfile, StatesOnlyItsOwnNumbersAndInheritsTheRest) {
  const auto profile = loadProfile(write(with(R"("trigger_cm.all":{"value":8,"source":"us"})")));
  ASSERT_TRUE(profile.ok()) << profile.error().text();
  EXPECT_EQ(profile->rule(ClearingClass::residential).trigger_cm, 8);
  EXPECT_TRUE(profile->rule(ClearingClass::residential).trigger_verified);
  EXPECT_EQ(profile->blade_width_m, 2.8);
}

TEST_F(OwnProfile, AnErrorNamesTheFieldAndWhatIsExpectedThere) {
  EXPECT_THAT(errorOf(with(R"("trigger_cm.class1":{"value":-3,"source":"us"})")),
              HasSubstr("own.json#trigger_cm.class1: the value must be a number from 0.5 to 200 cm"));
  EXPECT_THAT(errorOf(with(R"("trigger_cm.class1":{"value":"ten","source":"us"})")), HasSubstr("trigger_cm.class1"));
  EXPECT_THAT(errorOf(with(R"("trigger_cm.clas1":{"value":10,"source":"us"})")), HasSubstr("no such field"));
  EXPECT_THAT(errorOf(with(R"("windows":{"value":[{"start":"2","finish":"7"}],"source":"us"})")), HasSubstr("windows"));
  EXPECT_THAT(errorOf(with(R"("use_forecast":{"value":1,"source":"us"})")), HasSubstr("true or false"));
  EXPECT_THAT(errorOf(with(R"("never_hold":{"value":["class9"],"source":"us"})")), HasSubstr("class names"));
  EXPECT_THAT(errorOf(with(R"("late_onset":{"value":"25:00","source":"us"})")), HasSubstr("late_onset"));
}

TEST_F(OwnProfile, ANumberWithoutASourceIsRefused) {
  EXPECT_THAT(errorOf(with(R"("use_forecast":{"value":true})")), HasSubstr("is not listed under \"sources\""));
}

TEST_F(OwnProfile, DamagedFilesAreRefusedInOneSentence) {
  EXPECT_THAT(errorOf(""), HasSubstr("this is not JSON"));
  EXPECT_THAT(errorOf("{"), HasSubstr("this is not JSON"));
  EXPECT_THAT(errorOf("[1,2]"), HasSubstr("JSON object"));
  EXPECT_THAT(errorOf(std::string(100000, '[')), HasSubstr("this is not JSON"));
  EXPECT_THAT(errorOf(R"({"id":"a","name_ja":"a","name_en":"a","verified":true,"settings":[]})"),
              HasSubstr("must be objects"));
  EXPECT_THAT(errorOf(R"({"id":"a","name_ja":"a","name_en":"a","verified":true})"), HasSubstr("is missing"));
}

TEST_F(OwnProfile, EveryTruncationOfAShippedProfileIsRefusedOrLoadsWhole) {
  std::ifstream stream(std::string(HASHIMICHI_SOURCE_DIR) + "/datasets/presets/snow/hakodate.json");
  const std::string whole{std::istreambuf_iterator<char>(stream), {}};
  ASSERT_GT(whole.size(), 100u);
  for (std::size_t size = 0; size + 2 < whole.size(); size += 10)
    EXPECT_FALSE(loadProfile(write(whole.substr(0, size))).ok()) << size;
}

TEST_F(OwnProfile, ACircleOfProfilesIsRefused) {
  const std::string path = (folder_ / "own.json").string();
  EXPECT_THAT(errorOf(R"({"id":"a","name_ja":"a","name_en":"a","verified":true,"extends":")" + path + "\"}"),
              HasSubstr("without end"));
}

TEST(SnowProfiles, AnUnknownIdNamesTheShippedOnes) {
  const auto profile = loadProfile("atlantis");
  ASSERT_FALSE(profile.ok());
  EXPECT_EQ(profile.error().code, ErrorCode::not_found);
  EXPECT_THAT(profile.error().text(), HasSubstr("hakodate"));
  EXPECT_EQ(loadProfile("").error().code, ErrorCode::not_found);
  EXPECT_EQ(loadProfile("/nowhere/x.json").error().code, ErrorCode::not_found);
}

}  // namespace
}  // namespace hashimichi::assess::snow
