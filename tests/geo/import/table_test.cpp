// Registers, inspections, stations and observations as town halls write them.
#include <gmock/gmock.h>

#include "geo/core/text.h"
#include "tests/geo/import/reading.h"

namespace hashimichi::import::tests {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

// 37.4463 N 138.8513 E is easting 31083.033, northing 160541.384 in EPSG:6676 (gdaltransform).
constexpr double x_m = 83.033, y_m = 541.384;

Reading readTable(const std::string& content, const ReadingOptions& how = {}) {
  const TempFolder folder;
  write(folder / "table.csv", content);
  return read(tableImporter(), folder / "table.csv", how);
}

const std::string register_heads =
    "施設ID,橋梁名,フリガナ,路線名,緯度,経度,橋長(m),幅員(m),架設年月,構造形式,材料,管理者,交差物件,跨線橋,跨道橋,"
    "緊急輸送道路,迂回路(km),交通量(台/日),バス路線\r\n";

TEST(BridgeRegister, EveryColumnIsUnderstood) {
  const Reading reading = readTable(register_heads +
                                    "B001,中央橋,ﾁｭｳｵｳﾊﾞｼ,市道中央3号線,37.4463,138.8513,１２０．５,9.8,昭和58年10月,"
                                    "単純合成鈑桁,鋼,市,橋道川,無,有,第2次,3.5,\"4,200\",有\r\n");
  ASSERT_EQ(reading.got.bridges.size(), 1u) << reading.report();
  const model::Bridge& bridge = reading.got.bridges[0];
  EXPECT_TRUE(bridge.has_register_entry);
  EXPECT_EQ(bridge.id, "B001");
  EXPECT_EQ(bridge.name, "中央橋");
  EXPECT_EQ(bridge.length_m, 120.5);
  EXPECT_EQ(bridge.width_m, 9.8);
  EXPECT_EQ(bridge.year_built, 1983) << "昭和58 = 1926 + 57";
  EXPECT_EQ(bridge.over_railway, false);
  EXPECT_EQ(bridge.over_road, true);
  EXPECT_EQ(bridge.emergency_route, 2);
  EXPECT_EQ(bridge.detour_km, 3.5);
  EXPECT_EQ(bridge.aadt, 4200);
  EXPECT_EQ(bridge.bus_route, true);
  EXPECT_EQ(bridge.crosses, "橋道川");
  ASSERT_TRUE(bridge.position);
  EXPECT_NEAR(bridge.position->x, x_m, 0.01);
  EXPECT_NEAR(bridge.position->y, y_m, 0.01);
  EXPECT_EQ(reading.assumed("crs.assumed"), 1u);
  EXPECT_EQ(reading.problems.count(ProblemKind::skipped), 0u) << reading.report();
}

TEST(BridgeRegister, Cp932IsFoundOutAndReported) {
  const std::string utf8 = register_heads + "B1,髙﨑橋,,,,,10,4,S45.3,,,,,,,,,,\r\n";
  const Reading reading = readTable(*cp932FromUtf8(utf8));
  ASSERT_EQ(reading.got.bridges.size(), 1u) << reading.report();
  EXPECT_EQ(reading.got.bridges[0].name, "髙﨑橋");
  EXPECT_EQ(reading.got.bridges[0].year_built, 1970);
  EXPECT_EQ(reading.assumed("encoding.assumed"), 1u);
  EXPECT_EQ(readTable("\xEF\xBB\xBF" + utf8).assumed("encoding.assumed"), 0u);
}

TEST(BridgeRegister, UnitsInTheHeadsDecide) {
  const Reading reading = readTable("橋梁番号,橋梁名,橋長（ｃｍ）,有効幅員[mm],架設年度\nB1,中央橋,1250,4500,1968\n");
  ASSERT_EQ(reading.got.bridges.size(), 1u) << reading.report();
  EXPECT_DOUBLE_EQ(*reading.got.bridges[0].length_m, 12.5);
  EXPECT_DOUBLE_EQ(*reading.got.bridges[0].width_m, 4.5);
}

TEST(BridgeRegister, BadCellsCostOnlyThemselves) {
  const Reading reading = readTable(register_heads +
                                    "B1,一号橋,,,37.4463,138.8513,不明,4,昭和99月,,,,,たぶん,,,,,\r\n"
                                    "B2,二号橋,,,,,-9999,99999,0001,,,,,,,,,,\r\n"
                                    ",,,,,,10,4,,,,,,,,,,,\r\n");
  ASSERT_EQ(reading.got.bridges.size(), 2u) << reading.report();
  EXPECT_EQ(reading.got.bridges[0].length_m, std::nullopt);
  EXPECT_EQ(reading.got.bridges[0].width_m, 4);
  EXPECT_EQ(reading.got.bridges[1].length_m, std::nullopt);
  EXPECT_EQ(reading.got.bridges[1].width_m, std::nullopt);
  EXPECT_EQ(reading.got.bridges[1].year_built, std::nullopt);
  EXPECT_THAT(reading.report(), HasSubstr("line 2, column \"橋長(m)\"] \"不明\""));
  EXPECT_EQ(reading.skipped("row.no_id"), 1u);
}

TEST(BridgeRegister, QuotedCellsMayHoldSeparatorsBreaksAndQuotes) {
  const Reading reading = readTable(
      "橋梁番号,橋梁名,橋長(m),幅員(m),交差物件\nB1,\"中央\n橋\",10,4,\"川, \"\"大\"\"水路\"\nB2,東橋,8,4,=1+1\n");
  ASSERT_EQ(reading.got.bridges.size(), 2u) << reading.report();
  EXPECT_EQ(reading.got.bridges[0].name, "中央\n橋");
  EXPECT_EQ(reading.got.bridges[0].crosses, "川, \"大\"水路");
  EXPECT_EQ(reading.got.bridges[1].crosses, "=1+1") << "formulas are text";
}

TEST(BridgeRegister, TitlesAboveTheHeadArePassedOver) {
  const Reading reading = readTable(
      "橋梁台帳（令和7年度）,,,,\n作成：道路課,,,,\n橋梁番号,橋梁名,橋長(m),幅員(m),架設年\nB1,中央橋,10,4,1970\n");
  ASSERT_EQ(reading.got.bridges.size(), 1u) << reading.report();
}

TEST(BridgeRegister, RaggedAndShortRowsAreNamed) {
  const Reading reading =
      readTable("橋梁番号,橋梁名,橋長(m),幅員(m),架設年\nB1,中央,橋,10,4,1970\nB2,東橋,8\nB3,西橋,8,4,1980\n");
  ASSERT_EQ(reading.got.bridges.size(), 2u) << reading.report();
  EXPECT_EQ(reading.skipped("row.ragged"), 1u);
  EXPECT_EQ(reading.assumed("row.short"), 1u);
  EXPECT_THAT(reading.report(), HasSubstr("[line 2]"));
}

TEST(BridgeRegister, LatitudeInTheColumnOfLongitudeIsTurned) {
  ReadingOptions how;
  how.area = box(-1000, -1000, 1000, 1000);
  const Reading reading = readTable(
      "橋梁番号,橋梁名,橋長(m),幅員(m),架設年,緯度,経度\nB1,中央橋,10,4,1970,138.8513,37.4463\n"
      "B2,遠橋,10,4,1970,26.2,127.7\nB3,無橋,10,4,1970,0,0\nB4,度橋,10,4,1970,37°26'46.68\",138°51'4.68\"\n",
      how);
  ASSERT_EQ(reading.got.bridges.size(), 4u) << reading.report();
  EXPECT_NEAR(reading.got.bridges[0].position->x, x_m, 0.01);
  EXPECT_EQ(reading.assumed("axis.swapped"), 1u);
  EXPECT_FALSE(reading.got.bridges[1].position) << "Okinawa";
  EXPECT_EQ(reading.skipped("place.far"), 1u);
  EXPECT_FALSE(reading.got.bridges[2].position);
  // 37°26'46.68" = 37 + 26/60 + 46.68/3600 = 37.4463; 138°51'4.68" = 138.8513
  EXPECT_NEAR(reading.got.bridges[3].position->y, y_m, 0.01);
}

TEST(BridgeRegister, PlaneCoordinatesWriteNorthAsX) {
  const Reading reading =
      readTable("橋梁番号,橋梁名,橋長(m),幅員(m),架設年,X座標,Y座標\nB1,中央橋,10,4,1970,160541.384,31083.033\n");
  ASSERT_EQ(reading.got.bridges.size(), 1u) << reading.report();
  EXPECT_NEAR(reading.got.bridges[0].position->x, x_m, 0.001);
  EXPECT_NEAR(reading.got.bridges[0].position->y, y_m, 0.001);
}

TEST(BridgeRegister, PeekGivesTheExtentInJgd2011) {
  const TempFolder folder;
  write(folder / "r.csv", register_heads + "B1,橋,,,37.4463,138.8513,10,4,,,,,,,,,,,\r\n");
  Problems problems;
  const Result<Peek> peek = tableImporter().peek(folder / "r.csv", {}, problems);
  ASSERT_TRUE(peek) << peek.error().text();
  EXPECT_EQ(peek->crs, "EPSG:6668");
  EXPECT_DOUBLE_EQ(peek->bounds.low.x, 138.8513);
}

const std::string inspection_heads =
    "施設ID,点検年月日,判定区分,措置状況,部材,部材判定,対策区分,損傷種類,損傷程度,損傷寸法(mm),緯度,経度,標高(m),"
    "特定事象,所見\n";

TEST(Inspections, RowsOfOneBridgeAndDayAreOneInspection) {
  const Reading reading =
      readTable(inspection_heads +
                "B1,R元.10.5,Ⅲ,未着手,主桁,Ⅲ,C1,腐食,ｄ,12,37.4463,138.8513,24.5,塩害、疲労,桁端部\n"
                "B1,令和元年10月5日,３,未着手,床版,II,B,ひびわれ,c,0.3,37.4463,138.8513,,,\n"
                "B1,2019/10/5,III,,主桁,Ⅱ,B,防食機能の劣化,b,,,,,,\n"
                "B1,2014-11-20,Ⅱ,完了,,,,,,,,,,,前回\n");
  ASSERT_EQ(reading.got.inspections.size(), 2u) << reading.report();
  const InspectionRecord& record = reading.got.inspections[0];
  EXPECT_EQ(record.bridge_id, "B1");
  EXPECT_EQ(record.place, "line 2");
  EXPECT_EQ(record.inspection.date, (Date{2019, 10, 5}));
  EXPECT_EQ(record.inspection.fiscal_year, 2019);
  EXPECT_EQ(record.inspection.soundness, assets::Soundness::III);
  EXPECT_EQ(record.inspection.status, assets::MeasureStatus::not_started);
  ASSERT_EQ(record.inspection.members.size(), 2u);
  EXPECT_EQ(record.inspection.members[0].soundness, assets::Soundness::III) << "the worst row of 主桁";
  EXPECT_EQ(record.inspection.members[0].measure, "C1");
  ASSERT_EQ(record.inspection.defects.size(), 3u);
  EXPECT_EQ(record.inspection.defects[0].grade, 'd');
  EXPECT_EQ(record.inspection.defects[0].size_mm, 12);
  ASSERT_TRUE(record.inspection.defects[0].position);
  EXPECT_NEAR(record.inspection.defects[0].position->x, x_m, 0.01);
  EXPECT_DOUBLE_EQ(record.inspection.defects[0].position->z, 24.5);
  EXPECT_FALSE(record.inspection.defects[1].position) << "no height";
  EXPECT_EQ(reading.skipped("defect.no_height"), 1u);
  EXPECT_THAT(record.inspection.specific_events, ElementsAre("塩害", "疲労"));
  EXPECT_EQ(reading.got.inspections[1].inspection.status, assets::MeasureStatus::done);
  EXPECT_EQ(reading.got.inspections[1].inspection.note, "前回");
}

TEST(Inspections, ContradictionsTakeTheWorseGradeAndAreNamed) {
  const Reading reading =
      readTable("橋梁番号,点検年度,健全性\nB1,令和2年度,Ⅱ\nB1,2020,Ⅲ\nB1,2020,Ⅱ\nB2,2020,未点検\nB3,2020,良い\n");
  ASSERT_EQ(reading.got.inspections.size(), 3u) << reading.report();
  EXPECT_EQ(reading.got.inspections[0].inspection.soundness, assets::Soundness::III);
  EXPECT_EQ(reading.got.inspections[0].inspection.fiscal_year, 2020);
  EXPECT_EQ(reading.assumed("inspection.conflict"), 2u);
  EXPECT_EQ(reading.got.inspections[1].inspection.soundness, assets::Soundness::unknown);
  EXPECT_EQ(reading.skipped("value.unread"), 1u) << "良い, but not 未点検";
}

TEST(Inspections, RowsWithoutBridgeOrDayAreSkipped) {
  const Reading reading = readTable("橋梁番号,点検年月日,健全性\n,2020-01-01,Ⅱ\nB1,,Ⅱ\nB1,昨日,Ⅱ\nB1,2020-02-30,Ⅱ\n");
  EXPECT_TRUE(reading.got.inspections.empty());
  EXPECT_EQ(reading.skipped("row.no_id"), 4u) << reading.report();
}

TEST(Stations, ComeWithPlaceAndHeight) {
  const Reading reading =
      readTable("観測局ID,観測局名,緯度,経度,標高(m),橋上\nST1,橋道大橋,37.4463,138.8513,31.5,有\nST2,山,,,,無\n");
  ASSERT_EQ(reading.got.stations.size(), 1u) << reading.report();
  EXPECT_EQ(reading.got.stations[0].name, "橋道大橋");
  EXPECT_NEAR(reading.got.stations[0].position.x, x_m, 0.01);
  EXPECT_DOUBLE_EQ(reading.got.stations[0].position.z, 31.5);
  EXPECT_TRUE(reading.got.stations[0].on_bridge);
  EXPECT_EQ(reading.skipped("station.no_place"), 1u);
}

TEST(Observations, BecomeOneSeriesPerStationAndQuantityOldestFirst) {
  const Reading reading = readTable(
      "日時,観測局ID,積雪深(m),気温(℃),路面温度(℃),降水量(mm),品質(積雪)\n"
      "2026/01/15 01:00,ST1,0.52,-2.5,-3.1,1.5,8\n"
      "2026/01/15 00:00,ST1,0.5,-2.0,,1.0,8\n"
      "2026/01/15 00:00,ST2,×,-1.0,欠測,///,8\n"
      "2026/01/15 00:00,ST1,0.9,,,,8\n"
      "2026/01/14 24:00,ST2,0.3,とても寒い,,,8\n");
  ASSERT_EQ(reading.got.series.size(), 6u) << reading.report();
  const auto depth = std::find_if(reading.got.series.begin(), reading.got.series.end(), [](const sensors::Series& s) {
    return s.station_id == "ST1" && s.quantity == sensors::Quantity::snow_depth_cm;
  });
  ASSERT_NE(depth, reading.got.series.end());
  ASSERT_EQ(depth->values.size(), 2u);
  EXPECT_DOUBLE_EQ(depth->values[0].value, 50) << "metres become centimetres";
  EXPECT_EQ(depth->values[0].time, *parseInstant("2026-01-15T00:00+09:00"));
  EXPECT_DOUBLE_EQ(depth->values[1].value, 52);
  EXPECT_EQ(depth->values[0].flag, sensors::Flag::not_checked);
  EXPECT_FALSE(depth->isForecast());
  EXPECT_EQ(reading.skipped("observation.duplicate"), 1u);
  EXPECT_EQ(reading.skipped("value.unread"), 1u);
  EXPECT_EQ(reading.assumed("time.zone_assumed"), 1u);
}

TEST(Observations, TimesWithAZoneNeedNoAssumption) {
  const Reading reading = readTable("time,station_id,snow_depth_cm\n2026-01-14T19:00Z,A,12\n");
  ASSERT_EQ(reading.got.series.size(), 1u) << reading.report();
  EXPECT_EQ(reading.got.series[0].values[0].time, *parseInstant("2026-01-15T04:00+09:00"));
  EXPECT_TRUE(reading.problems.empty()) << reading.report();
}

TEST(Forecast, CarriesItsHourOfIssueAndBelongsToTheWholeArea) {
  const Reading reading = readTable(
      "発表日時,対象日時,降雪(cm),気温(℃),降水量(mm),風速(m/s)\n"
      "2026/01/15 03:00,2026/01/15 04:00,2.5,-3,2.0,4\n"
      "2026/01/15 03:00,2026/01/15 05:00,1.5,-3,1.2,4\n"
      "2026/01/15 03:00,2026/01/15 02:00,9,-3,1.2,4\n");
  ASSERT_EQ(reading.got.series.size(), 4u) << reading.report();
  for (const sensors::Series& series : reading.got.series) {
    EXPECT_TRUE(series.isForecast());
    EXPECT_EQ(series.issued, parseInstant("2026-01-15T03:00+09:00"));
    EXPECT_EQ(series.station_id, "");
    EXPECT_EQ(series.values.size(), 2u);
  }
  EXPECT_EQ(reading.skipped("row.skipped"), 1u) << "a forecast of the past";
}

TEST(Tables, HeadsThatSayNothingAreNamed) {
  const Reading reading = readTable("ID,備考,数量,名称\n1,なし,34.8,アンダーパス\n");
  ASSERT_TRUE(reading.error);
  EXPECT_EQ(reading.error->code, ErrorCode::bad_input);
  EXPECT_THAT(reading.error->what, HasSubstr("備考, 数量"));
}

// Files that nobody here made.
TEST(RealTables, YaizusUnderpassesArePlacesOnTheMap) {
  const std::filesystem::path path = sharedData("roads/yaizu/アンダーパス/アンダーパス.csv");
  HASHIMICHI_NEEDS_SHARED(path);
  ReadingOptions yaizu;
  yaizu.origin = {-16500, -127500, 0};  // zone VIII
  const Reading reading = read(tableImporter(), path, yaizu);
  // Its 49 lines are a head and 48 places, longitude before latitude.
  ASSERT_EQ(reading.got.objects.size(), 48u) << reading.report();
  for (const model::CityObject& place : reading.got.objects) EXPECT_EQ(place.geometry.points.size(), 1u) << place.id;
}

TEST(RealTables, AmedasStationsNearTheProjectAreReadWithDegreesAndMinutes) {
  const std::filesystem::path path = sharedData("snow/amedas/snow_master_20260324.csv");
  HASHIMICHI_NEEDS_SHARED(path);
  // Wakkanai: 45°24.9' 141°40.7', 3 m (the file's third line); zone XII.
  const Result<crs::LocalFrame> frame = crs::LocalFrame::create(6680, {});
  const Result<crs::ToLocal> to_local = crs::ToLocal::create("EPSG:6668", crs::AxisOrder::east_first, *frame);
  const Vec3d expected = *(*to_local)({141 + 40.7 / 60, 45 + 24.9 / 60, 0});
  ReadingOptions how{6680, expected, {}, {}};
  const Reading reading = read(tableImporter(), path, how);
  const auto wakkanai = std::find_if(reading.got.stations.begin(), reading.got.stations.end(),
                                     [](const sensors::Station& s) { return s.name == "稚内"; });
  ASSERT_NE(wakkanai, reading.got.stations.end()) << reading.report();
  EXPECT_EQ(wakkanai->id, "11903");
  EXPECT_NEAR(wakkanai->position.x, 0, 0.01);
  EXPECT_NEAR(wakkanai->position.y, 0, 0.01);
  EXPECT_DOUBLE_EQ(wakkanai->position.z, 3);
  EXPECT_LT(reading.got.stations.size(), 60u) << "not those of all Japan";
}

}  // namespace
}  // namespace hashimichi::import::tests
