#include "geo/crs/mesh_code.h"

#include <gtest/gtest.h>

namespace hashimichi::crs {
namespace {

// Tokyo Tower by the Geospatial Information Authority: 35°39′31″ N 139°44′44″ E; PLATEAU keeps it in file 53393599.
constexpr double tower_lat = 35.658581, tower_lon = 139.745433;

TEST(MeshCode, TokyoTowerStandsInThePublishedSquares) {
  EXPECT_EQ(meshCodeOf(tower_lat, tower_lon, MeshLevel::first), "5339");
  EXPECT_EQ(meshCodeOf(tower_lat, tower_lon, MeshLevel::second), "533935");
  EXPECT_EQ(meshCodeOf(tower_lat, tower_lon, MeshLevel::third), "53393599");
}

TEST(MeshCode, AThirdLevelSquareIs30SecondsHighAnd45Wide) {
  const auto rect = meshRect("5339-35-99");
  ASSERT_TRUE(rect);
  // By hand: 53/1.5 + 3·5′ + 9·30″ = 35°39′30″; 139° + 5·7.5′ + 9·45″ = 139°44′15″.
  EXPECT_NEAR(rect->south_deg, 35 + 39 / 60.0 + 30 / 3600.0, 1e-12);
  EXPECT_NEAR(rect->west_deg, 139 + 44 / 60.0 + 15 / 3600.0, 1e-12);
  EXPECT_NEAR(rect->north_deg - rect->south_deg, 30 / 3600.0, 1e-12);
  EXPECT_NEAR(rect->east_deg - rect->west_deg, 45 / 3600.0, 1e-12);
}

TEST(MeshCode, HalvesAreNumberedFromTheSouthWestAndGoDownTo125Metres) {
  // The tower is 2″ north of the square's south side and 28.6″ east of its west side (of 45″): south-east.
  EXPECT_EQ(meshCodeOf(tower_lat, tower_lon, MeshLevel::half), "533935992");
  EXPECT_EQ(meshCodeOf(tower_lat, tower_lon, MeshLevel::quarter), "5339359921");
  EXPECT_EQ(meshCodeOf(tower_lat, tower_lon, MeshLevel::eighth), "53393599212");
  const auto rect = meshRect("53393599212");
  ASSERT_TRUE(rect);
  EXPECT_NEAR((rect->north_deg - rect->south_deg) * 3600, 3.75, 1e-9);
  EXPECT_TRUE(rect->south_deg <= tower_lat && tower_lat < rect->north_deg && rect->west_deg <= tower_lon &&
              tower_lon < rect->east_deg);
}

TEST(MeshCode, EverySquareHoldsItsOwnSouthWestCornerAndItsMiddle) {
  const std::pair<const char*, MeshLevel> codes[] = {{"6441", MeshLevel::first},
                                                     {"533377", MeshLevel::second},
                                                     {"54377074", MeshLevel::third},
                                                     {"393667564", MeshLevel::half},
                                                     {"5339359934", MeshLevel::quarter}};
  for (const auto& [code, level] : codes) {
    const auto rect = meshRect(code);
    ASSERT_TRUE(rect) << code;
    EXPECT_EQ(meshCodeOf(rect->south_deg, rect->west_deg, level), code);
    EXPECT_EQ(meshCodeOf((rect->south_deg + rect->north_deg) / 2, (rect->west_deg + rect->east_deg) / 2, level), code);
  }
}

TEST(MeshCode, OtherTextIsNoCode) {
  for (const char* text : {"", "53", "533", "53398", "533985", "533935991234", "533935990", "533935995", "5339a599"})
    EXPECT_FALSE(meshRect(text)) << text;
  EXPECT_EQ(meshCodeOf(52.0, 4.36, MeshLevel::third), "");  // Delft
}

TEST(SheetName, ZoneEightSheetOfLevel500Is400By300Metres) {
  const auto rect = sheetRect("08OF4060");
  ASSERT_TRUE(rect);
  EXPECT_EQ(rect->epsg, 6676);
  // By hand from the rules of public survey: row O is the 15th (300 − 14·30 = −120 km), column F the 6th
  // (−160 + 5·40 = 40 km); row 4 of ten, column 0; row 6 of ten, column 0.
  EXPECT_DOUBLE_EQ(rect->north_m, -120000 - 4 * 3000 - 6 * 300);
  EXPECT_DOUBLE_EQ(rect->west_m, 40000);
  EXPECT_DOUBLE_EQ(rect->north_m - rect->south_m, 300);
  EXPECT_DOUBLE_EQ(rect->east_m - rect->west_m, 400);
}

TEST(SheetName, TheNameOfASheetsMiddleIsTheSheet) {
  const std::pair<const char*, int> sheets[] = {{"08OF", 50000},    {"09LD35", 5000},  {"09LD352", 2500},
                                                {"06OE774B", 1000}, {"08OF4060", 500}, {"12AA0000", 500}};
  for (const auto& [name, level] : sheets) {
    const auto rect = sheetRect(name);
    ASSERT_TRUE(rect) << name;
    EXPECT_EQ(sheetNameOf(rect->epsg, (rect->west_m + rect->east_m) / 2, (rect->south_m + rect->north_m) / 2, level),
              name);
  }
}

TEST(SheetName, OtherTextIsNoSheet) {
  for (const char* text :
       {"", "08", "20OF4060", "08UF4060", "08OI4060", "08OF4", "08OF405", "08OF40A0", "08OF406F", "08of4060"})
    EXPECT_FALSE(sheetRect(text)) << text;
  EXPECT_EQ(sheetNameOf(6697, 0, 0, 500), "");
  EXPECT_EQ(sheetNameOf(6676, 161000, 0, 500), "");
}

}  // namespace
}  // namespace hashimichi::crs
