// Condition indices against their reference tables and hand calculations.
#include "geo/assess/ageing/condition.h"

#include <gtest/gtest.h>

#include "tests/support/shared_data.h"

namespace hashimichi::assess::ageing {
namespace {

TEST(Mci, EqualsTheReferenceTable) {
  HASHIMICHI_NEEDS_SHARED(tests::sharedDir() / "reference" / "domain_vectors.json");
  for (const nlohmann::json& one : tests::domainVectors()["mci"]) {
    const Mci mci = mciOf({one["crack_pct"], one["rut_mm"], one["sigma_mm"]});
    // Of the four values the table states the least; its MCI and MCI0 for a pavement without cracks or ruts keep their
    // other terms.
    EXPECT_NEAR(*mci.result, one["result"].get<double>(), 1e-5) << one.dump();
    EXPECT_NEAR(*mci.formulas[3], one["MCI"][3].get<double>(), 1e-5) << one.dump();
    EXPECT_NEAR(*mci.formulas[2], one["MCI"][2].get<double>(), 1e-5) << one.dump();
  }
}

TEST(Mci, FormulasWithoutTheirInputAreSkipped) {
  const Mci ruts_only = mciOf({std::nullopt, 30, std::nullopt});
  EXPECT_FALSE(ruts_only.formulas[0] || ruts_only.formulas[1] || ruts_only.formulas[2]);
  EXPECT_NEAR(*ruts_only.result, 4.16046, 1e-5);  // DOMAIN T 10: MCI2 of 30 mm
  EXPECT_FALSE(mciOf({}).result);
  EXPECT_EQ(mciOf({100, 100, 50}).result, 0);
}

TEST(Pavement, TheWorstIndicatorDecides) {
  EXPECT_EQ(pavementCategory(19.9, 19.9, 2.9), PavementCategory::I);
  EXPECT_EQ(pavementCategory(20, 0, 0), PavementCategory::II);
  EXPECT_EQ(pavementCategory(0, 40, 0), PavementCategory::III);
  EXPECT_EQ(pavementCategory(std::nullopt, std::nullopt, 8), PavementCategory::III);
  EXPECT_FALSE(pavementCategory({}, {}, {}));
  EXPECT_NEAR(roughnessFromIri(2.9), 2, 1e-12);  // 1.33 · 2 + 0.24
}

TEST(SufficiencyRating, PartsEqualTheReference) {  // DOMAIN T 11
  EXPECT_NEAR(structuralAdequacy(7, 32.4), 55, 1e-4);
  EXPECT_NEAR(structuralAdequacy(5, 25), 38.4496, 1e-4);
  EXPECT_NEAR(structuralAdequacy(4, 18), 12.2188, 1e-4);
  EXPECT_EQ(structuralAdequacy(3, 10), 0);
  EXPECT_EQ(structuralAdequacy(7, 0), 0);
  EXPECT_NEAR(essentiality(40, 25, 5000, 10, false), 11.9351, 1e-4);
}

TEST(SufficiencyRating, AHandWorkedBridge) {
  assets::NbiRecord record;
  record.superstructure = 5, record.substructure = 6, record.deck = 5;
  record.inventory_rating_t = 32.7;
  record.structural = 5, record.deck_geometry = 4, record.waterway = 7, record.approach = 8;
  record.lanes_on = 2, record.roadway_width_m = 8.0, record.approach_width_m = 8.4, record.adt = 1000,
  record.detour_km = 20;
  record.traffic_safety = "0011";
  // S1 = 55 − 10 = 45. J = 1 (deck) + 1 (67) + 2 (68) = 4; width 8.0 + 0.6 ≥ 8.4: 0; a lane of 4.0 m with 500 vehicles:
  // 15·0.9/1.2 = 11.25. S2 = 30 − 15.25 = 14.75. K = 59.75/85; A = 15·1000·20/(320000·K) = 1.33368; S3 = 13.66632.
  // Sum 73.41632; S4 = 7.9e-9·20⁴ + 1 = 1.001264.
  const std::optional<SufficiencyRating> rating = sufficiencyRating(record);
  ASSERT_TRUE(rating);
  EXPECT_NEAR(rating->structure, 45, 1e-9);
  EXPECT_NEAR(rating->service, 14.75, 1e-9);
  EXPECT_NEAR(rating->essential, 13.66632, 1e-5);
  EXPECT_NEAR(rating->reduction, 1.001264, 1e-9);
  EXPECT_NEAR(rating->rating, 72.41505, 1e-5);
  EXPECT_EQ(rating->missing, 0);
}

TEST(SufficiencyRating, UnknownPartsTakeNothingOffAndAreCounted) {
  assets::NbiRecord record;
  EXPECT_FALSE(sufficiencyRating(record));
  record.superstructure = 9;
  const std::optional<SufficiencyRating> rating = sufficiencyRating(record);
  ASSERT_TRUE(rating);
  EXPECT_EQ(rating->rating, 100);
  EXPECT_EQ(rating->missing, 4);  // inventory rating, approach width, lanes, detour or traffic
}

}  // namespace
}  // namespace hashimichi::assess::ageing
