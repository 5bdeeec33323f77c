#include <gmock/gmock.h>
#include <laszip/laszip_api.h>

#include <cmath>

#include "geo/core/file.h"
#include "geo/import/importer.h"
#include "geo/import/points/las_sample.h"
#include "geo/model/city_builder.h"
#include "tests/geo/import/las_file.h"
#include "tests/support/open_files.h"
#include "tests/support/shared_data.h"

namespace hashimichi::import {
namespace {

using hashimichi::tests::openFiles;

using testing::HasSubstr;
using tests::LasFile;
using tests::TempFolder;

constexpr double east = 31000, north = 160000;  // in zone VIII, the frame's origin

std::vector<tests::WrittenPoint> threePoints() {
  return {{east + 1.25, north + 2.5, 20.125, 2, 65535, 0, 25600},
          {east - 10, north + 20, 30, 6, 0, 32768, 512},
          {east + 5, north - 5, 25, 17, 256, 257, 0}};
}

struct Reading {
  Status status = done();
  model::CityModelPtr model;
  Problems problems;
  const model::PointCloud& cloud() const { return model->clouds.at(0); }
};

class CancelAtOnce final : public Progress {
 public:
  void report(double, std::string_view) override {}
  bool cancelled() const override { return true; }
};

Reading readCloud(const std::filesystem::path& path, const crs::LocalFrame& frame,
                  std::optional<Bounds> area = std::nullopt, const Options& options = {}) {
  Reading reading;
  model::CityBuilder builder(frame);
  SilentProgress progress;
  Context context{frame, options, reading.problems, progress, builder, area};
  reading.status = lasImporter().read(path, context);
  Problems joining;
  reading.model = builder.finish(joining);
  return reading;
}

crs::LocalFrame zone8() {
  return *crs::LocalFrame::create(6676, {east, north, 0});
}

Bounds around(double half_m) {
  Bounds area;
  area.add(Vec3d{-half_m, -half_m, 0});
  area.add(Vec3d{half_m, half_m, 0});
  return area;
}

class Las : public testing::Test {
 protected:
  std::filesystem::path written(const LasFile& file, const std::string& name = "survey.las") const {
    return written(file.bytes(), name);
  }
  std::filesystem::path written(const std::string& bytes, const std::string& name) const {
    EXPECT_TRUE(writeFile(folder_ / name, bytes));
    return folder_ / name;
  }
  TempFolder folder_;
};

TEST_F(Las, PositionsClassesAndColoursArriveInTheLocalFrame) {
  const Reading reading = readCloud(written({.points = threePoints(), .epsg = 6676}), zone8());
  ASSERT_TRUE(reading.status) << reading.status.error().text();
  const model::PointCloud& cloud = reading.cloud();
  EXPECT_EQ(cloud.id, "survey");
  EXPECT_EQ(cloud.point_count, 3u);
  EXPECT_EQ(cloud.count_by_class[2], 1u);
  EXPECT_EQ(cloud.count_by_class[17], 1u);
  EXPECT_THAT(cloud.sample.xyz, testing::ElementsAre(1.25f, 2.5f, 20.125f, -10, 20, 30, 5, -5, 25));
  EXPECT_THAT(cloud.sample.classification, testing::ElementsAre(2, 6, 17));
  EXPECT_THAT(cloud.sample.rgb, testing::ElementsAre(255, 0, 100, 0, 128, 2, 1, 1, 0));
  EXPECT_NEAR(cloud.bounds.low.x, -10, 1e-6);
  EXPECT_NEAR(cloud.bounds.high.z, 30, 1e-6);
  EXPECT_TRUE(reading.problems.empty());
}

TEST_F(Las, ColoursOfEightBitsAreNotDarkened) {
  auto points = threePoints();
  for (auto& p : points) p.red = 200, p.green = 100, p.blue = 0;
  const Reading reading = readCloud(written({.points = points, .epsg = 6676}), zone8());
  EXPECT_THAT(reading.cloud().sample.rgb, testing::ElementsAre(200, 100, 0, 200, 100, 0, 200, 100, 0));
}

TEST_F(Las, WithoutAnyColourThereIsNoBlackCloud) {
  auto points = threePoints();
  for (auto& p : points) p.red = p.green = p.blue = 0;
  const Reading reading = readCloud(written({.points = points, .epsg = 6676}), zone8());
  EXPECT_TRUE(reading.cloud().sample.rgb.empty());
}

TEST_F(Las, TheCoordinateSystemMayBeWrittenAsWkt) {
  const std::string wkt =
      R"(PROJCS["JGD2011 / Japan Plane Rectangular CS VIII",GEOGCS["JGD2011",DATUM["Japanese_Geodetic_Datum_2011",)"
      R"(SPHEROID["GRS 1980",6378137,298.257222101]],PRIMEM["Greenwich",0],UNIT["degree",0.0174532925199433]],)"
      R"(PROJECTION["Transverse_Mercator"],PARAMETER["latitude_of_origin",36],PARAMETER["central_meridian",138.5],)"
      R"(PARAMETER["scale_factor",0.9999],PARAMETER["false_easting",0],PARAMETER["false_northing",0],UNIT["metre",1],)"
      R"(AUTHORITY["EPSG","6676"]])";
  const auto path = written({.points = threePoints(), .wkt = wkt});
  Problems problems;
  const Result<Peek> peek = lasImporter().peek(path, {}, problems);
  ASSERT_TRUE(peek);
  EXPECT_EQ(peek->crs, "EPSG:6676");
  EXPECT_EQ(peek->format, "LAS");
  EXPECT_NEAR(peek->bounds.low.x, east - 10, 1e-6);
  EXPECT_FLOAT_EQ(readCloud(path, zone8()).cloud().sample.xyz[0], 1.25f);
}

TEST_F(Las, WithoutASystemTheProjectsIsAssumedWhereTheCloudLiesInItsArea) {
  const Reading reading = readCloud(written({.points = threePoints()}), zone8(), around(500));
  ASSERT_TRUE(reading.status);
  EXPECT_EQ(reading.problems.count(ProblemKind::assumption, "crs.assumed"), 1u);
  EXPECT_FLOAT_EQ(reading.cloud().sample.xyz[0], 1.25f);
}

TEST_F(Las, NorthingFirstIsRecognisedByThePlace) {
  auto points = threePoints();
  for (auto& p : points) std::swap(p.x, p.y);
  for (const int epsg : {0, 6676}) {
    const Reading reading = readCloud(written({.points = points, .epsg = epsg}), zone8(), around(500));
    ASSERT_TRUE(reading.status) << reading.status.error().text();
    EXPECT_EQ(reading.problems.count(ProblemKind::assumption, "axis.swapped"), 1u);
    EXPECT_FLOAT_EQ(reading.cloud().sample.xyz[0], 1.25f);
  }
}

TEST_F(Las, WithoutASystemAndFarFromTheProjectItIsRefusedWithWhatToDo) {
  auto points = threePoints();
  for (auto& p : points) p.x += 400000;
  const Reading reading = readCloud(written({.points = points}), zone8(), around(500));
  ASSERT_FALSE(reading.status);
  EXPECT_EQ(reading.status.error().code, ErrorCode::bad_crs);
  EXPECT_THAT(reading.status.error().text(), HasSubstr("--source-crs"));
  Options options;
  options.source_crs = "EPSG:6676";
  EXPECT_TRUE(readCloud(written({.points = threePoints()}), zone8(), around(500), options).status);
}

TEST_F(Las, NumbersThatAreNoPlaceOnEarthAreRefused) {
  const Reading reading = readCloud(written({.points = {{2e9, -2e9, 0, 0, 0, 0, 0}}, .scale = 1}), zone8());
  ASSERT_FALSE(reading.status);
  EXPECT_EQ(reading.status.error().code, ErrorCode::bad_crs);
}

TEST_F(Las, DegreesThatAreNoneAreRefused) {
  const Reading reading =
      readCloud(written({.points = threePoints(), .epsg = 6668, .geographic = true}), zone8(), around(500));
  ASSERT_FALSE(reading.status);
  EXPECT_EQ(reading.status.error().code, ErrorCode::bad_crs);
}

TEST_F(Las, DegreesAreConverted) {
  // Nagaoka, as in the tests of geo/crs (gdaltransform from EPSG:6668): 31083.033, 160541.384.
  const LasFile file{.points = {{138.8513, 37.4463, 23, 2, 0, 0, 0}},
                     .epsg = 6668,
                     .geographic = true,
                     .scale = 1e-7,
                     .offset_x = 138,
                     .offset_y = 37};
  const Reading reading = readCloud(written(file), zone8());
  ASSERT_TRUE(reading.status) << reading.status.error().text();
  EXPECT_NEAR(reading.cloud().sample.xyz[0], 83.033, 0.02);
  EXPECT_NEAR(reading.cloud().sample.xyz[1], 541.384, 0.02);
}

TEST_F(Las, WhatATruncatedFileHoldsIsKept) {
  std::string bytes = LasFile{.points = threePoints(), .epsg = 6676}.bytes();
  bytes.resize(bytes.size() - 30);  // the last point, and four bytes of the one before
  const Reading reading = readCloud(written(bytes, "cut.las"), zone8());
  ASSERT_TRUE(reading.status) << reading.status.error().text();
  EXPECT_EQ(reading.cloud().point_count, 1u);
  EXPECT_EQ(reading.problems.count(ProblemKind::skipped, "las.truncated"), 1u);
}

TEST_F(Las, AHeaderThatPromisesBillionsIsNotBelieved) {
  const Reading reading =
      readCloud(written({.points = threePoints(), .epsg = 6676, .stated_points = 4000000000u}), zone8());
  ASSERT_TRUE(reading.status);
  EXPECT_EQ(reading.cloud().point_count, 3u);
  EXPECT_EQ(reading.cloud().sample.size(), 3u);
  EXPECT_EQ(reading.problems.count(ProblemKind::skipped, "las.truncated"), 1u);
}

TEST_F(Las, AFileWithoutPointsSaysSo) {
  const Reading reading = readCloud(written({.points = {}, .epsg = 6676}), zone8());
  ASSERT_FALSE(reading.status);
  EXPECT_THAT(reading.status.error().text(), HasSubstr("no points"));
}

TEST_F(Las, CancellingIsCancelling) {
  LasFile file{.epsg = 6676};
  for (int i = 0; i < 100000; ++i) file.points.push_back({east + i * 0.001, north, 0, 2, 0, 0, 0});
  const auto path = written(file);
  model::CityBuilder builder(zone8());
  Problems problems;
  CancelAtOnce progress;
  const Options options;
  const crs::LocalFrame frame = zone8();
  Context context{frame, options, problems, progress, builder, std::nullopt};
  const Status status = lasImporter().read(path, context);
  ASSERT_FALSE(status);
  EXPECT_EQ(status.error().code, ErrorCode::cancelled);
}

std::vector<float> eastingsOf(std::uint64_t expected, int offered) {
  LasSample sample(expected, 100);
  for (int i = 0; i < offered; ++i) sample.offer({{static_cast<double>(i), 0, 0}, 0, {}});
  EXPECT_EQ(sample.seen(), static_cast<std::uint64_t>(offered));
  const crs::LocalFrame frame = *crs::LocalFrame::create(6676, {});
  const auto local = sample.toLocal(*crs::ToLocal::create("EPSG:6676", crs::AxisOrder::east_first, frame), false);
  std::vector<float> eastings;
  for (std::size_t i = 0; i < local.sample.size(); ++i) eastings.push_back(local.sample.xyz[3 * i]);
  return eastings;
}

TEST(LasSample, KeepsEveryNthPoint) {
  const std::vector<float> kept = eastingsOf(1000, 1000);
  ASSERT_EQ(kept.size(), 100u);
  for (std::size_t i = 0; i < kept.size(); ++i) EXPECT_FLOAT_EQ(kept[i], static_cast<float>(10 * i));
}

TEST(LasSample, ThinsItselfWhenMoreComeThanWereExpected) {
  const std::vector<float> kept = eastingsOf(10, 1000);
  ASSERT_EQ(kept.size(), 63u);  // every 16th of 1000
  for (std::size_t i = 0; i < kept.size(); ++i) EXPECT_FLOAT_EQ(kept[i], static_cast<float>(16 * i));
}

// ---- the bad set ----

/// The same points compressed, by the reference library.
std::string compressed(const std::filesystem::path& path) {
  laszip_POINTER zip = nullptr;
  laszip_header_struct* header = nullptr;
  laszip_create(&zip);
  laszip_get_header_pointer(zip, &header);
  header->version_major = 1, header->version_minor = 2;
  header->header_size = 227, header->offset_to_point_data = 227;
  header->point_data_format = 2, header->point_data_record_length = 26;
  header->number_of_point_records = 500;
  header->x_scale_factor = header->y_scale_factor = header->z_scale_factor = 0.01;
  header->min_x = east, header->max_x = east + 499, header->min_y = header->max_y = north, header->max_z = 9;
  laszip_open_writer(zip, path.string().c_str(), 1);
  laszip_point_struct* point = nullptr;
  laszip_get_point_pointer(zip, &point);
  for (int i = 0; i < 500; ++i) {
    const double place[3] = {east + i, north, static_cast<double>(i % 10)};
    laszip_set_coordinates(zip, place);
    point->classification = static_cast<laszip_U8>(i % 5);
    point->rgb[0] = static_cast<laszip_U16>(i * 100);
    laszip_write_point(zip);
  }
  laszip_close_writer(zip);
  laszip_destroy(zip);
  return *readFile(path);
}

/// Either it works or it says in a sentence what is wrong; never a crash.
void expectClear(const std::filesystem::path& path, const std::string& what) {
  Problems problems;
  const Result<Peek> peek = lasImporter().peek(path, {}, problems);
  if (!peek) {
    EXPECT_FALSE(peek.error().what.empty()) << what;
  }
  const Reading reading = readCloud(path, zone8());
  if (!reading.status) {
    EXPECT_GT(reading.status.error().what.size(), 10u) << what;
    EXPECT_FALSE(reading.status.error().where.empty()) << what;
  } else {
    EXPECT_GE(reading.cloud().point_count, 1u) << what;
  }
}

TEST_F(Las, EveryTruncationIsReadAsFarAsItGoesOrRefusedClearly) {
  const std::size_t before = openFiles();
  const std::string las = LasFile{.points = threePoints(), .epsg = 6676}.bytes();
  const std::string laz = compressed(folder_ / "whole.laz");
  for (const std::string& bytes : {las, laz})
    for (std::size_t size = 0; size < bytes.size(); size += 10)
      expectClear(written(bytes.substr(0, size), "cut"), "cut after " + std::to_string(size));
  EXPECT_EQ(openFiles(), before);
}

TEST_F(Las, FlippedBytesNeverCrash) {
  const std::string las = LasFile{.points = threePoints(), .epsg = 6676, .wkt = "x"}.bytes();
  const std::string laz = compressed(folder_ / "whole.laz");
  for (const std::string& bytes : {las, laz})
    for (std::size_t i = 0; i < bytes.size(); ++i) {
      const bool free_text = i >= 26 && i < 90;
      const bool packed_points = i > 400 && i + 40 < bytes.size();
      if (free_text || (packed_points && i % 7 != 0)) continue;
      std::string damaged = bytes;
      damaged[i] = static_cast<char>(i % 2 ? 0xff : 0x7f);
      expectClear(written(damaged, "flipped"), "byte " + std::to_string(i));
    }
}

TEST_F(Las, ABillionPromisedRecordsAreNotLookedFor) {
  expectClear(written({.points = threePoints(), .epsg = 6676, .stated_vlrs = 1069128089u}), "VLR count");
  // LASzip would ask for 256 GB first.
  EXPECT_EQ(readCloud(written({.points = threePoints(), .stated_vlrs = 4'000'000'000u}), zone8()).status.error().code,
            ErrorCode::unreadable);
}

TEST_F(Las, AHeaderShorterThanItsVersionsOwnIsRefused) {
  // LASzip would take 4 GB for what lies between the stated 0 or 114 bytes and the 227 that LAS 1.2 has.
  for (const char size : {'\0', '\x72'}) {
    std::string bytes = LasFile{.points = threePoints(), .epsg = 6676}.bytes();
    bytes[94] = size, bytes[95] = 0;
    EXPECT_EQ(readCloud(written(bytes, "short.las"), zone8()).status.error().code, ErrorCode::unreadable);
  }
}

TEST_F(Las, WhatIsNoLasFileIsRefused) {
  EXPECT_FALSE(lasImporter().accepts("a.las", "ply\nformat ascii"));
  EXPECT_TRUE(lasImporter().accepts("a.bin", "LASF..."));
  EXPECT_EQ(readCloud(folder_ / "none.las", zone8()).status.error().code, ErrorCode::not_found);
  EXPECT_EQ(readCloud(written("PK\3\4 a zip", "zip.las"), zone8()).status.error().code, ErrorCode::unreadable);
  EXPECT_FALSE(readCloud(written("", "empty.las"), zone8()).status);
}

// ---- real files; counts by an independent decoder, see the data's own README ----

struct Counted {
  const char* file;
  std::size_t points;
  std::vector<std::pair<int, std::size_t>> by_class;
};

TEST(LasReal, DelftHasTheClassesThatAnotherDecoderCounted) {
  const std::vector<Counted> expected{
      {"delft-town/ahn3_cropped_1.laz", 640510, {{1, 196137}, {2, 195988}, {6, 246753}, {9, 267}, {26, 1365}}},
      {"delft-town/ahn3_cropped_2.laz", 208432, {{1, 86308}, {2, 87130}, {6, 33312}, {9, 568}, {26, 1114}}}};
  for (const Counted& survey : expected) {
    const auto path = tests::sharedData(survey.file);
    HASHIMICHI_NEEDS_SHARED(path);
    Options options;
    options.source_crs = "EPSG:28992";
    const Reading reading = readCloud(path, *crs::LocalFrame::create(28992, {85000, 447500, 0}), std::nullopt, options);
    ASSERT_TRUE(reading.status) << reading.status.error().text();
    EXPECT_EQ(reading.cloud().point_count, survey.points);
    EXPECT_EQ(reading.cloud().sample.size(), survey.points);
    for (const auto& [code, count] : survey.by_class)
      EXPECT_EQ(reading.cloud().count_by_class[static_cast<std::size_t>(code)], count) << survey.file << " " << code;
    EXPECT_NEAR(reading.cloud().bounds.low.y, 447412.8 - 447500, 0.002);
  }
}

TEST(LasReal, EveryFileOpensOrSaysWhyNot) {
  const auto folder = tests::sharedData("pointcloud");
  HASHIMICHI_NEEDS_SHARED(folder);
  std::size_t opened = 0, refused = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    const auto ending = entry.path().extension();
    if (ending != ".las" && ending != ".laz") continue;
    Options options;
    Problems problems;
    const Result<Peek> peek = lasImporter().peek(entry.path(), options, problems);
    crs::LocalFrame frame = zone8();
    if (peek && !peek->crs.empty())
      if (const auto info = crs::describeCrs(peek->crs); info && info->projected && info->horizontal_epsg > 0)
        if (const auto own = crs::LocalFrame::create(info->horizontal_epsg, peek->bounds.centre())) frame = *own;
    const Reading reading = readCloud(entry.path(), frame);
    ++(reading.status ? opened : refused);
    if (!reading.status) {
      EXPECT_GT(reading.status.error().what.size(), 10u) << entry.path();
    }
  }
  EXPECT_GE(opened, 50u);
  EXPECT_GE(refused, 8u);  // broken on purpose, empty, or geocentric
}

}  // namespace
}  // namespace hashimichi::import
