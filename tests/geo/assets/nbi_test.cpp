// The US bridge inventory: a whole state as another program reads it, both forms, broken lines.
#include "geo/assets/nbi.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <numeric>

#include "geo/assess/ageing/condition.h"
#include "tests/support/shared_data.h"

namespace hashimichi::assets {
namespace {

using testing::ElementsAre;

std::vector<NbiRecord> alaska(Problems& problems) {
  SilentProgress silent;
  Result<std::vector<NbiRecord>> records = readNbi(tests::sharedData("bridges/nbi/AK19.txt"), problems, silent);
  EXPECT_TRUE(records) << (records ? "" : records.error().text());
  return records ? *records : std::vector<NbiRecord>();
}

/// Numbers from reading the file with a general CSV program.
TEST(Nbi, AlaskaIsReadWholeAndEqualsAnotherReading) {
  HASHIMICHI_NEEDS_SHARED(tests::sharedData("bridges/nbi/AK19.txt"));
  Problems problems;
  const std::vector<NbiRecord> records = alaska(problems);
  ASSERT_EQ(records.size(), 1595u);
  // One longitude of 81 seconds; all else is as the coding guide has it.
  ASSERT_EQ(problems.lines().size(), 1u);
  EXPECT_EQ(problems.lines()[0].place, "line 1043");
  EXPECT_NE(problems.lines()[0].what.find("015138133"), std::string::npos) << problems.lines()[0].what;
  std::map<int, int> decks;
  double latitudes = 0, longitudes = 0, lengths = 0;
  long traffic = 0;
  for (const NbiRecord& record : records) {
    ++decks[record.deck.value_or(-1)];
    latitudes += record.latitude_deg.value_or(0), longitudes += record.longitude_deg.value_or(0);
    lengths += record.length_m.value_or(0);
    traffic += record.adt.value_or(0);
  }
  EXPECT_EQ(decks,
            (std::map<int, int>{
                {-1, 98}, {0, 3}, {1, 3}, {2, 3}, {3, 9}, {4, 44}, {5, 92}, {6, 257}, {7, 800}, {8, 206}, {9, 80}}));
  EXPECT_NEAR(latitudes, 95211.702966667, 1e-6);
  EXPECT_NEAR(longitudes, -226789.901672222, 1e-6);
  EXPECT_NEAR(lengths, 70882.6, 1e-6);
  EXPECT_EQ(traffic, 3896698);
}

TEST(Nbi, SpotRecordsOfAlaska) {
  HASHIMICHI_NEEDS_SHARED(tests::sharedData("bridges/nbi/AK19.txt"));
  Problems problems;
  const std::vector<NbiRecord> records = alaska(problems);
  ASSERT_EQ(records.size(), 1595u);
  const NbiRecord& ferry = records[0];
  EXPECT_EQ(ferry.structure, "0176");
  EXPECT_EQ(ferry.feature, "GRAVINA ISLAND F.T. NO 1");
  EXPECT_EQ(ferry.facility, "FERRY SHUTTLE RT");
  EXPECT_NEAR(*ferry.latitude_deg, 55.356575, 1e-9);
  EXPECT_NEAR(*ferry.longitude_deg, -131.70735833333333, 1e-9);
  EXPECT_EQ(ferry.year_built, 1998);
  EXPECT_EQ(ferry.length_m, 49.4);
  EXPECT_EQ(ferry.deck, 6);
  EXPECT_EQ(ferry.superstructure, 5);
  EXPECT_FALSE(ferry.culvert);
  EXPECT_EQ(ferry.inventory_rating_t, 32.7);
  EXPECT_EQ(ferry.inspected_year, 2017);
  EXPECT_EQ(ferry.inspected_month, 7);
  const NbiRecord& dock = records[777];
  EXPECT_EQ(dock.facility, "IRR: DOCK ROAD");
  EXPECT_EQ(dock.adt, 150);
  EXPECT_NEAR(*dock.longitude_deg, -162.32486944444443, 1e-9);
  const NbiRecord& last = records[1594];
  EXPECT_EQ(last.structure, "E09211T0735-010");
  EXPECT_EQ(last.substructure, 4);
  EXPECT_EQ(last.inspected_month, 9);
}

TEST(Nbi, GoodFairAndPoorEqualTheFilesOwnCount) {
  HASHIMICHI_NEEDS_SHARED(tests::sharedData("bridges/nbi/AK19.txt"));
  Problems problems;
  std::map<int, int> counts;
  for (const NbiRecord& record : alaska(problems)) {
    const auto condition = assess::ageing::nbiCondition(record);
    ++counts[condition ? static_cast<int>(*condition) : -1];
  }
  EXPECT_EQ(counts, (std::map<int, int>{{0, 145}, {1, 744}, {2, 706}}));  // the file's column BRIDGE_CONDITION: P, F, G
}

TEST(Nbi, ApostrophesQuoteOnlyAtTheEndsOfACell) {
  EXPECT_THAT(nbiCells("02,'A, B',7,''"), ElementsAre("02", "A, B", "7", ""));
  EXPECT_THAT(nbiCells("1,16' CULVERT,2"), ElementsAre("1", "16' CULVERT", "2"));
  EXPECT_THAT(nbiCells("'6'X8' PIPE','B'"), ElementsAre("6'X8' PIPE", "B"));
  EXPECT_THAT(nbiCells("a,,"), ElementsAre("a", "", ""));
}

TEST(Nbi, AnglesArePackedDegreesMinutesSeconds) {
  EXPECT_NEAR(*nbiAngle("55212367"), 55 + 21 / 60.0 + 23.67 / 3600, 1e-12);
  EXPECT_NEAR(*nbiAngle("131422649"), 131 + 42 / 60.0 + 26.49 / 3600, 1e-12);
  EXPECT_NEAR(*nbiAngle("643659.8"), 64 + 36 / 60.0 + 59.8 / 3600, 1e-12);
  EXPECT_NEAR(*nbiAngle("60196000"), 60 + 20 / 60.0, 1e-12);
  for (const char* none : {"", "00000000", "abc", "55996000", "55216001", "-5521236"}) EXPECT_FALSE(nbiAngle(none)) << none;
}

std::string fixedRecord() {
  std::string record(445, ' ');
  const auto put = [&](std::size_t place, const std::string& text) { record.replace(place - 1, text.size(), text); };
  put(4, "000000000000B42");
  put(130, "40300000"), put(138, "075150000");
  put(157, "1956"), put(165, "012345"), put(199, "A");
  put(223, "000494"), put(235, "0081"), put(243, "9999");
  put(259, "5"), put(260, "4"), put(261, "6"), put(262, "8"), put(263, "N");
  put(269, "181"), put(287, "0717"), put(356, "1");
  return record;
}

TEST(Nbi, FixedWidthRecordsHaveImpliedDecimals) {
  const tests::TempFolder folder;
  std::ofstream(folder / "NJ.txt") << fixedRecord() << "\r\n" << fixedRecord().substr(0, 300) << "\r\n";
  Problems problems;
  SilentProgress silent;
  const Result<std::vector<NbiRecord>> records = readNbi(folder / "NJ.txt", problems, silent);
  ASSERT_TRUE(records) << records.error().text();
  ASSERT_EQ(records->size(), 1u);
  EXPECT_EQ(problems.count(ProblemKind::skipped, "nbi.columns"), 1u);
  EXPECT_EQ(problems.lines()[0].place, "line 2");
  const NbiRecord& record = records->front();
  EXPECT_EQ(record.structure, "000000000000B42");
  EXPECT_EQ(*record.latitude_deg, 40.5);
  EXPECT_EQ(*record.longitude_deg, -75.25);
  EXPECT_NEAR(*record.length_m, 49.4, 1e-12);
  EXPECT_NEAR(*record.roadway_width_m, 8.1, 1e-12);
  EXPECT_NEAR(*record.inventory_rating_t, 18.1, 1e-12);
  EXPECT_EQ(record.clearance_over_m, 99.99);
  EXPECT_TRUE(record.strahnet);
  EXPECT_EQ(record.inspected_year, 2017);
}

TEST(Nbi, OddValuesAndLinesAreCountedAndTheRestIsRead) {
  HASHIMICHI_NEEDS_SHARED(tests::sharedData("bridges/nbi/AK19.txt"));
  std::ifstream source(tests::sharedData("bridges/nbi/AK19.txt"));
  std::string head, first, second;
  std::getline(source, head), std::getline(source, first), std::getline(source, second);
  std::string odd = first;
  odd.replace(odd.find(",6,5,6,8,N,"), 11, ",X,5,6,8,N,");
  const tests::TempFolder folder;
  std::ofstream(folder / "a.txt") << head << "\n"
                                  << odd << "\n"
                                  << "02,cut\n"
                                  << second;
  Problems problems;
  SilentProgress silent;
  const Result<std::vector<NbiRecord>> records = readNbi(folder / "a.txt", problems, silent);
  ASSERT_TRUE(records) << records.error().text();
  ASSERT_EQ(records->size(), 2u);
  EXPECT_FALSE((*records)[0].deck);
  EXPECT_EQ((*records)[0].superstructure, 5);
  EXPECT_EQ(problems.count(ProblemKind::skipped, "nbi.value"), 1u);
  EXPECT_EQ(problems.count(ProblemKind::skipped, "nbi.columns"), 1u);
}

TEST(Nbi, OtherFilesAreToldFromIt) {
  const tests::TempFolder folder;
  std::ofstream(folder / "x.csv") << "id,name\n1,a\n";
  Problems problems;
  SilentProgress silent;
  const auto other = readNbi(folder / "x.csv", problems, silent);
  ASSERT_FALSE(other);
  EXPECT_EQ(other.error().code, ErrorCode::unsupported);
  EXPECT_EQ(readNbi(folder / "none.txt", problems, silent).error().code, ErrorCode::not_found);
}

}  // namespace
}  // namespace hashimichi::assets
