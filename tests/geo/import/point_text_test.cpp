#include <gmock/gmock.h>

#include <cstring>
#include <fstream>

#include "geo/core/file.h"
#include "geo/import/import_files.h"
#include "geo/import/points/point_text_importer.h"
#include "geo/import/points/quick_look.h"
#include "geo/points/las_source.h"
#include "tests/geo/import/las_file.h"
#include "tests/support/shared_data.h"

namespace hashimichi::import {
namespace {

using tests::LasFile;
using tests::sharedData;
using tests::TempFolder;

Result<Outcome> imported(const std::filesystem::path& path, const std::string& crs = "EPSG:6676") {
  Options options;
  options.source_crs = crs;
  SilentProgress progress;
  return importFiles({path}, options, progress);
}

class PointText : public testing::Test {
 protected:
  std::filesystem::path written(const std::string& name, const std::string& text) const {
    EXPECT_TRUE(writeFile(folder_ / name, text));
    return folder_ / name;
  }
  const Importer* chosenFor(const std::string& name, const std::string& text) const {
    const Result<const Importer*> importer = importerFor(written(name, text));
    return importer ? *importer : nullptr;
  }
  TempFolder folder_;
};

TEST_F(PointText, ATableOfXyzBecomesACloudWithItsColours) {
  const auto outcome =
      imported(written("deck.csv", "x,y,z,r,g,b\n31000.5,160000,12.25,255,0,10\n31001,160002,13,0,128,0\n"));
  ASSERT_TRUE(outcome) << outcome.error().text();
  ASSERT_EQ(outcome->model->clouds.size(), 1u);
  const model::PointCloud& cloud = outcome->model->clouds.front();
  EXPECT_EQ(cloud.id, "deck");
  EXPECT_EQ(cloud.point_count, 2u);
  const Vec3d first =
      outcome->model->frame.toProjected({cloud.sample.xyz[0], cloud.sample.xyz[1], cloud.sample.xyz[2]});
  EXPECT_NEAR(first.x, 31000.5, 1e-3);
  EXPECT_NEAR(first.y, 160000, 1e-3);
  EXPECT_NEAR(first.z, 12.25, 1e-3);
  EXPECT_THAT(cloud.sample.rgb, testing::ElementsAre(255, 0, 10, 0, 128, 0));
  EXPECT_EQ(outcome->sources.front().crs, "EPSG:6676") << "what the person said is kept for the octree";
}

TEST_F(PointText, APtsFileWithItsCountIsACloud) {
  const auto outcome = imported(written("scan.pts", "2\n31000 160000 5 -2048 10 20 30\n31001 160001 6 2047 1 2 3\n"));
  ASSERT_TRUE(outcome) << outcome.error().text();
  ASSERT_EQ(outcome->model->clouds.size(), 1u);
  EXPECT_EQ(outcome->model->clouds.front().point_count, 2u);
}

TEST_F(PointText, LinesThatAreNoPointsAreCountedAndTheOthersKept) {
  const auto outcome = imported(written("a.xyz", "31000 160000 5\n31001 160001 6\nbroken line here\n31002 160001 7\n"));
  ASSERT_TRUE(outcome) << outcome.error().text();
  EXPECT_EQ(outcome->model->clouds.front().point_count, 3u);
  EXPECT_EQ(outcome->problems.count(ProblemKind::skipped, "text_cloud.not_numbers"), 1u);
}

TEST_F(PointText, TablesOfOtherThingsAreNotTaken) {
  const Importer* cloud = &pointTextImporter();
  EXPECT_EQ(chosenFor("a.csv", "x,y,z\n1,2,3\n"), cloud);
  EXPECT_EQ(chosenFor("b.csv", "31000,160000,5\n31001,160000,5\n"), cloud);
  for (const auto& [name, text] : std::vector<std::pair<std::string, std::string>>{
           {"sensor.csv", "time,station,temperature_c\n2026-01-15T04:00:00+09:00,S1,-2.5\n"},
           {"register.csv", "橋梁名,緯度,経度,橋長\n泉橋,37.44,138.85,32.5\n"},
           {"depth.csv", "lat,lon,elevation,snow_depth_cm\n37.44,138.85,21,120\n"},
           {"places.csv", "x,y,height,name\n160000,31000,5,A\n"},
           {"numbers.csv", "id,value,unit\n1,2,3\n"}})
    EXPECT_NE(chosenFor(name, text), cloud) << name;
  EXPECT_NE(chosenFor("grid.asc", "ncols 3\nnrows 2\nxllcorner 0\nyllcorner 0\ncellsize 1\n1 2 3\n4 5 6\n"), cloud);
}

TEST_F(PointText, PlyOfPointsIsACloudAndPlyOfFacesAMesh) {
  const std::string head =
      "ply\nformat ascii 1.0\nelement vertex 3\nproperty double x\nproperty double y\nproperty double z\n";
  const std::string rows = "31000 160000 1\n31001 160000 1\n31000 160001 1\n";
  EXPECT_EQ(chosenFor("p.ply", head + "end_header\n" + rows), &pointTextImporter());
  EXPECT_EQ(chosenFor("m.ply", head + "element face 1\nproperty list uchar int vertex_indices\nend_header\n" + rows +
                                   "3 0 1 2\n"),
            &meshImporter());
}

TEST_F(PointText, ARealPtsFileHasItsPoints) {
  const auto path = sharedData("pointcloud/xyz/ripple.pts");
  HASHIMICHI_NEEDS_SHARED(path);
  std::ifstream stream(path);
  std::size_t lines = 0;
  for (std::string line; std::getline(stream, line);) lines += line.find(' ') != std::string::npos;
  const auto outcome = imported(path);
  ASSERT_TRUE(outcome) << outcome.error().text();
  EXPECT_EQ(outcome->model->clouds.front().point_count, lines);
}

/// Every tenth point is of class 6, all others of class 2, in a row along east.
LasFile row(std::size_t count) {
  LasFile file{.epsg = 6676, .offset_x = 31000, .offset_y = 160000};
  for (std::size_t i = 0; i < count; ++i)
    file.points.push_back(
        {31000 + 0.001 * static_cast<double>(i), 160000, 5, static_cast<std::uint8_t>(i % 10 ? 2 : 6)});
  return file;
}

TEST_F(PointText, AQuickLookIsSpreadOverTheWholeSurvey) {
  Problems problems;
  SilentProgress progress;
  const auto source = points::openLasSource(written("a.las", row(200000).bytes()), problems);
  ASSERT_TRUE(source) << source.error().text();
  const auto look = quickLook(**source, 20000, 2, progress);
  ASSERT_TRUE(look) << look.error().text();
  EXPECT_TRUE(look->damage.empty()) << look->damage;
  EXPECT_GT(look->read, 15000u);
  EXPECT_LT(look->read, 25000u);
  EXPECT_LT(look->sample.bounds().low.x, 31001);
  EXPECT_GT(look->sample.bounds().high.x, 31195);
  const auto classes = look->estimatedClasses(200000);
  EXPECT_NEAR(static_cast<double>(classes[6]), 20000, 1000);
  EXPECT_NEAR(static_cast<double>(classes[2]), 180000, 1000);
}

TEST_F(PointText, ASmallSurveyIsReadWholeAndInItsOwnOrder) {
  Problems problems;
  SilentProgress progress;
  const auto source = points::openLasSource(written("a.las", row(5000).bytes()), problems);
  ASSERT_TRUE(source);
  const auto look = quickLook(**source, read_whole_limit, 2, progress);
  ASSERT_TRUE(look);
  EXPECT_EQ(look->read, 5000u);
  EXPECT_EQ(look->sample.countByClass()[6], 500u);
}

TEST_F(PointText, ALargeLasIsSeenByALookThatSaysWhatItCouldNotCount) {
  // 4.1 million records, written in place: more than what is read whole.
  constexpr std::uint32_t count = 4'100'000;
  std::string bytes = row(2).bytes();
  const std::size_t head = bytes.size() - 2 * 26;
  std::string record = bytes.substr(head, 26);
  bytes.resize(head + std::size_t{count} * 26);
  for (std::uint32_t i = 0; i < count; ++i) {
    const auto x = static_cast<std::int32_t>(i);
    std::memcpy(record.data(), &x, 4);
    std::memcpy(bytes.data() + head + std::size_t{i} * 26, record.data(), 26);
  }
  tests::las::put<std::uint32_t>(bytes, 107, count);
  tests::las::put<double>(bytes, 179, 31000 + 0.001 * (count - 1));
  const auto outcome = imported(written("large.las", bytes));
  ASSERT_TRUE(outcome) << outcome.error().text();
  const model::PointCloud& cloud = outcome->model->clouds.front();
  EXPECT_EQ(cloud.point_count, count);
  EXPECT_EQ(cloud.count_by_class[6], count) << "only class 6 is there";
  EXPECT_LT(cloud.sample.size(), 1'100'000u);
  EXPECT_GT(cloud.sample.size(), 10'000u);
  EXPECT_EQ(outcome->problems.count(ProblemKind::assumption, quick_look_code), 1u);
  EXPECT_NEAR(cloud.bounds.size().x, 0.001 * (count - 1), 0.01);
}

}  // namespace
}  // namespace hashimichi::import
