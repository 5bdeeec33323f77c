#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "tests/geo/export/made_snapshot.h"

namespace hashimichi::exporting {
namespace {

using assess::Subject;
using testing::HasSubstr;
using tests::MadeDecision;

SilentProgress silent;

/// One sheet of a made town, written once and asked by several tests.
struct WrittenSheet {
  tests::TempFolder folder;
  MadeDecision made;
  std::string path;

  WrittenSheet(Subject subject, Language language) : made(subject, {.streets = 20, .buildings = 800, .points = 0}) {
    path = toUtf8(folder / "sheet.pdf");
    const Status status = write(made.snapshot(language), Format::pdf, path, silent);
    EXPECT_TRUE(status) << status.error().text();
  }
  std::optional<std::string> text() const {
    return tests::outputOf(folder, "pdftotext -layout -enc UTF-8 " + path + " -");
  }
};

#define NEEDS(value) \
  if (!(value)) GTEST_SKIP() << "needs poppler-utils"

std::size_t countOf(const std::string& text, const std::string& word) {
  std::size_t count = 0;
  for (std::size_t at = text.find(word); at != std::string::npos; at = text.find(word, at + 1)) ++count;
  return count;
}

TEST(MapSheet, IsA3Landscape) {
  const WrittenSheet sheet(Subject::snow, Language::ja);
  const auto info = tests::outputOf(sheet.folder, "pdfinfo " + sheet.path);
  NEEDS(info);
  // 420 × 297 mm at 72 points an inch.
  EXPECT_THAT(*info, HasSubstr("1190.55 x 841.89 pts (A3)"));
  EXPECT_THAT(*info, HasSubstr("道路除雪優先度図"));
}

TEST(MapSheet, SaysInJapaneseWhatAMapMustSay) {
  const WrittenSheet sheet(Subject::snow, Language::ja);
  const auto text = sheet.text();
  NEEDS(text);
  for (const std::string word :
       {"道路除雪優先度図", "橋道町（合成データ）", "函館市 除雪基準", "2026-01-15 04:00 JST 現在",
        "2026-01-15 07:00 JST まで有効", "縮尺 1:10,000", "EPSG:6676", "T.P.", "座標北", "承認者", "参考図", "位置図",
        "方法", "出典", "道路_髙﨑.shp", "除雪作業リスト"})
    EXPECT_THAT(*text, HasSubstr(word));
  EXPECT_THAT(*text, HasSubstr(recordHash(sheet.made.snapshot(Language::en))));
  EXPECT_THAT(*text, testing::ContainsRegex("頁 ?1 ?/ ?[2-9]"));
}

TEST(MapSheet, LegendCountsEverySegmentByRank) {
  const WrittenSheet sheet(Subject::snow, Language::en);
  const auto text = sheet.text();
  NEEDS(text);
  std::map<int, std::size_t> counts;
  std::map<int, double> lengths_m;
  for (const assess::Ranked& row : sheet.made.ranking.rows)
    ++counts[row.band], lengths_m[row.band] += sheet.made.project.model->roads[row.index].length_m;
  const std::map<int, std::string> meanings{
      {1, "overdue"},   {2, "dispatch, first half"}, {3, "dispatch, second half"}, {4, "watch"},
      {5, "no action"}, {0, "held, not assessed"}};
  const std::string legend = text->substr(text->find("Ranks (darker"));
  for (const auto& [band, meaning] : meanings) {
    const std::size_t at = legend.find(meaning);
    ASSERT_NE(at, std::string::npos) << meaning;
    const std::string line = legend.substr(at, legend.find('\n', at) - at);
    char kilometres[32];
    std::snprintf(kilometres, sizeof kilometres, "%.1f", lengths_m[band] / 1000);
    EXPECT_THAT(line, HasSubstr(" " + std::to_string(counts[band]) + " ")) << line;
    EXPECT_THAT(line, HasSubstr(kilometres)) << line;
  }
}

TEST(MapSheet, EmbedsItsFontsSoThatEveryPrinterHasThem) {
  const WrittenSheet sheet(Subject::snow, Language::ja);
  const auto fonts = tests::outputOf(sheet.folder, "pdffonts " + sheet.path);
  NEEDS(fonts);
  if (fonts->find("NotoSansCJKjp") == std::string::npos) GTEST_SKIP() << "needs fonts-noto-cjk";
  for (const std::string_view line : split(*fonts, '\n')) {
    const bool is_font = line.find("CID") != std::string_view::npos;
    EXPECT_TRUE(!is_font || line.find(" yes yes ") != std::string_view::npos) << line;
  }
}

TEST(MapSheet, RareNameCharactersAreFoundAgain) {
  const WrittenSheet sheet(Subject::ageing, Language::ja);
  const auto text = sheet.text();
  NEEDS(text);
  EXPECT_THAT(*text, HasSubstr("髙﨑槗"));
  EXPECT_THAT(*text, HasSubstr("橋梁老朽化優先度図"));
  EXPECT_THAT(*text, HasSubstr("橋梁対応リスト"));
}

TEST(MapSheet, WorkListHoldsWhatThereIsToDoUpToItsLimit) {
  const WrittenSheet sheet(Subject::ageing, Language::en);
  const auto text = sheet.text();
  NEEDS(text);
  const std::string list = text->substr(text->find("Bridge action list"));
  std::size_t expected = 0;
  for (const assess::Ranked& row : sheet.made.ranking.rows) {
    const bool listed = row.tier != assess::Tier::none && row.tier != assess::Tier::not_assessed;
    expected += listed;
    EXPECT_EQ(countOf(list, row.asset_id), listed ? 1u : 0u) << row.asset_id;
  }
  EXPECT_GT(expected, 10u);
}

TEST(MapSheet, KnowsItsPlaceOnTheGround) {
  const WrittenSheet sheet(Subject::snow, Language::ja);
  const auto info = tests::outputOf(sheet.folder, "gdalinfo " + sheet.path);
  if (!info || info->find("6676") == std::string::npos) GTEST_SKIP() << "needs a GDAL that reads PDF";
  EXPECT_THAT(*info, HasSubstr("JGD2011 / Japan Plane Rectangular CS VIII"));
  // 1:10,000 at 150 dots an inch: 25.4 / 150 mm × 10,000 = 1.6933 m a dot.
  EXPECT_THAT(*info, HasSubstr("Pixel Size = (1.69"));
}

TEST(MapSheet, OfAnEmptyTownIsStillASheet) {
  const tests::TempFolder folder;
  project::Project project;
  auto town = std::make_shared<model::CityModel>();
  town->frame = *crs::LocalFrame::create(6676, {31000, 160000, 0});
  project.model = town;
  const assess::Ranking ranking;
  EXPECT_TRUE(write({project, ranking, Language::ja}, Format::pdf, folder / "empty.pdf", silent));
}

}  // namespace
}  // namespace hashimichi::exporting
