#include "geo/measure/saved.h"

#include <gtest/gtest.h>

#include "geo/core/file.h"
#include "tests/support/shared_data.h"

namespace hashimichi::measure {
namespace {

SavedMeasurement clearance() {
  SavedMeasurement m;
  m.name = "橋道大橋 桁下", m.kind = SavedKind::clearance;
  m.points = {{1.25, -2.5, 31.001}, {4, 5, 6}};
  m.clouds = {"survey_a", "survey_b"};
  m.result_json = R"({"clearance_m":4.7})";
  m.at = *parseInstant("2026-05-20T10:15+09:00");
  m.unrefined = true;
  return m;
}

TEST(SavedMeasurements, ComeBackAsTheyWereSaved) {
  const tests::TempFolder folder;
  SavedMeasurements list;
  EXPECT_EQ(list.add(clearance()), "m1");
  EXPECT_EQ(list.add(clearance()), "m2");
  EXPECT_TRUE(list.rename("m2", "second"));
  ASSERT_TRUE(saveMeasurements(folder.path(), list));
  Problems problems;
  const auto back = loadMeasurements(folder.path(), problems);
  ASSERT_TRUE(back) << back.error().text();
  ASSERT_EQ(back->all().size(), 2u);
  const SavedMeasurement& m = back->all()[0];
  EXPECT_EQ(m.name, "橋道大橋 桁下");
  EXPECT_EQ(m.kind, SavedKind::clearance);
  EXPECT_EQ(m.points, clearance().points);
  EXPECT_EQ(m.clouds, clearance().clouds);
  EXPECT_EQ(m.result_json, R"({"clearance_m":4.7})");
  EXPECT_EQ(m.at.unix_s, clearance().at.unix_s);
  EXPECT_TRUE(m.unrefined);
  EXPECT_EQ(back->find("m2")->name, "second");
  EXPECT_TRUE(problems.empty());
}

TEST(SavedMeasurements, AProjectWithoutAnyHasAnEmptyList) {
  const tests::TempFolder folder;
  Problems problems;
  const auto list = loadMeasurements(folder.path(), problems);
  ASSERT_TRUE(list);
  EXPECT_TRUE(list->all().empty());
}

TEST(SavedMeasurements, DamagedEntriesAreSkippedAndCountedTheOthersStay) {
  const tests::TempFolder folder;
  ASSERT_TRUE(writeFile(savedPath(folder.path()), R"({"measurements":[
    {"id":"a","kind":"distance","points":[[0,0,0],[1,0,0]],"at":"2026-01-15T04:00+09:00"},
    {"id":"b","kind":"soup","at":"2026-01-15T04:00+09:00"},
    {"id":"c","kind":"area","points":[[0,"x",0]],"at":"2026-01-15T04:00+09:00"},
    {"kind":"area"}, 7, {"id":"e","kind":"area","at":"yesterday"}, {"id":"f","kind":"area","clouds":3,"points":5,"at":1}]})"));
  Problems problems;
  const auto list = loadMeasurements(folder.path(), problems);
  ASSERT_TRUE(list);
  ASSERT_EQ(list->all().size(), 1u);
  EXPECT_EQ(list->all()[0].id, "a");
  EXPECT_EQ(problems.count(ProblemKind::skipped, "measure.saved_damaged"), 6u);
}

TEST(SavedMeasurements, AFileCutOffAnywhereIsRefusedOrReadButNeverThrows) {
  const tests::TempFolder folder;
  SavedMeasurements list;
  list.add(clearance());
  ASSERT_TRUE(saveMeasurements(folder.path(), list));
  const std::string whole = readFile(savedPath(folder.path())).value();
  for (std::size_t n = 0; n < whole.size() - 2; n += 5) {
    ASSERT_TRUE(writeFile(savedPath(folder.path()), whole.substr(0, n)));
    Problems problems;
    const auto back = loadMeasurements(folder.path(), problems);
    ASSERT_FALSE(back) << n;
    EXPECT_EQ(back.error().code, ErrorCode::unreadable);
  }
}

TEST(SavedMeasurements, RemovedOnesAreGoneAndTheirIdsAreFree) {
  SavedMeasurements list;
  const std::string id = list.add(clearance());
  EXPECT_TRUE(list.remove(id));
  EXPECT_FALSE(list.remove(id));
  EXPECT_EQ(list.find(id), nullptr);
}

}  // namespace
}  // namespace hashimichi::measure
