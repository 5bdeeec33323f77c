#include "geo/core/sun_position.h"

#include <gtest/gtest.h>

#include "tests/support/shared_data.h"

namespace hashimichi {
namespace {

// NREL/TP-560-34302, appendix A.5: 2003-10-17 12:30:30 (UTC−7), 39.742476° N, 105.1786° W: elevation without refraction
// 39.872046°, azimuth 194.34024°.
TEST(SunPosition, AgreesWithThePublishedCaseOfTheSolarPositionAlgorithm) {
  const SunPosition sun = sunAt(*parseInstant("2003-10-17T12:30:30-07:00"), 39.742476, -105.1786);
  EXPECT_NEAR(sun.elevation_deg, 39.8720, 0.005);
  EXPECT_NEAR(sun.azimuth_deg, 194.3402, 0.01);
}

// The day's highest sun stands at 90° − latitude + declination: 90 − 35.6544 + 23.437 at the June solstice in Tokyo.
TEST(SunPosition, AtMidsummerNoonTheSunStandsInTheSouthAsHighAsTheLatitudeSays) {
  double highest = -90, azimuth = 0;
  for (int minute = 0; minute < 120; ++minute) {
    const SunPosition sun = sunAt({parseInstant("2024-06-21T11:00+09:00")->unix_s + 60 * minute}, 35.6544, 139.7447);
    if (sun.elevation_deg > highest) highest = sun.elevation_deg, azimuth = sun.azimuth_deg;
  }
  EXPECT_NEAR(highest, 77.78, 0.02);
  EXPECT_NEAR(azimuth, 180, 1.0);
}

TEST(SunPosition, AtMidnightTheSunIsDown) {
  EXPECT_LT(sunAt(*parseInstant("2026-01-15T00:00+09:00"), 37.44, 138.85).elevation_deg, -60);
}

TEST(SunPosition, TheDirectionToASouthernSunPointsSouthAndUp) {
  const Vec3d to_sun = towards({30, 180});
  EXPECT_NEAR(to_sun.x, 0, 1e-12);
  EXPECT_NEAR(to_sun.y, -0.8660254, 1e-6);
  EXPECT_NEAR(to_sun.z, 0.5, 1e-12);
}

TEST(SunPosition, AgreesWithTheReferenceNumbersForJapaneseCities) {
  HASHIMICHI_NEEDS_SHARED(tests::sharedDir() / "reference" / "domain_vectors.json");
  const auto vectors = tests::domainVectors();
  ASSERT_GE(vectors["sun_japan"].size(), 10u);
  for (const auto& row : vectors["sun_japan"]) {
    const auto moment = parseInstant(row["jst"].get<std::string>());
    ASSERT_TRUE(moment);
    const SunPosition sun = sunAt(*moment, row["lat"].get<double>(), row["lon"].get<double>());
    EXPECT_NEAR(sun.elevation_deg, row["elevation"].get<double>(), 0.01) << row;
    EXPECT_NEAR(sun.azimuth_deg, row["azimuth"].get<double>(), 0.01) << row;
  }
}

}  // namespace
}  // namespace hashimichi
