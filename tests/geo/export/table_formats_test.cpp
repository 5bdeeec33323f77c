#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "geo/export/palette.h"
#include "geo/export/writers.h"
#include "tests/geo/export/made_snapshot.h"

namespace hashimichi::exporting {
namespace {

using assess::Subject;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;
using tests::MadeDecision;

SilentProgress silent;
constexpr tests::MadeTownSize small{.streets = 6, .buildings = 20, .bridges = 12, .terrain_side = 30};

std::string written(const MadeDecision& made, Format format, Language language) {
  const tests::TempFolder folder;
  const Status status = write(made.snapshot(language), format, folder / "out.file", silent);
  EXPECT_TRUE(status) << status.error().text();
  return *readFile(folder / "out.file");
}

std::vector<std::string> linesOf(const std::string& text) {
  std::vector<std::string> lines;
  for (const std::string_view line : split(text, '\n')) lines.emplace_back(line);
  return lines;
}

TEST(CsvCell, OnlyQuotesWhereNeededAndNeverRunsAsAFormula) {
  EXPECT_EQ(csvText("市道1号線"), "市道1号線");
  EXPECT_EQ(csvText("a,b"), "\"a,b\"");
  EXPECT_EQ(csvText("say \"no\""), "\"say \"\"no\"\"\"");
  EXPECT_EQ(csvText("=1+1"), "'=1+1");
  EXPECT_EQ(csvText("@cmd"), "'@cmd");
  EXPECT_EQ(csvText("-5度"), "'-5度");
  EXPECT_EQ(csvText("+81"), "'+81");
  EXPECT_EQ(csvText("\t=x"), "'\t=x");
  EXPECT_EQ(csvText("=HYPERLINK(\"a\",\"b\")"), "\"'=HYPERLINK(\"\"a\"\",\"\"b\"\")\"");
}

TEST(CsvExport, HasOneLinePerSegmentInRankOrderUnderJapaneseHeads) {
  MadeDecision made(Subject::snow, small);
  auto town = std::make_shared<model::CityModel>(*made.project.model);
  town->roads[0].name = "=cmd|' /C calc'!A0";
  made.project.model = town;
  const std::string csv = written(made, Format::csv, Language::ja);
  EXPECT_THAT(csv,
              StartsWith("\xEF\xBB\xBF順位,ランク,区分コード,区分,区間ID,路線名,除雪区分,管理者,除雪工区,延長(m)"));
  const std::vector<std::string> lines = linesOf(csv);
  ASSERT_EQ(lines.size(), made.ranking.rows.size() + 2);  // head, rows, and nothing after the last line end
  EXPECT_THAT(lines[1], StartsWith("1,1,overdue,"));
  EXPECT_THAT(lines[1], HasSubstr(",'=cmd|' /C calc'!A0,"));
  EXPECT_THAT(lines[2], StartsWith("2,1,overdue,"));
  EXPECT_EQ(lines[1].back(), '\r');
  EXPECT_THAT(lines[lines.size() - 2], StartsWith(",0,not_assessed,"));
}

TEST(CsvExport, SpeaksEnglishToo) {
  const std::string csv = written(MadeDecision(Subject::ageing, small), Format::csv, Language::en);
  EXPECT_THAT(csv, StartsWith("\xEF\xBB\xBFrank,band,tier code,tier,bridge id,name,"));
  EXPECT_THAT(csv, Not(HasSubstr("順位")));
}

TEST(GeoJsonExport, IsReadAsLongitudeLatitudeCounterClockwise) {
  const MadeDecision made(Subject::snow, small);
  const nlohmann::json json = nlohmann::json::parse(written(made, Format::geojson, Language::ja));
  EXPECT_EQ(json["type"], "FeatureCollection");
  ASSERT_EQ(json["features"].size(), made.ranking.rows.size());
  EXPECT_EQ(json["hashimichi"]["record_hash"], recordHash(made.snapshot(Language::en)));
  bool saw_line = false, saw_polygon = false;
  for (const nlohmann::json& feature : json["features"]) {
    const nlohmann::json& geometry = feature["geometry"];
    if (geometry["type"] == "LineString") {
      saw_line = true;
      for (const nlohmann::json& p : geometry["coordinates"]) {
        ASSERT_EQ(p.size(), 2u);
        // Zone VIII's town: 138.84° E, 37.45° N (gdaltransform of 31000.25 160500.5).
        EXPECT_NEAR(p[0].get<double>(), 138.8509, 0.02);
        EXPECT_NEAR(p[1].get<double>(), 37.4459, 0.02);
      }
    } else {
      ASSERT_EQ(geometry["type"], "MultiPolygon");
      saw_polygon = true;
      const nlohmann::json& ring = geometry["coordinates"][0][0];
      EXPECT_EQ(ring.front(), ring.back());
      double twice_area = 0;
      for (std::size_t i = 0; i + 1 < ring.size(); ++i)
        twice_area += ring[i][0].get<double>() * ring[i + 1][1].get<double>() -
                      ring[i + 1][0].get<double>() * ring[i][1].get<double>();
      EXPECT_GT(twice_area, 0);
    }
  }
  EXPECT_TRUE(saw_line && saw_polygon);
}

TEST(GeoJsonExport, ABridgeWithoutPlaceHasNoGeometryButItsRow) {
  const MadeDecision made(Subject::ageing, small);
  const nlohmann::json json = nlohmann::json::parse(written(made, Format::geojson, Language::ja));
  std::size_t without = 0;
  for (const nlohmann::json& feature : json["features"]) without += feature["geometry"].is_null();
  EXPECT_EQ(without, 1u);  // made towns leave the sixth bridge without a place
  EXPECT_EQ(json["features"].size(), 12u);
}

TEST(GeoPackageExport, OpensWithAllColumnsAndTheColoursOfTheSheet) {
  const tests::TempFolder folder;
  const MadeDecision made(Subject::snow, small);
  const auto path = folder / "snow.gpkg";
  const Status status = write(made.snapshot(Language::ja), Format::geopackage, path, silent);
  ASSERT_TRUE(status) << status.error().text();
  const auto info = tests::outputOf(folder, "ogrinfo -ro -so " + toUtf8(path) + " road_priority");
  if (!info) GTEST_SKIP() << "needs ogrinfo (gdal-bin)";
  EXPECT_THAT(*info, HasSubstr("Feature Count: 60"));
  EXPECT_THAT(*info, HasSubstr("ID[\"EPSG\",6676]"));
  for (const char* column : {"rank: Integer64", "band: Integer64", "tier_ja: String", "depth_cm: Real", "score: Real",
                             "confidence: Real", "reasons_ja: String", "reasons_en: String", "record_hash: String"})
    EXPECT_THAT(*info, HasSubstr(column));
  EXPECT_THAT(*tests::outputOf(folder, "ogrinfo -ro -so " + toUtf8(path) + " road_priority_surfaces"),
              HasSubstr("Feature Count: 6"));
  const std::string style = *tests::outputOf(
      folder, "ogr2ogr -f CSV /vsistdout/ " + toUtf8(path) + " -sql \"SELECT styleQML FROM layer_styles WHERE id=1\"");
  for (const Rgb& colour : rank_colours)
    EXPECT_THAT(style, HasSubstr(std::to_string(colour.r) + "," + std::to_string(colour.g) + "," +
                                 std::to_string(colour.b) + ",255"));
  // QGIS asks for the style with exactly this filter.
  EXPECT_THAT(*tests::outputOf(folder, "ogrinfo -ro -so " + toUtf8(path) +
                                           " layer_styles -where \"f_table_schema='' AND f_table_name='road_priority' "
                                           "AND f_geometry_column='geom' AND useAsDefault\""),
              HasSubstr("Feature Count: 1"));
  EXPECT_THAT(*tests::outputOf(folder, "ogrinfo -ro -al " + toUtf8(path) + " decision"),
              HasSubstr(recordHash(made.snapshot(Language::en))));
}

TEST(RecordHash, IsTheSameForTheSameDecisionAndChangesWithEachInput) {
  MadeDecision made(Subject::snow, small);
  const std::string hash = recordHash(made.snapshot(Language::ja));
  EXPECT_EQ(hash.size(), 64u);
  EXPECT_EQ(hash, recordHash(made.snapshot(Language::en)));
  made.project.name = "another name";
  made.project.sources[0].path = "C:\\elsewhere\\道路.shp";
  std::swap(made.project.sources[0], made.project.sources[1]);
  EXPECT_EQ(hash, recordHash(made.snapshot(Language::ja)));
  made.project.sources[1].sha256[0] = 'b';
  EXPECT_NE(hash, recordHash(made.snapshot(Language::ja)));
  made.project.sources[1].sha256[0] = 'a';
  EXPECT_EQ(hash, recordHash(made.snapshot(Language::ja)));
  made.ranking.rows[7].score += 1e-6;
  EXPECT_NE(hash, recordHash(made.snapshot(Language::ja)));
}

TEST(Export, RefusesARankingOfAnotherTown) {
  MadeDecision made(Subject::snow, small);
  made.ranking.rows[0].index = 100000;
  const tests::TempFolder folder;
  EXPECT_EQ(write(made.snapshot(Language::ja), Format::csv, folder / "x.csv", silent).error().code,
            ErrorCode::bad_input);
}

TEST(Export, KeepsTheOldFileWhereTheFolderCannotBeWritten) {
  const MadeDecision made(Subject::snow, small);
  const tests::TempFolder folder;
  ASSERT_TRUE(writeFile(folder / "file", "in the way"));
  for (const Format format : {Format::pdf, Format::geopackage, Format::geojson, Format::csv}) {
    const Status status = write(made.snapshot(Language::ja), format, folder / "file" / "out", silent);
    ASSERT_FALSE(status);
    EXPECT_EQ(status.error().code, ErrorCode::write_failed);
  }
  EXPECT_EQ(*readFile(folder / "file"), "in the way");
}

TEST(FormatNames, AreThoseOfTheCommandLine) {
  EXPECT_EQ(formatFrom("gpkg"), Format::geopackage);
  EXPECT_EQ(formatFrom("pdf"), Format::pdf);
  EXPECT_EQ(formatFrom("geojson"), Format::geojson);
  EXPECT_EQ(formatFrom("csv"), Format::csv);
  EXPECT_FALSE(formatFrom("docx"));
}

}  // namespace
}  // namespace hashimichi::exporting
