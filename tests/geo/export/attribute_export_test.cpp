#include "geo/export/attribute_export.h"

#include <gmock/gmock.h>

#include "geo/core/file.h"
#include "geo/model/attribute_table.h"
#include "tests/support/shared_data.h"

namespace hashimichi::exporting {
namespace {

using model::ValueType;
using testing::HasSubstr;

SilentProgress silent;

model::CityModel city() {
  model::CityModel city;
  city.frame = *crs::LocalFrame::create(6676, {});
  model::Building a, b;
  a.id = "bldg_1";
  a.attributes = {{"bldg:measuredHeight", "9.5", "", "m", 0, ValueType::number},
                  {"bldg:usage", "411", "住宅", "", 0, ValueType::code},
                  {"uro:RiverFloodingRiskAttribute/depth", "1.2", "", "m", 1, ValueType::number},
                  {"uro:RiverFloodingRiskAttribute/rank", "2", "0.5m以上", "", 1, ValueType::code},
                  {"uro:RiverFloodingRiskAttribute/depth", "3.4", "", "m", 2, ValueType::number}};
  b.id = "=bldg,2";
  b.attributes = {{"bldg:measuredHeight", "-3", "", "m", 0, ValueType::number},
                  {"gen:width", "2", "", "m", 0, ValueType::number},
                  {"gen:name", "x", "", "", 0, ValueType::text},
                  {"gen:name", "y", "", "", 0, ValueType::text}};
  city.buildings = {a, b, {}};
  model::CityObject water;
  water.id = "w", water.type = "WaterBody";
  water.attributes = {{"gen:width", "2", "", "cm", 0, ValueType::number},
                      {"GEN:width", "1", "", "", 0, ValueType::date}};
  city.objects = {water};
  return city;
}

TEST(AttributeTables, AreOnePerFeatureTypeAndDataTypeWithTheirOwnRows) {
  const auto tables = model::attributeTables(city());
  ASSERT_EQ(tables.size(), 3u);
  const model::AttributeTable &building = tables[0], &flood = tables[2];
  EXPECT_EQ(building.name, "Building");
  EXPECT_EQ(tables[1].name, "WaterBody");
  EXPECT_EQ(flood.name, "uro:RiverFloodingRiskAttribute");
  ASSERT_EQ(building.rows.size(), 2u);  // the third building says nothing
  EXPECT_EQ(building.columns[0].type, ValueType::number);
  EXPECT_EQ(building.columns[0].unit, "m");
  EXPECT_TRUE(building.columns[1].has_labels);
  EXPECT_EQ(building.rows[0].cells[1].label, "住宅");
  EXPECT_EQ(building.rows[1].cells[3].value, "x; y");
  ASSERT_EQ(flood.rows.size(), 2u);  // two floods of one building
  EXPECT_EQ(flood.rows[1].cells[0].value, "3.4");
  EXPECT_EQ(flood.rows[1].owner.id, "bldg_1");
  EXPECT_EQ(flood.rows[1].cells[1].value, "");
}

TEST(AttributeTables, BecomeTextWhereFeaturesDisagreeOnTypeOrUnit) {
  model::CityModel town = city();
  town.buildings[1].attributes[0].unit = "cm";
  town.buildings[1].attributes[1] = {"bldg:usage", "yes", "", "", 0, ValueType::text};
  const auto tables = model::attributeTables(town);
  EXPECT_EQ(tables[0].columns[0].type, ValueType::text);
  EXPECT_EQ(tables[0].rows[0].cells[0].value, "9.5 m");
  EXPECT_EQ(tables[0].rows[1].cells[0].value, "-3 cm");
  EXPECT_EQ(tables[0].columns[1].type, ValueType::text);
}

TEST(AttributeExport, WritesAFolderOfTables) {
  const tests::TempFolder folder;
  ASSERT_TRUE(writeAttributes(city(), folder / "表", silent));
  const std::string building = *readFile(folder / "表/Building.csv");
  EXPECT_THAT(building, HasSubstr("feature_id,feature_type,bldg:measuredHeight [m],bldg:usage,bldg:usage_label,"));
  EXPECT_THAT(building, HasSubstr("bldg_1,building,9.5,411,住宅,"));
  EXPECT_THAT(building, HasSubstr("\"'=bldg,2\",building,-3,"));
  EXPECT_THAT(*readFile(folder / "表/uro_RiverFloodingRiskAttribute.csv"), HasSubstr("bldg_1,building,3.4,,\r\n"));
}

TEST(AttributeExport, WritesAGeoPackageThatOtherProgramsRead) {
  const tests::TempFolder folder;
  const auto written = writeAttributes(city(), folder / "a.gpkg", silent);
  ASSERT_TRUE(written) << written.error().text();
  const std::string out = (folder / "out.txt").string();
  if (std::system(("ogrinfo -ro -al " + (folder / "a.gpkg").string() + " > " + out + " 2>&1").c_str()))
    GTEST_SKIP() << "needs ogrinfo (gdal-bin)";
  const std::string text = *readFile(out);
  EXPECT_THAT(text, HasSubstr("bldg:measuredHeight [m] (Real) = 9.5"));
  EXPECT_THAT(text, HasSubstr("bldg:usage_label (String) = 住宅"));
  EXPECT_THAT(text, HasSubstr("Layer name: uro_RiverFloodingRiskAttribute"));
}

TEST(AttributeExport, OfNothingOrToABadPlaceIsToldSo) {
  const tests::TempFolder folder;
  model::CityModel empty;
  empty.frame = city().frame;
  EXPECT_EQ(writeAttributes(empty, folder / "a", silent).error().code, ErrorCode::not_found);
  ASSERT_TRUE(writeFile(folder / "file", "x"));
  EXPECT_EQ(writeAttributes(city(), folder / "file/a", silent).error().code, ErrorCode::write_failed);
  EXPECT_EQ(writeAttributes(city(), folder / "no/a.gpkg", silent).error().code, ErrorCode::write_failed);
}

}  // namespace
}  // namespace hashimichi::exporting
