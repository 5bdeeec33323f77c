// A national inventory as a town's register: structures, places and ratings as the file states them.
#include <gmock/gmock.h>

#include <fstream>

#include "geo/crs/transform.h"
#include "geo/import/import_files.h"
#include "tests/support/open_files.h"
#include "tests/support/shared_data.h"

namespace hashimichi::import {
namespace {

SilentProgress silent;

const model::Bridge* bridgeNamed(const model::CityModel& city, const std::string& id) {
  for (const model::Bridge& bridge : city.bridges)
    if (bridge.id == id) return &bridge;
  return nullptr;
}

/// Counts and values by awk and by eye from the file itself (columns DECK_COND_058 … CULVERT_COND_062, LAT_016 …).
TEST(NationalBridgeInventory, OfAlaskaBecomesAProjectWithItsRatingsAndPlaces) {
  const auto path = tests::sharedData("bridges/nbi/AK19.txt");
  HASHIMICHI_NEEDS_SHARED(path);
  const Result<Outcome> outcome = importFiles({path}, {}, silent);
  ASSERT_TRUE(outcome) << outcome.error().text();
  EXPECT_EQ(outcome->model->bridges.size(), 1595u);
  ASSERT_EQ(outcome->sources.size(), 1u);
  EXPECT_EQ(outcome->sources.front().format, "NBI");
  EXPECT_EQ(outcome->problems.count(ProblemKind::failed), 0u);
  std::size_t good = 0, fair = 0, poor = 0, sound = 0;
  for (const model::Bridge& bridge : outcome->model->bridges) {
    for (const assets::Inspection& inspection : bridge.inspections) {
      sound += inspection.soundness != assets::Soundness::unknown ? 1 : 0;
      ASSERT_TRUE(inspection.nbi);
      const auto& r = *inspection.nbi;
      int lowest = 10;
      for (const auto& rating :
           r.culvert ? std::vector{r.culvert} : std::vector{r.deck, r.superstructure, r.substructure})
        if (rating) lowest = std::min(lowest, *rating);
      if (lowest < 10) ++(lowest >= 7 ? good : lowest >= 5 ? fair : poor);
    }
  }
  EXPECT_EQ(sound, 0u);  // never turned into I–IV
  EXPECT_EQ(good, 706u);
  EXPECT_EQ(fair, 744u);
  EXPECT_EQ(poor, 145u);
}

TEST(NationalBridgeInventory, StandsWhereItsPackedDegreesSay) {
  const auto path = tests::sharedData("bridges/nbi/AK19.txt");
  HASHIMICHI_NEEDS_SHARED(path);
  const Result<Outcome> outcome = importFiles({path}, {}, silent);
  ASSERT_TRUE(outcome);
  const auto to_degrees = crs::FromLocal::create(outcome->model->frame, "EPSG:4269");
  ASSERT_TRUE(to_degrees) << to_degrees.error().text();
  struct Spot {
    const char* id;
    double latitude, longitude;  // 55212367 is 55° 21' 23.67"
    double length_m, aadt, year;
  };
  for (const Spot& spot :
       {Spot{"0176", 55 + 21 / 60.0 + 23.67 / 3600, -(131 + 42 / 60.0 + 26.49 / 3600), 49.4, 313, 1998},
        Spot{"0319", 64 + 54 / 60.0 + 11.99 / 3600, -(165 + 6 / 60.0 + 7.78 / 3600), 30.5, 249, 1982},
        Spot{"E09211T0735-010", 55 + 12 / 60.0 + 6.19 / 3600, -(132 + 49 / 60.0 + 32.18 / 3600), 43.4, 5, 1970}}) {
    const model::Bridge* bridge = bridgeNamed(*outcome->model, spot.id);
    ASSERT_NE(bridge, nullptr) << spot.id;
    ASSERT_TRUE(bridge->position) << spot.id;
    const auto degrees = (*to_degrees)(*bridge->position);
    ASSERT_TRUE(degrees);
    EXPECT_NEAR(degrees->y, spot.latitude, 1e-7) << spot.id;
    EXPECT_NEAR(degrees->x, spot.longitude, 1e-7) << spot.id;
    EXPECT_EQ(bridge->length_m, spot.length_m);
    EXPECT_EQ(bridge->aadt, spot.aadt);
    EXPECT_EQ(bridge->year_built, static_cast<int>(spot.year));
    EXPECT_EQ(bridge->detour_km, 199);
  }
  const model::Bridge* last = bridgeNamed(*outcome->model, "E09211T0735-010");
  EXPECT_EQ(last->inspections.front().date, (Date{2014, 9, 0}));
  EXPECT_EQ(last->inspections.front().nbi->deck, 3);
  EXPECT_EQ(last->crosses, "SUKKWAN STRAIT");
}

/// Two years of one state are two cycles of the same bridges.
TEST(NationalBridgeInventory, OfTwoYearsGivesTwoCycles) {
  const auto path = tests::sharedData("bridges/nbi/AK19.txt");
  HASHIMICHI_NEEDS_SHARED(path);
  const tests::TempFolder folder;
  std::ifstream in(path);
  std::ofstream earlier(folder / "AK14.txt");
  std::string line;
  for (int n = 0; n < 3 && std::getline(in, line); ++n) {
    if (const std::size_t at = line.find(",717,"); at != std::string::npos) line.replace(at, 5, ",712,");  // July 2012
    earlier << line << '\n';
  }
  earlier.close();
  const Result<Outcome> outcome = importFiles({folder / "AK14.txt", path}, {}, silent);
  ASSERT_TRUE(outcome);
  EXPECT_EQ(outcome->model->bridges.size(), 1595u);
  const model::Bridge* ferry = bridgeNamed(*outcome->model, "0176");
  ASSERT_NE(ferry, nullptr);
  ASSERT_EQ(ferry->inspections.size(), 2u);
  EXPECT_EQ(ferry->inspections[0].date, (Date{2012, 7, 0}));
  EXPECT_EQ(ferry->inspections[1].date, (Date{2017, 7, 0}));
}

}  // namespace
}  // namespace hashimichi::import
