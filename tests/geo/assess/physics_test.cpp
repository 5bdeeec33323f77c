#include "geo/assess/snow/physics.h"

#include <gtest/gtest.h>

#include "geo/assess/snow/accumulate.h"
#include "tests/support/shared_data.h"

namespace hashimichi::assess::snow {
namespace {

const std::filesystem::path vectors = tests::sharedDir() / "reference" / "domain_vectors.json";

TEST(SnowPhysics, NewSnowDensityMeetsTheReferenceValuesOfGottlibAndKazama) {
  HASHIMICHI_NEEDS_SHARED(vectors);
  const auto reference = tests::domainVectors();
  for (const auto& v : reference["new_snow_density_gottlib"])
    EXPECT_NEAR(newSnowDensityGottlib(v["T"]), v["rho"].get<double>(), 1e-3);
  for (const auto& v : reference["new_snow_density_kazama"])
    EXPECT_NEAR(newSnowDensityKazama(v["T"]), v["rho"].get<double>(), 1e-9);
}

TEST(SnowPhysics, WetBulbMeetsStullsReferenceValues) {
  HASHIMICHI_NEEDS_SHARED(vectors);
  const auto reference = tests::domainVectors()["wet_bulb_stull"];
  ASSERT_FALSE(reference.empty());
  for (const auto& v : reference) EXPECT_NEAR(wetBulb_c(v["T"], v["RH"]), v["Tw"].get<double>(), 1e-3);
}

TEST(SnowPhysics, TheBankOfOnePassKeepsTheMass) {
  HASHIMICHI_NEEDS_SHARED(vectors);
  const auto reference = tests::domainVectors()["bank"];
  ASSERT_FALSE(reference.empty());
  for (const auto& v : reference) {
    const Bank bank = bankFrom({v["rho_snow"], v["rho_bank"], v["depth_m"], v["half_width_m"], v["slope_deg"]});
    EXPECT_NEAR(bank.area_m2_per_m, v["area_m2_per_m"].get<double>(), 1e-9);
    EXPECT_NEAR(bank.width_m, v["width_m"].get<double>(), 1e-5);
    EXPECT_NEAR(bank.height_m, v["height_m"].get<double>(), 1e-5);
  }
}

TEST(SnowPhysics, ABankGrowsSidewaysOnceItIsAManHigh) {
  // 1 m of snow at 400 kg/m³ over 4 m: 4 m² per m; at 45° 2 m high, so cut at 1.5 m: 4/1.5 + 1.5 = 4.1667 m wide.
  const Bank bank = bankFrom({400, 400, 1, 4, 45});
  EXPECT_DOUBLE_EQ(bank.height_m, 1.5);
  EXPECT_NEAR(bank.width_m, 4.166667, 1e-6);
}

TEST(SnowPhysics, TriggerProbabilityMeetsTheReferenceValues) {
  HASHIMICHI_NEEDS_SHARED(vectors);
  const auto reference = tests::domainVectors()["trigger_probability"];
  ASSERT_FALSE(reference.empty());
  for (const auto& v : reference)
    EXPECT_NEAR(triggerProbability(v["depth"], v["sigma"], v["trigger"]), v["P"].get<double>(), 1e-6);
}

TEST(SnowPhysics, WithoutErrorTheTriggerIsPassedOrNot) {
  EXPECT_EQ(triggerProbability(9, 0, 10), 0);
  EXPECT_EQ(triggerProbability(10, 0, 10), 0.5);
  EXPECT_EQ(triggerProbability(11, 0, 10), 1);
}

TEST(SnowPhysics, HalfOfThePrecipitationIsSnowAtAWetBulbOfOneAndAnAirTemperatureOfTwo) {
  EXPECT_DOUBLE_EQ(snowFractionFromWetBulb(1), 0.5);
  EXPECT_DOUBLE_EQ(snowFractionFromAir(2), 0.5);
  EXPECT_NEAR(snowFractionFromWetBulb(0), 0.9002, 1e-4);  // the 10–90 % band is ±1 °C
  EXPECT_NEAR(snowFractionFromWetBulb(2), 0.0998, 1e-4);
}

TEST(SnowPhysics, TenMillimetresOfWaterAtMinusFiveAreAlmostTenCentimetresOfSnow) {
  // DOMAIN T.3: 9.638 cm when all of it is snow; 1/(1+e^(1.5·(−7))) of it is.
  EXPECT_NEAR(snowOfPrecipitation_cm(10, -5, -1, DensityFormula::gottlib), 9.638, 1e-3);
}

TEST(SnowPhysics, HeightAddsFivePercentPerHundredMetresUpToHalf) {
  EXPECT_DOUBLE_EQ(heightFactor(100), 1.05);
  EXPECT_DOUBLE_EQ(heightFactor(5000), 1.5);
  EXPECT_DOUBLE_EQ(heightFactor(-5000), 0.5);
  EXPECT_DOUBLE_EQ(lapse_c(100), -0.6);
}

TEST(RiseOfDepth, AddsFallsAndIgnoresSettling) {
  // +6, settles by 4, +5: 11 cm have fallen though the depth grew by 7.
  sensors::Series depth;
  const Instant start = *parseInstant("2026-01-15T00:00+09:00");
  const double values[] = {40, 43, 46, 44, 42, 45, 47};
  for (int i = 0; i < 7; ++i) depth.values.push_back({start.plusHours(i), values[i], sensors::Flag::good, {}});
  EXPECT_DOUBLE_EQ(riseOfDepth(depth).at(start.plusHours(6)), 11);
  EXPECT_DOUBLE_EQ(riseOfDepth(depth).at(start.plusHours(0.5)), 1.5);
}

TEST(RiseOfDepth, AFlickeringGaugeDoesNotMakeSnow) {
  sensors::Series depth;
  const Instant start = *parseInstant("2026-01-15T00:00+09:00");
  for (int i = 0; i < 48; ++i) depth.values.push_back({start.plusHours(i), 40.0 + i % 2, sensors::Flag::good, {}});
  EXPECT_LE(riseOfDepth(depth).at(start.plusHours(47)), 1);
}

}  // namespace
}  // namespace hashimichi::assess::snow
