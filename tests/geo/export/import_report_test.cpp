#include "geo/export/import_report.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include "geo/core/file.h"
#include "tests/support/shared_data.h"

namespace hashimichi::exporting {
namespace {

using testing::HasSubstr;
using testing::Not;

struct Made {
  std::vector<import::SourceInfo> sources;
  Problems problems;
  crs::LocalFrame frame = *crs::LocalFrame::create(6676, {31000, -60000, 0});

  Made() {
    import::SourceInfo source;
    source.path = "udx/<b>.gml", source.format = "CityGML", source.crs = "EPSG:6697";
    source.features = {{"Building", 25}};
    source.lods = {{"Building", {{1, 25}, {2, 3}}}};
    sources = {source};
    problems.skip("a.gml", "line 7", "ring.unclosed", "The ring \"外周\" is <open> & bad.", "=HYPERLINK(1)");
    problems.add({ProblemKind::skipped, "a.gml", "", "texture.missing", "The picture is missing.", "", "bldg_𠮷",
                  Vec3d{1, 2, 3}});
    for (int i = 0; i < 250; ++i) problems.assume("b.shp", "", "encoding.assumed", "Read as CP932.");
  }
  ImportReport report(Language language) const { return {"橋道町 <1>", sources, problems, &frame, language}; }
};

TEST(ImportReportPage, EscapesWhatFilesSayAndTellsEveryCount) {
  const Made made;
  const std::string html = htmlOf(made.report(Language::ja));
  EXPECT_THAT(html, HasSubstr("<html lang=\"ja\">"));
  EXPECT_THAT(html, HasSubstr("橋道町 &lt;1&gt;"));
  EXPECT_THAT(html, HasSubstr("udx/&lt;b&gt;.gml"));
  EXPECT_THAT(html, Not(HasSubstr("<open>")));
  EXPECT_THAT(html, HasSubstr("Building: LOD1 25, LOD2 3"));
  EXPECT_THAT(html, HasSubstr("ほか 150 件"));
  EXPECT_THAT(html, HasSubstr("E 31001.00 N -59998.00 H 3.00"));
  EXPECT_THAT(html, HasSubstr("見つからないテクスチャとコードリスト (1)"));
  EXPECT_THAT(html, HasSubstr("@media print"));
  for (const char* outside : {"http://", "https://", "<script", "src=", "@import"})
    EXPECT_THAT(html, Not(HasSubstr(outside)));
  EXPECT_THAT(htmlOf(made.report(Language::en)), HasSubstr("and 150 more of the same"));
}

TEST(ImportReportPage, SaysASentenceOnceHoweverManyFilesItConcerns) {
  Made made;
  for (const char* file : {"1.gml", "2.gml", "3.gml", "4.gml", "5.gml"})
    for (int line = 1; line <= 2; ++line)
      made.problems.skip(file, fmt::format("line {}", line), "codelist.missing", "The list Usage.xml is not there.");
  const std::string html = htmlOf(made.report(Language::en));
  const std::string_view sentence = "The list Usage.xml is not there.";
  const std::size_t first = html.find(sentence);
  ASSERT_NE(first, std::string::npos);
  EXPECT_EQ(html.find(sentence, first + 1), std::string::npos);
  EXPECT_THAT(html, HasSubstr("<td>1.gml<br>2.gml<br>3.gml<br>+ 2</td><td>line 1 … × 10</td>"));
  EXPECT_THAT(html, HasSubstr("Missing textures and code lists (11)"));
}

TEST(ImportReportTable, HasOneRowPerLineAndNoFormulas) {
  const Made made;
  const std::string csv = csvOf(made.report(Language::en));
  EXPECT_THAT(csv, HasSubstr("read,udx/<b>.gml,,CityGML,\"Building 25 (LOD1 25, LOD2 3)\""));
  EXPECT_THAT(csv, HasSubstr("\"The ring \"\"外周\"\" is <open> & bad.\",'=HYPERLINK(1)"));
  EXPECT_THAT(csv, HasSubstr("31001.000,-59998.000,3.000\r\n"));
  EXPECT_THAT(csv, HasSubstr("encoding.assumed,and 150 more"));
  EXPECT_EQ(std::count(csv.begin(), csv.end(), '\n'), 1 + 1 + 2 + 100 + 1);
}

TEST(ImportReportFile, IsWrittenInTheEncodingThatWasAskedFor) {
  const tests::TempFolder folder;
  const Made made;
  ASSERT_TRUE(writeImportReport(made.report(Language::ja), folder / "報告.csv"));
  EXPECT_TRUE(readFile(folder / "報告.csv")->starts_with("\xEF\xBB\xBF区分,"));
  ASSERT_TRUE(writeImportReport(made.report(Language::ja), folder / "c.csv", Encoding::cp932));
  const auto back = utf8FromCp932(*readFile(folder / "c.csv"));
  ASSERT_TRUE(back);
  EXPECT_TRUE(back->starts_with("区分,"));
  EXPECT_THAT(*back, HasSubstr("bldg_〓"));  // 𠮷 is not in CP932
  ASSERT_TRUE(writeImportReport(made.report(Language::ja), folder / "r.HTML"));
}

TEST(ImportReportFile, OfAnotherEndingOrPlaceIsRefused) {
  const tests::TempFolder folder;
  const Made made;
  EXPECT_EQ(writeImportReport(made.report(Language::ja), folder / "r.docx").error().code, ErrorCode::unsupported);
  EXPECT_EQ(writeImportReport(made.report(Language::ja), folder / "no/such/r.csv").error().code,
            ErrorCode::write_failed);
}

TEST(ImportReportPage, OfNothingSaysSo) {
  const std::vector<import::SourceInfo> none;
  const Problems problems;
  EXPECT_THAT(htmlOf({"", none, problems, nullptr, Language::en}), HasSubstr("None."));
}

}  // namespace
}  // namespace hashimichi::exporting
