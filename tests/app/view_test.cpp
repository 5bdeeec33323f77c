// Films, legends, two moments, the time line's gaps and alerts, and the guide, without a window.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <cmath>
#include <cstdlib>
#include <fstream>

#include "app/session/film.h"
#include "app/session/film_file.h"
#include "app/session/session.h"
#include "app/widgets/guide_text.h"
#include "app/widgets/histogram.h"
#include "app/widgets/time_axis.h"
#include "geo/core/file.h"

namespace hashimichi::app {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;

Instant at(const char* text) {
  return *parseInstant(text);
}

/// A folder of its own that goes with the test.
struct Folder {
  fs::path path = fs::temp_directory_path() / ("hashimichi_view_" + std::to_string(getpid()));
  Folder() { fs::create_directories(path); }
  ~Folder() { fs::remove_all(path); }
};

FilmTown film(FilmTown::Path along, const fs::path& out) {
  FilmTown wanted;
  wanted.along = along, wanted.out = out;
  wanted.width_px = 16, wanted.height_px = 16, wanted.seconds = 1, wanted.frames_per_second = 4;
  return wanted;
}

render::Band frame(std::uint8_t grey, int first_row = 0, int rows = 16) {
  return {first_row, rows, std::vector<std::uint8_t>(static_cast<std::size_t>(16 * rows * 4), grey)};
}

project::Viewpoint viewpoint(double azimuth_deg) {
  project::Viewpoint one;
  one.azimuth_deg = azimuth_deg;
  return one;
}

TEST(Film, ATurntableGoesOnceRoundAndNeverShowsTheStartTwice) {
  render::CameraPose from;
  from.azimuth_deg = 300;
  const auto poses = filmPoses(film(FilmTown::Path::turntable, "f"), from, {});
  ASSERT_TRUE(poses.ok());
  std::vector<double> azimuths;
  for (const render::CameraPose& pose : *poses) azimuths.push_back(pose.azimuth_deg);
  EXPECT_THAT(azimuths, ElementsAre(300, 30, 120, 210));
}

TEST(Film, AlongViewpointsBeginsAtTheFirstAndEndsAtTheLast) {
  const std::vector<project::Viewpoint> views{viewpoint(10), viewpoint(50), viewpoint(90)};
  const auto poses = filmPoses(film(FilmTown::Path::viewpoints, "f"), {}, views);
  ASSERT_TRUE(poses.ok());
  EXPECT_NEAR(poses->front().azimuth_deg, 10, 1e-9);
  EXPECT_NEAR(poses->back().azimuth_deg, 90, 1e-9);
}

TEST(Film, WithOneViewpointThereIsNoWay) {
  const std::vector<project::Viewpoint> views{viewpoint(10)};
  EXPECT_FALSE(filmPoses(film(FilmTown::Path::viewpoints, "f"), {}, views).ok());
}

TEST(Film, SizesTimesAndRatesOutsideTheLimitsAreRefused) {
  FilmTown wanted = film(FilmTown::Path::turntable, "f");
  wanted.width_px = 16385;
  EXPECT_FALSE(filmPoses(wanted, {}, {}).ok());
  wanted = film(FilmTown::Path::turntable, "f");
  wanted.seconds = std::nan("");
  EXPECT_FALSE(filmPoses(wanted, {}, {}).ok());
  wanted = film(FilmTown::Path::turntable, "");
  EXPECT_FALSE(filmPoses(wanted, {}, {}).ok());
}

TEST(Film, PicturesAreNumberedFromOne) {
  const Folder folder;
  auto file = FilmFile::create(film(FilmTown::Path::turntable, folder.path / "round"), {});
  ASSERT_TRUE(file.ok()) << file.error().text();
  for (const std::uint8_t grey : {10, 20}) {
    ASSERT_TRUE((*file)->add(frame(grey, 0, 6)).ok());
    ASSERT_TRUE((*file)->add(frame(grey, 6, 10)).ok());
  }
  ASSERT_TRUE((*file)->finish().ok());
  EXPECT_EQ(render::readPng(folder.path / "round" / "0002.png")->rgba[0], 20);
  EXPECT_FALSE(fs::exists(folder.path / "round" / "0003.png"));
}

/// A program in the encoder's place: what it is given by pipe goes to its last argument.
void installEncoder(const fs::path& folder, const std::string& script) {
  std::ofstream(folder / "ffmpeg") << "#!/bin/sh\n" << script << "\n";
  fs::permissions(folder / "ffmpeg", fs::perms::owner_all);
}

class WithPath : public testing::Test {
 protected:
  void SetUp() override { before_ = std::getenv("PATH"); }
  void TearDown() override { setenv("PATH", before_.c_str(), 1); }
  std::string before_;
};
using Encoding = WithPath;

TEST_F(Encoding, GivesEveryPixelOfEveryPictureToTheEncoderWithoutAShell) {
  const Folder folder;
  installEncoder(folder.path, "for last; do :; done\n/bin/cat > \"${last#file:}\"");
  setenv("PATH", folder.path.c_str(), 1);
  const fs::path out = folder.path / "a b;$(no).mp4";
  auto file = FilmFile::create(film(FilmTown::Path::turntable, out), {});
  ASSERT_TRUE(file.ok()) << file.error().text();
  for (int i = 0; i < 4; ++i) ASSERT_TRUE((*file)->add(frame(static_cast<std::uint8_t>(i))).ok());
  ASSERT_TRUE((*file)->finish().ok());
  EXPECT_EQ(fs::file_size(out), 4u * 16 * 16 * 4);
}

TEST_F(Encoding, AnEncoderThatFailsLeavesOneSentenceAndNoFile) {
  const Folder folder;
  installEncoder(folder.path, "exit 1");
  setenv("PATH", folder.path.c_str(), 1);
  const fs::path out = folder.path / "town.mp4";
  auto file = FilmFile::create(film(FilmTown::Path::turntable, out), {});
  ASSERT_TRUE(file.ok());
  Status written = done();
  for (int i = 0; i < 4 && written.ok(); ++i) written = (*file)->add(frame(1));
  if (written.ok()) written = (*file)->finish();
  ASSERT_FALSE(written.ok());
  EXPECT_FALSE(fs::exists(out));
}

TEST_F(Encoding, WithoutAnEncoderNumberedPicturesTakeTheVideosPlace) {
  const Folder folder;
  setenv("PATH", folder.path.c_str(), 1);
  auto file = FilmFile::create(film(FilmTown::Path::turntable, folder.path / "town.mp4"), {});
  ASSERT_TRUE(file.ok());
  EXPECT_TRUE((*file)->encoderMissing());
  ASSERT_TRUE((*file)->add(frame(9)).ok());
  EXPECT_TRUE(fs::exists(folder.path / "town" / "0001.png"));
}

TEST(Legend, StandsInTheLowerLeftCornerWhateverTheBands) {
  exporting::PictureLegend words;
  words.title = "Town";
  words.lines.push_back("2026-01-15 04:00 JST");
  words.parts.push_back({"Rank", {}});
  words.parts.back().entries.push_back({{74, 0, 85}, "1", "overdue", "3  1.2 km", false});
  const exporting::LegendPicture legend = exporting::drawLegend(words, 1);
  ASSERT_GT(legend.width_px, 80);
  ASSERT_GT(legend.height_px, 60);
  constexpr int side = 400;
  std::vector<std::uint8_t> whole(4 * side * side, 7), banded = whole;
  exporting::layOver(legend, side, side, 0, whole);
  const std::size_t half = banded.size() / 2;
  exporting::layOver(legend, side, side, 0, std::span(banded).first(half));
  exporting::layOver(legend, side, side, side / 2, std::span(banded).subspan(half));
  EXPECT_EQ(whole, banded);
  EXPECT_EQ(whole[4 * (side - 1) * side], 7);  // a margin stays free
  const auto rank = [&](std::size_t i) { return whole[i] == 74 && whole[i + 1] == 0 && whole[i + 2] == 85; };
  std::size_t found = 0;
  for (std::size_t i = 0; i < whole.size(); i += 4) found += rank(i);
  EXPECT_GT(found, 100u);
}

sensors::Series depths(std::vector<std::pair<const char*, double>> values) {
  sensors::Series series;
  for (const auto& [time, depth] : values) series.values.push_back({at(time), depth, sensors::Flag::good, ""});
  return series;
}

TEST(TimeLine, HoursInWhichNoGaugeToldAnythingAreAGap) {
  const sensors::Series one = depths({{"2026-01-15T00:00+09:00", 5}, {"2026-01-15T06:00+09:00", 6}});
  const sensors::Series two = depths({{"2026-01-15T01:00+09:00", 5}, {"2026-01-15T02:00+09:00", 6}});
  const sensors::Series* const all[]{&one, &two};
  EXPECT_THAT(gapsOf(all, at("2026-01-15T00:00+09:00"), at("2026-01-15T07:00+09:00")),
              ElementsAre(TimeGap{at("2026-01-15T02:00+09:00"), at("2026-01-15T06:00+09:00")}));
}

TEST(TimeLine, AValueThatIsFlaggedBadClosesNoGap) {
  sensors::Series one =
      depths({{"2026-01-15T00:00+09:00", 5}, {"2026-01-15T02:00+09:00", 999}, {"2026-01-15T04:00+09:00", 6}});
  one.values[1].flag = sensors::Flag::bad;
  const sensors::Series* const all[]{&one};
  EXPECT_EQ(gapsOf(all, one.values.front().time, one.values.back().time).size(), 1u);
}

TEST(TimeLine, AnAlertIsTheHourInWhichTheDepthIsFirstReached) {
  const sensors::Series one = depths({{"2026-01-15T00:00+09:00", 4},
                                      {"2026-01-15T01:00+09:00", 10},
                                      {"2026-01-15T02:00+09:00", 12},
                                      {"2026-01-15T03:00+09:00", 8},
                                      {"2026-01-15T04:00+09:00", 11}});
  EXPECT_THAT(alertsOf(std::span(&one, 1), 10),
              ElementsAre(at("2026-01-15T01:00+09:00"), at("2026-01-15T04:00+09:00")));
}

TEST(Histogram, EveryFiniteValueLiesInOneColumn) {
  const std::vector<double> values{0, 1, 2, 3, 10, std::nan("")};
  const std::vector<HistogramBin> bins = binsOf(values, 5);
  ASSERT_EQ(bins.size(), 5u);
  EXPECT_EQ(bins[0].count, 2u);  // 0 … 2
  EXPECT_EQ(bins[1].count, 2u);  // 2 … 4
  EXPECT_EQ(bins[4].count, 1u);  // 10 belongs to the last
  EXPECT_TRUE(binsOf({}, 5).empty());
}

TEST(Guide, HeadingsTablesPicturesAndCodeAreToldApart) {
  const auto blocks = guideBlocks(
      "# One\n\nTwo **bold**\nlines\n\n* item `x`\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n| c |\n"
      "\n![words](images/p.png)\n```\nhashimichi demo\n```\n橋の\n点検\n");
  using Kind = GuideBlock::Kind;
  std::vector<Kind> kinds;
  for (const GuideBlock& block : blocks) kinds.push_back(block.kind);
  EXPECT_THAT(kinds, ElementsAre(Kind::heading, Kind::paragraph, Kind::item, Kind::table, Kind::table, Kind::picture,
                                 Kind::code, Kind::paragraph));
  EXPECT_EQ(blocks[1].text, "Two bold lines");
  EXPECT_EQ(blocks[3].rows.size(), 2u);
  EXPECT_EQ(blocks[5].path, "images/p.png");
  EXPECT_EQ(blocks[6].text, "hashimichi demo");
  EXPECT_EQ(blocks[7].text, "橋の点検");
}

TEST(Guide, BothLanguagesHaveTheSameChaptersAndPicturesThatExist) {
  const fs::path folder = fs::path(HASHIMICHI_SOURCE_DIR) / "app";
  std::vector<std::size_t> headings;
  for (const char* name : {"GUIDE.md", "GUIDE.ja.md"}) {
    const Result<std::string> text = readFile(folder / name);
    ASSERT_TRUE(text.ok()) << name;
    std::size_t count = 0;
    for (const GuideBlock& block : guideBlocks(*text)) {
      count += block.kind == GuideBlock::Kind::heading;
      if (block.kind == GuideBlock::Kind::picture) {
        EXPECT_TRUE(fs::exists(folder / block.path)) << block.path;
      }
    }
    headings.push_back(count);
  }
  EXPECT_EQ(headings[0], headings[1]);
  EXPECT_GT(headings[0], 10u);
}

TEST(Look, AFilmWithoutATownIsOneSentence) {
  Session session;
  session.apply(LookCommand{FilmTown{FilmTown::Path::turntable, "f"}});
  ASSERT_EQ(session.view().notices.size(), 1u);
  EXPECT_TRUE(session.view().notices.front().failed);
}

TEST(Look, TheSwipesEdgeStaysInsideThePicture) {
  Session session;
  session.apply(LookCommand{SetMomentComparison{CompareView::swipe, std::nullopt, 7}});
  EXPECT_EQ(session.view().look.compare, CompareView::swipe);
  EXPECT_LT(session.view().look.split, 1);
}

TEST(Look, AViewshedsEyeAndReachAreKeptWithinReason) {
  Session session;
  session.apply(LookCommand{ShowViewshed{Vec3d{1, 2, 3}, -5, 1e9}});
  EXPECT_EQ(session.view().look.viewshed->eye_height_m, 0);
  EXPECT_EQ(session.view().look.viewshed->reach_m, 20'000);
  session.apply(LookCommand{ShowViewshed{}});
  EXPECT_FALSE(session.view().look.viewshed);
}

}  // namespace
}  // namespace hashimichi::app
