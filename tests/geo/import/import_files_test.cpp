#include "geo/import/import_files.h"

#include <gmock/gmock.h>

#include <cmath>

#include "geo/core/file.h"
#include "geo/import/choose_frame.h"
#include "geo/import/find_files.h"
#include "tests/geo/import/las_file.h"
#include "tests/support/shared_data.h"

namespace hashimichi::import {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

PeekedFile peeked(const std::string& crs, double x0, double y0, double x1, double y1) {
  PeekedFile file{"file " + crs, {}};
  file.peek.crs = crs;
  file.peek.bounds.add(Vec3d{x0, y0, 0});
  file.peek.bounds.add(Vec3d{x1, y1, 0});
  return file;
}

// ---- the frame ----

TEST(ChooseFrame, TheUsersSystemComesFirst) {
  Problems problems;
  Options options;
  options.project_crs = "EPSG:6677";
  const auto chosen = chooseFrame({peeked("EPSG:6676", 31000, 160000, 32000, 161000)}, options, problems);
  ASSERT_TRUE(chosen);
  EXPECT_EQ(chosen->frame.epsg(), 6677);
}

TEST(ChooseFrame, ElseThatOfTheFirstFileInMetresWithItsOriginAtTheRoundedMiddle) {
  Problems problems;
  const auto chosen = chooseFrame(
      {peeked("EPSG:6697", 138.84, 37.44, 138.86, 37.46), peeked("EPSG:6676", 31010, 160020, 32030, 161080)}, {},
      problems);
  ASSERT_TRUE(chosen);
  EXPECT_EQ(chosen->frame.epsg(), 6676);
  EXPECT_EQ(std::fmod(chosen->frame.origin().x, 100), 0);
  EXPECT_EQ(std::fmod(chosen->frame.origin().y, 100), 0);
  ASSERT_TRUE(chosen->area);
  EXPECT_LE(std::fabs(chosen->area->centre().x), 51);
  EXPECT_EQ(problems.count(ProblemKind::assumption), 0u);
}

TEST(ChooseFrame, WebMercatorHasNoTrueMetres) {
  Problems problems;
  // Nagaoka in EPSG:3857: x = 138.8513 · π/180 · 6378137.
  const auto chosen = chooseFrame({peeked("EPSG:3857", 15456800, 4500900, 15457900, 4502000)}, {}, problems);
  ASSERT_TRUE(chosen);
  EXPECT_EQ(chosen->frame.epsg(), 6676);
}

TEST(ChooseFrame, LatitudeAndLongitudeProposeTheZoneAndSaySo) {
  Problems problems;
  const auto japan = chooseFrame({peeked("EPSG:6697", 138.84, 37.44, 138.86, 37.46)}, {}, problems);
  ASSERT_TRUE(japan);
  EXPECT_EQ(japan->frame.epsg(), 6676);  // Niigata prefecture is zone VIII by law
  EXPECT_EQ(problems.count(ProblemKind::assumption, "crs.project_assumed"), 1u);
  const auto vienna = chooseFrame({peeked("EPSG:4326", 16.3, 48.1, 16.4, 48.2)}, {}, problems);
  ASSERT_TRUE(vienna);
  EXPECT_EQ(vienna->frame.epsg(), 32633);
}

TEST(ChooseFrame, AZoneOfAnOlderDatumMeansTheSameZoneOfJgd2011) {
  Problems problems;  // Yaizu's survey: JGD2000 zone VIII
  const auto yaizu = chooseFrame({peeked("EPSG:2450", -16000, -125000, -14000, -123000)}, {}, problems);
  ASSERT_TRUE(yaizu);
  EXPECT_EQ(yaizu->frame.epsg(), 6676);
  EXPECT_EQ(problems.count(ProblemKind::assumption, "crs.project_assumed"), 1u);
}

TEST(ChooseFrame, OneFileFarOffNeitherMovesTheOriginNorStaysSilent) {
  Problems problems;
  const auto chosen =
      chooseFrame({peeked("EPSG:6676", 31000, 160000, 32000, 161000), peeked("EPSG:6676", 31000, 160000, 32200, 161000),
                   peeked("EPSG:6676", 160000, 31000, 161000, 32000)},
                  {}, problems);
  ASSERT_TRUE(chosen);
  EXPECT_EQ(chosen->frame.origin(), (Vec3d{31600, 160500, 0}));
  EXPECT_EQ(problems.count(ProblemKind::assumption, "crs.suspicious"), 1u);
}

TEST(ChooseFrame, WhenNoFileSaysWhereItLiesTheUserIsAsked) {
  Problems problems;
  const auto chosen = chooseFrame({peeked("", 0, 0, 10, 10)}, {}, problems);
  ASSERT_FALSE(chosen);
  EXPECT_EQ(chosen.error().code, ErrorCode::bad_crs);
  EXPECT_THAT(chosen.error().text(), HasSubstr("--source-crs"));
  Options options;
  options.project_crs = "EPSG:6676";
  EXPECT_TRUE(chooseFrame({peeked("", 0, 0, 10, 10)}, options, problems));
}

// ---- files ----

class ImportFiles : public testing::Test {
 protected:
  std::filesystem::path written(const std::string& name, const std::string& bytes) {
    std::filesystem::create_directories((folder_ / name).parent_path());
    EXPECT_TRUE(writeFile(folder_ / name, bytes));
    return folder_ / name;
  }
  std::string las(int epsg = 6676, double shift = 0) const {
    return tests::LasFile{.points = {{31000 + shift, 160000, 20, 2, 0, 0, 0}, {31100 + shift, 160100, 30, 6, 0, 0, 0}},
                          .epsg = epsg}
        .bytes();
  }
  Result<Outcome> run(const std::vector<std::filesystem::path>& paths, const model::CityModelPtr& base = nullptr) {
    SilentProgress progress;
    return importFiles(paths, {}, progress, base);
  }
  tests::TempFolder folder_;
};

TEST_F(ImportFiles, AFolderIsSearchedButTexturesHiddenFilesAndProjectsAreNot) {
  written("town/a.las", las());
  written("town/deep/er/b.laz.las", las());
  written("town/.hidden/c.las", las());
  written("town/.d.las", las());
  written("town/x_appearance/e.las", las());
  written("town/codelists/f.las", las());
  written("town/old.hashimichi/g.las", las());
  written("town/notes.zzz", "words");
  Problems problems;
  const auto found = findFiles({folder_ / "town", folder_ / "town/a.las"}, problems);
  std::vector<std::string> names;
  for (const FoundFile& file : found) names.push_back(file.path.filename().string());
  EXPECT_THAT(names, ElementsAre("a.las", "b.laz.las"));
  EXPECT_EQ(problems.count(ProblemKind::assumption, "folder.left_alone"), 1u);
  EXPECT_EQ(problems.count(ProblemKind::failed), 0u);
}

TEST_F(ImportFiles, SideFilesBelongToTheirShapefile) {
  written("roads.shp", "x");
  for (const char* side : {"roads.dbf", "roads.shx", "roads.prj", "roads.cpg"}) written(side, "x");
  Problems problems;
  (void)findFiles({folder_ / "roads.dbf", folder_ / "roads.shx", folder_ / "roads.prj", folder_ / "roads.cpg"},
                  problems);
  EXPECT_TRUE(problems.empty());
}

TEST_F(ImportFiles, AGoodFileIsReadWhateverStandsBesideIt) {
  const auto good = written("survey.las", las());
  const auto result =
      run({good, written("empty.las", ""), written("cut.las", las().substr(0, 100)), folder_ / "missing.las"});
  ASSERT_TRUE(result) << result.error().text();
  EXPECT_EQ(result->problems.count(ProblemKind::failed), 3u);
  for (const Problem& line : result->problems.lines()) EXPECT_FALSE(line.file.empty()) << line.what;
  ASSERT_EQ(result->sources.size(), 1u);
  const SourceInfo& source = result->sources[0];
  EXPECT_EQ(source.format, "LAS");
  EXPECT_EQ(source.crs, "EPSG:6676");
  EXPECT_EQ(source.points, 2u);
  EXPECT_EQ(source.features.at("PointCloud"), 1u);
  EXPECT_EQ(source.sha256.size(), 64u);
  EXPECT_NEAR(source.bounds.high.x, 31100, 1e-6);
  EXPECT_EQ(result->model->frame.origin(), (Vec3d{31100, 160100, 0}));
  EXPECT_FLOAT_EQ(result->model->clouds[0].sample.xyz[0], -100);
}

TEST_F(ImportFiles, WhenNothingCanBeReadTheFirstReasonIsTheError) {
  const auto one = run({written("empty.las", "")});
  ASSERT_FALSE(one);
  EXPECT_THAT(one.error().text(), HasSubstr("empty.las"));
  const auto two = run({folder_ / "a", folder_ / "b"});
  ASSERT_FALSE(two);
  EXPECT_THAT(two.error().text(), HasSubstr("None of the 2 files"));
  std::filesystem::create_directories(folder_ / "nothing");
  EXPECT_FALSE(run({folder_ / "nothing"}));
}

TEST_F(ImportFiles, AddingToAProjectKeepsItsFrame) {
  const auto first = run({written("survey.las", las())});
  ASSERT_TRUE(first);
  const auto second = run({written("more.las", las(6676, 500))}, first->model);
  ASSERT_TRUE(second);
  EXPECT_EQ(second->model->frame.origin(), first->model->frame.origin());
  ASSERT_EQ(second->model->clouds.size(), 2u);
  EXPECT_FLOAT_EQ(second->model->clouds[1].sample.xyz[0], 400);
  EXPECT_EQ(first->model->clouds.size(), 1u);  // the old revision stays as it was
}

TEST_F(ImportFiles, AFileFromAnotherPartOfTheCountryIsRefused) {
  const auto first = run({written("survey.las", las())});
  const auto second = run({written("more.las", las(6676, 300000))}, first->model);
  ASSERT_FALSE(second);
  EXPECT_THAT(second.error().text(), HasSubstr("more.las"));
}

class CancelAfter final : public Progress {
 public:
  explicit CancelAfter(int reports) : left_(reports) {}
  void report(double fraction, std::string_view) override {
    EXPECT_LE(fraction, 1.0);
    if (fraction >= 0) {
      EXPECT_GE(fraction, last_);
      last_ = fraction;
    }
    --left_;
  }
  bool cancelled() const override { return left_ <= 0; }

 private:
  int left_;
  double last_ = 0;
};

TEST_F(ImportFiles, CancelledMeansNothingHappened) {
  std::vector<std::filesystem::path> files;
  for (int i = 0; i < 5; ++i) files.push_back(written("s" + std::to_string(i) + ".las", las()));
  for (const int reports : {1, 2, 4}) {
    CancelAfter progress(reports);
    const auto result = importFiles(files, {}, progress);
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code, ErrorCode::cancelled);
  }
  CancelAfter never(1000);
  EXPECT_TRUE(importFiles(files, {}, never));
}

TEST(ImportFilesReal, DelftIsOneTown) {
  const auto folder = tests::sharedData("delft-town");
  HASHIMICHI_NEEDS_SHARED(folder);
  SilentProgress progress;
  const auto result = importFiles({folder}, {}, progress);
  ASSERT_TRUE(result) << result.error().text();
  const model::CityModel& town = *result->model;
  EXPECT_EQ(town.frame.epsg(), 28992);
  EXPECT_EQ(town.clouds.size(), 2u);
  // The cadastre's, and the 160 buildings, 143 roads and 3 bridges of the quarter's CityJSON model.
  EXPECT_EQ(town.buildings.size(), 160u + 160);
  EXPECT_EQ(town.roads.size(), 151u + 143);
  EXPECT_EQ(town.bridges.size(), 3u + 3);
  EXPECT_EQ(result->problems.count(ProblemKind::failed), 0u);
  EXPECT_EQ(result->problems.count(ProblemKind::assumption, "crs.assumed"), 2u);  // the clouds name none
}

}  // namespace
}  // namespace hashimichi::import
