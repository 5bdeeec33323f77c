#include "geo/measure/section.h"

#include <gtest/gtest.h>
#include <ogrsf_frmts.h>

#include "geo/core/file.h"
#include "geo/core/text.h"
#include "tests/geo/measure/made_points.h"
#include "tests/support/shared_data.h"

namespace hashimichi::measure {
namespace {

TEST(MeasureSection, TakesWhatLiesWithinHalfTheWidthAndOrdersItAlongTheLine) {
  PointStore points;
  points.places = {{7, 0.4, 3}, {2, -0.4, 1}, {5, 0.6, 9}, {11, 0, 9}, {-1, 0, 9}, {4, 0.2, tests::notANumber()}};
  points.classification = {17, 2, 5, 5, 5, 5};
  const auto section = cutSection(points.view(), {.line = {{0, 0, 0}, {10, 0, 0}}, .width_m = 1});
  ASSERT_TRUE(section) << section.error().text();
  EXPECT_EQ(section->chainage_m, (std::vector<double>{2, 7}));
  EXPECT_EQ(section->height_m, (std::vector<double>{1, 3}));
  EXPECT_EQ(section->offset_m, (std::vector<double>{-0.4, 0.4}));  // left of the direction is positive
  EXPECT_EQ(section->classification, (std::vector<std::uint8_t>{2, 17}));
  EXPECT_EQ(section->index, (std::vector<std::size_t>{1, 0}));
  EXPECT_EQ(section->basis.points, 2u);
}

TEST(MeasureSection, ChainageRunsOnRoundACorner) {
  PointStore points;
  points.places = {{10, 5, 1}, {9, 0.1, 2}};
  const auto section = cutSection(points.view(), {.line = {{0, 0, 0}, {10, 0, 0}, {10, 10, 0}}, .width_m = 1});
  ASSERT_TRUE(section);
  EXPECT_NEAR(section->chainage_m[0], 9, 1e-12);
  EXPECT_NEAR(section->chainage_m[1], 15, 1e-12);
}

TEST(MeasureSection, AcrossARoadRunsFromItsLeftToItsRight) {
  const auto across = lineAcross({{0, 0, 0}, {0, 100, 0}}, 40, 5);  // northwards: left is west
  ASSERT_TRUE(across);
  EXPECT_EQ((*across)[0], (Vec3d{-5, 40, 0}));
  EXPECT_EQ((*across)[1], (Vec3d{5, 40, 0}));
  EXPECT_FALSE(lineAcross({{0, 0, 0}, {0, 100, 0}}, 101, 5));
}

TEST(MeasureSection, BeyondItsLimitIsThinnedAndSaysSo) {
  const PointStore points = tests::scattered(10, 10, 100, 0, 1, [](double, double) { return 0; });
  const auto section = cutSection(points.view(), {.line = {{0, 5, 0}, {10, 5, 0}}, .width_m = 10, .limit = 1000});
  ASSERT_TRUE(section);
  EXPECT_LE(section->size(), 1000u);
  EXPECT_EQ(section->size() + section->left_out, 10000u);
  EXPECT_TRUE(section->basis.unrefined);
}

TEST(MeasureSection, BadLinesAreRefusedWithOneSentence) {
  PointStore points;
  points.places = {{0, 0, 0}};
  for (const SectionWish& wish :
       {SectionWish{.line = {}}, SectionWish{.line = {{0, 0, 0}, {0, 0, 5}}},
        SectionWish{.line = {{0, 0, 0}, {tests::notANumber(), 0, 0}}},
        SectionWish{.line = {{0, 0, 0}, {1, 0, 0}}, .width_m = 0}, SectionWish{.line = {{500, 0, 0}, {600, 0, 0}}}}) {
    const auto section = cutSection(points.view(), wish);
    ASSERT_FALSE(section);
    EXPECT_EQ(section.error().code, ErrorCode::bad_input);
    EXPECT_NE(section.error().what.find('.'), std::string::npos);
  }
}

TEST(MeasureSection, IsWrittenAsCsvInTheSurveysCoordinatesAndAsDxfThatGdalReads) {
  const auto frame = crs::LocalFrame::create(6676, {31000, 160500, 0});
  ASSERT_TRUE(frame);
  PointStore points;
  points.places = {{1, 0.25, 31.2345}, {2.5, -0.125, 30.5}};
  points.classification = {17, 64};
  const auto section = cutSection(points.view(), {.line = {{0, 0, 0}, {10, 0, 0}}, .width_m = 1});
  ASSERT_TRUE(section);
  const tests::TempFolder folder;
  ASSERT_TRUE(writeSectionCsv(folder / "s.csv", *section, *frame));
  EXPECT_EQ(readFile(folder / "s.csv").value(),
            "chainage_m,offset_m,height_m,easting_m,northing_m,classification\n"
            "1.0000,0.2500,31.2345,31001.0000,160500.2500,17\n"
            "2.5000,-0.1250,30.5000,31002.5000,160499.8750,64\n");
  ASSERT_TRUE(writeSectionDxf(folder / "s.dxf", *section));
  GDALAllRegister();
  const std::unique_ptr<GDALDataset> dxf(GDALDataset::Open((folder / "s.dxf").c_str(), GDAL_OF_VECTOR));
  ASSERT_TRUE(dxf);
  int found = 0;
  for (const auto& feature : *dxf->GetLayer(0)) {
    const OGRGeometry* shape = feature->GetGeometryRef();
    if (!shape || wkbFlatten(shape->getGeometryType()) != wkbPoint) continue;
    const OGRPoint* p = shape->toPoint();
    const bool deck = std::string(feature->GetFieldAsString("Layer")) == "CLASS_17";
    EXPECT_NEAR(p->getX(), deck ? 1 : 2.5, 1e-6);
    EXPECT_NEAR(p->getY(), deck ? 31.2345 : 30.5, 1e-6);
    ++found;
  }
  EXPECT_EQ(found, 2);
}

TEST(MeasureSection, AFolderThatCannotBeWrittenIsSaid) {
  PointStore points;
  points.places = {{1, 0, 1}};
  const auto section = cutSection(points.view(), {.line = {{0, 0, 0}, {10, 0, 0}}});
  ASSERT_TRUE(section);
  const Status written = writeSectionDxf("/nowhere/at/all/s.dxf", *section);
  ASSERT_FALSE(written);
  EXPECT_EQ(written.error().code, ErrorCode::write_failed);
}

}  // namespace
}  // namespace hashimichi::measure
