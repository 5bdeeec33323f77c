#include <gmock/gmock.h>

#include <cmath>
#include <map>
#include <set>

#include "geo/core/date_time.h"
#include "geo/core/text.h"
#include "tests/datasets/made_once.h"

namespace hashimichi::tests {
namespace {

using Rows = std::vector<std::map<std::string, std::string>>;

/// A table of the town by its heads; empty when it is not CP932 or a row has another number of cells.
Rows table(const std::string& name) {
  const auto utf8 = utf8FromCp932(bytesOf(town().folder / name));
  if (!utf8) return {};
  Rows rows;
  std::vector<std::string> heads;
  for (std::string_view line : split(*utf8, '\n')) {
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.empty()) continue;
    const auto cells = split(line, ',');
    if (heads.empty()) {
      heads.assign(cells.begin(), cells.end());
      continue;
    }
    if (cells.size() != heads.size()) return {};
    std::map<std::string, std::string> row;
    for (std::size_t i = 0; i < heads.size(); ++i) row[heads[i]] = cells[i];
    rows.push_back(row);
  }
  return rows;
}

double numberIn(const std::map<std::string, std::string>& row, const std::string& head) {
  return parseNumber(row.at(head)).value_or(NAN);
}

TEST(TownTables, AreCp932AndNotUtf8AsATownHallWritesThem) {
  ASSERT_TRUE(town().summary.ok()) << town().summary.error().text();
  for (const char* name :
       {"bridge_register.csv", "bridge_inspections.csv", "stations.csv", "observations.csv", "forecast_48h.csv"}) {
    const std::string bytes = bytesOf(town().folder / name);
    EXPECT_FALSE(isUtf8(bytes)) << name;
    EXPECT_TRUE(utf8FromCp932(bytes).has_value()) << name;
    EXPECT_NE(bytes.find("\r\n"), std::string::npos) << name;
  }
}

TEST(TownTables, RegisterHasFortyBridgesMostShorterThanFifteenMetresAndOneOverTheRiver) {
  const Rows rows = table("bridge_register.csv");
  ASSERT_EQ(rows.size(), 40u);
  int below_15 = 0, river = 0;
  std::set<std::string> names;
  for (const auto& row : rows) {
    const double length = numberIn(row, "橋長(m)");
    EXPECT_GE(length, 2.0) << row.at("橋梁名");  // the law inspects bridges from 2 m
    if (length < 15) ++below_15;
    if (row.at("交差物件") == "橋川") {
      ++river;
      EXPECT_GE(length, 120);
      EXPECT_LE(length, 150);
      EXPECT_EQ(row.at("緊急輸送道路"), "第2次");
    }
    names.insert(row.at("橋梁名"));
  }
  EXPECT_EQ(river, 1);
  EXPECT_GE(below_15, 32);
  EXPECT_EQ(names.size(), rows.size()) << "every bridge has its own name";
}

TEST(TownTables, EveryBuildingDateButOneLostOneIsAnEraDateThatCanBeRead) {
  int unreadable = 0, full_width = 0, letters = 0;
  for (const auto& row : table("bridge_register.csv")) {
    const std::string& text = row.at("架設年月");
    const auto date = parseJapaneseDate(text);
    if (!date) {
      ++unreadable;
      continue;
    }
    EXPECT_GE(date->year, 1926) << text;
    EXPECT_LE(date->year, 2025) << text;
    if (normalizeWidth(text) != text) ++full_width;
    if (text.starts_with('S') || text.starts_with('H') || text.starts_with('R')) ++letters;
  }
  EXPECT_EQ(unreadable, 1);
  EXPECT_GE(full_width, 2);
  EXPECT_GE(letters, 2);
}

TEST(TownTables, LatestSoundnessIsMixedAsInATownWithOneClosedBridge) {
  std::map<std::string, std::pair<Date, std::string>> latest;
  std::map<std::string, std::set<int>> cycles;
  for (const auto& row : table("bridge_inspections.csv")) {
    const auto date = parseJapaneseDate(row.at("点検年月日"));
    ASSERT_TRUE(date) << row.at("点検年月日");
    ASSERT_GE(date->year, 2014);
    auto& entry = latest[row.at("施設ID")];
    if (entry.first <= *date) entry = {*date, row.at("判定区分")};
    cycles[row.at("施設ID")].insert(date->year < 2019 ? 1 : date->year < 2024 ? 2 : 3);
  }
  std::map<std::string, int> count;
  for (const auto& [id, entry] : latest) ++count[entry.second];
  ASSERT_EQ(latest.size(), 40u);
  EXPECT_EQ(count["Ⅳ"], 1);
  EXPECT_NEAR(count["Ⅲ"], 0.12 * 40, 1);
  EXPECT_NEAR(count["Ⅱ"], 0.45 * 40, 2);
  EXPECT_NEAR(count["Ⅰ"], 0.40 * 40, 2);
  int third = 0;
  for (const auto& [id, seen] : cycles) third += seen.contains(3);
  EXPECT_GT(third, 8);
  EXPECT_LT(third, 40) << "some bridges still wait for their third inspection";
}

TEST(TownTables, WorstMemberCarriesTheGradeOfItsBridge) {
  const std::map<std::string, int> grades{{"Ⅰ", 1}, {"Ⅱ", 2}, {"Ⅲ", 3}, {"Ⅳ", 4}};
  std::map<std::pair<std::string, std::string>, std::pair<int, int>>
      worst;  // (bridge, day) → (bridge's grade, worst member)
  for (const auto& row : table("bridge_inspections.csv")) {
    auto& entry = worst[{row.at("施設ID"), row.at("点検年月日")}];
    entry.first = grades.at(row.at("判定区分"));
    entry.second = std::max(entry.second, grades.at(row.at("部材判定")));
  }
  for (const auto& [inspection, entry] : worst)
    EXPECT_EQ(entry.first, entry.second) << inspection.first << " " << inspection.second;
}

TEST(TownTables, SnowOfTheNightLetsSomeRoadsPassTheirTriggerAndOthersNot) {
  std::map<std::string, double> evening, morning, air;
  for (const auto& row : table("observations.csv")) {
    const auto time = parseInstant(row.at("日時"));
    ASSERT_TRUE(time) << row.at("日時");
    if (*time == *parseInstant("2026-01-14T07:00+09:00")) evening[row.at("観測局ID")] = numberIn(row, "積雪深(cm)");
    if (*time != *parseInstant("2026-01-15T04:00+09:00")) continue;
    morning[row.at("観測局ID")] = numberIn(row, "積雪深(cm)");
    air[row.at("観測局ID")] = numberIn(row, "気温(℃)");
  }
  ASSERT_EQ(morning.size(), 6u);
  int below_10 = 0, above_15 = 0, impossible = 0;
  for (const auto& [id, depth] : morning) {
    const double fresh = depth - evening[id];
    if (fresh > 60) {
      ++impossible;  // the gauge that jumped
      continue;
    }
    EXPECT_GE(fresh, 7);
    EXPECT_LE(fresh, 26);
    below_10 += fresh < 10;
    above_15 += fresh > 15;
    EXPECT_GE(air[id], -5);
    EXPECT_LE(air[id], -1);
  }
  EXPECT_EQ(impossible, 1);
  EXPECT_GE(below_10, 1);
  EXPECT_GE(above_15, 2);
}

TEST(TownTables, OneGaugeFallsSilentForHoursAndOneSticks) {
  std::map<std::string, int> empty, longest_same;
  std::map<std::string, std::pair<std::string, int>> run;
  for (const auto& row : table("observations.csv")) {
    const std::string& id = row.at("観測局ID");
    const std::string& depth = row.at("積雪深(cm)");
    if (row.at("気温(℃)").empty()) ++empty[id];
    auto& [value, length] = run[id];
    length = value == depth ? length + 1 : 1;
    value = depth;
    longest_same[id] = std::max(longest_same[id], length);
  }
  int silent = 0, stuck = 0;
  for (const auto& [id, count] : empty) silent += count >= 4;
  for (const auto& [id, length] : longest_same) stuck += length >= 24;
  EXPECT_EQ(silent, 1);
  EXPECT_GE(stuck, 1);
}

TEST(TownTables, ForecastCoversFortyEightHoursAndBringsAThawOnTheSixteenth) {
  const Rows rows = table("forecast_48h.csv");
  ASSERT_EQ(rows.size(), 48u);
  Instant expected = *parseInstant("2026-01-15T04:00+09:00");
  double before_seven = 0;
  int warm_hours = 0;
  for (const auto& row : rows) {
    const auto time = parseInstant(row.at("対象日時"));
    ASSERT_TRUE(time && *time == expected) << row.at("対象日時");
    expected = expected.plusHours(1);
    if (*time <= *parseInstant("2026-01-15T07:00+09:00")) before_seven += numberIn(row, "降雪(cm)");
    if (toClock(*time).date == Date{2026, 1, 16} && numberIn(row, "気温(℃)") > 0) ++warm_hours;
  }
  EXPECT_GT(before_seven, 3);
  EXPECT_GE(warm_hours, 6);
}

}  // namespace
}  // namespace hashimichi::tests
